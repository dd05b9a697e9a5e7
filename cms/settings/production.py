"""A public server behind nginx: everything secret or local comes from the environment."""

from .base import *  # noqa: F403 - a settings file is its base with differences
from .base import TASK_QUEUES, env

DEBUG = False
SECRET_KEY = env("SECRET_KEY")

PORTAL_SCHEME = env("PORTAL_SCHEME", default="https")
PORTAL_PORT = env.int("PORTAL_PORT", default=443)
PORTAL_LOCAL_ADDRESSES = env.bool("PORTAL_LOCAL_ADDRESSES", default=False)
WAGTAILADMIN_BASE_URL = env("WAGTAILADMIN_BASE_URL")

# Jobs wait in the database for `manage.py db_worker`, so that an editor does not wait for them.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": TASK_QUEUES}}

# nginx of the same machine, as deploy/ sets it up.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=["socket"])
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
# Each host of a province answers for itself; neighbours below the same domain are not ours.
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains: see above
    "security.W021",  # HSTS preload: needs the same for subdomains
    "security.W019",  # X-Frame-Options DENY: an editor's preview is a frame of the same host
]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# __Host-: https, this very host and the whole of it, or the browser refuses the cookie (RFC 6265bis).
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"

EMAIL_HOST = env("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="webmaster@localhost")
