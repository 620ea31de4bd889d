"""The description of the interface in OpenAPI 3.1, made from the addresses that there are."""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from buendnisnetz.accounts.gate import gate_of
from buendnisnetz.api.describing import Description, Parameter, description_of
from buendnisnetz.api.domain.open_lists import OPEN_LISTS
from buendnisnetz.api.enums import PublicationKind
from buendnisnetz.ui.listing import ListPage

_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
# What a part of an address can be, where only some words make sense.
_CHOICES: dict[str, list[str]] = {
    "kind": [*PublicationKind.values],
    "name": [*OPEN_LISTS],
    "what": ["protokolle", "beschluesse"],
}
_FORM_OF_TYPE = re.compile(r"/([a-z]+)(?:\+xml)?$")
_LINK = {"type": "string", "format": "uri"}
_TIME = {"type": "string", "format": "date-time"}
_SCHEMAS: dict[str, Any] = {
    "OParlObject": {
        "description": "An object of OParl 1.1; its type says which, schema.oparl.org what it holds.",
        "type": "object",
        "required": ["id", "type"],
        "properties": {
            "id": _LINK,
            "type": _LINK,
            "created": _TIME,
            "modified": _TIME,
            "deleted": {"type": "boolean"},
        },
    },
    "OParlList": {
        "type": "object",
        "required": ["data", "pagination", "links"],
        "properties": {
            "data": {"type": "array", "items": {"$ref": "#/components/schemas/OParlObject"}},
            "pagination": {
                "type": "object",
                "properties": {
                    "elementsPerPage": {"type": "integer"},
                    "totalElements": {"type": "integer"},
                },
            },
            "links": {
                "type": "object",
                "properties": {"first": _LINK, "self": _LINK, "next": _LINK},
            },
        },
    },
    "OpenList": {
        "type": "object",
        "required": ["data", "license", "total", "links"],
        "properties": {
            "data": {"type": "array", "items": {"type": "object"}},
            "license": _LINK,
            "total": {"type": ["integer", "null"]},
            "links": {"type": "object", "properties": {"self": _LINK, "next": _LINK}},
        },
    },
    "Problem": {"type": "object", "properties": {"error": {"type": "string"}}},
}
_PROBLEM = {
    "description": "There is no answer; the body says why",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def document(site: str) -> dict[str, Any]:
    """The whole description; ``site`` is our address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": settings.SITE_NAME,
            "version": "1",
            "license": {"name": "Data", "url": settings.DATA_LICENCE},
        },
        "servers": [{"url": site}],
        "paths": {
            _path(address): {"get": _operation(name, address, said)}
            for name, address, said in _described()
        },
        "components": {"schemas": _SCHEMAS},
    }


def _described() -> Iterator[tuple[str, str, Description]]:
    """Every public address that says what it gives, and every public list."""
    for name, address, callback in sorted(_addresses(get_resolver(), "", "/")):
        gate = gate_of(callback)
        if gate is None or not gate.public:
            continue
        said = description_of(callback)
        view = getattr(callback, "view_class", None)
        if said is not None:
            yield name, address, said
        elif view is not None and issubclass(view, ListPage):
            yield name, address, _description_of_list(view)


def _addresses(resolver: URLResolver, prefix: str, before: str) -> Iterator[tuple[str, str, Any]]:
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}", address, entry.callback
        elif entry.namespace or not prefix:
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _addresses(entry, inner, address)


def _description_of_list(view: type[ListPage]) -> Description:
    """A page whose rows leave as CSV; its filters are those of the page."""
    asked = [
        Parameter(name, str(field.label)) for name, field in view.filter_class.base_fields.items()
    ]
    return Description(str(view.title), (*asked, Parameter("format", "csv")), forms=("text/csv",))


def _path(address: str) -> str:
    return _PART.sub(r"{\2}", address)


def _operation(name: str, address: str, said: Description) -> dict[str, Any]:
    parts = [_part(kind, part, said) for kind, part in _PART.findall(address)]
    return {
        "operationId": name.replace(":", "."),
        "summary": said.summary,
        "parameters": [*parts, *(_parameter(row) for row in said.parameters)],
        "responses": {
            "200": {
                "description": said.summary,
                "content": {form: {"schema": _schema(form, said)} for form in said.forms},
            },
            "304": {"description": "Nothing changed since"},
            "400": _PROBLEM,
            "404": _PROBLEM,
        },
    }


def _schema(form: str, said: Description) -> dict[str, Any]:
    if form == "application/json" and said.schema:
        return {"$ref": f"#/components/schemas/{said.schema}"}
    return {"type": "object"} if form == "application/json" else {"type": "string"}


def _part(kind: str, name: str, said: Description) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "integer" if kind == "int" else "string"}
    choices = _forms(said) if name == "form" else _CHOICES.get(name)
    if choices:
        schema["enum"] = choices
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _forms(said: Description) -> list[str]:
    return [found.group(1) for form in said.forms if (found := _FORM_OF_TYPE.search(form))]


def _parameter(row: Parameter) -> dict[str, Any]:
    schema = {"type": row.type, **({"format": row.format} if row.format else {})}
    return {"name": row.name, "in": "query", "description": row.words, "schema": schema}
