"""Keeps what is derived from documents in line with them, by whatever door they change."""

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.signals import published, unpublished

from sites.models import Agency
from sites.services import portal_opened

from .models import LegalDocument, Relation
from .services import placing, registering, rendering, validity
from .services.issuers import ensure_central_issuers, ensure_issuers_of
from .tasks import place_of_agency, render_waiting


def connect() -> None:
    """Listen; called when the app is ready."""
    for signal in (published, unpublished):
        signal.connect(derive, sender=LegalDocument, dispatch_uid=f"legal_docs: {id(signal)}")
    pre_delete.connect(leave_lists, sender=LegalDocument, dispatch_uid="legal_docs: leave lists")
    pre_save.connect(note_former_target, sender=Relation, dispatch_uid="legal_docs: former target")
    for signal in (post_save, post_delete):
        signal.connect(refresh_targets, sender=Relation, dispatch_uid="legal_docs: targets")
    m2m_changed.connect(place_again, sender=Agency.fields_of_work.through, dispatch_uid="legal_docs: fields")
    portal_opened.connect(make_issuers, dispatch_uid="legal_docs: issuers")


def derive(instance, **_):
    """Bring lists, validity, citations and the reader's page in line with what was published or taken down."""
    registering.register([instance])
    if instance.live and instance.text is not None:
        instance.text.refresh_from_db()
        rendering.render_texts([instance.text])
    # The texts that cite it can wait; one may be cited by thousands.
    transaction.on_commit(render_waiting.enqueue)


def leave_lists(instance, **_):
    """Take a document that is deleted out of lists, numbers and other documents' validity."""
    instance.live = False
    rendering.mark_citing([instance])
    targets = list(LegalDocument.objects.filter(inverse_relations__source=instance).distinct())
    Relation.objects.filter(source=instance).delete()
    validity.refresh(targets)
    placing.place([instance, *targets])


def note_former_target(instance, **_):
    """Remember what a relation that is changed was about before."""
    former = Relation.objects.filter(pk=instance.pk).values_list("target", flat=True).first()
    instance.former_target_id = former if former != instance.target_id else None


def refresh_targets(instance, **_):
    """Derive the validity of what a relation is and was about."""
    keys = {instance.target_id, getattr(instance, "former_target_id", None)} - {None}
    targets = list(LegalDocument.objects.filter(pk__in=keys))
    validity.refresh(targets)
    placing.place(targets)


def place_again(instance, action, reverse, **_):
    """Show on a portal what its agency's fields of work have come to touch."""
    if action.startswith("post_") and not reverse:
        transaction.on_commit(lambda: place_of_agency.enqueue(instance.pk))


def make_issuers(agency, **_):
    """Let an agency whose portal is opened issue documents."""
    ensure_central_issuers()
    ensure_issuers_of(agency)
