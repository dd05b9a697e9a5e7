"""Whatever changes header, menu or footer of a portal renews its furniture, in the same transaction.

And a new version of the program completes the portals that are open.
"""

import sys

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_delete, post_migrate, post_save
from django.utils import translation
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import post_page_move

from core.addresses import portal_code
from core.models import Picture

from .furniture import renew_furniture
from .models import Agency, HostName, PortalLink, PortalSettings
from .services import complete_portals

# A draft is saved on its page with these fields alone; the menu shows none of them.
_BOOKKEEPING = {"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"}
# Fields of an agency that no portal shows, among them the version itself.
_AGENCY_BOOKKEEPING = {"site", "collection", "library", "portal_form", "furniture_version"}


def connect():
    post_migrate.connect(tables_migrated, dispatch_uid="portals: completed by a new version")
    for signal in (post_save, post_delete):
        signal.connect(agency_changed, sender=Agency, dispatch_uid="furniture: agency")
        signal.connect(host_changed, sender=HostName, dispatch_uid="furniture: host")
        signal.connect(site_changed, sender=Site, dispatch_uid="furniture: site")
        signal.connect(settings_changed, sender=PortalSettings, dispatch_uid="furniture: settings")
        signal.connect(link_changed, sender=PortalLink, dispatch_uid="furniture: link")
        signal.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid="furniture: restriction")
        signal.connect(page_changed, dispatch_uid="furniture: page")
    post_save.connect(picture_changed, sender=Picture, dispatch_uid="furniture: banner")
    post_page_move.connect(page_moved, dispatch_uid="furniture: move")


def tables_migrated(app_config, using, plan=None, verbosity=1, **kwargs):
    """Complete the portals that an earlier version opened, so that whoever runs `migrate` need not know of it.

    After the last app, when all rights that migrations bring are there; not after a step to some state between, to
    which this program does not fit, nor after emptying a database, which names no plan.
    """
    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if app_config is not last or plan is None or using != DEFAULT_DB_ALIAS or _has_migrations_left():
        return
    # `migrate` runs without a language, and what is made bears names.
    with translation.override(settings.LANGUAGE_CODE):
        completed = complete_portals()
    if completed and verbosity:
        sys.stdout.write(f"Completed portals of an earlier version: {', '.join(completed)}\n")


def _has_migrations_left():
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def agency_changed(instance, update_fields=None, **kwargs):
    if update_fields is None or set(update_fields) - _AGENCY_BOOKKEEPING:
        # Departments and districts show the province's name; there are few agencies, and they change rarely.
        renew_furniture()


def host_changed(instance, **kwargs):
    renew_furniture(pk=instance.agency_id)


def site_changed(instance, **kwargs):
    renew_furniture(site=instance.pk)


def settings_changed(instance, **kwargs):
    renew_furniture(site=instance.site_id)


def link_changed(instance, **kwargs):
    renew_furniture(site__portal_settings=instance.settings_id)


def restriction_changed(instance, **kwargs):
    renew_furniture(code=portal_code(instance.page.url_path))


def picture_changed(instance, **kwargs):
    renew_furniture(site__portal_settings__banner=instance)


def page_changed(sender, instance, raw=False, update_fields=None, **kwargs):
    if raw or not issubclass(sender, Page) or not _may_stand_in_menu(instance):
        return
    if update_fields is None or set(update_fields) - _BOOKKEEPING:
        renew_furniture(code=portal_code(instance.url_path))


def page_moved(instance, url_path_before, url_path_after, **kwargs):
    if _may_stand_in_menu(instance):
        renew_furniture(code__in={portal_code(url_path_before), portal_code(url_path_after)})


def _may_stand_in_menu(page):
    return getattr(page.specific_class, "may_stand_in_menu", True) and page.depth > 1
