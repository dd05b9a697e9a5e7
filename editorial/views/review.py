"""What an outside reviewer sees: one draft as it would look, and a form for remarks."""

from http import HTTPStatus
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from editorial.forms import RemarkForm
from editorial.grants import FILE_COOKIE, PICTURE_COOKIE
from editorial.services.reviews import LinkOver, TooManyRemarks, find_invitation, write_remark

# Nothing of a draft is kept by a cache, found by a search engine, or told to a site that the draft links to.
PRIVATE = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
ANCHOR = "#gop-y"


# The address itself is the secret that another site cannot know; and a page that sends no referrer sends no origin.
@method_decorator(csrf_exempt, name="dispatch")
class ReviewView(View):
    """Serves the draft of one invitation on the agency's own portal, and takes remarks on it."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request, *args, **kwargs):
        self.invitation = find_invitation(kwargs["token"], request.agency)
        if self.invitation is None:
            raise Http404(_("This link is not complete. Open it from the mail again, or ask for a new one."))
        draft = self._draft()
        if draft is None:
            return self._over()
        self.draft = draft
        return self._private(super().dispatch(request, *args, **kwargs))

    def get(self, request, token):
        return self._show(token, RemarkForm())

    def post(self, request, token):
        form = RemarkForm(request.POST)
        problem = ""
        if form.is_valid():
            try:
                write_remark(invitation=self.invitation, **form.cleaned_data)
            except ValidationError as error:
                form.add_error("text", error)
            except LinkOver:
                return self._over()
            except TooManyRemarks:
                problem = _("These are many remarks in a short time. Please go on in an hour.")
            else:
                return HttpResponseRedirect(request.path + ANCHOR, status=HTTPStatus.SEE_OTHER)
        elif "form_key" in form.errors:
            # A broken form: the text is kept and a fresh key given.
            form = RemarkForm({"text": request.POST.get("text", ""), "form_key": str(uuid4())})
            form.is_valid()
            problem = _("Your remark was not sent. Please send it once more.")
        status = HTTPStatus.TOO_MANY_REQUESTS if problem and not form.errors else HTTPStatus.OK
        return self._show(token, form, problem, status)

    def _draft(self):
        """The draft as a page that can be shown; None when the link is over or the page is gone."""
        revision = self.invitation.revision
        if not self.invitation.is_open(timezone.now()) or revision.content_object is None:
            return None
        draft = revision.as_object()
        return draft if draft.is_previewable() else None

    def _show(self, token, form, problem="", status=HTTPStatus.OK):
        request = self.request
        request.is_preview = True
        request.review = {
            "invitation": self.invitation,
            "token": token,
            "form": form,
            "problem": problem,
            "remarks": list(self.invitation.remarks.all()),
        }
        # Whoever may read the draft is already known: by the link.
        self.draft.is_known_to_be_open = True
        response = self.draft.serve_preview(request, self.draft.default_preview_mode)
        response.status_code = status
        for name, path in ((PICTURE_COOKIE, "/media/"), (FILE_COOKIE, "/documents/")):
            response.set_cookie(
                name,
                token,
                path=path,
                expires=self.invitation.expires_at,
                secure=request.is_secure(),
                httponly=True,
                samesite="Lax",
            )
        return response

    def _over(self):
        return self._private(render(self.request, "editorial/review_over.html", status=HTTPStatus.GONE))

    def _private(self, response):
        for name, value in PRIVATE.items():
            response[name] = value
        return response
