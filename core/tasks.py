"""Jobs of the foundation (django-tasks)."""

from django_tasks import task

from .models import Picture
from .renditions import make_missing


@task()
def make_renditions(picture_id: int) -> int:
    """Make the sizes of a picture that pages show and that do not exist yet; return how many were made."""
    picture = Picture.objects.filter(pk=picture_id).first()
    return len(make_missing(picture)) if picture else 0
