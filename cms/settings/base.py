"""What the system is, on every machine. dev, test and production only differ from it."""

import os
from pathlib import Path

import environ
from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

# Workbooks are written by Python's own XML, whose full disk is an OSError; lxml's is an error of its own.
os.environ.setdefault("OPENPYXL_LXML", "False")

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
env.read_env(BASE_DIR / ".env")

# ---- apps: what is ours, what is Wagtail's, what is Django's
INSTALLED_APPS = [
    "cms",
    "search",
    "home",
    "legal_docs",
    "editorial",
    "audit",
    "sites",
    # Before allauth, so that pages of ours stand where both have one.
    "accounts",
    "core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    # Wagtail's users app, with our screens for people and groups.
    "sites.apps.PeopleConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.sites",
    "django.contrib.humanize",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    # The first door: what is not a well-formed request never reaches a view or the database.
    "core.middleware.InputGuardMiddleware",
    # Remembers the request, so that what is done in it is recorded with its person and address.
    "audit.middleware.AuditMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.ContentPolicyMiddleware",
    # Knows the portal by its host; an unknown host ends here.
    "sites.middleware.PortalMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Ends sessions that are over, and lets nobody in who owes a second factor.
    "accounts.middleware.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Before any view of the admin: nobody comes near what belongs to another agency.
    "sites.gate.AdminGate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sites.context_processors.portal",
            ],
        },
    },
]

# ---- data
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# NIST SP 800-63B, 5.1.1: long, not common, not one's own name; no rules about capitals and signs.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.PersonalPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

DATABASES = {
    # An address such as postgres://user:password@host:5432/name; by default an embedded SQLite file.
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'congkhai.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers and one writer side by side, and a writer waits instead of failing: with SQLite's own
    # defaults 190 of 200 concurrent writes were refused as "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        " PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if env("REDIS_URL", default=""):
    # Shared between the processes of a production server.
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env("REDIS_URL"),
    }

# The search engine of the citizens' search; none means the database answers.
ELASTICSEARCH_URL = env("ELASTICSEARCH_URL", default="")
# Whether it is counted what is searched for, without a word on who searches.
SEARCH_COUNTS = env.bool("SEARCH_COUNTS", default=True)
# Whether a change is taken into the index as soon as it is made, by whoever made it; a public server has a process
# of its own for that: manage.py index_changes --follow.
SEARCH_INDEXES_AT_ONCE = False

# Jobs run at once where they are asked for; production puts them into a queue with a worker.
# Files are read in a queue of their own, since one may take an hour.
TASK_QUEUES = ["default", "reading"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": TASK_QUEUES}}

# ---- addresses
# Which hosts are ours is a matter of data (a portal opens without a restart), so PortalMiddleware
# asks the database and refuses every other host before any view can read the name.
ALLOWED_HOSTS = ["*"]
# The port and scheme that visitors use; they appear in links to other portals and in mails.
PORTAL_PORT = env.int("PORTAL_PORT", default=8000)
PORTAL_SCHEME = env("PORTAL_SCHEME", default="http")
# Links without a request (mails, feeds) name CODE.localhost instead of the public host.
PORTAL_LOCAL_ADDRESSES = env.bool("PORTAL_LOCAL_ADDRESSES", default=True)
# The page type of a portal's root; the section pages are named in sites/data/sections.yaml.
PORTAL_HOME_PAGE = "home.HomePage"
# What answers for an address below /van-ban/ that is no document's: the page tree, which stands in a room above.
PAGE_VIEW = "home.views.serve"

# django.contrib.sites serves the comments library alone: one row, and nothing else reads it.
SITE_ID = 1

APPEND_SLASH = True
# One door for all who sign in, with one set of rules; Wagtail's own doors lead there (cms/urls.py).
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"

# ---- language and time
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
# The first folder is ours, the second completes Wagtail's Vietnamese for editors.
LOCALE_PATHS = [BASE_DIR / "cms" / "locale", BASE_DIR / "cms" / "locale_wagtail"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
FORMAT_MODULE_PATH = "cms.formats"
# What fields show and their calendars write; cms/formats says what is read, in either language of the admin.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"

# ---- files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "media"))()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
# Where nginx hands out files by an internal redirect: the address of that location, e.g. /_media/.
MEDIA_ACCEL_PREFIX = env("MEDIA_ACCEL_PREFIX", default="")
# Functions (request, picture or file) that let a visitor without an account see what is not public.
MEDIA_GRANTS = ["editorial.grants.shows_in_review"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# ---- Wagtail
WAGTAIL_SITE_NAME = "Công Khai"
WAGTAILADMIN_BASE_URL = env("WAGTAILADMIN_BASE_URL", default=f"http://binhduong.localhost:{PORTAL_PORT}")
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = [("vi", _("Vietnamese"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Private pages ask at a door that looks like the portal.
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "password_required.html"  # noqa: S105 - the name of a template
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
# The address gets links for new passwords and may open single sign-on, so its owner alone cannot change it.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_USER_TIME_ZONES = ["Asia/Ho_Chi_Minh"]
# Operators look after the machine, not after every draft of 29 agencies.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
# Publishes what was approved, and only that: see docs/decisions/0009-editorial-approval.md.
WAGTAIL_FINISH_WORKFLOW_ACTION = "editorial.finishing.publish_approved"
WAGTAILIMAGES_IMAGE_MODEL = "core.Picture"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "gif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# 25 megapixels is more than any portal shows; beyond it a small file can fill the memory.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_MODEL = "core.File"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.forms.FileForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "csv", "txt", "zip", "rar"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_RESPONSIVE_HTML = False
WAGTAILEMBEDS_FINDERS = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "core.index_backend"}}
TAGGIT_CASE_INSENSITIVE = True

# ---- signing in: django-allauth, with adapters of ours (docs/decisions/0011-signing-in.md)
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"user_token": "accounts.forms.LinkForm"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "accounts.links.ForgottenPasswordTokens"  # noqa: S105 - the name of a class
# allauth's own limits are kept in a cache and would let anybody lock an account; ours are in accounts/services.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "reset_password": "20/m/ip"}
# A browser that is closed is signed out; one that is left open, after the times named below.
ACCOUNT_SESSION_REMEMBER = False
# How long a sign-in or a code counts as proof enough for changing what protects the account.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_DIGITS = 12
MFA_RECOVERY_CODES_SHOW_ONCE = True
SOCIALACCOUNT_ADAPTER = "accounts.single_sign_on.adapter.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"provider_class": "accounts.single_sign_on.provider.Provider"}}
# Identity providers for single sign-on, in JSON: docs/configuration.md.
OIDC_PROVIDERS = env.json("OIDC_PROVIDERS", default=[])
# Staff are signed out when they have left the desk, and in any case after a day.
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=8 * 3600)
SESSION_ABSOLUTE_SECONDS = env.int("SESSION_ABSOLUTE_SECONDS", default=24 * 3600)
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS

# ---- security
SECRET_KEY = env("SECRET_KEY", default="")
# Keys that were in use before; what they have signed or encrypted can still be read.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Signs the end of the audit trail; without one of its own, the secret key does it.
AUDIT_KEY = env("AUDIT_KEY", default="")
# Whose X-Forwarded-For is believed: networks, and "socket" for a proxy on a socket of this machine.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cms.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

# Public pages run no script and no style but ours.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
    },
}
# Wagtail's editor writes styles and scripts into its pages.
ADMIN_CONTENT_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
    "base-uri": [SELF],
    "object-src": [NONE],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.security.DisallowedHost": {"level": "ERROR"}},
}
