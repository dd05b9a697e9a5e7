"""Portals that open: their pages, collection and groups appear without anybody editing them."""

from audit.services import record
from sites.services import portal_opened


def connect():
    portal_opened.connect(portal_was_opened, dispatch_uid="audit: portal opened")


def portal_was_opened(agency, **kwargs):
    record("portal.open", agency)
