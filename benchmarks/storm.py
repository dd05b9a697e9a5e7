"""Many editors at once: create, move, delete, publish and reorder in one part of the tree, then count the damage.

Every writer is a process of its own with its own connection, as the workers of a server are.
"""

import multiprocessing
import random
import traceback

import django

from .audit import verdict


def storm(writers: int, acts: int, seed: int) -> dict:
    """Let `writers` processes do `acts` acts each on one portal's news; return counts and the tree's problems."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(writers) as pool:
        results = pool.starmap(_writer, [(number, acts, seed) for number in range(writers)])
    alive = {page for result in results for page in result["alive"]}
    deleted = {page for result in results for page in result["deleted"]}
    return {
        "acts": writers * acts,
        "errors": [error for result in results for error in result["errors"]],
        "gone": sum(result["gone"] for result in results),
        "problems": check_tree(alive - deleted, deleted),
    }


def check_tree(alive: set[int], deleted: set[int]) -> list[str]:
    """Return what is wrong with the tree: treebeard's problems, child counts, addresses, lost or undead pages."""
    from wagtail.models import Page

    problems = [f"{kind}: {pks}" for kind, pks in zip(_PROBLEMS, Page.find_problems(), strict=True) if pks]
    pages = {page.path: page for page in Page.objects.all()}
    children: dict[str, int] = {}
    for path, page in pages.items():
        parent = pages.get(path[: -Page.steplen])
        if parent is None:
            continue
        children[parent.path] = children.get(parent.path, 0) + 1
        if page.url_path != f"{parent.url_path}{page.slug}/":
            problems.append(f"address of {page.pk}: {page.url_path} below {parent.url_path}")
    problems += [f"numchild of {p.pk}" for path, p in pages.items() if p.numchild != children.get(path, 0)]
    existing = {page.pk for page in pages.values()}
    problems += [f"lost {pk}" for pk in alive - existing] + [f"undead {pk}" for pk in deleted & existing]
    return problems


_PROBLEMS = ("bad characters", "bad path length", "orphan", "wrong depth", "wrong numchild")


def _writer(number, acts, seed):
    django.setup()
    from django.db import connections
    from django.http import Http404
    from wagtail.models import Page

    chance = random.Random(f"{seed}-{number}")
    result = {"alive": set(), "deleted": set(), "errors": [], "gone": 0}
    for act in range(acts):
        try:
            _act(chance, f"s{seed}-{number}-{act}", result)
        except (Http404, Page.DoesNotExist):
            # Somebody else deleted it first: an editor is told so, nothing is broken.
            result["gone"] += 1
        except Exception:
            result["errors"].append(traceback.format_exc(limit=-3))
    connections.close_all()
    return result


def _act(chance, name, result):
    from home.models import NewsIndexPage, NewsPage

    sections = list(NewsIndexPage.objects.filter(url_path__startswith="/stttt/tin-tuc/"))
    articles = list(NewsPage.objects.filter(url_path__startswith="/stttt/tin-tuc/").order_by("?")[:10])
    kind = chance.choice(("create", "create", "move", "delete", "publish", "reorder", "rename"))
    if kind == "create" or not articles:
        page = NewsPage(title=name, slug=name, summary="Tóm tắt.")
        chance.choice(sections).add_child(instance=page)
        page.save_revision().publish()
        result["alive"].add(page.pk)
        return
    article = chance.choice(articles)
    if kind == "move":
        article.move(chance.choice(sections), pos="last-child")
    elif kind == "reorder" and len(articles) > 1:
        article.move(chance.choice(articles), pos=chance.choice(("left", "right")))
    elif kind == "delete":
        pk = article.pk
        article.delete()
        result["deleted"].add(pk)
    elif kind == "rename":
        article.slug = name
        article.save_revision().publish()
    else:
        article.save_revision().publish()


def report(quick: bool) -> list[str]:
    """Let ten storms of 8 writers with 40 acts each pass; return Markdown lines."""
    storms, acts = (2, 10) if quick else (10, 40)
    lines = ["## Tree storms (8 processes create, move, delete, publish, reorder and rename)", ""]
    lines += ["| storm | acts | errors | gone before | problems of the tree |", "|---|---|---|---|---|"]
    for number in range(storms):
        outcome = storm(8, acts, seed=number)
        errors, problems = len(outcome["errors"]), len(outcome["problems"])
        lines.append(f"| {number + 1} | {outcome['acts']} | {errors} | {outcome['gone']} | {problems} |")
        print(" ", lines[-1], flush=True)
        for line in outcome["errors"][:3] + outcome["problems"][:5]:
            print("   ", line)
    return [*lines, "", f"The audit trail afterwards: {verdict()}"]
