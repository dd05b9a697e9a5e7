"""The screen on which the province gives a document to another agency."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.views.acts import ActView
from legal_docs.forms import OwnerForm
from legal_docs.models import LegalDocument
from legal_docs.rights import may_change_owner
from legal_docs.services.owning import change_owner


class OwnerView(ActView):
    form_class = OwnerForm
    page_title = gettext_lazy("Give to another agency")
    header_icon = "group"
    is_serious = True

    def find_thing(self, pk):
        return get_object_or_404(LegalDocument.objects.select_related("owner"), pk=pk)

    def is_allowed(self):
        return may_change_owner(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"document": self.thing}

    def act(self, form):
        change_owner(document=self.thing, user=self.request.user, **form.cleaned_data)
        return _("%(document)s is kept by %(agency)s now.") % {
            "document": self.thing,
            "agency": form.cleaned_data["agency"].display_name,
        }

    def get_context_data(self, **kwargs):
        note = _(
            "It is kept by %(agency)s now. After this its people see no draft, file or history of it and change "
            "nothing any more, and links of outside reviewers are closed. The address of the document stays the same; "
            "the portal of the agency shows it only where its field of work or whom it binds says so."
        )
        return super().get_context_data(note=note % {"agency": self.thing.owner.display_name}, **kwargs)
