from wagtail import hooks

from .admin_urls import urlpatterns
from .viewsets import SearchGroup


@hooks.register("register_admin_viewset")
def register_search():
    return SearchGroup()


@hooks.register("register_admin_urls")
def register_search_urls():
    return urlpatterns
