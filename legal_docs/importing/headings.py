"""The columns that a list of documents may have, under Vietnamese or English headings."""

from django.utils.translation import gettext as _

from core.importing.refusals import BrokenFile
from core.text import fold
from legal_docs.enums import RelationKind

# Name of the field: its headings, folded, words divided by "_".
_COLUMNS = {
    "number": "so_ky_hieu so_hieu so_van_ban so_kh so_ky_hieu_van_ban",
    "type": "loai loai_van_ban hinh_thuc_van_ban kind",
    "abstract": "trich_yeu trich_yeu_noi_dung ve_viec ten_van_ban title",
    "issuer": "co_quan_ban_hanh noi_ban_hanh co_quan_ban_hanh_van_ban issuing_body",
    "issued_on": "ngay_ban_hanh ngay_ky ngay_van_ban date_of_issue",
    "effective_on": "ngay_hieu_luc ngay_co_hieu_luc hieu_luc_tu_ngay effective_date",
    "expires_on": "ngay_het_hieu_luc het_hieu_luc_tu_ngay expiry_date",
    "expiry_reason": "ly_do_het_hieu_luc",
    "stated_status": "hieu_luc tinh_trang tinh_trang_hieu_luc trang_thai status",
    "is_shortened": "rut_gon trinh_tu_rut_gon thu_tuc_rut_gon shortened",
    "signer": "nguoi_ky",
    "signer_position": "chuc_vu chuc_danh chuc_vu_nguoi_ky position",
    "signing_capacity": "quyen_han_ky the_thuc_ky capacity",
    "issued_at_place": "noi_ky dia_danh place",
    "gazette_number": "so_cong_bao gazette",
    "gazette_on": "ngay_dang_cong_bao ngay_cong_bao",
    "scope": "pham_vi",
    "sector": "nganh",
    "topics": "de_muc",
    "fields_of_work": "linh_vuc fields",
    "source": "nguon nguon_thu_thap",
    "url": "url dia_chi lien_ket duong_dan link",
    "files": "tep tep_dinh_kem tap_tin file attachments",
    "text": "noi_dung toan_van full_text",
    "articles": "dieu",
    "amended_by": "sua_doi_bo_sung_boi",
}  # fmt: skip
# Columns with numbers of other documents, divided by semicolons or lines.
_RELATIONS = {
    RelationKind.BASED_ON: "can_cu",
    RelationKind.AMENDS: "sua_doi_bo_sung sua_doi",
    RelationKind.REPLACES: "thay_the",
    RelationKind.REPEALS: "bai_bo",
    RelationKind.PARTLY_REPEALS: "bai_bo_mot_phan",
    RelationKind.GUIDES: "huong_dan quy_dinh_chi_tiet",
    RelationKind.CORRECTS: "dinh_chinh",
    RelationKind.SUSPENDS: "dinh_chi dinh_chi_thi_hanh",
    RelationKind.CONSOLIDATES: "hop_nhat",
    RelationKind.REFERS_TO: "dan_chieu van_ban_lien_quan",
}
_INVERSES = {
    RelationKind.REPLACES: "bi_thay_the_boi replaced_by",
    RelationKind.REPEALS: "bi_bai_bo_boi repealed_by",
    RelationKind.PARTLY_REPEALS: "bi_bai_bo_mot_phan_boi partly_repealed_by",
    RelationKind.GUIDES: "duoc_huong_dan_boi guided_by",
    RelationKind.CORRECTS: "duoc_dinh_chinh_boi corrected_by",
}
# Known and not taken: numbers of another system, sums that follow from the rest.
_PASSED_OVER = {"vbpl_item_id", "so_dieu", "co_toan_van", "stt", "tt", "no"}

RELATION_FIELDS = {str(kind): (kind, False) for kind in _RELATIONS} | {f"{kind}_by": (kind, True) for kind in _INVERSES}
FIELDS = (*_COLUMNS, *RELATION_FIELDS)


def _headings():
    found = {name: name for name in FIELDS} | dict.fromkeys(_PASSED_OVER, "")
    for names, field_of in ((_COLUMNS, str), (_RELATIONS, str), (_INVERSES, "{}_by".format)):
        found |= {heading: field_of(name) for name, headings in names.items() for heading in headings.split()}
    return found


_FIELD_OF = _headings()


def plain_heading(words: str) -> str:
    """Return a heading in the form of comparison: "Số, ký hiệu" and "so_ky_hieu" are alike."""
    return "_".join("".join(c if c.isalnum() else " " for c in fold(str(words))).split())


class Columns:
    """Gives the fields of rows their names, by their headings and by what the operator says of others."""

    def __init__(self, pairs: list[str] = ()):
        self._field_of = dict(_FIELD_OF)
        # Headings that nobody knows, in their order: told once at the end.
        self.unknown: dict[str, None] = {}
        for pair in pairs:
            heading, sign, name = pair.rpartition("=")
            if not sign or not heading.strip() or name.strip() not in FIELDS:
                raise BrokenFile(
                    _("--field-map says “%(pair)s”; it wants HEADING=FIELD, with one of the fields %(fields)s")
                    % {"pair": pair, "fields": ", ".join(FIELDS)}
                )
            self._field_of[plain_heading(heading)] = name.strip()

    def fields_of(self, named: dict) -> dict:
        """Return the values by names of fields; the first of two columns of one field counts if it says something."""
        found = {}
        for heading, value in named.items():
            name = self._field_of.get(plain_heading(heading))
            if name is None:
                self.unknown.setdefault(str(heading)[:100])
            elif name and value not in (None, "", [], {}) and name not in found:
                found[name] = value
        return found
