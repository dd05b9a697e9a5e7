"""Numbers of legal documents as Vietnamese agencies write them: "43/2011/NĐ-CP", "2723/QĐ-UBND", "4042/UBND-VX".

A normative document carries its year in the number (Law 80/2015/QH13, Article 7 of Decree 34/2016/NĐ-CP), an
administrative one does not (Decree 30/2020/NĐ-CP, Appendix I), so the same "1707/QĐ-UBND" is another decision each
year. Lists of real portals write numbers in many ways; here they get one form, and what is no number is refused.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.text import normalise, slugify

_DASHES = re.compile("[\u2010-\u2015\u2212_]")
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_AROUND_SEPARATOR = re.compile(r"\s*([/-])\s*")
_LABEL = re.compile(r"^số\s*:?\s*", re.IGNORECASE)
_NUMBER = re.compile(
    r"""
    (?P<number>\d{1,5}(?:\.\d{1,3})?[a-zđ]?)      # 43, 36a, 66.14
    (?:/(?P<year>(?:19|20)\d{2}))?                # the year of a normative document
    (?P<separator>[/-])                           # a dash in the oldest ones: 73-CP
    (?P<symbol>[^\W\d_][\w&./-]*(?:[ ]\(?[\w&/-]+\)?){0,4})
    """,
    re.VERBOSE,
)
_NUMBER_AND_SYMBOL_APART = re.compile(r"^(\d{1,5}[a-zđ]?) (?=[^\W\d_]{1,6}-)")
# Up to the first space that no dash stands before.
_REST_OF_NUMBER = re.compile(r"\s*((?:[/-]\s*)?(?:\S*[/-]\s+)*\S+)")
LONGEST = 100


class NoNumber(ValueError):
    """A text that is no number of a document; its words say why."""


@dataclass(frozen=True)
class DocumentNumber:
    """A number and symbol, taken apart.

    `number` has two digits at least and may end in a letter or a decimal ("03", "36a", "66.14"); `year` is the one in
    the number, so None for administrative documents; `symbol` is all the rest ("NĐ-CP"). `str()` is the written form.
    """

    number: str
    symbol: str
    year: int | None = None
    separator: str = "/"

    def __str__(self):
        year = f"/{self.year}" if self.year else ""
        return f"{self.number}{year}{self.separator}{self.symbol}"

    @property
    def key(self) -> str:
        """The number in the one form by which documents are compared: separators and letter case do not count."""
        parts = (self.number, str(self.year or ""), re.sub(r"[\s/.()-]+", "-", self.symbol).strip("-"))
        return "/".join(part for part in parts if part).upper()

    @property
    def parts(self) -> list[str]:
        """The words of the symbol: ["NĐ", "CP"], ["TTLT", "BTP", "BNV"]."""
        return [part for part in re.split(r"[\s/.()-]+", self.symbol) if part]

    def address_words(self, issued_year: int | None) -> str:
        """Return the words of the address, with the year of issue where the number has none: "2723-qd-ubnd-2014"."""
        words = [self.number, self.year, self.symbol] if self.year else [self.number, self.symbol, issued_year]
        return slugify("-".join(str(word) for word in words if word))


def parse_number(text: str) -> DocumentNumber:
    """Return the number that a text is, in its one form: NFC, Đ for the look-alike Ð, plain dashes, no spaces around
    separators, two digits at least (Decree 30/2020/NĐ-CP, Appendix I: a number below 10 has a zero before it).

    Raise NoNumber, with the reason in words for whoever typed or imported it.
    """
    cleaned = _clean(text)
    if not cleaned:
        raise NoNumber(_("The number is missing."))
    if len(cleaned) > LONGEST:
        raise NoNumber(_("The number has more than %(count)d characters.") % {"count": LONGEST})
    if cleaned[-1] in "-/":
        raise NoNumber(_("The symbol in “%(text)s” is cut off: it ends in a dash.") % {"text": cleaned})
    if cleaned.replace(".", "").isdigit():
        raise NoNumber(_("“%(text)s” has no symbol, such as QĐ-UBND.") % {"text": cleaned})
    found = _NUMBER.fullmatch(cleaned)
    if found is None:
        raise NoNumber(_("“%(text)s” is not written like a number, such as 12/2017/QĐ-UBND.") % {"text": cleaned})
    if not int(re.match(r"\d+", found["number"])[0]):
        raise NoNumber(_("A number begins with 1; “%(text)s” begins with 0.") % {"text": cleaned})
    symbol = found["symbol"]
    year = int(found["year"]) if found["year"] else None
    return DocumentNumber(
        number=_with_two_digits(found["number"].lower()),
        symbol=symbol.upper() if symbol.islower() else symbol,
        year=year,
        separator=found["separator"],
    )


def rejoin(number: str, abstract: str) -> tuple[str, str] | None:
    """Return (number, abstract) of a row whose list broke the number in two and left its end before the abstract.

    "18" and "/2018/TT-NHNN Quy định về an toàn …", as 41 of 4,269 rows of a real list are; None if the two do not make
    a number.
    """
    found = _REST_OF_NUMBER.match(abstract)
    if found is None:
        return None
    try:
        return str(parse_number(_clean(number) + found[1])), abstract[found.end() :].strip()
    except NoNumber:
        return None


def _clean(text):
    cleaned = _INVISIBLE.sub("", normalise(text or "")).replace("\u00a0", " ").strip().strip("\"'“”")
    cleaned = " ".join(_LABEL.sub("", cleaned).split())
    cleaned = _AROUND_SEPARATOR.sub(r"\1", _DASHES.sub("-", cleaned))
    # "1830 QĐ-UBND": the slash was forgotten.
    return _NUMBER_AND_SYMBOL_APART.sub(r"\1/", cleaned)


def _with_two_digits(number):
    digits = re.match(r"\d+", number)[0]
    return f"{int(digits):02d}{number[len(digits) :]}"
