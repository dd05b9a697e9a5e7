"""Parts of the form of a document that are no fields: what is wrong with it, and the files it has."""

from django.utils import timezone
from wagtail.admin.compare import FieldComparison
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel

from legal_docs.enums import Status
from legal_docs.forms import AttachmentForm, RelationForm
from legal_docs.parts import words_of
from legal_docs.services.validity import lives_of
from legal_docs.validity import contradiction


class ChecksPanel(HelpPanel):
    """Names the rules of law that the draft breaks, and what contradicts its status as stated."""

    def __init__(self, **kwargs):
        super().__init__(template="legal_docs/admin/checks_panel.html", **kwargs)

    def clone_kwargs(self):
        kwargs = super().clone_kwargs()
        del kwargs["template"]
        return kwargs

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self):
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            document = self.instance
            return {
                **context,
                "violations": document.violations() if document.kind else [],
                "contradiction": contradiction_of(document),
                "remarks": document.text.remarks if document.text else [],
            }


def contradiction_of(document):
    """Return the span of days that the stated status of a draft contradicts today; None where it does not."""
    stated = Status(document.stated_status)
    if stated == Status.UNKNOWN:
        return None
    return contradiction(stated, lives_of([document])[document.pk], timezone.localdate())


class _RowsPanel(InlinePanel):
    """Rows with a form of their own."""

    row_form = None

    def get_form_options(self):
        options = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = self.row_form
        return options


class RelationsPanel(_RowsPanel):
    """What a document does to others."""

    row_form = RelationForm


class PartsComparison(FieldComparison):
    """Compares the parts that a relation touches, as laws write them."""

    def __init__(self, field, obj_a, obj_b):
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = words_of(self.val_a.split()), words_of(self.val_b.split())


class PartsPanel(FieldPanel):
    """The parts of a document that a relation touches."""

    def get_comparison_class(self):
        return PartsComparison


class FilesPanel(_RowsPanel):
    """The files that a document has; new ones come by a field of their own, several at once."""

    row_form = AttachmentForm

    class BoundPanel(InlinePanel.BoundPanel):
        template_name = "legal_docs/admin/files_panel.html"
