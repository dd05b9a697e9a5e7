"""Formulas of Word (Office MathML) as one line of text: "a/b", "x²", "√(x)"."""

from lxml import etree

from .signs import lowered, raised

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def is_formula(element: etree._Element) -> bool:
    """Tell whether an element of a paragraph is a formula."""
    return element.tag in (_M + "oMath", _M + "oMathPara")


def formula_text(element: etree._Element) -> str:
    """Return a formula as text; what has no form of its own is joined in its order."""
    writer = _WRITERS.get(element.tag.removeprefix(_M)) if isinstance(element.tag, str) else None
    return writer(element) if writer else "".join(formula_text(child) for child in element)


def _part(element, name):
    found = element.find(_M + name)
    return "" if found is None else formula_text(found)


def _grouped(text):
    return text if len(text) < 2 or text.isalnum() else f"({text})"


def _power(element):
    above = _part(element, "sup")
    return _part(element, "e") + (raised(above) or f"^{_grouped(above)}")


def _index(element):
    below = _part(element, "sub")
    return _part(element, "e") + (lowered(below) or f"_{_grouped(below)}")


_WRITERS = {
    "t": lambda element: element.text or "",
    "f": lambda element: f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}",
    "rad": lambda element: f"√{_grouped(_part(element, 'e'))}",
    "sSup": _power,
    "sSub": _index,
    "d": lambda element: f"({''.join(formula_text(child) for child in element)})",
}
