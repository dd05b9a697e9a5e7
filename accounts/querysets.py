from django.contrib.auth.models import UserManager
from django.db.models import QuerySet

from .enums import UserKind


class UserQuerySet(QuerySet):
    def staff_who_can_sign_in(self):
        """People of the administration whose account is not switched off."""
        return self.filter(kind=UserKind.STAFF, is_active=True)

    def with_mail_address(self, address: str):
        """People with a mail address, whatever the case of its letters; an empty one finds nobody."""
        return self.filter(email__iexact=address) if address else self.none()


class People(UserManager.from_queryset(UserQuerySet)):
    use_in_migrations = False
