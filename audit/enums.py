from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    INTACT = "intact", _("intact")
    BROKEN = "broken", _("broken")
    FAILED = "failed", _("did not finish")
