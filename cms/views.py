"""What belongs to no room: a portal's style sheet, its site map, robots, and the pages that say what went wrong."""

from django.contrib.sitemaps.views import sitemap as sitemap_section
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from home.models import HomePage
from sites.menus import menu_of

from .sitemaps import sitemaps_for
from .stylesheet import stylesheet


@require_safe
@gzip_page
@cache_control(public=True, max_age=31_536_000, immutable=True)
def portal_stylesheet(request, version):
    """Answer with the one style sheet of this portal; its address changes with its content."""
    return HttpResponse(stylesheet(request.portal.settings), content_type="text/css; charset=utf-8")


@require_safe
def site_map(request):
    """Show all sections of the portal, for those who look rather than search (Decree 43/2011, Article 15.4)."""
    menu = menu_of(request.portal.site.root_page, depth=4)
    return render(request, "home/site_map.html", {"sections": menu, "page_title": _title(request)})


def _title(request):
    home = HomePage.objects.filter(pk=request.portal.site.root_page_id).first()
    return home.title if home else ""


@require_safe
def robots(request):
    """Tell search engines where the site map is and what is not for them."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /tai-khoan/",
        "Disallow: /tim-kiem/",
        # Any two documents can be compared, which is of use to people alone.
        "Disallow: /van-ban/*/so-sanh/",
        f"Sitemap: {request.portal.address}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request, section=None):
    """Answer with the portal's sitemap.xml (an index), or with one of its parts."""
    maps = sitemaps_for(request)
    if section is not None:
        return sitemap_section(request, maps, section=section)
    # Django's own index asks django.contrib.sites for the host, which knows one host for all portals.
    parts = [
        {
            "location": f"{request.portal.address}{reverse('sitemap_section', args=[name])}"
            + (f"?p={page}" if page > 1 else "")
        }
        for name, part in maps.items()
        for page in part.paginator.page_range
    ]
    return render(request, "sitemap_index.xml", {"sitemaps": parts}, content_type="application/xml")


to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
to_forgotten_password = RedirectView.as_view(pattern_name="account_reset_password")


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)


def permission_denied(request, exception=None):
    return render(request, "403.html", status=403)


def page_not_found(request, exception=None):
    return render(request, "404.html", {"reason": _reason(exception)}, status=404)


def server_error(request):
    # Without context processors: whatever failed may fail again there.
    return HttpResponse(render(None, "500.html").content, status=500)


def _reason(exception):
    message = exception.args[0] if exception is not None and exception.args else ""
    return message if isinstance(message, str) and type(exception).__name__ == "Http404" else ""
