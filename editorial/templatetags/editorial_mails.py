"""What mails of Wagtail's workflow say in our words: titles of drafts, and links to the agency's own portal."""

from django import template
from wagtail.admin.utils import get_latest_str

from editorial.mails import admin_address
from editorial.ownership import agency_of

register = template.Library()


@register.filter
def latest_str_of(thing) -> str:
    """Return the title that the newest draft has."""
    return get_latest_str(thing)


@register.simple_tag
def page_admin_address(page, name: str) -> str:
    """Return an address of the admin for a page, on the portal of its agency."""
    agency = agency_of(page)
    return admin_address(agency, name, page.pk) if agency else ""
