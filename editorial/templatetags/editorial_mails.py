"""What mails of Wagtail's workflow say in our words: titles of drafts, and links to the agency's own portal."""

from django import template
from wagtail.admin.utils import get_latest_str

from editorial.mails import portal_address
from editorial.ownership import agency_of
from editorial.things import edit_address

register = template.Library()


@register.filter
def latest_str_of(thing) -> str:
    """Return the title that the newest draft has."""
    return get_latest_str(thing)


@register.simple_tag
def edit_link(thing) -> str:
    """Return where a page or record is edited, on the portal of its agency."""
    agency = agency_of(thing)
    return portal_address(agency) + edit_address(thing) if agency else ""
