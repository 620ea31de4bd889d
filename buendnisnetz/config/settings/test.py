"""Tests: like production where it matters, quick where it does not."""

import os

from buendnisnetz.config.settings.base import *  # noqa: F403 -- settings are meant to be inherited
from buendnisnetz.config.settings.base import DATABASES, STORAGES

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A pool would keep connections to the test database open when it is dropped.
DATABASES["default"]["OPTIONS"].pop("pool", None)
DATABASES["default"]["TEST"] = {
    "NAME": os.environ.get("BUENDNISNETZ_TEST_DATABASE", "test_buendnisnetz")
}
WHITENOISE_AUTOREFRESH = True
