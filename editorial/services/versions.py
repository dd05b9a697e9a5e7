"""What of a page or record is public, as a revision that it can be brought back to."""

from wagtail.models import Page, Revision


def public_version(thing) -> Revision | None:
    """Return the revision that is public now; what was imported or seeded has none yet and gets one.

    Without one, Wagtail takes a public page down when a change of it is scheduled.
    """
    if not thing.live or thing.live_revision_id:
        return thing.live_revision
    revision = Revision.objects.create(
        content_object=thing,
        base_content_type=thing.get_base_content_type(),
        # Older than every draft of it, so that the newest draft stays the newest.
        created_at=thing.last_published_at or thing.first_published_at,
        content=thing.serializable_data(),
        object_str=str(thing),
    )
    kept = {"live_revision": revision}
    if thing.latest_revision_id is None:
        kept |= {"latest_revision": revision, "latest_revision_created_at": revision.created_at}
    _model_of(thing)._base_manager.filter(pk=thing.pk).update(**kept)
    for name, value in kept.items():
        setattr(thing, name, value)
    return revision


def _model_of(thing):
    return Page if isinstance(thing, Page) else type(thing)
