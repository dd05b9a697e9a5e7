from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What can be found; the values stand in addresses (?nhom=) and before the colon of a thing's key."""

    DOCUMENT = "document", _("legal documents")
    NEWS = "news", _("news")
    SECTION = "section", _("sections")
    AGENCY = "agency", _("agencies")
    UNIT = "unit", _("units")
    PERSON = "person", _("leaders and officials")


class Facet(models.TextChoices):
    """By what found things are counted and narrowed."""

    KIND = "kind", _("kind")
    AGENCY = "agency", _("agency")
    TYPE = "type", _("type of document")
    ISSUER = "issuer", _("issuing body")
    FIELD = "field", _("field of work")
    YEAR = "year", _("year")
    STATUS = "status", _("status")


class Sort(models.TextChoices):
    """In which order found things stand."""

    BEST = "best", _("best match first")
    NEWEST = "newest", _("newest first")
    OLDEST = "oldest", _("oldest first")


class Rhythm(models.TextChoices):
    """How often a follower gets new matches of a saved search."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("each morning")
    WEEKLY = "weekly", _("each Monday")


class FileState(models.TextChoices):
    """How far the text of a file is read."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("being read")
    READ = "read", _("read")
    FAILED = "failed", _("no text")


class Act(models.TextChoices):
    """What taking in a line of a table does to the groups of synonyms."""

    ADD = "add", _("added")
    CHANGE = "change", _("changed")
    KEEP = "keep", _("unchanged")
    REFUSE = "refuse", _("refused")
