"""Guards that hold whichever door an account is changed by."""

from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import ValidationError
from django.db.models.signals import m2m_changed
from django.utils import timezone
from django.utils.translation import gettext as _

from .enums import UserKind
from .models import User
from .services.sessions import begin_session


def connect():
    user_logged_in.connect(write_beginning_down, dispatch_uid="accounts: signed in")
    for field in (User.groups, User.user_permissions):
        m2m_changed.connect(
            refuse_rights_for_citizens, sender=field.through, dispatch_uid=f"accounts: {field.field.name}"
        )


def write_beginning_down(request, user, **kwargs):
    begin_session(request.session, timezone.now())


def refuse_rights_for_citizens(instance, action, reverse, pk_set, **kwargs):
    """A citizen's account is put into no group and given no permission, from neither side."""
    if action != "pre_add":
        return
    people = User.objects.filter(pk__in=pk_set) if reverse else User.objects.filter(pk=instance.pk)
    if people.filter(kind=UserKind.CITIZEN).exists():
        raise ValidationError(_("A citizen's account has no staff rights."))
