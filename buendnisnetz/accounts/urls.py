"""Addresses of this room, below ``/konto/``."""

from django.urls import path

from buendnisnetz.accounts.views import invitations, profile, users

app_name = "accounts"

urlpatterns = [
    path("", profile.profile, name="profile"),
    path("daten/", profile.own_data, name="own_data"),
    path("benutzer/", users.UserListView.as_view(), name="user_list"),
    path("benutzer/<str:public_id>/", users.user_detail, name="user_detail"),
    path("benutzer/<str:public_id>/schliessen/", users.user_close, name="user_close"),
    path("benutzer/<str:public_id>/oeffnen/", users.user_reopen, name="user_reopen"),
    path("benutzer/<str:public_id>/rollen/<int:pk>/beenden/", users.role_end, name="role_end"),
    path("einladungen/", invitations.invitation_list, name="invitation_list"),
    path(
        "einladungen/<str:public_id>/zurueckziehen/",
        invitations.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("einladung/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
]
