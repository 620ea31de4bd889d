"""Production: everything that differs per installation comes from the environment."""

from urllib.parse import urlsplit

from buendnisnetz.config import env
from buendnisnetz.config.settings.base import *  # noqa: F403 -- settings are meant to be inherited
from buendnisnetz.config.settings.base import (
    CONTENT_SECURITY_POLICY,
    HOME,
    INSTALLED_APPS,
    OPENID_CONNECT,
    STORAGES,
)

SECRET_KEY = env.text("SECRET_KEY") or HOME.secret_key()
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("BUENDNISNETZ_HOSTS") or ["localhost"]
# A host that begins with a dot stands for all names below it.
CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host[0] == '.' else ''}{host}" for host in ALLOWED_HOSTS]

SECURE_SSL_REDIRECT = env.flag("BUENDNISNETZ_HTTPS", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = SECURE_SSL_REDIRECT
CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("BUENDNISNETZ_PROXIES", 1)

BUCKET = env.bucket("BUENDNISNETZ_S3")
if BUCKET:
    STORAGES["default"] = {
        "BACKEND": "buendnisnetz.files.bucket.BucketStorage",
        "OPTIONS": BUCKET,
    }

globals().update(env.mail(env.text("EMAIL_URL", "smtp://localhost:25")))

if env.text("OIDC_ISSUER"):
    INSTALLED_APPS = [*INSTALLED_APPS, OPENID_CONNECT]
    # The form that leads to the other sign-in is answered from there.
    _ISSUER = urlsplit(env.text("OIDC_ISSUER"))
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(
        f"{_ISSUER.scheme}://{_ISSUER.netloc}"
    )
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            # Who proves an address there opens the account with that address here.
            "EMAIL_AUTHENTICATION": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": env.text("OIDC_NAME", "Anmeldung der Verwaltung"),
                    "client_id": env.text("OIDC_CLIENT_ID"),
                    "secret": env.text("OIDC_SECRET"),
                    "settings": {"server_url": env.text("OIDC_ISSUER")},
                }
            ],
        }
    }
