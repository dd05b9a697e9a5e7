"""The container of a DOCX: a zip of XML parts, opened with bounds and without entities (ISO/IEC 29500-2)."""

import posixpath
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from .limits import Limits
from .outcome import UnreadableFile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# "Strict" files say the same in other namespaces (ISO/IEC 29500-1, annex A).
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MAIN_PART = "word/document.xml"
_RELATIONSHIPS = "_rels/.rels"
_IS_ENCRYPTED = 0x1
# Small parts may be packed as tightly as they like.
_RATIO_COUNTS_FROM = 1_000_000
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)


class Package:
    """The parts of one DOCX. Nothing is ever unpacked to the disk, so names such as "../x" mean nothing."""

    def __init__(self, path: Path, limits: Limits):
        self._limits = limits
        try:
            self._archive = zipfile.ZipFile(path)
            entries = self._archive.infolist()
        except _BROKEN as error:
            raise UnreadableFile("broken") from error
        self._entries = {entry.filename: entry for entry in entries}
        self._check(entries)
        self.main_part = self._find_main_part()

    def _check(self, entries):
        """Refuse what would unpack to too much, by what the directory says: reading never goes beyond that."""
        if any(entry.flag_bits & _IS_ENCRYPTED for entry in entries):
            raise UnreadableFile("encrypted")
        is_too_much = (
            len(entries) > self._limits.members
            or sum(entry.file_size for entry in entries) > self._limits.unpacked_bytes
            or any(map(self._is_bomb, entries))
        )
        if is_too_much:
            raise UnreadableFile("zip_bomb")

    def _is_bomb(self, entry):
        if entry.file_size > self._limits.member_bytes:
            return True
        return entry.file_size > max(_RATIO_COUNTS_FROM, self._limits.ratio * entry.compress_size)

    def _find_main_part(self):
        root = self.xml(_RELATIONSHIPS)
        for relationship in () if root is None else root:
            if relationship.get("Type", "").endswith("/officeDocument"):
                target = posixpath.normpath(relationship.get("Target", "").lstrip("/"))
                if target in self._entries:
                    return target
        if _MAIN_PART in self._entries:
            return _MAIN_PART
        raise UnreadableFile("broken")

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of a part, None where there is no such part."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        try:
            data = self._archive.read(entry)
        except _BROKEN as error:
            raise UnreadableFile("broken") from error
        return parse_xml(data)

    def beside_main(self, name: str) -> etree._Element | None:
        """Return the root of a part that lies beside the main part, such as "styles.xml"."""
        return self.xml(posixpath.join(posixpath.dirname(self.main_part), name))


def parse_xml(data: bytes) -> etree._Element:
    """Return the root of an XML text; entities are not replaced, nothing is fetched, and a DTD is refused."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data.replace(_STRICT.encode(), _W.encode()), parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise UnreadableFile("external_entities" if b"<!DOCTYPE" in data[:4096] else "broken") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile("external_entities")
    return root


def w(name: str) -> str:
    """Return the full name of an element or attribute of WordprocessingML."""
    return f"{{{_W}}}{name}"


def value(element: etree._Element | None, path: str = "") -> str | None:
    """Return the attribute w:val of an element or of a child of it; None where it is not there."""
    if element is not None and path:
        element = element.find("/".join(map(w, path.split("/"))))
    return None if element is None else element.get(w("val"))


def whole_number(text: str | None, default: int, least: int = 0, most: int = 10_000) -> int:
    """Return a number that a file says, within bounds: a table of a thousand million columns is an attack."""
    try:
        return min(max(int(text or ""), least), most)
    except ValueError:
        return default
