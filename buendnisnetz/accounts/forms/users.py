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


# Each kind of scope has a field of its own; which one is read, the role says.
SCOPE_FIELDS: dict[ScopeKind, str] = {
    ScopeKind.DISTRICT: "district",
    ScopeKind.ALLIANCE: "alliance",
    ScopeKind.ORGANISATION: "organisation",
}


class RoleForm(forms.Form):
    """A role and, where it needs one, its scope."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        help_text=_(
            "Choose below the district, alliance or organisation it is for; nothing for roles of the whole state."
        ),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = scopes.fields(user)
        for kind, name in SCOPE_FIELDS.items():
            self.fields[name] = fields[kind]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        role = values.get("role")
        if role:
            # Nothing for a role of the whole state, and what else was chosen does not count.
            name = SCOPE_FIELDS.get(SCOPE_OF_ROLE[Role(role)])
            chosen = values.get(name) if name else None
            values["scope_id"] = chosen.pk if chosen else None
            if name and not chosen and name not in self.errors:
                self.add_error(name, _("Please choose what this role is for."))
        return values


class InvitationForm(RoleForm):
    email = forms.EmailField(label=_("E-mail address"))
    display_name = forms.CharField(label=_("Name"), max_length=150)

    field_order = ("email", "display_name", "role")


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
