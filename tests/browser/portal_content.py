"""One of every page type on a portal, with every block, for a browser to look at."""

from datetime import date

from django.core.files.base import ContentFile
from django.utils import timezone

from core.models import Picture
from core.renditions import make_missing
from home.models import NewsAttachment, NewsIndexPage, NewsPage, RelatedDocument, SectionPage
from legal_docs.enums import RelationKind, TextSource
from legal_docs.models import Attachment, StoredFile, Text
from legal_docs.signatures import SignatureReport
from legal_docs.tests.registry import public, relate
from search.services.indexing import index_changes
from sites.models import PortalSection
from tests.pictures import picture_file, text_file

PAGES = {
    "home": "/",
    "section": "/gioi-thieu/",
    "list": "/tin-tuc/",
    "article": "/tin-tuc/thong-bao/bai-viet/",
    "print view": "/tin-tuc/thong-bao/bai-viet/in/",
    "site map": "/so-do/",
    "search": "/tim-kiem/?q=bai",
    "search begun": "/tim-kiem/",
    "search narrowed": "/tim-kiem/?q=so+ghi+chep&nhom=document&nam=2020&tu=01/01/2020&xep=moi-nhat",
    "search for an article": "/tim-kiem/?q=%C4%90i%E1%BB%81u+1+Ngh%E1%BB%8B+%C4%91%E1%BB%8Bnh+01%2F2020%2FN%C4%90-CP",
    "search in the province": "/tim-kiem/?q=bai+viet&pham-vi=tinh",
    "near ones found": "/tim-kiem/?q=bai+viet+khongcogi",
    "nothing found": "/tim-kiem/?q=khongcogi",
    "nothing left": "/tim-kiem/?q=bai&nhom=news&nam=1999&tu=31/02/2020",
    "documents": "/van-ban/",
    "documents narrowed": "/van-ban/?loai=nghi_dinh&nam=2020",
    "no such documents": "/van-ban/?nam=1999",
    "document": "/van-ban/01-2020-nd-cp/",
    "expired document": "/van-ban/09-2015-nd-cp/?tim=so&ngay=2016-01-01",
    "document printed": "/van-ban/01-2020-nd-cp/in/",
    "document cited": "/van-ban/09-2015-nd-cp/duoc-dan-chieu/?dieu=art_1",
    "documents compared": "/van-ban/01-2020-nd-cp/so-sanh/09-2015-nd-cp/",
    "document to compare": "/van-ban/01-2020-nd-cp/so-sanh/",
    "relations": "/van-ban/09-2015-nd-cp/luoc-do/?loai=replaces&chieu=den",
    "not found": "/khong-co/",
    "bad request": "/?q=%FF",
}


def fill(code: str) -> NewsPage:
    """Publish an article and a section that use every block; return the article."""
    section = NewsIndexPage.objects.get(url_path=f"/{code}/tin-tuc/thong-bao/")
    collection = section.get_site().agency.collection
    picture = Picture.objects.create(
        title="Trụ sở", alt_text="Trụ sở nhìn từ cổng", file=picture_file(), collection=collection
    )
    make_missing(picture)
    file = text_file(section)
    body = _body(picture, file)
    article = NewsPage(
        title="Bài viết để xem thử", slug="bai-viet", summary="Tóm tắt bài viết trong hai câu. Đây là câu thứ hai.",
        lead_picture=picture, lead_caption="Chú thích ảnh", body=body, author_initials="N.V.A",
        source_name="Báo Tỉnh", source_url="https://example.vn/", published_at=timezone.now(),
    )  # fmt: skip
    section.add_child(instance=article)
    NewsAttachment.objects.create(article=article, file=file)
    RelatedDocument.objects.create(article=article, number="43/2011/NĐ-CP", title="Cung cấp thông tin trên cổng")
    section.add_child(instance=NewsPage(title="Bài thứ hai", summary="Tóm tắt.", lead_picture=picture))
    about = SectionPage.objects.get(pk=PortalSection.objects.get(agency__code=code, key="gioi-thieu").page_id)
    about.introduction, about.body = "Giới thiệu chung.", body
    about.save_revision().publish()
    fill_documents(code)
    index_changes()
    return article


def fill_documents(code: str) -> None:
    """Publish an old document and the one that replaces it, cites it and has chapters, tables and a signed file."""
    old = public("09/2015/NĐ-CP", on=date(2015, 1, 5), owner=code, text="Điều 1. Sổ\n1. Giữ sổ ba năm.\n2. Ghi sổ.")
    text = (
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Giữ sổ\n1. Theo khoản 1 Điều 1 Nghị định số 09/2015/NĐ-CP.\n"
        "a) Giữ năm năm;\nb) Ghi mỗi ngày.\nĐiều 2. Hiệu lực\nNghị định này có hiệu lực từ ngày ký."
    )
    new = public(owner=code, text=text, signer="Người ký", abstract="Quy định về sổ ghi chép và việc giữ sổ")
    report = SignatureReport("untrusted", signer="Chính phủ", signed_at="2020-01-15T08:30:00+07:00")
    stored = StoredFile(sha256="ab" * 32, size=9, media_type="application/pdf", signatures=[report.as_json()])
    stored.file.save("x", ContentFile(b"%PDF-1.4"))
    Attachment.objects.create(document=new, stored_file=stored, name="01-2020.pdf", title="Bản đã ký")
    Text.objects.filter(pk=new.text_id).update(source=TextSource.SCAN)
    relate(new, RelationKind.REPLACES, old)
    relate(new, RelationKind.BASED_ON, target_number="77/2001/NĐ-CP")


def _body(picture, file):
    columns = ["Năm", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Phí, lệ phí", "Căn cứ pháp lý", "Hồ sơ"]
    row = ["2016", "Đăng ký nội quy lao động của doanh nghiệp", "07 ngày làm việc", "1.250.000", "Bộ luật Lao động"]
    table = {"data": [columns, [*row, "120"], [*row, "150"]], "first_row_is_table_header": True}
    table |= {"first_col_is_header": False, "table_caption": "Số hồ sơ"}
    return [
        ("text", "<h2>Đề mục</h2><p>Một đoạn văn có <a href='/tin-tuc/'>liên kết</a>.</p><ul><li>Một ý</li></ul>"),
        ("picture", {"picture": picture, "caption": "Chú thích"}),
        ("table", table),
        ("quote", {"quote": "Công khai để dân biết.", "attribution": "Trích phát biểu"}),
        ("files", {"heading": "Tải về", "files": [file]}),
        (
            "contact",
            {"name": "Văn phòng Sở", "phone": "0274 000 0000", "email": "vp@example.vn", "hours": "7:30"},
        ),
        ("accordion", {"entries": [{"title": "Hỏi", "text": "<p>Đáp</p>"}]}),
    ]
