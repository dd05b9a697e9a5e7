"""Reads RSS 2.0 and Atom 1.0, one entry in memory at a time.

defusedxml refuses every DTD, so that no entity can expand and nothing outside the file is ever opened.
"""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from core.importing.refusals import BrokenFile, RowError

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
MAX_ENTRY = 5_000_000
MAX_DEPTH = 100


class _Meter:
    """A file that refuses to hand out more than MAX_ENTRY bytes for one entry."""

    def __init__(self, file):
        self.file = file
        self.since_entry = 0

    def read(self, size=-1):
        data = self.file.read(size)
        self.since_entry += len(data)
        if self.since_entry > MAX_ENTRY:
            raise BrokenFile(_("an entry is longer than %(limit)d MB") % {"limit": MAX_ENTRY // 1_000_000})
        return data


def read_rss(file: BinaryIO) -> Iterator[tuple[int, dict | RowError]]:
    """Yield (number, fields) for each <item>; raises BrokenFile where the XML ends being well-formed."""
    return _entries(file, "item", _rss_fields)


def read_atom(file: BinaryIO) -> Iterator[tuple[int, dict | RowError]]:
    """Yield (number, fields) for each <entry>; raises BrokenFile where the XML ends being well-formed."""
    return _entries(file, f"{ATOM}entry", _atom_fields)


def _entries(file, tag, fields_of):
    meter = _Meter(file)
    number = 0
    open_elements = []
    try:
        for event, element in iterparse(meter, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                open_elements.append(element)
                if len(open_elements) > MAX_DEPTH:
                    raise BrokenFile(_("the elements are nested too deeply"))
                continue
            open_elements.pop()
            if any(parent.tag == tag for parent in open_elements):
                continue
            if element.tag == tag:
                number += 1
                yield number, fields_of(element)
                meter.since_entry = 0
            # What was read is let go, so that the feed's length does not matter.
            element.clear()
            if open_elements:
                open_elements[-1].remove(element)
    except ParseError as error:
        raise BrokenFile(
            _("after entry %(number)d the XML is broken: %(problem)s") % {"number": number, "problem": error}
        ) from error
    except DefusedXmlException as error:
        raise BrokenFile(_("the file declares a document type or entities, which are refused")) from error
    except (LookupError, UnicodeError, ValueError) as error:
        raise BrokenFile(_("the letters of the file cannot be read: %(problem)s") % {"problem": error}) from error


def _rss_fields(item: Element):
    description, full = _child(item, "description"), _child(item, f"{CONTENT}encoded")
    source = item.find("source")
    return {
        "title": _child(item, "title"),
        "time": _child(item, "pubDate") or _child(item, f"{DC}date"),
        "summary": description if full else "",
        "body": full or description,
        "section": [element.text or "" for element in item.findall("category")],
        "source_name": (source.text or "") if source is not None else "",
        "source_url": source.get("url", "") if source is not None else "",
        "author": _name_only(_child(item, f"{DC}creator") or _child(item, "author")),
        "url": _child(item, "link").strip() or _permalink(item),
        "guid": _child(item, "guid"),
        "pictures": _rss_pictures(item),
    }


def _permalink(item):
    guid = item.find("guid")
    if guid is None or guid.get("isPermaLink", "true").lower() == "false":
        return ""
    text = (guid.text or "").strip()
    return text if text.startswith(("http://", "https://")) else ""


def _rss_pictures(item):
    pictures = []
    for element in item.iter():
        is_picture = element.get("type", "").startswith("image/") or element.get("medium") == "image"
        if element.tag in {"enclosure", f"{MEDIA}content"} and is_picture:
            pictures.append(_media_picture(element))
    thumbnail = item.find(f"{MEDIA}thumbnail")
    if not pictures and thumbnail is not None:
        pictures.append(_media_picture(thumbnail))
    return _once(pictures)


def _media_picture(element):
    return {
        "src": element.get("url", ""),
        "alt": _child(element, f"{MEDIA}title"),
        "caption": _child(element, f"{MEDIA}description"),
    }


def _once(pictures):
    by_src = {}
    for picture in pictures:
        if picture["src"].strip():
            by_src.setdefault(picture["src"].strip(), picture)
    return list(by_src.values())


def _atom_fields(entry: Element):
    summary, full = _construct(entry, "summary"), _construct(entry, "content")
    source = entry.find(f"{ATOM}source")
    return {
        "title": _construct(entry, "title"),
        "time": _child(entry, f"{ATOM}published") or _child(entry, f"{ATOM}updated"),
        "summary": summary if full else "",
        "body": full or summary,
        "section": [c.get("label") or c.get("term") or "" for c in entry.findall(f"{ATOM}category")],
        "source_name": _construct(source, "title") if source is not None else "",
        "source_url": _link(source, "alternate") if source is not None else "",
        "author": _name_only(entry.findtext(f"{ATOM}author/{ATOM}name") or ""),
        "url": _link(entry, "alternate"),
        "guid": _child(entry, f"{ATOM}id"),
        "pictures": [
            {"src": link.get("href"), "alt": link.get("title", "")}
            for link in entry.findall(f"{ATOM}link")
            if link.get("rel") == "enclosure" and link.get("type", "").startswith("image/") and link.get("href")
        ],
    }


def _construct(parent, name):
    """Return a text construct (RFC 4287, 3.1) as HTML, or as text where it is plain."""
    element = parent.find(f"{ATOM}{name}")
    if element is None:
        return ""
    if element.get("type") != "xhtml":
        return "".join(element.itertext())
    for part in element.iter():
        # HTML has no prefixes.
        part.tag = part.tag.removeprefix(XHTML)
    inner = [tostring(child, encoding="unicode", method="html") for child in element]
    return (element.text or "") + "".join(inner)


def _link(parent, rel):
    for link in parent.findall(f"{ATOM}link"):
        if link.get("rel", "alternate") == rel:
            return link.get("href", "")
    return ""


def _child(parent, tag):
    return "".join(parent.find(tag).itertext()) if parent.find(tag) is not None else ""


def _name_only(author):
    """RSS writes "mail@host (Name)"; a mail address is nobody's initials."""
    author = " ".join(author.split())
    if "@" not in author:
        return author
    return author.partition("(")[2].rpartition(")")[0].strip()
