"""What a view says about itself, for the description of the interface."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

_View = TypeVar("_View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Parameter:
    """A parameter of the query."""

    name: str
    words: str
    format: str = ""
    type: str = "string"


@dataclass(frozen=True)
class Description:
    """One address: what it gives, in which forms, and what may be asked."""

    summary: str
    parameters: tuple[Parameter, ...] = ()
    schema: str = ""
    # Media types; by the value of the part ``form`` of the address where it has one.
    forms: tuple[str, ...] = ("application/json",)


LIST_PARAMETERS: tuple[Parameter, ...] = (
    Parameter("created_since", "Only objects made at or after this time", "date-time"),
    Parameter("created_until", "Only objects made at or before this time", "date-time"),
    Parameter(
        "modified_since",
        "Only objects changed at or after this time; removed ones are named, with deleted: true",
        "date-time",
    ),
    Parameter("modified_until", "Only objects changed at or before this time", "date-time"),
    Parameter("limit", "How many objects a page holds, 1 to 100", type="integer"),
    Parameter("omit_internal", "Leave out objects inside objects", type="boolean"),
    Parameter("after", "Where the page begins; taken from links.next, not made up"),
)


def described(
    summary: str,
    parameters: Sequence[Parameter] = (),
    *,
    schema: str = "",
    forms: Sequence[str] = ("application/json",),
) -> Callable[[_View], _View]:
    """Say what an address gives."""

    def decorate(view: _View) -> _View:
        description = Description(summary, tuple(parameters), schema, tuple(forms))
        view.description = description  # type: ignore[attr-defined]
        return view

    return decorate


def description_of(callback: Any) -> Description | None:
    found = getattr(callback, "description", None)
    return found if isinstance(found, Description) else None
