"""Reading settings from the environment; a wrong value stops the start with a clear sentence."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on", "ja"}
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_FALSE = {"0", "false", "no", "off", "nein", ""}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    """A yes or no. Raises ``ImproperlyConfigured`` for anything else."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name}: bitte „ja“ oder „nein“ angeben, nicht „{value}“.")


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(
            f"{name}: bitte eine ganze Zahl angeben, nicht „{value}“."
        ) from None


def words(name: str) -> list[str]:
    """A list separated by commas or blanks."""
    return os.environ.get(name, "").replace(",", " ").split()


def database(url: str) -> dict[str, Any]:
    """Django's settings for a PostgreSQL address (``postgresql://user:password@host/name?…``).

    Raises ``ImproperlyConfigured`` for any other kind of database.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "DATABASE_URL: Bündnisnetz läuft nur auf PostgreSQL (postgresql://…)."
        )
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or query.pop("password", "")),
        "HOST": parts.hostname or query.pop("host", ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": query,
    }


def origin(name: str, url: str) -> str:
    """Scheme and host of an address for the content security policy. Raises ``ImproperlyConfigured``
    for anything but one named https server."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or "{" in parts.netloc:
        raise ImproperlyConfigured(
            f"{name}: bitte eine Adresse mit https:// und einem festen Namen angeben, nicht „{url}“."
        )
    return f"https://{parts.netloc}"


def mail(url: str) -> dict[str, object]:
    """Django's mail settings for ``smtp://user:password@host:port`` or ``smtps://…`` (TLS).

    ``smtp+tls`` asks for STARTTLS.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"}:
        raise ImproperlyConfigured("EMAIL_URL: bitte smtp://, smtp+tls:// oder smtps:// angeben.")
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
    }


def scanner(name: str) -> str:
    """The address of clamd: ``unix:/path`` or ``tcp://host:port``; empty for none.

    Raises ``ImproperlyConfigured`` for anything else.
    """
    value = os.environ.get(name, "").strip()
    parts = urlsplit(value)
    if (
        value
        and not (parts.scheme == "tcp" and parts.hostname)
        and not (parts.scheme == "unix" and parts.path.startswith("/"))
    ):
        raise ImproperlyConfigured(f"{name}: bitte unix:/pfad oder tcp://rechner:3310 angeben.")
    return value


def secret(name: str) -> str:
    """A secret from the environment, or from the file that ``NAME_FILE`` names.

    Raises ``ImproperlyConfigured`` if that file cannot be read.
    """
    path = os.environ.get(f"{name}_FILE", "")
    if not path:
        return os.environ.get(name, "").strip()
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(
            f"{name}_FILE: die Datei „{path}“ lässt sich nicht lesen ({error})."
        ) from error


def bucket(prefix: str) -> dict[str, str] | None:
    """Where files lie on an S3 server: the storage's options; None if nothing is said of one.

    Raises ``ImproperlyConfigured`` for half an answer, and for one without TLS that leaves the machine.
    """
    found = {
        "endpoint_url": text(f"{prefix}_ENDPOINT").strip().rstrip("/"),
        "bucket_name": text(f"{prefix}_BUCKET").strip(),
        "access_key": secret(f"{prefix}_KEY"),
        "secret_key": secret(f"{prefix}_SECRET"),
    }
    if not any(found.values()):
        return None
    words = ("ENDPOINT", "BUCKET", "KEY", "SECRET")
    missing = [
        f"{prefix}_{word}" for word, value in zip(words, found.values(), strict=True) if not value
    ]
    if missing:
        raise ImproperlyConfigured(
            f"Für Dateien auf einem S3-Server fehlt noch: {', '.join(missing)}."
        )
    parts = urlsplit(found["endpoint_url"])
    if not parts.hostname or not (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    ):
        raise ImproperlyConfigured(
            f"{prefix}_ENDPOINT: bitte eine Adresse mit https:// angeben "
            f"(http:// nur auf demselben Rechner), nicht „{found['endpoint_url']}“."
        )
    return found | {"region_name": text(f"{prefix}_REGION").strip() or "us-east-1"}
