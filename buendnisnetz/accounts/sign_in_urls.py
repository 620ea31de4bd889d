"""Sign-in and its second factor: allauth's views under our addresses, by the names allauth knows.

Only what is used is routed; sign-up is not, because accounts exist only by invitation.
"""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.urls import URLPattern, path, re_path

from buendnisnetz.accounts.gate import open_to

_public = open_to(public=True, methods=("GET", "POST"))
_signed_in = open_to(signed_in=True, methods=("GET", "POST"))

urlpatterns: list[URLPattern] = [
    path("anmelden/", _public(account.login), name="account_login"),
    path("abmelden/", _public(account.logout), name="account_logout"),
    path("gesperrt/", _public(account.account_inactive), name="account_inactive"),
    path("bestaetigen/", _signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("passwort/", _signed_in(account.password_change), name="account_change_password"),
    path("passwort/setzen/", _signed_in(account.password_set), name="account_set_password"),
    path("passwort/vergessen/", _public(account.password_reset), name="account_reset_password"),
    path(
        "passwort/vergessen/gesendet/",
        _public(account.password_reset_done),
        name="account_reset_password_done",
    ),
    # The key has hyphens of its own: the first one ends the number.
    re_path(
        r"^passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        _public(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "passwort/neu/",
        _public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    # Second factor
    path("sicherheit/", _signed_in(mfa.index), name="mfa_index"),
    path("sicherheit/code/", _public(mfa.authenticate), name="mfa_authenticate"),
    path("sicherheit/bestaetigen/", _signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("sicherheit/app/", _signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("sicherheit/app/entfernen/", _signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "sicherheit/notfallcodes/",
        _signed_in(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "sicherheit/notfallcodes/neu/",
        _signed_in(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "sicherheit/notfallcodes/datei/",
        _signed_in(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("sicherheit/passkeys/", _signed_in(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("sicherheit/passkeys/neu/", _signed_in(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        "sicherheit/passkeys/<int:pk>/",
        _signed_in(webauthn.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
    path(
        "sicherheit/passkeys/<int:pk>/entfernen/",
        _signed_in(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "sicherheit/passkeys/bestaetigen/",
        _signed_in(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("anmelden/passkey/", _public(webauthn.login_webauthn), name="mfa_login_webauthn"),
]

_providers: Any = settings.SOCIALACCOUNT_PROVIDERS
if _providers["openid_connect"]["APPS"]:
    from allauth.socialaccount.providers.openid_connect import views as oidc

    urlpatterns += [
        path("anmelden/<str:provider_id>/", _public(oidc.login), name="openid_connect_login"),
        path(
            "anmelden/<str:provider_id>/zurueck/",
            _public(oidc.callback),
            name="openid_connect_callback",
        ),
    ]
