"""Makes the province as large as a measurement needs it."""

from django.db import connection
from django.utils import timezone

from benchmarks.bare.models import BareNewsPage
from core.models import Picture
from core.renditions import make_missing
from home.demo.bulk import add_articles
from home.models import NewsIndexPage, NewsPage
from sites.enums import AgencyKind
from sites.models import Agency
from sites.services import open_portal, set_hosts
from tests.pictures import picture_file

SECTION = "/stttt/tin-tuc/hoat-dong/"


def add_portals(total: int) -> None:
    """Open portals of made-up districts until there are `total`."""
    for number in range(Agency.objects.with_portal().count(), total):
        agency = Agency.objects.create(
            code=f"thu{number}", kind=AgencyKind.DISTRICT, name_vi=f"huyện Thử nghiệm {number}", position=1_000 + number
        )
        set_hosts(agency, f"thu{number}.example.vn", [])
        open_portal(agency)


def fill_section(url_path: str, total: int) -> None:
    """Fill a section with articles until it has `total`."""
    section = NewsIndexPage.objects.get(url_path=url_path)
    add_articles(section, total, progress=lambda done: print(f"  {url_path}: {done} articles", end="\r", flush=True))
    print()
    with connection.cursor() as cursor:
        # A database that grew over years knows how large it is.
        cursor.execute("ANALYZE")


def twin_articles() -> tuple[str, str]:
    """Return the addresses of one article in two page types, ours and the yardstick's, with siblings of each."""
    section = NewsIndexPage.objects.get(url_path=SECTION)
    picture = Picture.objects.filter(title="Thước đo").first()
    if picture is None:
        picture = Picture.objects.create(
            title="Thước đo",
            alt_text="Một bức ảnh",
            file=picture_file(),
            collection=section.get_site().agency.collection,
        )
        make_missing(picture)
    paragraph = "<p>" + "Nội dung bài viết về công tác chuyển đổi số trên địa bàn tỉnh. " * 12 + "</p>"
    body = [("text", paragraph)] * 4 + [("picture", {"picture": picture, "caption": "Chú thích"}), ("text", paragraph)]
    for model, word in ((NewsPage, "bai"), (BareNewsPage, "bare")):
        for number in range(8):
            slug = f"{word}-{number}"
            if not model.objects.filter(slug=slug).exists():
                section.add_child(
                    instance=model(
                        title=f"Bài viết số {number} về chuyển đổi số",
                        slug=slug,
                        summary="Tóm tắt của bài viết trong một câu. " * 3,
                        lead_picture=picture,
                        body=body,
                        published_at=timezone.now(),
                    )
                )
    path = SECTION.removeprefix("/stttt")
    return f"{path}bai-3/", f"{path}bare-3/"
