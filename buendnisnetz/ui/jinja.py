"""The Jinja2 environment that all our pages are rendered with."""

from collections.abc import Callable, Mapping, MutableMapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jinja2
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import json_script
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, FileSystemBytecodeCache, StrictUndefined
from markupsafe import Markup

from buendnisnetz.core import slots
from buendnisnetz.core.words import per_language
from buendnisnetz.ui import compiling, navigation

# Functions that rooms add to every template, set before the first page is rendered.
GLOBALS: dict[str, Any] = {}


class Backend(Jinja2):
    """Django's Jinja2 backend; a type of our own, so that other code can name it."""


def format_date(value: date | datetime | None, empty: str = "–") -> str:
    """A day as Germans write it: 24.08.2017."""
    if value is None:
        return empty
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return f"{value.day:02}.{value.month:02}.{value.year}"


def format_time(value: datetime | None, empty: str = "–") -> str:
    """Day and time: 24.08.2017, 09:30 Uhr."""
    if value is None:
        return empty
    local = timezone.localtime(value)
    return f"{format_date(local)}, {local.hour:02}:{local.minute:02} Uhr"


def format_long_date(value: date | None, empty: str = "–") -> str:
    """24. August 2017."""
    return date_format(value, "j. F Y") if value else empty


@per_language
def format_number(value: int | float | Decimal | None, places: int | None = None) -> str:
    # A list of counts writes the same few numbers some hundred times.
    if value is None:
        return "–"
    return number_format(value, decimal_pos=places, force_grouping=True)


def url(name: str, /, *args: Any, **kwargs: Any) -> str:
    """The address of a page by its name."""
    return reverse(name, args=args, kwargs=kwargs) if kwargs else _address(name, *args)


@lru_cache(maxsize=20_000)
def _address(name: str, /, *args: Any) -> str:
    # Addresses never change while a process runs, and a list asks for fifty of them.
    return reverse(name, args=args or None)


def iso(value: date | datetime | None) -> str:
    return value.isoformat() if value else ""


def query(parameters: Mapping[str, Any], **changes: Any) -> str:
    """The query string of a list with some parameters changed; None removes one."""
    merged = {**parameters, **changes}
    kept = {key: value for key, value in merged.items() if value not in (None, "", [])}
    return "?" + urlencode(kept, doseq=True)


class FlatEnvironment(Environment):
    """All templates share the same globals, which are complete before the first is rendered.

    Jinja would give each a chain of its own before them; copying that for every page, panel and field
    of a form takes longer than rendering a field.
    """

    code_generator_class = compiling.Compiler
    escaped = staticmethod(compiling.escaped)
    direct: dict[str, Callable[..., Any]]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


@per_language
def said(text: str) -> str:
    """A text without values in the reader's language."""
    # A page asks for a hundred texts. Jinja takes each for a pattern, with or without values.
    return Markup(gettext(text)) % {}  # noqa: S704 -- ours


def environment(**options: Any) -> Environment:
    """Build the environment; templates get every macro of ``ui/kern.html`` as ``kern``."""
    options["undefined"] = StrictUndefined
    # Compiling a page's templates takes longer than the page; it is done once, not once per process.
    with suppress(OSError):
        folder = settings.TEMPLATE_CACHE / _compiled_by()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        options["bytecode_cache"] = FileSystemBytecodeCache(str(folder))
    # Django's backend switches autoescape on.
    result = FlatEnvironment(
        **options,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    result.direct = {"url": url, "static": lru_cache(maxsize=256)(static), "_": said}
    result.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    result.filters |= {
        "date": format_date,
        "datetime": format_time,
        "long_date": format_long_date,
        "number": format_number,
        "iso": iso,
    }
    result.globals |= {
        "url": url,
        "static": result.direct["static"],
        "query": query,
        "json_script": json_script,
        "slot": lambda name, *args, **named: Markup("".join(slots.render(name, *args, **named))),  # noqa: S704
        "SITE_NAME": settings.SITE_NAME,
        "DEMO": settings.DEMO,
        **GLOBALS,
    }
    result.globals["kern"] = result.get_template("ui/kern.html").module
    return result


def _compiled_by() -> str:
    """What a compiled template depends on besides its own text."""
    ours = [Path(name).read_bytes() for name in (__file__, compiling.__file__)]
    return sha256(b"".join([jinja2.__version__.encode(), *ours])).hexdigest()[:12]


def shell_context(request: HttpRequest) -> dict[str, Any]:
    """What the frame around every page needs; also the context processor of foreign templates."""
    user = getattr(request, "user", None)
    return {
        "request": request,
        "user": user,
        "csrf_token": get_token(request),
        "navigation": navigation.items(user, request.path),
        "crumbs": [],
        "flashes": [
            (message.level_tag, str(message)) for message in messages.get_messages(request)
        ],
    }
