import pytest

from sites.agencies_file import AgenciesFileError, read_agencies
from sites.enums import AgencyKind

PROVINCE = "province: {id: binhduong, name_vi: tỉnh Bình Dương, host: www.binhduong.gov.vn}\n"


@pytest.fixture
def agencies(tmp_path):
    """Write text as an agencies file and return its path."""

    def write(text, encoding="utf-8"):
        path = tmp_path / "agencies.yaml"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_own_file_holds_the_province_its_departments_and_its_districts():
    records = read_agencies()
    required = [record for record in records if not record.is_optional]
    kinds = [record.kind for record in required]
    assert kinds[0] == AgencyKind.PROVINCE
    assert kinds.count(AgencyKind.DEPARTMENT) == 19
    assert kinds.count(AgencyKind.DISTRICT) == 9
    assert [record.code for record in records if record.is_optional] == ["bqlvsip"]


def test_record_carries_hosts_symbol_and_fields_of_work():
    record = next(record for record in read_agencies() if record.code == "stttt")
    assert record.host == "stttt.binhduong.gov.vn"
    assert record.aliases == ("sotttt.binhduong.gov.vn",)
    assert record.texts["symbol"] == "STTTT"
    assert ("Báo chí", "Press") in record.fields_of_work


def test_look_alike_letters_are_mended(agencies):
    path = agencies(PROVINCE + "departments:\n- {id: sx, name_vi: Sở Xây dựng Ðô thị, host: sx.example.vn}\n")
    assert read_agencies(path)[1].name_vi == "Sở Xây dựng Đô thị"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("province: [", 1, ""),
        ("- just\n- a list\n", 1, "province"),
        ("departments: []\n", 1, "province"),
        (PROVINCE + "departments:\n- {id: sx, host: sx.example.vn}\n", 3, "name_vi"),
        (PROVINCE + "departments:\n- {id: SX, name_vi: Sở X, host: sx.example.vn}\n", 3, "SX"),
        (PROVINCE + "departments:\n- {id: sx, name_vi: Sở X, host: 'sx example'}\n", 3, "sx example"),
        (PROVINCE + "departments:\n- {id: sx, name_vi: Sở X, host: www.binhduong.gov.vn}\n", 3, "www.binhduong.gov.vn"),
        (PROVINCE + "departments:\n- {id: sx, name_vi: 12, host: sx.example.vn}\n", 3, "12"),
        (PROVINCE + "departments:\n- id: sx\n  id: sy\n  name_vi: Sở X\n", 4, "id"),
        (PROVINCE + "departments:\n- {id: sx, kind: district, name_vi: Sở X, host: sx.example.vn}\n", 3, "department"),
        (
            PROVINCE + "departments:\n- {id: sx, name_vi: Sở X, host: sx.example.vn, valid_from: hôm qua}\n",
            3,
            "valid_from",
        ),
        (PROVINCE + "departments:\n- {id: sx, name_vi: Sở X, host: sx.example.vn, fields: [{en: Land}]}\n", 3, "vi"),
    ],
)
def test_broken_file_is_refused_with_line_and_reason(agencies, text, line, reason):
    with pytest.raises(AgenciesFileError) as refused:
        read_agencies(agencies(text))
    assert f"{line}" in str(refused.value)
    assert reason in str(refused.value)


def test_file_that_is_not_utf8_is_refused(agencies):
    with pytest.raises(AgenciesFileError):
        read_agencies(agencies("province: {name_vi: tỉnh}", encoding="utf-16"))


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(AgenciesFileError):
        read_agencies(tmp_path / "none.yaml")


def test_yaml_cannot_make_python_objects(agencies):
    with pytest.raises(AgenciesFileError):
        read_agencies(agencies("province: !!python/object/apply:os.system [true]\n"))
