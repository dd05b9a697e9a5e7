"""What a portal says of its agency: colours, addresses, links and people in office, all plainly made up."""

from django.db import transaction

from core.addresses import root_address
from home.models import HomePage
from sites.enums import AgencyKind
from sites.models import Agency, Official, PortalLink, PortalSection, PortalSettings

from .bodies import items
from .bulk import Supplies
from .vocabulary import Speaker

# Main and second colour; each reads on white with a contrast of 4.5 and more (tests hold them to it).
PROVINCE_COLOURS = ("#9c1c1f", "#7a4b00")
DEPARTMENT_COLOURS = (
    ("#1f4e79", "#8a4b08"),
    ("#0b5563", "#8f2d3a"),
    ("#2c5234", "#7a4a00"),
    ("#5a2a6b", "#1d5b79"),
    ("#7b2d26", "#1c5450"),
    ("#134b8a", "#8b3a0e"),
    ("#245c4e", "#84333f"),
    ("#4a3b76", "#7b4a12"),
    ("#6b3a1e", "#1f5673"),
    ("#0f4c5c", "#9a3412"),
)
DISTRICT_COLOURS = (
    ("#8a1f2d", "#14506b"),
    ("#175e54", "#8a4513"),
    ("#6d2e46", "#2b5a3c"),
    ("#28496f", "#8c3b1b"),
    ("#4f5b1d", "#7c2d52"),
)

_SLOGANS = {
    AgencyKind.PROVINCE: "Công khai - Minh bạch - Phục vụ",
    AgencyKind.DEPARTMENT: "Trách nhiệm - Chuyên nghiệp - Hiệu quả",
    AgencyKind.DISTRICT: "Gần dân - Hiểu dân - Vì dân",
}
_ELSEWHERE = (
    ("Cổng Thông tin điện tử Chính phủ", "https://chinhphu.vn/"),
    ("Cơ sở dữ liệu quốc gia về văn bản pháp luật", "https://vbpl.vn/"),
)
_NAMES = (
    "Nguyễn Văn A",
    "Trần Thị B",
    "Lê Văn C",
    "Phạm Thị D",
    "Hoàng Văn E",
    "Võ Thị G",
    "Đặng Văn H",
    "Bùi Thị K",
    "Đỗ Văn L",
    "Ngô Thị M",
)


@transaction.atomic
def fill_settings(agency: Agency) -> bool:
    """Fill the settings of a portal that nobody has set yet; return whether they were empty."""
    settings = PortalSettings.objects.get(site_id=agency.site_id)
    if settings.address or settings.phone:
        return False
    settings.primary_colour, settings.accent_colour = _colours(agency)
    settings.slogan = _SLOGANS[agency.kind]
    settings.hotline = "1900 0000"
    settings.address = (
        "Số 00, đường Minh Họa, tỉnh Bình Dương"
        if agency.kind != AgencyKind.DISTRICT
        else f"Số 00, đường Minh Họa, {agency.name_vi}, tỉnh Bình Dương"
    )
    settings.phone, settings.fax = "0274 000 0000", "0274 000 0001"
    settings.email = f"{agency.code}@example.vn"
    settings.responsible_editor = "Nguyễn Văn A, Trưởng Ban biên tập (tên minh họa)"
    settings.licence_line = "Giấy phép số 00/GP-TTĐT (số minh họa của bản dùng thử)"
    links = [*_links(agency), *_ELSEWHERE]
    PortalLink.objects.bulk_create(
        PortalLink(settings=settings, title=title, url=url, sort_order=order)
        for order, (title, url) in enumerate(links)
    )
    # Last, because saving the settings is what makes header and footer follow.
    settings.save()
    return True


def _colours(agency):
    if agency.kind == AgencyKind.PROVINCE:
        return PROVINCE_COLOURS
    colours = DISTRICT_COLOURS if agency.kind == AgencyKind.DISTRICT else DEPARTMENT_COLOURS
    return colours[agency.position % len(colours)]


def _links(agency):
    """The province first, then three neighbours in the official order."""
    others = Agency.objects.with_portal().exclude(pk=agency.pk).select_related("site").order_by("position")
    province = [other for other in others if other.kind == AgencyKind.PROVINCE]
    kin = [other for other in others if other.kind != AgencyKind.PROVINCE]
    start = agency.position % max(1, len(kin))
    chosen = province + (kin[start:] + kin[:start])[:4]
    return [(other.portal_title[:120], root_address(other.code, other.site.hostname) + "/") for other in chosen]


@transaction.atomic
def fill_officials(agency: Agency) -> int:
    """Name the leadership and the heads of units, if nobody is named yet."""
    if agency.officials.exists():
        return 0
    head = agency.head_title_vi or "Chủ tịch UBND"
    deputy = (
        f"Phó {head[0].lower()}{head[1:]}" if not head.startswith("Chánh") else head.replace("Chánh", "Phó Chánh", 1)
    )
    leaders = [(head, "Phụ trách chung"), (deputy, "Phụ trách chuyên môn"), (deputy, "Phụ trách cải cách hành chính")]
    units = list(agency.units.all()[:6])
    people = [Official(agency=agency, job_title=title, duties=duties, is_leader=True) for title, duties in leaders] + [
        Official(agency=agency, unit=unit, job_title=_head_of(unit.name_vi)) for unit in units
    ]
    for number, person in enumerate(people):
        person.full_name = _NAMES[(number + agency.position) % len(_NAMES)]
        person.phone = f"0274 000 00{20 + number}"
        person.email = f"canbo{number + 1}.{agency.code}@example.vn"
        person.position = number
    Official.objects.bulk_create(people)
    return len(people)


def _head_of(unit):
    if unit.startswith("Văn phòng"):
        return "Chánh Văn phòng"
    return "Chánh Thanh tra" if unit.startswith("Thanh tra") else "Trưởng phòng"


@transaction.atomic
def arrange_home(agency: Agency, speaker: Speaker, supplies: Supplies) -> bool:
    """Add news of two sections and a strip of pictures to a home that still has the panels it began with."""
    home = HomePage.objects.get(pk=agency.site.root_page_id)
    if any(block.block_type in {"section_news", "photos"} for block in home.arrangement):
        return False
    keys = (
        ("tin-tuc/hoat-dong", "tin-tuc/chuyen-nganh")
        if agency.kind == AgencyKind.DEPARTMENT
        else ("tin-tuc/kinh-te", "tin-tuc/van-hoa-xa-hoi")
    )
    pages = dict(PortalSection.objects.filter(agency=agency, key__in=keys).values_list("key", "page_id"))
    panels = list(home.arrangement.raw_data)
    news = [{"type": "section_news", "value": {"section": pages[key], "number": 4}} for key in keys if key in pages]
    strip = {"heading": "Hình ảnh", "pictures": items([picture.pk for picture in supplies.pictures.values()])}
    position = 2 if agency.kind == AgencyKind.PROVINCE else 1
    home.arrangement = [*panels[:position], *news, *panels[position:], {"type": "photos", "value": strip}]
    home.save()
    return True
