"""The first run and a developer's machine: embedded database, every portal at CODE.localhost."""

from django.core.management.utils import get_random_secret_key

from .base import *  # noqa: F403 - a settings file is its base with differences
from .base import SECRET_KEY, VAR_DIR, env

DEBUG = env.bool("DEBUG", default=False)

if not SECRET_KEY:
    # Made once per checkout and kept, so that a restart does not sign everybody out.
    _key_file = VAR_DIR / "secret-key"
    if not _key_file.exists():
        VAR_DIR.mkdir(exist_ok=True)
        _key_file.write_text(get_random_secret_key())
        _key_file.chmod(0o600)
    SECRET_KEY = _key_file.read_text()

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"

# What an editor publishes is found at once, without a second process.
SEARCH_INDEXES_AT_ONCE = env.bool("SEARCH_INDEXES_AT_ONCE", default=True)
