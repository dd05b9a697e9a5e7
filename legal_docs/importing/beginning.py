"""How a worker begins and ends. Imports no models: it is there before Django is ready."""

import multiprocessing
import os
import threading

import django


def begin() -> None:
    """Make a worker ready, and let it end with the process that it works for, even where that is killed."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    django.setup()


def is_ready() -> bool:
    """Say that a worker has begun: the first thing that is asked of it."""
    return True


def _end_with_parent():
    multiprocessing.parent_process().join()
    os._exit(1)
