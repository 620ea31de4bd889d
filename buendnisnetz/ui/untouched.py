"""Forms that stand on a page for whoever wants to write something: until somebody does, their fields
are the same for everybody."""

from typing import Any, NamedTuple

from django import forms

from buendnisnetz.core.words import per_language


class _Field(NamedTuple):
    html: str

    def as_field_group(self) -> str:
        return self.html


class Untouched:
    """What a template shows of a form that nobody has typed into, written once."""

    errors: tuple[()] = ()

    def __init__(self, form: forms.BaseForm) -> None:
        self._hidden = [str(field) for field in form.hidden_fields()]
        self._visible = {
            field.name: _Field(field.as_field_group()) for field in form.visible_fields()
        }

    def __getitem__(self, name: str) -> _Field:
        return self._visible[name]

    def hidden_fields(self) -> list[str]:
        return self._hidden

    def visible_fields(self) -> list[_Field]:
        return list(self._visible.values())


@per_language
def untouched(kind: type[forms.BaseForm], auto_id: str = "id_%s", **initial: Any) -> Untouched:
    """A form as it is before anything is typed, with the values that it begins with. Only for forms
    that depend on nothing else, neither on who asks nor on the database."""
    return Untouched(kind(auto_id=auto_id, initial=initial))
