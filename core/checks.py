"""System checks: mistakes in settings that would only show when it hurts."""

from django.conf import settings
from django.core import checks
from django.db import connection


@checks.register(checks.Tags.database)
def check_sqlite_settings(app_configs, databases=None, **kwargs):
    """SQLite without WAL and immediate transactions refuses concurrent editors."""
    if connection.vendor != "sqlite":
        return []
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if options.get("transaction_mode") == "IMMEDIATE" and "WAL" in options.get("init_command", ""):
        return []
    return [checks.Error("SQLite must run in WAL mode with IMMEDIATE transactions.", id="core.E001")]


@checks.register(checks.Tags.security, deploy=True)
def check_public_server(app_configs, **kwargs):
    """A public server must not hand out CODE.localhost in mails and feeds."""
    if settings.PORTAL_LOCAL_ADDRESSES:
        return [checks.Warning("PORTAL_LOCAL_ADDRESSES is on: mails would name CODE.localhost.", id="core.W001")]
    return []
