"""In which state somebody's second factor is, as an administrator sees it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sites.enums import SENSITIVE


class SecondFactorState(models.TextChoices):
    SET_UP = "set_up", _("switched on")
    MISSING = "missing", _("required, not switched on yet")
    NONE = "none", _("not switched on")


def state_of_second_factor(person, entries) -> SecondFactorState:
    """Return the state of a person who was read by `with_device`.

    `entries` are the roles that the reader sees (AgencyGroup): that another agency has given one that requires a
    second factor is not told.
    """
    if person.has_device:
        return SecondFactorState.SET_UP
    is_required = person.is_active and (person.is_superuser or any(entry.role in SENSITIVE for entry in entries))
    return SecondFactorState.MISSING if is_required else SecondFactorState.NONE
