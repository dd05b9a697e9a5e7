"""The text of a document from the articles into which a list has cut it."""

from django.utils.translation import gettext as _

from core.importing.refusals import RowError
from core.importing.texts import text_field

MOST = 5_000


def text_of_articles(articles: object) -> str:
    """Return lines as they stand in the document: chapters, headings of articles, their content.

    `articles` has the keys of the codification: `dieu` number, `tieu_de` heading, `chuong` chapter, `noi_dung` content.
    """
    found, group = [], ""
    for article in _checked(articles):
        chapter = text_field(article, "chuong")
        if chapter and chapter != group:
            group = chapter
            found.append(chapter)
        found.append(f"Điều {article['dieu']}. {text_field(article, 'tieu_de')}")
        found += text_field(article, "noi_dung").split("\n")
    return "\n".join(found)


def articles_changed_by(articles: object) -> dict[str, list[str]]:
    """Return the numbers of articles that each other document has changed, by its number as written."""
    found: dict[str, list[str]] = {}
    for article in _checked(articles):
        for number in article.get("sua_doi_boi") or ():
            found.setdefault(str(number), []).append(str(article["dieu"]))
    return found


def _checked(articles):
    if not isinstance(articles, list) or not all(isinstance(one, dict) and one.get("dieu") for one in articles):
        raise RowError(_("“%(name)s” must be a list of articles") % {"name": "dieu"})
    if len(articles) > MOST:
        raise RowError(_("more than %(count)d articles") % {"count": MOST})
    return articles
