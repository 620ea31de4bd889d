"""Our addresses as they are when single sign-on is configured."""

from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import path

from buendnisnetz.accounts.sign_in_urls import _public
from buendnisnetz.config.urls import urlpatterns as ours

urlpatterns = [
    path("konto/anmelden/<str:provider_id>/", _public(oidc.login), name="openid_connect_login"),
    path(
        "konto/anmelden/<str:provider_id>/zurueck/",
        _public(oidc.callback),
        name="openid_connect_callback",
    ),
    *ours,
]
