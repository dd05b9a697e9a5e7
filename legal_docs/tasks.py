"""Work that nobody waits for."""

from django_tasks import task

from sites.models import Agency

from .services import placing, rendering


@task()
def render_waiting() -> None:
    """Make the HTML of the texts whose links have changed."""
    rendering.render_waiting()


@task()
def place_of_agency(key: int) -> None:
    """Bring a portal's lists in line with its agency's fields of work."""
    agency = Agency.objects.filter(pk=key).first()
    if agency is not None:
        placing.place_of_agency(agency)
