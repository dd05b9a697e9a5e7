from datetime import date

import pytest
from django.http import Http404, QueryDict

from search.asking import LAST_PAGE, MAX_LENGTH, PER_PAGE, Asked
from search.enums import Facet, Kind, Sort


def asked(query):
    return Asked.from_query(QueryDict(query))


WHOLE = (
    "q=x%C3%A2y+d%E1%BB%B1ng&pham-vi=tinh&nhom=document&loai=nghi_dinh&loai=quyet_dinh_ttg&co-quan=7&noi-dang=3"
    "&linh-vuc=12&nam=2016&nam=2017&tinh-trang=in_force&tu=05%2F01%2F2016&den=31%2F12%2F2017&xep=moi-nhat&trang=2"
)


class TestAddress:
    def test_holds_the_whole_state_and_gives_it_back(self):
        read = asked(WHOLE)
        assert read == Asked(
            text="xây dựng",
            is_provincial=True,
            chosen={
                Facet.KIND: ("document",),
                Facet.TYPE: ("nghi_dinh", "quyet_dinh_ttg"),
                Facet.ISSUER: ("7",),
                Facet.AGENCY: ("3",),
                Facet.FIELD: ("12",),
                Facet.YEAR: ("2016", "2017"),
                Facet.STATUS: ("in_force",),
            },
            since=date(2016, 1, 5),
            until=date(2017, 12, 31),
            sort=Sort.NEWEST,
            page=2,
        )
        assert read.query == f"?{WHOLE}"

    @pytest.mark.parametrize(
        "other",
        [
            "trang=2&" + WHOLE.replace("&trang=2", ""),
            WHOLE.replace("nam=2016&nam=2017", "nam=2017&nam=2016&nam=2017"),
            WHOLE.replace("tu=05%2F01%2F2016", "tu=2016-01-05"),
            WHOLE.replace("q=x%C3%A2y+d", "q=++x%C3%A2y%0A+d"),
            WHOLE.replace("tu=05%2F01%2F2016&den=31%2F12%2F2017", "den=05%2F01%2F2016&tu=31%2F12%2F2017"),
            WHOLE + "&utm_source=x&xyz=1",
        ],
    )
    def test_has_one_canonical_form(self, other):
        assert asked(other).query == f"?{WHOLE}"

    @pytest.mark.parametrize(
        "query",
        ["nhom=x", "loai=x", "nam=abc", "nam=0000", "co-quan=-1", "linh-vuc=9x", "noi-dang=stttt", "tinh-trang=all",
         "tu=hom+qua", "den=31/02/2020", "tu=1/1/20", "xep=x", "pham-vi=x", "q=+++", "nguyen-van=x", "trang="],
    )  # fmt: skip
    def test_what_can_be_no_value_is_as_if_it_were_not_there(self, query):
        assert asked(query).query == ""
        assert asked(query).is_empty

    def test_something_else_than_a_day_is_told(self):
        assert asked("tu=31/02/2020").is_no_day
        assert not asked("tu=&den=01/02/2020").is_no_day

    def test_letters_of_the_text_are_in_their_one_form(self):
        assert asked("q=%C3%B0%E1%BA%A5t").text == "đất"
        assert asked("q=a%CC%81").text == "á"

    def test_long_text_and_many_values_are_cut(self):
        assert len(asked("q=" + "a" * 5_000).text) == MAX_LENGTH
        many = asked("&".join(f"nam={year}" for year in range(1900, 2100)))
        assert len(many.chosen[Facet.YEAR]) == 12

    @pytest.mark.parametrize("page", ["0", "x", "-1", "1e3", "51", "1000000", "9" * 300, "٣"])
    def test_page_that_no_list_has_is_not_found(self, page):
        with pytest.raises(Http404):
            asked(f"q=a&trang={page}")

    def test_last_page_is_within_what_engines_answer(self):
        query = asked(f"q=a&trang={LAST_PAGE}").to_query(1)
        assert query.offset + query.size == 1_000


class TestChanging:
    def test_values_are_chosen_and_taken_away_from_the_first_page_on(self):
        first = asked("q=a&nam=2016&trang=3")
        both = first.toggled(Facet.YEAR, "2015")
        assert both.query == "?q=a&nam=2015&nam=2016"
        assert both.toggled(Facet.YEAR, "2016").toggled(Facet.YEAR, "2015").query == "?q=a"

    def test_order_scope_and_days_change_alone(self):
        read = asked("q=a&nhom=news&nam=2016&tu=01/02/2016")
        assert read.sorted_by(Sort.OLDEST).query == "?q=a&nhom=news&nam=2016&tu=01%2F02%2F2016&xep=cu-nhat"
        assert read.in_scope(True).without_days().query == "?q=a&pham-vi=tinh&nhom=news&nam=2016"
        assert read.without_choices().query == "?q=a&nhom=news"
        assert read.kind == Kind.NEWS

    def test_question_is_limited_to_the_portal_unless_the_province_is_asked(self):
        read = asked("q=a&nhom=news&trang=2")
        query = read.to_query(7)
        assert (query.portal, query.offset, query.size) == (7, PER_PAGE, PER_PAGE)
        assert query.facets == {Facet.KIND: ("news",)}
        assert read.in_scope(True).to_query(7).portal is None
