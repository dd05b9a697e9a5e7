"""Reads the agencies of a province from YAML, and says the line and the reason where the file is wrong."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.text import normalise

from .enums import AgencyKind
from .models.agencies import CODE, HOST

DEFAULT_FILE = Path(__file__).parent / "data" / "agencies.yaml"
_LISTS = {
    "departments": AgencyKind.DEPARTMENT,
    "departments_alternative": AgencyKind.DEPARTMENT,
    "districts": AgencyKind.DISTRICT,
}
_TEXTS = (
    "name_en", "body_vi", "body_en", "site_title_vi", "type_vi", "symbol", "gso_code", "head_vi", "head_en",
    "mail_domain", "note",
)  # fmt: skip


class AgenciesFileError(Exception):
    """The file cannot be used; the message names the line and the reason."""


@dataclass(frozen=True)
class AgencyRecord:
    """What the file says of one agency; is_optional ones are recorded without opening a portal."""

    code: str
    kind: str
    name_vi: str
    host: str
    line: int
    aliases: tuple[str, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    organ_id: str = ""
    fields_of_work: tuple[tuple[str, str], ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    is_optional: bool = False


class _Mapping(dict):
    """A mapping that remembers its line in the file."""

    line = 0


class _Loader(yaml.SafeLoader):
    """Keeps the line of every mapping and refuses a key that stands twice."""


def _construct_mapping(loader, node):
    result = _Mapping()
    result.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in result:
            raise AgenciesFileError(
                _("line %(line)d: “%(key)s” stands twice") % {"line": key_node.start_mark.line + 1, "key": key}
            )
        result[key] = loader.construct_object(value_node, deep=True)
    return result


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


def read_agencies(path: Path = DEFAULT_FILE) -> list[AgencyRecord]:
    """Return the agencies of the file, the province first; raises AgenciesFileError for anything amiss."""
    document = _load(path)
    province = _required(document, "province", _Mapping)
    records = [_record(province, AgencyKind.PROVINCE, document)]
    for name, kind in _LISTS.items():
        for entry in document.get(name) or []:
            if not isinstance(entry, _Mapping):
                raise AgenciesFileError(_("“%(name)s” must be a list of agencies") % {"name": name})
            records.append(_record(entry, kind, document))
    _refuse_doubles(records)
    return records


def _load(path):
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a SafeLoader with line numbers
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise AgenciesFileError(_("line %(line)d: %(problem)s") % {"line": line, "problem": error.problem}) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise AgenciesFileError(_("this is not YAML in UTF-8: %(problem)s") % {"problem": error}) from error
    except OSError as error:
        raise AgenciesFileError(_("cannot be read: %(problem)s") % {"problem": error.strerror}) from error
    if not isinstance(document, _Mapping):
        raise AgenciesFileError(_("line 1: the file must begin with named entries such as “province:”"))
    return document


def _record(entry, kind, document):
    code = _text(entry, "id", required=True)
    _check(entry, CODE, code)
    if entry.get("kind", kind) != kind:
        raise _error(entry, _("kind must be “%(kind)s” here"), kind=kind)
    host = _text(entry, "host", required=True)
    aliases = tuple(entry.get("host_aliases") or ())
    for name in (host, *aliases):
        if not isinstance(name, str):
            raise _error(entry, _("a host must be text: %(name)s"), name=name)
        _check(entry, HOST, name)
    is_district = kind == AgencyKind.DISTRICT
    offices = "district_standard_offices" if is_district else "department_standard_offices"
    return AgencyRecord(
        code=code,
        kind=kind,
        name_vi=_text(entry, "name_vi", required=True),
        host=host,
        line=entry.line,
        aliases=aliases,
        texts={name: _text(entry, name) for name in _TEXTS},
        organ_id=_text(entry, "organ_id_qcvn102"),
        fields_of_work=_names(entry, entry.get("fields") or (document.get("district_fields") if is_district else ())),
        units=() if kind == AgencyKind.PROVINCE else _unit_names(entry, document.get(offices)),
        valid_from=_day(entry, "valid_from"),
        valid_to=_day(entry, "valid_to"),
        is_optional=entry.get("in_19") == "alternative",
    )


def _required(mapping, key, kind):
    value = mapping.get(key)
    if not isinstance(value, kind):
        raise AgenciesFileError(_("line %(line)d: “%(key)s” is missing") % {"line": mapping.line, "key": key})
    return value


def _text(entry, key, required=False):
    value = entry.get(key, "")
    if value is None or value == "":
        if required:
            raise _error(entry, _("“%(key)s” is missing"), key=key)
        return ""
    if not isinstance(value, str):
        raise _error(entry, _("“%(key)s” must be text, not %(value)s"), key=key, value=value)
    return normalise(value.strip())


def _names(entry, rows):
    names = []
    for row in rows or ():
        if not isinstance(row, _Mapping) or not isinstance(row.get("vi"), str):
            raise _error(entry, _("a name needs “vi”: %(row)s"), row=row)
        names.append((normalise(row["vi"]), row.get("en") or ""))
    return tuple(names)


def _unit_names(entry, rows):
    # Names in lower case are kinds of units ("các chi cục"), not units.
    return tuple(name for name in _names(entry, rows) if name[0][0].isupper())


def _day(entry, key):
    value = entry.get(key)
    if value is not None and not isinstance(value, date):
        raise _error(entry, _("“%(key)s” must be a day such as 2017-10-05"), key=key)
    return value


def _check(entry, validator, value):
    try:
        validator(value)
    except ValidationError as error:
        raise _error(entry, "%(value)s: %(why)s", value=value, why=" ".join(error.messages)) from error


def _refuse_doubles(records):
    seen = {}
    for record in records:
        for name in (record.code, record.host, *record.aliases):
            if name in seen:
                raise AgenciesFileError(
                    _("line %(line)d: “%(name)s” is already used in line %(other)d")
                    % {"line": record.line, "name": name, "other": seen[name]}
                )
            seen[name] = record.line


def _error(entry, reason, **values):
    return AgenciesFileError(_("line %(line)d: %(reason)s") % {"line": entry.line, "reason": reason % values})
