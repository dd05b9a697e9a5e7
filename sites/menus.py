"""The menu of a portal: its live sections, two steps deep, in the order editors gave them."""

from dataclasses import dataclass, field
from itertools import accumulate

from wagtail.models import Page

from core.addresses import path_in_portal
from core.visibility import unrestricted

# What fits into one row on a wide screen, by entries and by letters; the others stand behind "Chuyên mục khác".
ROW = 7
ROW_LETTERS = 100


@dataclass
class MenuEntry:
    """A section in the menu with those below it."""

    title: str
    url: str
    children: list["MenuEntry"] = field(default_factory=list)


def menu_of(root_page: Page, depth: int = 2, restricted: list[str] | None = None) -> list[MenuEntry]:
    """Return the menu below a portal's root page, `depth` steps deep, in one query."""
    pages = (
        unrestricted(Page.objects.filter(path__startswith=root_page.path, live=True, show_in_menus=True), restricted)
        .filter(depth__gt=root_page.depth, depth__lte=root_page.depth + depth)
        .order_by("path")
        .values_list("path", "title", "url_path")
    )
    entries: list[MenuEntry] = []
    by_path: dict[str, MenuEntry] = {}
    for path, title, url_path in pages:
        entry = MenuEntry(title, path_in_portal(url_path))
        by_path[path] = entry
        parent = by_path.get(path[: -Page.steplen])
        if parent is not None:
            parent.children.append(entry)
        elif len(path) == len(root_page.path) + Page.steplen:
            entries.append(entry)
    return entries


def row_length(menu: list[MenuEntry]) -> int:
    """Return how many entries of a menu stand in its row; long titles leave room for fewer."""
    ends = accumulate(len(entry.title) for entry in menu[:ROW])
    return sum(end <= ROW_LETTERS for end in ends)
