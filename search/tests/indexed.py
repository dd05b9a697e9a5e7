"""Things as indexing makes them, put into the index of the database by hand, so that pages have something to show."""

from datetime import date

from search.database.engine import DatabaseEngine
from search.engine import Number, Passage, Thing
from search.enums import Facet
from sites.models import Agency


def put(*things: Thing) -> None:
    """Put things into the live index."""
    DatabaseEngine().put(things)


def decree(owner: Agency, *also: Agency, key="document:900001", number="43/2011/NĐ-CP", **more) -> Thing:
    """Return a decree of an agency, shown on its portal and on those of others, with two articles."""
    path = f"/van-ban/{number.lower().replace('/', '-').replace('đ', 'd')}/"
    values = {
        "title": f"Nghị định {number}",
        "summary": "Quy định về cung cấp thông tin và dịch vụ công trực tuyến trên cổng thông tin điện tử",
        "number": Number(number.split("/")[0], (2011,), ("nd", "cp"), "nghi dinh"),
        "day": date(2011, 6, 13),
        "facets": {Facet.TYPE: ("nghi_dinh",), Facet.YEAR: ("2011",), Facet.STATUS: ("in_force",)},
        "passages": (
            Passage("Nghị định này quy định việc cung cấp thông tin.", "art_1", "Điều 1.", "Phạm vi điều chỉnh"),
            Passage("Cổng có thông tin về đất đai, giá đất và bồi thường.", "art_10", "Điều 10.", "Thông tin chủ yếu"),
        ),
    }
    values["places"] = {agency.pk: path for agency in (owner, *also)}
    return Thing(key=key, owner=owner.pk, **(values | more))


def news(owner: Agency, *also: Agency, key="news:900001", title="Đại biểu thăm hội chợ", **more) -> Thing:
    """Return a news item."""
    places = {agency.pk: f"/tin-tuc/{key.replace(':', '-')}/" for agency in (owner, *also)}
    values = {"summary": "Các đại biểu xem hàng.", "day": date(2020, 5, 1), "facets": {Facet.YEAR: ("2020",)}}
    return Thing(key=key, title=title, owner=owner.pk, places=places, **(values | more))
