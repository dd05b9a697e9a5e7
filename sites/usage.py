"""How often and where something is used, as far as the person who asks may see the places.

A public page of one agency may be linked to by a draft of another, and a picture of the province's library may stand
in it. That such drafts exist, and how many, is their agency's business alone. Wagtail counts and lists uses on some
twenty screens and has no point at which to limit them; all of them ask the reference index by three methods, which are
replaced here. What is written to the index, and what the public site reads from it, goes other ways and stays.
"""

from contextvars import ContextVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce
from wagtail.models import Page, ReferenceIndex

from .ownership import NOTHING
from .permissions import reads_everywhere
from .sight import choosable_pages, seen_by

# Who looks at the admin in this request; nobody where a command or a job asks, which sees all.
viewer: ContextVar = ContextVar("viewer of the admin", default=None)

_references_to = ReferenceIndex.get_references_to.__func__
_references_to_in_bulk = ReferenceIndex.get_references_to_in_bulk.__func__


def in_sight(references):
    """Return those uses that stand where the viewer may look: own things, and public pages of others."""
    user = viewer.get()
    if user is None or reads_everywhere(user):
        return references
    condition = NOTHING
    for kind in references.order_by().values_list("base_content_type", flat=True).distinct():
        condition |= Q(base_content_type=kind, object_id__in=keys_in_sight(user, kind))
    return references.filter(condition)


def keys_in_sight(user, kind):
    """Return, as text, the keys of what somebody may see of one kind of thing, given by its content type."""
    model = ContentType.objects.get_for_id(kind).model_class()
    if model is None:
        return []
    things = choosable_pages(user) if model is Page else seen_by(user, model._base_manager.all())
    return things.order_by().annotate(key_as_text=Cast("pk", CharField())).values("key_as_text")


def _get_references_to(cls, thing):
    return in_sight(_references_to(cls, thing))


def _get_references_to_in_bulk(cls, things):
    return in_sight(_references_to_in_bulk(cls, things))


def _usage_count_subquery(cls, model):
    references = in_sight(cls.objects.filter(to_content_type=ContentType.objects.get_for_model(model)))
    counted = references.filter(to_object_id=Cast(OuterRef("pk"), CharField())).values("to_object_id")
    return Coalesce(Subquery(counted.annotate(count=Count("object_id", distinct=True)).values("count")), 0)


def install() -> None:
    """Let every screen of Wagtail's admin count and list uses in sight alone."""
    ReferenceIndex.get_references_to = classmethod(_get_references_to)
    ReferenceIndex.get_references_to_in_bulk = classmethod(_get_references_to_in_bulk)
    ReferenceIndex.usage_count_subquery = classmethod(_usage_count_subquery)
