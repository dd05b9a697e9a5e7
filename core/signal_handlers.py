"""Sizes of a picture are made when it comes in, not when the first visitor waits for them."""

from django.db import transaction
from django.db.models.signals import post_save

from .models import Picture
from .tasks import make_renditions


def connect():
    post_save.connect(make_sizes, sender=Picture, dispatch_uid="make sizes of a picture")


def make_sizes(instance, created, raw=False, **kwargs):
    if not raw and (created or kwargs.get("update_fields") is None):
        transaction.on_commit(lambda: make_renditions.enqueue(instance.pk))
