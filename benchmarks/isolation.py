"""Everybody of every kind of agency at every address of the admin, with all objects and absent ones, GET and POST."""

import gc
import logging
import multiprocessing
import pickle
import time

import django

CODES = ("binhduong", "stttt", "thuanan")
PROCESSES = 2
LIMIT = 600
_LONGEST_FIRST = ("administrator", "approver", "provincial_administrator", "auditor", "editor")


def report(quick: bool) -> list[str]:
    """Let people of all roles in a province, a department and a district try everything; return Markdown lines."""
    from django.db import connections

    from sites.enums import Role
    from sites.models import Agency
    from tests.isolation.world import furnish, look_at_each_other

    world = {}
    for code in CODES:
        world[code] = furnish(Agency.objects.select_related("site__root_page", "collection").get(code=code))
    look_at_each_other(list(world.values()))
    visits = [(code, role.value, quick) for code, own in world.items() for role in Role if role in own.people]
    # The longest first, so that no process waits long for the other at the end.
    visits.sort(key=lambda visit: _LONGEST_FIRST.index(visit[1]) if visit[1] in _LONGEST_FIRST else len(_LONGEST_FIRST))
    connections.close_all()
    began = time.perf_counter()
    context = multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES, initializer=_prepare, initargs=(pickle.dumps(world),)) as pool:
        results = pool.starmap(_visit, visits, chunksize=1)
    return _table(results, time.perf_counter() - began)


def _prepare(world):
    global _world
    # Models can be unpacked only now.
    django.setup()
    from tests.second_factor import count_forced_sign_ins

    count_forced_sign_ins()
    _world = pickle.loads(world)  # noqa: S301 - from the parent process
    logging.disable(logging.ERROR)
    # What is loaded stays, and a request leaves few circles: to look for them all the time takes a tenth of the time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _visit(code, role, quick):
    from sites.enums import Role
    from tests.isolation.addresses import walked_addresses
    from tests.isolation.visits import Visitor

    others = dict(_world)
    own = others.pop(code)
    visitor = Visitor(
        own.people[Role(role)],
        own,
        # Who may change everything can only meet a failing screen, with whosever things.
        list(others.values())[: 1 if role == Role.PROVINCIAL_ADMINISTRATOR else None],
        reads_all=role == Role.AUDITOR,
        acts_for_all=role == Role.PROVINCIAL_ADMINISTRATOR,
        is_thorough=not quick,
    )
    began = time.perf_counter()
    for address in walked_addresses():
        visitor.visit(address)
    seconds = time.perf_counter() - began
    print(f"  {code} {role}: {visitor.checks} checks, {len(visitor.leaks)} leaks, {seconds:.0f} s", flush=True)
    return code, role, visitor.checks, visitor.answers[200], sorted(set(visitor.leaks)), seconds


def _table(results, seconds):
    checks = sum(result[2] for result in results)
    leaks = [leak for result in results for leak in result[4]]
    lines = [
        "## Isolation: roles × addresses of the admin × agencies",
        "",
        f"{checks:,} checks in {seconds:.0f} s by {PROCESSES} processes, {len(leaks)} leaks; {LIMIT} s are allowed.",
        "",
        "| agency | role | checks | answers that let in | leaks | seconds |",
        "|---|---|---|---|---|---|",
    ]
    for code, role, count, opened, found, took in results:
        lines.append(f"| {code} | {role} | {count:,} | {opened:,} | {len(found)} | {took:.0f} |")
    return [*lines, *(f"- {leak}" for leak in leaks)]
