"""Tests: like production where it matters, quick where it does not."""

import os
import tempfile
from pathlib import Path

# A folder of its own that the next run finds again, named before the other settings are read.
_FOLDER = Path(tempfile.gettempdir()) / f"buendnisnetz-tests-{os.getuid()}"
os.environ["BUENDNISNETZ_HOME"] = os.environ.get("BUENDNISNETZ_TEST_HOME") or str(_FOLDER)

from buendnisnetz.config.cli import compile_catalogues  # noqa: E402
from buendnisnetz.config.settings.base import *  # noqa: E402, F403 -- settings are meant to be inherited
from buendnisnetz.config.settings.base import (  # noqa: E402
    CACHES,
    DATABASES,
    HOME,
    INSTALLED_APPS,
    OPENID_CONNECT,
    STORAGES,
)

# Before Django looks for them: what it does not find at first, it never looks for again.
compile_catalogues()

INSTALLED_APPS = [*INSTALLED_APPS, OPENID_CONNECT]
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
# One test must not see what another one left behind.
CACHES = CACHES | {"process": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A pool would keep connections to the test database open when it is dropped.
DATABASES["default"]["OPTIONS"].pop("pool", None)
DATABASES["default"]["TEST"] = {
    "NAME": os.environ.get("BUENDNISNETZ_TEST_DATABASE", "test_buendnisnetz")
}
CLAMD = ""
WHITENOISE_AUTOREFRESH = True
TEST_HOME = HOME.path
