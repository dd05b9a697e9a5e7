from datetime import date

import pytest

from legal_docs.dates import violations
from legal_docs.document_types import document_types, effective_rule_on, possible_types, status_from
from legal_docs.enums import Level, Status
from legal_docs.numbers import parse_number


def ids(number, **known):
    return [kind.id for kind in possible_types(parse_number(number), **known)]


class TestTypeOfANumber:
    @pytest.mark.parametrize(
        ("number", "level", "expected"),
        [
            ("43/2011/NĐ-CP", Level.CENTRAL, ["nghi_dinh"]),
            ("2723/QĐ-UBND", Level.PROVINCE, ["quyet_dinh_cb"]),
            ("12/2017/QĐ-UBND", Level.PROVINCE, ["quyet_dinh_ubnd_tinh"]),
            ("02/2018/NQ-HĐND", Level.PROVINCE, ["nghi_quyet_hdnd_tinh"]),
            ("3507/KH-UBND", Level.PROVINCE, ["ke_hoach"]),
            ("80/2015/QH13", Level.CENTRAL, ["bo_luat", "luat", "nghi_quyet_qh"]),
            ("02/2016/UBTVQH14", Level.CENTRAL, ["phap_lenh", "nghi_quyet_ubtvqh"]),
        ],
    )
    def test_follows_from_abbreviation_year_and_level(self, number, level, expected):
        assert [kind for kind in ids(number, level=level) if kind in expected] == expected

    def test_symbol_without_abbreviation_is_an_official_letter(self):
        assert "cong_van" in ids("4042/UBND-VX", level=Level.PROVINCE)

    def test_form_is_gone_after_its_time(self):
        assert "chi_thi_qppl_ubnd" in ids("03/2015/CT-UBND", level=Level.PROVINCE, on=date(2015, 3, 1))
        assert "chi_thi_qppl_ubnd" not in ids("03/2017/CT-UBND", level=Level.PROVINCE, on=date(2017, 3, 1))

    @pytest.mark.parametrize(
        ("number", "kind"), [("14/1998/CT-TTg", "chi_thi_qppl_ttg"), ("61/2008/CT-BGDĐT", "chi_thi_qppl_bo_truong")]
    )
    def test_directives_of_the_central_level_were_normative_until_the_end_of_2008(self, number, kind):
        parsed = {"number": number, "level": Level.CENTRAL}
        assert kind in ids(**parsed, on=date(2008, 12, 31))
        assert kind not in ids(**parsed, on=date(2009, 1, 1))

    def test_every_kind_has_a_name_in_both_languages(self):
        assert all(kind.name_vi and kind.name_en for kind in document_types().values())


class TestEarliestDay:
    @pytest.mark.parametrize(
        ("level", "issued_on", "earliest"),
        [
            (Level.CENTRAL, date(2017, 1, 1), date(2017, 2, 15)),
            (Level.PROVINCE, date(2017, 10, 5), date(2017, 10, 15)),
            (Level.DISTRICT, date(2017, 10, 5), date(2017, 10, 12)),
        ],
    )
    def test_is_counted_from_the_day_after_signing(self, level, issued_on, earliest):
        assert effective_rule_on(issued_on, level).earliest(level, issued_on) == earliest

    def test_no_rule_holds_before_the_first_law(self):
        assert effective_rule_on(date(1995, 1, 1), Level.CENTRAL) is None


class TestViolations:
    PROVINCIAL = "quyet_dinh_ubnd_tinh"

    def broken(self, kind=PROVINCIAL, level=Level.PROVINCE, issued_on=date(2017, 10, 5), **dates):
        dates = {"effective_on": date(2017, 10, 15), **dates}
        return [one.field for one in violations(kind=document_types()[kind], level=level, issued_on=issued_on, **dates)]

    def test_document_in_order_breaks_none(self):
        assert self.broken() == []

    def test_a_day_too_early_is_refused_with_the_law(self):
        found = violations(
            kind=document_types()[self.PROVINCIAL],
            level=Level.PROVINCE,
            issued_on=date(2017, 10, 5),
            effective_on=date(2017, 10, 14),
        )
        assert [(one.field, one.rule) for one in found] == [("effective_on", "80/2015/QH13 Điều 151")]
        assert "15/10/2017" in found[0].message

    def test_shortened_procedure_may_take_effect_on_signing(self):
        assert self.broken(effective_on=date(2017, 10, 5), is_shortened=True) == []

    def test_shortened_procedure_excuses_no_day_before_signing_in_the_province(self):
        assert self.broken(effective_on=date(2017, 10, 4), is_shortened=True) == ["effective_on"]

    def test_normative_document_says_its_first_day(self):
        assert self.broken(effective_on=None) == ["effective_on"]

    def test_administrative_document_need_not(self):
        assert self.broken(kind="quyet_dinh_cb", effective_on=None) == []

    def test_departments_issue_no_normative_documents(self):
        assert "type" in self.broken(level=Level.DEPARTMENT)

    def test_body_of_another_level_does_not_issue_the_kind(self):
        assert "type" in self.broken(kind="nghi_dinh")

    def test_form_that_was_abolished(self):
        assert "type" in self.broken(kind="chi_thi_qppl_ubnd")

    def test_expiry_before_the_first_day(self):
        assert "expires_on" in self.broken(expires_on=date(2017, 10, 14))


class TestStatusWords:
    @pytest.mark.parametrize(
        ("words", "status"),
        [
            ("Văn bản đang có hiệu lực", Status.IN_FORCE),
            ("văn bản  hết hiệu lực", Status.EXPIRED),
            ("CHL", Status.IN_FORCE),
            ("vẫn dùng", None),
        ],
    )
    def test_words_of_real_lists_are_known(self, words, status):
        assert status_from(words) == status
