"""How text of a DOCX looks, by its styles: bold, centred, capitals, font, and the list a style belongs to."""

from dataclasses import dataclass, replace

from lxml import etree

from .docx_package import value, w

_OFF = {"0", "false", "off", "none"}
_LONGEST_CHAIN = 50


@dataclass(frozen=True)
class Look:
    """What is said of a run; None where nothing is said."""

    is_bold: bool | None = None
    is_capitals: bool | None = None
    is_hidden: bool | None = None
    font: str | None = None
    raised: str | None = None

    def over(self, below: "Look") -> "Look":
        """Return this look, completed by what lies below it."""
        missing = {name: getattr(below, name) for name in vars(self) if getattr(self, name) is None}
        return replace(self, **missing)


def look_of(properties: etree._Element | None) -> Look:
    """Return what run properties (w:rPr) say."""
    if properties is None:
        return Look()
    fonts = properties.find(w("rFonts"))
    font = None if fonts is None else fonts.get(w("ascii")) or fonts.get(w("hAnsi"))
    return Look(
        is_bold=_toggle(properties, "b"),
        is_capitals=_toggle(properties, "caps"),
        is_hidden=_toggle(properties, "vanish"),
        font=font,
        raised=value(properties, "vertAlign"),
    )


def _toggle(properties, name):
    element = properties.find(w(name))
    return None if element is None else element.get(w("val"), "1") not in _OFF


class Styles:
    """The styles of a document with what they are based on."""

    def __init__(self, root: etree._Element | None):
        found = [] if root is None else root.findall(w("style"))
        self._styles = {style.get(w("styleId")): style for style in found}
        self._default = next((style.get(w("styleId")) for style in found if _is_default(style)), None)
        defaults = None if root is None else root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
        self._defaults = look_of(defaults)
        self._looks: dict[str | None, Look] = {}

    def look(self, paragraph_style: str | None, run_style: str | None = None) -> Look:
        """Return how text looks of which nothing is said directly."""
        look = self._of_chain(paragraph_style or self._default).over(self._defaults)
        return self._of_chain(run_style).over(look) if run_style else look

    def _of_chain(self, name):
        if name not in self._looks:
            look = Look()
            for style in self._chain(name):
                look = look.over(look_of(style.find(w("rPr"))))
            self._looks[name] = look
        return self._looks[name]

    def alignment(self, paragraph_style: str | None) -> str | None:
        """Return the alignment (w:jc) that a paragraph style gives."""
        chain = self._chain(paragraph_style or self._default)
        return next((found for style in chain if (found := value(style, "pPr/jc"))), None)

    def numbering(self, paragraph_style: str | None) -> tuple[str | None, str | None]:
        """Return the list and the level to which a paragraph style belongs; None for what it does not say."""
        number = level = None
        for style in self._chain(paragraph_style):
            number = number or value(style, "pPr/numPr/numId")
            level = level or value(style, "pPr/numPr/ilvl")
        return number, level

    def list_of_style(self, name: str) -> str | None:
        """Return the list (w:numId) that a style of lists stands for."""
        return value(self._styles.get(name), "pPr/numPr/numId")

    def borders(self, table_style: str | None) -> list[etree._Element]:
        """Return the lines that a table style draws."""
        return [found for style in self._chain(table_style) for found in style.iter(w("tblBorders"))]

    def _chain(self, name):
        seen = 0
        while name in self._styles and seen < _LONGEST_CHAIN:
            yield self._styles[name]
            name, seen = value(self._styles[name], "basedOn"), seen + 1


def _is_default(style):
    return style.get(w("type")) == "paragraph" and style.get(w("default"), "0") not in _OFF
