from wagtail import hooks

from .viewsets import AgenciesGroup


@hooks.register("register_admin_viewset")
def register_agencies():
    return AgenciesGroup()
