"""Tests: quick passwords, files in a throw-away folder, everything else as it is."""

import tempfile

from .base import *  # noqa: F403 - a settings file is its base with differences
from .base import DATABASES

DEBUG = False
SECRET_KEY = "only-for-tests"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Goes away with the process, and all that tests have put into it.
_folder = tempfile.TemporaryDirectory(prefix="congkhai-test-")
MEDIA_ROOT = f"{_folder.name}/media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
# The trail is only added to: a database that a test has emptied begins a new one.
TEST_NON_SERIALIZED_APPS = ["audit"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: several threads of a test must meet the locks that people meet.
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder.name}/test.sqlite3"}

# Tests say themselves which engine answers; those that need a node find it in the environment.
ELASTICSEARCH_URL = ""

# Added up after any answer, it would disturb the counts of queries; its own tests turn it on.
SEARCH_COUNTS = False
