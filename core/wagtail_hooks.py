"""What the foundation tells Wagtail: how files leave, and what an import is called in a page's history."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .views import serve_file


@hooks.register("before_serve_document", order=-1)
def serve_document(document, request):
    """Hand out a file ourselves: to the public only what something public shows, always as a download."""
    return serve_file(request, document)


@hooks.register("register_log_actions")
def register_import(actions):
    actions.register_action("core.import", _("Import"), _("Imported from a file"))
