"""What a portal says of its agency beside its pages."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from .organisation import organisation_of


@require_safe
@gzip_page
def show_organisation(request):
    """Show the agency's units and the people in office, with how to reach them."""
    portal = request.portal
    root = portal.site.root_page
    if not root.live or any(root.path.startswith(path) for path in portal.restricted_paths):
        raise Http404
    organisation = organisation_of(portal.agency, timezone.localdate())
    return render(request, "sites/organisation.html", {"organisation": organisation})
