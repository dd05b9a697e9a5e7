"""Redirects of the own portal: an administrator sees, makes and changes these alone."""

from django.shortcuts import redirect
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect

from sites.forms import KeepsToOwn
from sites.own_choices import RedirectsFilterSet
from sites.permissions import acts_everywhere
from sites.sight import seen_by


class OwnRedirectForm(KeepsToOwn, RedirectForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not acts_everywhere(self.for_user):
            site = self.fields["site"]
            site.queryset = seen_by(self.for_user, site.queryset)
            # A redirect of all portals is the province's business.
            site.required = True
            site.empty_label = None


class _Own:
    """Mixin: the list and the objects to be changed are the own ones."""

    def get_queryset(self):
        return seen_by(self.request.user, Redirect.objects.all())


class OwnRedirectsView(views.IndexView):
    filterset_class = RedirectsFilterSet

    def get_base_queryset(self):
        return seen_by(self.request.user, super().get_base_queryset())

    @property
    def header_more_buttons(self):
        # Importing is for the whole install.
        buttons = super().header_more_buttons
        return buttons if acts_everywhere(self.request.user) else buttons[:-1]


class OwnRedirectCreateView(views.CreateView):
    form_class = OwnRedirectForm


class OwnRedirectEditView(_Own, views.EditView):
    form_class = OwnRedirectForm


class OwnRedirectDeleteView(_Own, views.DeleteView):
    pass


def process_import(request):
    """Go on with an import that was begun; Wagtail's view fails on a form that names no file."""
    if not {"input_format", "import_file_name"} <= request.POST.keys():
        return redirect("wagtailredirects:start_import")
    return views.process_import(request)
