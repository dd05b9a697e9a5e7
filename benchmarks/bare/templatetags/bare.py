from django import template
from wagtail.models import Site

register = template.Library()


@register.simple_tag(takes_context=True)
def menu(context):
    """Return the menu as Wagtail's documentation builds one: the root's children, and theirs."""
    root = Site.find_for_request(context["request"]).root_page
    return [(page, page.get_children().live().in_menu()) for page in root.get_children().live().in_menu()]
