"""The page on which a password link is made and shown once."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from sites.models import Agency
from sites.permissions import administered_agencies, manages_account, visible_people

from .links import days_valid, mail_password_link, password_link
from .refusals import refusing
from .screens import OfOnePerson, PeopleScreen
from .services import note_password_link

_KEPT = "password_link"


def keep_link(request, person, agency: Agency) -> None:
    """Make and mail a link, and keep it for the next page that the administrator sees, and for that one only."""
    link = password_link(person, agency, request)
    is_mailed = mail_password_link(person, agency, link)
    request.session[_KEPT] = {"person": person.pk, "link": link, "is_mailed": is_mailed}


class PasswordLinkView(PeopleScreen, OfOnePerson, WagtailAdminTemplateMixin, TemplateView):
    template_name = "sites/people/password_link.html"
    page_title = gettext_lazy("Password link")
    header_icon = "key"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.person = get_object_or_404(get_user_model(), pk=kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        is_visible = visible_people(request.user).filter(pk=self.person.pk).exists()
        if not is_visible or self.person.pk == request.user.pk or not manages_account(request.user, self.person):
            raise Http404
        if self.agency is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def agency(self):
        """The portal at which the link opens: one of the person's."""
        theirs = administered_agencies(self.request.user).select_related("site")
        return theirs.filter(groups__group__user=self.person).order_by("position").first()

    def get_context_data(self, **kwargs):
        kept = self.request.session.get(_KEPT) or {}
        if kept.get("person") == self.person.pk:
            del self.request.session[_KEPT]
            kwargs |= {"link": kept["link"], "is_mailed": kept["is_mailed"]}
        return super().get_context_data(person=self.person, days=days_valid(), agency=self.agency, **kwargs)

    def post(self, request, *args, **kwargs):
        try:
            with refusing(request):
                note_password_link(person=self.person, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            keep_link(request, self.person, self.agency)
        return redirect(request.path)
