from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .viewsets import DocumentsGroup


@hooks.register("register_admin_viewset")
def register_documents():
    return DocumentsGroup()


@hooks.register("insert_global_admin_css")
def add_stylesheet():
    return format_html('<link rel="stylesheet" href="{}">', static("admin/legal_docs.css"))


@hooks.register("register_log_actions")
def register_document_actions(actions):
    actions.register_action("legal_docs.take_text", _("Take a full text"), _("Full text taken into the draft"))
