"""An account opens with two keys: a password (or an identity of single sign-on) and the device that shows codes.

An administrator may hand out either one again, never both to the same person: with both, an approver's colleague
could come in under the approver's name and approve own work. The other key is handed out by another administrator or
the province. Once the person has signed in again, both count from the beginning.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.log_actions import registry

# What lets somebody come in as far as the device is asked for: a link that the administrator has seen, or a way to it.
FIRST = frozenset({"people.link", "people.return", "people.mail", "people.identity"})
SECOND = frozenset({"people.second_factor"})


def refuse_both_keys(person, by, *, handed_out: frozenset[str]) -> None:
    """Refuse an act of `by` who handed out the other key since the person's last sign-in.

    Operators are not asked: on the server they could do both without any page.
    """
    if by.is_superuser or by.pk == person.pk:
        return
    entries = registry.get_logs_for_instance(person).filter(user=by, action__in=handed_out)
    if person.last_login:
        entries = entries.filter(timestamp__gt=person.last_login)
    if not entries.exists():
        return
    if handed_out is SECOND:
        raise ValidationError(
            _(
                "You have reset this person's second factor. Until the person has signed in again, another"
                " administrator or the province does this: nobody holds both keys to an account of others."
            )
        )
    raise ValidationError(
        _(
            "You have made a password link for this person, or changed the mail address or an identity. Until the"
            " person has signed in again, another administrator or the province resets the second factor: nobody"
            " holds both keys to an account of others."
        )
    )
