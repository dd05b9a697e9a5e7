"""Finds what each panel of a portal's home shows."""

from dataclasses import dataclass

from django.urls import reverse
from wagtail.models import Page

from core.addresses import path_in_portal, portal_code
from legal_docs.listing.lists import newest
from sites.enums import AgencyKind
from sites.models import Agency, PortalSection

from .placements import NewsPlacement

_DEPARTMENT = [
    ("lead_news", {}),
    ("notices", {}),
    ("documents", {}),
    ("consultations", {}),
    ("procedures", {}),
    ("links", {"heading": ""}),
]
_PROVINCE = [
    ("lead_news", {}),
    ("province_news", {}),
    ("documents", {}),
    ("consultations", {}),
    ("procedures", {}),
    ("agencies", {}),
    ("links", {"heading": ""}),
]
_SECTION_PANELS = ("documents", "consultations", "procedures", "notices")


@dataclass
class Panel:
    """A panel ready to be shown: its kind names the template, the rest is what that template needs."""

    kind: str
    value: object
    title: str = ""
    url: str = ""
    items: list = None
    sections: list = None
    documents: list = None


def default_panels(kind: str) -> list[tuple[str, dict]]:
    """Return the panels that a new portal begins with."""
    return _PROVINCE if kind == AgencyKind.PROVINCE else _DEPARTMENT


def build_panels(arrangement, portal) -> list[Panel]:
    """Return the panels of a portal's home in the editors' order, each with what it shows."""
    sections = _sections(arrangement, portal)
    panels = []
    shown_ids: set[int] = set()
    for block in arrangement:
        panel = _BUILDERS.get(block.block_type, _plain)(block, portal, sections)
        if block.block_type == "lead_news":
            shown_ids = {placement.article_id for placement in panel.items}
        elif block.block_type in {"section_news", "province_news"}:
            # What already stands in the lead is not repeated below it.
            panel.items = [p for p in panel.items if p.article_id not in shown_ids][: block.value["number"]]
        panels.append(panel)
    return panels


def _sections(arrangement, portal):
    """All sections that the panels name, by key or by page number, in one query."""
    keys = [b.block.section_key for b in arrangement if b.block_type in _SECTION_PANELS]
    if not keys:
        return {}
    known = PortalSection.objects.filter(agency=portal.agency, key__in=keys).select_related("page")
    return {section.key: section.page for section in known}


def _lead_news(block, portal, sections):
    number = block.value["number"]
    placements = NewsPlacement.objects.shown(portal.restricted_paths).on_portal(portal.agency).for_lists()
    newest = list(placements.newest_first()[: number + 3])
    # A marked article leads while it is among the newest; an old mark does not hold the front for years.
    newest.sort(key=lambda placement: not placement.is_lead)
    return Panel("lead_news", block.value, items=newest[:number])


def _section_news(block, portal, sections):
    page = block.value["section"]
    if page is None or not page.live or portal_code(page.url_path) != portal.code:
        return Panel("section_news", block.value, items=[])
    number = block.value["number"] + 6
    placements = (
        NewsPlacement.objects.shown(portal.restricted_paths).on_portal(portal.agency).in_section(page).for_lists()
    )
    return Panel(
        "section_news",
        block.value,
        page.title,
        path_in_portal(page.url_path),
        items=list(placements.newest_first()[:number]),
    )


def _topic(block, portal, sections):
    page: Page | None = sections.get(block.block.section_key)
    if page is None or not page.live:
        return Panel(block.block_type, block.value, items=[], sections=[])
    placements = (
        NewsPlacement.objects.shown(portal.restricted_paths).on_portal(portal.agency).in_section(page).for_lines()
    )
    items = list(placements.newest_first()[: block.value["number"]])
    below = [] if items else _children_in_menu(portal.menu, path_in_portal(page.url_path))
    return Panel(block.block_type, block.value, page.title, path_in_portal(page.url_path), items=items, sections=below)


def _documents(block, portal, sections):
    """The newest documents that the portal shows; while there are none, what is posted in the section."""
    documents = newest(portal.agency, block.value["number"])
    if not documents:
        return _topic(block, portal, sections)
    page = sections.get(block.block.section_key)
    is_there = page is not None and page.live
    title = page.title if is_there else str(block.block.label)
    url = path_in_portal(page.url_path) if is_there else reverse("legal_documents")
    return Panel(block.block_type, block.value, title, url, items=[], documents=documents)


def _children_in_menu(menu, url):
    return next((entry.children for entry in menu if entry.url == url), [])


def _province_news(block, portal, sections):
    placements = (
        NewsPlacement.objects.shown(portal.restricted_paths).originals().exclude(agency=portal.agency).for_lists()
    )
    items = list(placements.newest_first()[: block.value["number"] + 6])
    return Panel("province_news", block.value, items=items)


def _agencies(block, portal, sections):
    return Panel("agencies", block.value, items=list(Agency.objects.of_province().select_related("site")))


def _plain(block, portal, sections):
    return Panel(block.block_type, block.value)


_BUILDERS = {
    "lead_news": _lead_news,
    "section_news": _section_news,
    "province_news": _province_news,
    "agencies": _agencies,
    **dict.fromkeys(_SECTION_PANELS, _topic),
    "documents": _documents,
}
