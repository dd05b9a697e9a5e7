"""Lists of the admin with 29 agencies and 20,000 pages: queries, and an editor's time beside an operator's."""

import statistics
import time

PAGES = 20_000
ROUNDS = 25
MOST_QUERIES = 40
MOST_TIMES = 1.3
SECTION = "/stttt/tin-tuc/hoat-dong/"
SCREENS = {
    "explorer, large section": "/admin/pages/{section}/",
    "explorer, portal": "/admin/pages/{root}/",
    "explorer, search in a section": "/admin/pages/{section}/?q=chuyển",
    "list of all articles": "/admin/pages/usage/home/newspage/",
    "search": "/admin/pages/search/?q=chuyển+đổi",
    "pictures": "/admin/images/",
    "page chooser": "/admin/choose-page/{section}/",
}


def report(quick: bool) -> list[str]:
    """Measure as operator, editor, approver and administrator in turn; return Markdown lines."""
    from sites.models import Agency
    from tests.second_factor import count_forced_sign_ins

    from .filling import fill_section

    count_forced_sign_ins()
    total = PAGES // 10 if quick else PAGES
    _spread(total, fill_section)
    agency = Agency.objects.select_related("site").get(code="stttt")
    clients = {role: _client(role, agency) for role in ("operator", "editor", "approver", "administrator")}
    lines = [
        f"## Admin screens with 29 agencies and {_count():,} pages ({ROUNDS} rounds in turn, medians)",
        "",
        f"At most {MOST_QUERIES} queries, and an editor at most {MOST_TIMES} times an operator's time, are allowed.",
        "",
        "| screen | queries: operator / editor / approver / administrator | operator: ms | editor: ms | ratio |",
        "|---|---|---|---|---|",
    ]
    for name, address in SCREENS.items():
        address = address.format(section=_section().pk, root=agency.site.root_page_id)
        lines.append(_line(name, address, clients))
        print(" ", lines[-1], flush=True)
    return lines


def _spread(total, fill_section):
    """Half of the pages in one section of one agency, the rest over all others."""
    from home.models import NewsIndexPage
    from sites.models import Agency

    fill_section(SECTION, total // 2)
    others = Agency.objects.with_portal().exclude(code="stttt")
    share = (total - _count()) // others.count() + 1
    for agency in others:
        section = NewsIndexPage.objects.filter(url_path__startswith=f"/{agency.code}/tin-tuc/").order_by("path").last()
        fill_section(section.url_path, share)


def _count():
    from wagtail.models import Page

    return Page.objects.count()


def _section():
    from home.models import NewsIndexPage

    return NewsIndexPage.objects.get(url_path=SECTION)


def _client(role, agency):
    from django.contrib.auth import get_user_model
    from django.test import Client

    people, name = get_user_model().objects, f"do-{role}-{time.time_ns()}"
    if role == "operator":
        person = people.create_superuser(name)
    else:
        person = people.create_user(name)
        person.groups.add(agency.groups.get(role=role, name="").group)
    client = Client(headers={"host": "stttt.localhost"})
    client.force_login(person)
    return client


def _line(name, address, clients):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    queries, times = {}, {role: [] for role in clients}
    for role, client in clients.items():
        assert client.get(address).status_code == 200, (role, address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        queries[role] = len(captured)
    for _round in range(ROUNDS):
        for role, client in clients.items():
            began = time.perf_counter()
            client.get(address)
            times[role].append((time.perf_counter() - began) * 1000)
    # One after the other in each round, so that noise meets both alike.
    ratio = statistics.median(e / o for e, o in zip(times["editor"], times["operator"], strict=True))
    counts = " / ".join(str(count) for count in queries.values())
    medians = [f"{statistics.median(times[role]):.0f}" for role in ("operator", "editor")]
    return f"| {name} | {counts} | {' | '.join(medians)} | {ratio:.2f} |"
