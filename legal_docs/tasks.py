"""Work that nobody waits for."""

from django_tasks import task

from sites.models import Agency

from .services import placing, reading_jobs, rendering

# Emptied by a worker of its own: a scan of hundreds of pages would hold up pictures and links for an hour.
READING = "reading"


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


@task(queue_name=READING)
def read_file(key: int) -> str:
    """Carry out a reading that somebody asked for; return how it ended."""
    return reading_jobs.run(key)
