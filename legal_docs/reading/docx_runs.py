"""The text of one paragraph of a DOCX: its runs with what was inserted, without what was deleted or is hidden."""

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from .docx_formulas import formula_text, is_formula
from .docx_package import value, w
from .docx_styles import Styles, look_of
from .old_fonts import FontDecoder
from .signs import lowered, raised

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = {w(name) for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "rt")}
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_SIGNS = {w("tab"): " ", w("ptab"): " ", w("noBreakHyphen"): "-", w("br"): "\n", w("cr"): "\n"}
# Boxes of forms in the fonts Wingdings and Symbol, by the code within the font.
_SYMBOLS = {0x6F: "☐", 0x71: "☐", 0xA8: "☐", 0xFE: "☑", 0xFD: "☒", 0x52: "☑", 0x54: "☒", 0xFC: "✓", 0xFB: "✗"}
_SYMBOLS |= {0xB7: "•", 0xA7: "▪", 0xD8: "➢", 0xE0: "→", 0xB0: "°", 0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×"}


@dataclass(frozen=True)
class Piece:
    """Text that looks the same from end to end; line breaks are in it."""

    text: str
    is_bold: bool


@dataclass
class Found:
    """What is told to the editor or read later, by the way."""

    counts: Counter = field(default_factory=Counter)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


class RunReader:
    """Reads the runs of paragraphs."""

    def __init__(self, styles: Styles, fonts: FontDecoder, found: Found):
        self._styles, self._fonts, self._found = styles, fonts, found
        self._paragraph_style: str | None = None
        # Of each open field "code" or "result": what Word computes is text, how it computes it is none.
        self._fields: list[str] = []

    def pieces(self, paragraph: etree._Element) -> list[Piece]:
        """Return the text of a paragraph."""
        self._paragraph_style = value(paragraph, "pPr/pStyle")
        self._fields = []
        return list(self._inside(paragraph))

    def _inside(self, element):
        for child in element:
            if child.tag == w("r"):
                yield from self._run(child)
            elif child.tag in (w("del"), w("moveFrom"), w("ins"), w("moveTo")):
                self._found.counts["tracked_changes"] += 1
                if child.tag in (w("ins"), w("moveTo")):
                    yield from self._inside(child)
            elif is_formula(child):
                self._found.counts["formulas"] += 1
                yield Piece(formula_text(child), False)
            elif child.tag == _MC + "AlternateContent":
                yield from self._inside(chosen(child))
            elif child.tag not in _LEFT_OUT:
                yield from self._inside(child)

    def _run(self, run):
        properties = run.find(w("rPr"))
        look = look_of(properties).over(self._styles.look(self._paragraph_style, value(properties, "rStyle")))
        if look.is_hidden:
            return
        text = "".join(self._text(child) for child in run)
        if not text:
            return
        text = self._fonts.decode(look.font or "", text)
        text = text.upper() if look.is_capitals else text
        if look.raised in ("superscript", "subscript"):
            text = (raised if look.raised == "superscript" else lowered)(text) or text
        yield Piece(text, bool(look.is_bold))

    def _text(self, element):
        """Return the text of one element in a run; take note of what is no text."""
        tag = element.tag
        if tag == w("fldChar"):
            self._turn_field(element.get(w("fldCharType")))
        if "code" in self._fields:
            return ""
        if tag == w("t"):
            return (element.text or "").replace("\n", " ")
        if tag in _SIGNS:
            return _SIGNS[tag]
        if tag == w("sym"):
            return _symbol(element)
        if tag in (w("footnoteReference"), w("endnoteReference")):
            return self._note(tag, element)
        if tag == w("commentReference"):
            self._found.counts["comments"] += 1
        elif tag == _MC + "AlternateContent":
            return "".join(self._text(child) for child in chosen(element))
        elif tag in (w("drawing"), w("pict"), w("object")):
            self._take_drawing(element)
        return ""

    def _turn_field(self, kind):
        if kind == "begin":
            self._fields.append("code")
        elif kind == "separate" and self._fields:
            self._fields[-1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note(self, tag, element):
        kind = "footnote" if tag == w("footnoteReference") else "endnote"
        self._found.notes.append((kind, element.get(w("id"), "")))
        return f"[{len(self._found.notes)}]"

    def _take_drawing(self, element):
        boxes = [
            box for box in element.iter(w("txbxContent")) if not any(_is_box(above) for above in box.iterancestors())
        ]
        self._found.boxes += boxes
        self._found.counts["pictures"] += sum(1 for _picture in element.iter(*_PICTURES))


def _is_box(element):
    return element.tag == w("txbxContent")


def chosen(alternatives: etree._Element) -> etree._Element:
    """Return the first of several forms of the same content (mc:AlternateContent): all of them would double it."""
    return next(iter(alternatives), alternatives)


def _symbol(element):
    """Return the Unicode of a sign that is named by its font and its code."""
    try:
        code = int(element.get(w("char"), ""), 16)
    except ValueError:
        return ""
    # Fonts of signs are mapped to the private area from U+F000 on.
    if 0xF000 <= code <= 0xF0FF:
        return _SYMBOLS.get(code - 0xF000, "")
    return chr(code) if 0x20 <= code < 0xD800 else ""
