from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from .viewsets import DocumentsGroup


@hooks.register("register_admin_viewset")
def register_documents():
    return DocumentsGroup()


@hooks.register("insert_global_admin_css")
def add_stylesheet():
    return format_html('<link rel="stylesheet" href="{}">', static("admin/legal_docs.css"))


class _OwnerChanged(LogFormatter):
    """A line of a document's history that tells from whom to whom it went, and why."""

    label = _("Give to another agency")

    def format_message(self, log_entry):
        return gettext("Given from %(former)s to %(new)s: %(reason)s") % log_entry.data


@hooks.register("register_log_actions")
def register_document_actions(actions):
    actions.register_action("legal_docs.take_text", _("Take a full text"), _("Full text taken into the draft"))
    actions.register_action("legal_docs.change_owner")(_OwnerChanged)
