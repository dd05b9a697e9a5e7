"""How two versions of something are compared in the admin: dates as people write them."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.formats import localize
from wagtail.admin.compare import FieldComparison, register_comparison_class


class DateComparison(FieldComparison):
    """Compares dates and moments; Wagtail shows them as programs write them, and one that is missing as None."""

    def __init__(self, field, obj_a, obj_b):
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = _written(self.val_a), _written(self.val_b)


def _written(value):
    if value is None:
        return ""
    return localize(timezone.localtime(value) if isinstance(value, datetime) else value)


register_comparison_class(models.DateField, comparison_class=DateComparison)
