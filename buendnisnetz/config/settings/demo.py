"""The demonstration: invented people, sign-ins with a public password, loopback only."""

from buendnisnetz.config.settings.base import *  # noqa: F403 -- settings are meant to be inherited
from buendnisnetz.config.settings.base import HOME, OPERATOR

DEMO = True
SECRET_KEY = HOME.secret_key()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
# Passwords of the demonstration are public and short; real ones are checked in production.
AUTH_PASSWORD_VALIDATORS = []
# Mail is written into a folder instead of being sent.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = HOME.path / "mail"
OPERATOR = OPERATOR | {
    "name": OPERATOR["name"] or "Koordinationsstelle Lokale Bündnisse (Vorführung)",
    "address": OPERATOR["address"] or "Musterstraße 1, 99084 Erfurt",
    "email": OPERATOR["email"] or "koordination@demo.example",
}
