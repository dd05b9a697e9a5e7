from django.db import models
from django.utils.translation import gettext_lazy as _


class OfferState(models.TextChoices):
    OFFERED = "offered", _("waiting for an answer")
    ACCEPTED = "accepted", _("shown")
    DECLINED = "declined", _("declined")
    RECALLED = "recalled", _("recalled by its agency")
