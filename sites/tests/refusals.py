"""What counts as a refusal: nothing was done, and the answer says so."""

from django.urls import reverse

CODES = frozenset({400, 403, 404})


def is_refused(answer) -> bool:
    """Say whether a request was turned away: as malformed, forbidden or absent, or back to the admin's first page.

    The last is how Wagtail and the gate forbid, with a message there that says why.
    """
    return answer.status_code in CODES or (answer.status_code == 302 and answer.url == reverse("wagtailadmin_home"))
