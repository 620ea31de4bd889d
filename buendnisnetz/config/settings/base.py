"""Settings that every mode shares. Modes: ``demo``, ``production`` and ``test`` beside this file."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from buendnisnetz.config import env
from buendnisnetz.core.home import Home
from buendnisnetz.core.postgres import Cluster

HOME = Home.from_environment()
PACKAGE = Path(__file__).resolve().parents[2]

DEBUG = False
SITE_NAME = "Bündnisnetz"
# For links in mails; pages use the address they were asked under.
SITE_URL = env.text("BUENDNISNETZ_URL", "http://localhost:8000")

DATABASE_URL = env.text("DATABASE_URL")
# The command line starts the embedded server before anything connects to it.
DATABASES = {"default": env.database(DATABASE_URL or Cluster(HOME.path).url())}
_OPTIONS = DATABASES["default"]["OPTIONS"]
_OPTIONS |= {
    "pool": {"min_size": 1, "max_size": 4, "timeout": 15},
    "application_name": "buendnisnetz",
    # Each trigger of the history asks for this setting. Where it is missing, the question ends in an
    # error that PostgreSQL rolls back row by row, looking at every key that still waits to be checked.
    # Most of our queries are over before a process that helps has started. And who asks for some of many
    # rows gets the same ones each time, not those that somebody else is just reading.
    "options": f"{_OPTIONS.get('options', '')} -c pgtrigger.ignore={{}} -c parallel_setup_cost=2000"
    " -c synchronize_seqscans=off".strip(),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = [
    "buendnisnetz.core",
    "buendnisnetz.ui",
    "buendnisnetz.audit",
    "buendnisnetz.notifications",
    "buendnisnetz.files",
    "buendnisnetz.territories",
    "buendnisnetz.accounts",
    "buendnisnetz.network",
    "buendnisnetz.tasks",
    "buendnisnetz.upkeep",
    "buendnisnetz.meetings",
    "buendnisnetz.partnering",
    "buendnisnetz.insight",
    "buendnisnetz.api",
    "buendnisnetz.web",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "django_htmx",
    "rules.apps.AutodiscoverRulesConfig",
    *ROOMS,
    # After our own room ui, which restyles the form widgets.
    "django.forms",
    # Our templates for sign-in come before allauth's.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
]
# Signing in at another place: only where there is one, for its client takes ten megabytes.
OPENID_CONNECT = "allauth.socialaccount.providers.openid_connect"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "buendnisnetz.core.middleware.SamePolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "buendnisnetz.core.middleware.KeptPagesMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "buendnisnetz.core.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "buendnisnetz.config.urls"
WSGI_APPLICATION = "buendnisnetz.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "buendnisnetz.ui.jinja.Backend",
        "NAME": "jinja2",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "buendnisnetz.ui.jinja.environment",
            "context_processors": ["buendnisnetz.ui.jinja.shell_context"],
        },
    },
    {
        # Only for what other packages bring (sign-in, form widgets).
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "django",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "buendnisnetz.ui.jinja.shell_context",
            ],
        },
    },
]
TEMPLATE_CACHE = HOME.templates
NETWORKS = HOME.networks
# Where it is off, the worker enters the parts of compound words into the index of what can be found.
SPLIT_COMPOUNDS = env.flag("BUENDNISNETZ_SPLIT_COMPOUNDS", default=True)
FORM_RENDERER = "buendnisnetz.ui.renderers.KernRenderer"

# Language and time: message ids are English, every page is German.
LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

# Static and stored files
STATIC_URL = "/static/"
STATIC_ROOT = HOME.static
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME.files, "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
# An S3 server for files, where production names one; the demonstration keeps all in its home.
BUCKET: dict[str, str] | None = None
# The virus scanner: unix:/run/clamav/clamd.ctl or tcp://host:3310; empty for none.
CLAMD = env.scanner("BUENDNISNETZ_CLAMD")
FILE_UPLOAD_HANDLERS = [
    "buendnisnetz.files.handlers.LimitHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
LARGEST_UPLOAD = 200 * 1024 * 1024
# Forms of ours are small; files stream to disk and are limited where they are received.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "buendnisnetz.accounts.backends.SignInBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "buendnisnetz.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "buendnisnetz.accounts.adapters.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = (
    "none"  # An account exists only by invitation, which proves the address.
)
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Nobody learns whether there is an account with an address.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {"openid_connect": {"APPS": []}}
SOCIALACCOUNT_ONLY = False

CACHES = {
    # Counters of the rate limits stand in the database: all processes see the same ones.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # Pieces of pages that are the same for everybody and may be a minute old.
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": 60,
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
    # What was reckoned and holds until something that it rests on changes (``core.answers``).
    "answers": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "answers",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
}

SESSION_ENGINE = "buendnisnetz.core.sessions"
SESSION_COOKIE_NAME = "sitzung"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "formular"
CSRF_COOKIE_SAMESITE = "Lax"
DOMAIN_ERROR_VIEW = "buendnisnetz.ui.errors.domain_error"
CSRF_FAILURE_VIEW = "buendnisnetz.ui.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# Maps draw our own outlines. An operator may add a background of tiles: then, and only then, pages
# may load pictures from that one server.
TILES_URL = env.text("BUENDNISNETZ_TILES_URL")
TILES_ATTRIBUTION = env.text("BUENDNISNETZ_TILES_ATTRIBUTION")
if TILES_URL:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(
        env.origin("BUENDNISNETZ_TILES_URL", TILES_URL)
    )

# Jobs
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Mail
DEFAULT_FROM_EMAIL = env.text("BUENDNISNETZ_MAIL_FROM", "buendnisnetz@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "buendnisnetz": {"level": "INFO"},
        "django.security.DisallowedHost": {"level": "ERROR"},
    },
}

# Pages that a public body has to offer; the operator fills them in (see docs/operations.md).
OPERATOR = {
    "name": env.text("BUENDNISNETZ_OPERATOR"),
    "address": env.text("BUENDNISNETZ_OPERATOR_ADDRESS"),
    "email": env.text("BUENDNISNETZ_OPERATOR_EMAIL"),
    "phone": env.text("BUENDNISNETZ_OPERATOR_PHONE"),
    "representative": env.text("BUENDNISNETZ_OPERATOR_REPRESENTATIVE"),
    "data_protection": env.text("BUENDNISNETZ_DATA_PROTECTION_OFFICER"),
}
# Under which licence others may use what is published; the operator decides.
DATA_LICENCE = env.text("BUENDNISNETZ_DATA_LICENCE", "https://www.govdata.de/dl-de/by-2-0")
DEMO = False
