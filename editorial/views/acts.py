"""What the screens have on which one act is done to one page or record."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from editorial.ownership import stamp
from editorial.services.approvals import DraftChanged
from editorial.things import edit_address, find_page, find_record, list_address, title_of


class ActView(WagtailAdminTemplateMixin, FormView):
    """Shows a form for one act on a page or record, does it, says what was done; 404 for whoever has no part in it."""

    template_name = "editorial/admin/act.html"
    breadcrumbs_items = []
    button_label = ""
    is_serious = False
    # The draft on the screen is not the newest any more: nothing can be decided before it is read again.
    is_stale = False

    def dispatch(self, request, *args, **kwargs):
        self.thing = self.find_thing(**kwargs)
        if not self.is_allowed():
            # Whether another agency's draft exists is nobody's business.
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def find_thing(self, **named):
        """Return what the address names; Http404 for nothing."""
        return find_page(**named) if "page_id" in named else find_record(**named)

    def is_allowed(self) -> bool:
        raise NotImplementedError

    def act(self, form):
        """Do it and return the message; a ValidationError is shown in the form."""
        raise NotImplementedError

    def get_page_subtitle(self):
        return title_of(self.thing)

    def form_valid(self, form):
        try:
            message = self.act(form)
        except DraftChanged:
            self.is_stale = True
            return self.form_invalid(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, message)
        return redirect(self.get_success_url())

    def get_success_url(self):
        return list_address(self.thing)

    def get_edit_url(self):
        return edit_address(self.thing)

    def seen(self) -> str:
        """Name the draft that is on the screen now."""
        return stamp(self.thing.get_latest_revision())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.update(
            thing=self.thing,
            edit_url=self.get_edit_url(),
            button_label=self.button_label or self.get_page_title(),
            is_serious=self.is_serious,
            is_stale=self.is_stale,
            media=context["form"].media,
        )
        return {"note": "", **context}
