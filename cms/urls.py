"""All addresses. Public ones are words in Vietnamese without accents."""

from django.urls import include, path, re_path
from django.views.i18n import JavaScriptCatalog
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from core.views import serve_file, serve_media
from editorial import urls as editorial_urls
from home.views import serve
from legal_docs import urls as legal_docs_urls
from search import urls as search_urls
from sites import admin_urls as agency_admin_urls
from sites import urls as sites_urls

from . import views

urlpatterns = [
    # Wagtail's own catalogue for the editor's scripts lacks most of Vietnamese; ours completes it.
    path("admin/jsi18n/", JavaScriptCatalog.as_view(packages=["wagtail.admin", "cms"]), name="javascript_catalog"),
    # Wagtail's own doors, for bookmarks and for `reverse`: one place alone decides who comes in.
    path("admin/login/", views.to_sign_in, name="wagtailadmin_login"),
    path("admin/password_reset/", views.to_forgotten_password, name="wagtailadmin_password_reset"),
    path("_util/login/", views.to_sign_in, name="wagtailcore_login"),
    # Views of ours that take the place of Wagtail's.
    path("admin/", include(agency_admin_urls)),
    path("admin/", include(wagtailadmin_urls)),
    path("tai-khoan/", include("accounts.urls")),
    path("documents/<int:document_id>/<path:filename>", serve_file, name="file"),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:path>", serve_media, name="media"),
    path("giao-dien/<slug:version>.css", views.portal_stylesheet, name="portal_stylesheet"),
    path("so-do/", views.site_map, name="site_map"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", views.sitemap, name="sitemap_section"),
    path("", include(sites_urls)),
    path("", include(search_urls)),
    path("", include(editorial_urls)),
    path("", include(legal_docs_urls)),
    # Wagtail's doors before private pages; its last pattern, which serves pages, gives way to ours.
    *wagtail_urls.urlpatterns[:-1],
    re_path(serve_pattern, serve, name="wagtail_serve"),
]

handler400 = "cms.views.bad_request"
handler403 = "cms.views.permission_denied"
handler404 = "cms.views.page_not_found"
handler500 = "cms.views.server_error"
