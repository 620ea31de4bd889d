"""Forms of this room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts import scopes
from buendnisnetz.accounts.enums import SCOPE_OF_ROLE, Role, ScopeKind
from buendnisnetz.ui.listing import FilterForm


class UserFilter(FilterForm):
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("all")), *Role.choices]
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("active")), ("closed", _("closed")), ("all", _("all"))],
    )


class RoleForm(forms.Form):
    """A role and, where it needs one, its scope: one list holds all scopes, sorted by kind."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    scope = forms.ChoiceField(
        label=_("For"),
        required=False,
        help_text=_("District, alliance or organisation; not needed for roles of the whole state."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["scope"]
        field.choices = [("", _("the whole state")), *self._groups()]

    @staticmethod
    def _groups() -> list[tuple[str, list[tuple[str, str]]]]:
        groups = []
        for kind in (ScopeKind.DISTRICT, ScopeKind.ALLIANCE, ScopeKind.ORGANISATION):
            entries = [(f"{kind}:{number}", label) for number, label in scopes.choices(kind)]
            if entries:
                groups.append((str(kind.label), entries))
        return groups

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        role = values.get("role")
        if role:
            kind, _colon, number = (values.get("scope") or "").partition(":")
            wanted = SCOPE_OF_ROLE[Role(role)]
            if wanted == ScopeKind.STATE:
                values["scope_id"] = None
            elif kind == wanted:
                values["scope_id"] = int(number)
            else:
                self.add_error("scope", _("Please choose what this role is for."))
        return values


class InvitationForm(RoleForm):
    email = forms.EmailField(label=_("E-mail address"))
    display_name = forms.CharField(label=_("Name"), max_length=150)

    field_order = ("email", "display_name", "role", "scope")


class AcceptForm(forms.Form):
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters; a sentence is easiest to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label=_("Password again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("password") != values.get("repeated"):
            self.add_error("repeated", _("The two passwords differ. Please type them again."))
        return values


class ProfileForm(forms.Form):
    display_name = forms.CharField(label=_("Name"), max_length=150)
