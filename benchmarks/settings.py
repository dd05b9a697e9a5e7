"""The server's settings with the yardstick beside it: no debugging, no cache, static files as in production."""

from cms.settings.dev import *  # noqa: F403 - a settings file is its base with differences
from cms.settings.dev import INSTALLED_APPS, TASK_QUEUES, env

INSTALLED_APPS = ["benchmarks.bare", *INSTALLED_APPS]
DEBUG = False
# Publishing is measured as a server does it: with a queue.
TASKS = {"default": {"BACKEND": env("BENCH_TASKS", default="django_tasks_db.DatabaseBackend"), "QUEUES": TASK_QUEUES}}
