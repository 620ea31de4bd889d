"""What OParl 1.1 demands of each type of object, in short: what must be there, and what it must be."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

TYPE = "https://schema.oparl.org/1.1/"
_LINK, _TIME, _DAY = "link", "time", "day"

# Required properties, then the form of those that have one.
REQUIRED = {
    "System": {"id", "type", "oparlVersion", "body"},
    "Body": {
        "id", "type", "name", "organization", "person", "meeting", "paper", "legislativeTerm",
    },
    "AgendaItem": {"id", "type", "order"},
    "File": {"id", "type", "accessUrl"},
}  # fmt: skip
FORMS: dict[str, Any] = {
    "id": _LINK, "type": _LINK, "web": _LINK, "body": _LINK, "meeting": (_LINK, [_LINK]),
    "system": _LINK, "mainOrganization": _LINK, "agendaItem": (_LINK, [dict]),
    "consultation": (_LINK, [dict]), "paper": _LINK, "person": _LINK, "file": _LINK,
    "locationList": _LINK, "legislativeTermList": _LINK, "membership": (_LINK, [_LINK], [dict]),
    "organization": (_LINK, [_LINK]), "organizations": [_LINK], "meetings": [_LINK],
    "participant": [_LINK], "originatorOrganization": [_LINK], "subOrganizationOf": _LINK,
    "masterFile": _LINK, "derivativeFile": [_LINK], "legislativeTerm": [dict],
    "accessUrl": _LINK, "downloadUrl": _LINK, "license": _LINK, "website": _LINK,
    "created": _TIME, "modified": _TIME, "start": _TIME, "end": _TIME, "date": _DAY,
    "startDate": _DAY, "endDate": _DAY, "order": int, "size": int, "public": bool,
    "cancelled": bool, "deleted": bool, "authoritative": bool, "keyword": [str], "post": [str],
    "title": [str], "auxiliaryFile": [dict], "location": dict, "resultsProtocol": dict,
    "mainFile": dict,
}  # fmt: skip


def problems(data: dict[str, Any]) -> list[str]:
    """What is wrong with an object and the objects inside it."""
    kind = str(data.get("type", "")).removeprefix(TYPE)
    wrong = [f"{kind}: no {key}" for key in REQUIRED.get(kind, {"id", "type"}) - set(data)]
    for key, value in data.items():
        form = FORMS.get(key, str)
        if key.startswith("buendnisnetz:"):
            continue
        choices = form if isinstance(form, tuple) else (form,)
        if not any(_fits(value, choice) for choice in choices):
            wrong.append(f"{kind}.{key}: {value!r}")
    return wrong + [line for inner in embedded(data) for line in problems(inner)]


def embedded(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The objects directly inside an object."""
    for value in data.values():
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, dict) and str(entry.get("type", "")).startswith(TYPE):
                yield entry


def links(data: Any) -> Iterator[str]:
    """Every address in an object, at whatever depth."""
    if isinstance(data, dict):
        for value in data.values():
            yield from links(value)
    elif isinstance(data, list):
        for value in data:
            yield from links(value)
    elif isinstance(data, str) and data.startswith("http"):
        yield data


def _fits(value: Any, form: Any) -> bool:
    if isinstance(form, list):
        return isinstance(value, list) and all(_fits(entry, form[0]) for entry in value)
    if form in (_LINK, _TIME, _DAY):
        return isinstance(value, str) and bool(value) and _reads(value, form)
    return isinstance(value, form) and not (form is int and isinstance(value, bool))


def _reads(value: str, form: str) -> bool:
    if form == _LINK:
        return value.startswith(("http://", "https://")) and "\ue000" not in value
    try:
        if form == _DAY:
            return date.fromisoformat(value).isoformat() == value
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
