"""What the templates of documents need that no view brings: the page of a draft in its preview, dates, statuses."""

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from legal_docs.presenting.files import address_in_review
from legal_docs.presenting.pages import Asked, ReadersPage, readers_page
from legal_docs.presenting.places import name_of

register = template.Library()


@register.simple_tag(takes_context=True)
def readers_page_of(context, document) -> ReadersPage:
    """Return everything on a document's page: from the view, or found now for a preview, which has no view of ours."""
    page = context.get("readers_page")
    if page is None:
        # Found once for the whole page, though several blocks ask for it.
        page = getattr(document, "readers_page", None) or _page_of_draft(document, context["request"])
        document.readers_page = page
    return page


def _page_of_draft(document, request):
    review = getattr(request, "review", None)
    if not review:
        return readers_page(document, Asked(), is_draft=True)

    def address_of(file):
        return address_in_review(review["token"], file)

    # An outside reviewer gets the files by her link, which ends.
    return readers_page(document, Asked(), is_draft=True, address_of_file=address_of)


@register.simple_tag(takes_context=True)
def full_text(context, page) -> SafeString:
    """Return a document's text, or the mark in whose place the view sends it."""
    # Not escaped: legal_docs.structure.html has escaped all that stands in it.
    return mark_safe(context.get("text_mark") or page.html)


@register.filter
def day(value: date | None) -> str:
    """Return a day as it is written in Vietnam, "" for none."""
    return date_format(value, "d/m/Y") if value else ""


@register.filter
def first_upper(text) -> str:
    """Return words as they begin a line."""
    text = str(text)
    return text[:1].upper() + text[1:]


@register.filter
def place(eid: str) -> str:
    """Return the name of a part of a document: "khoản 2 Điều 10"."""
    return name_of(eid)


@register.filter
def number(value: int) -> str:
    """Return a number as it is written in Vietnam: 1.234.567."""
    return f"{value:,}".replace(",", ".")
