"""Addresses of this room, below ``/sitzungen/``."""

from django.urls import path

from buendnisnetz.meetings.views import imports, proposals

app_name = "meetings"

urlpatterns = [
    path("importe/", imports.ImportListView.as_view(), name="import_list"),
    path("importe/neu/", imports.import_upload, name="import_upload"),
    path("importe/<str:public_id>/", imports.import_review, name="import_review"),
    path(
        "importe/<str:public_id>/annehmen/", imports.import_accept_above, name="import_accept_above"
    ),
    path("importe/<str:public_id>/uebernehmen/", imports.import_confirm, name="import_confirm"),
    path("importe/<str:public_id>/zuruecknehmen/", imports.import_undo, name="import_undo"),
    path("importe/<str:public_id>/erneut/", imports.import_reopen, name="import_reopen"),
    path("importe/<str:public_id>/weglegen/", imports.import_discard, name="import_discard"),
    path("importe/<str:public_id>/datei/", imports.import_file, name="import_file"),
    path(
        "importe/<str:public_id>/funde/<str:proposal_id>/",
        proposals.proposal_edit,
        name="proposal_edit",
    ),
    path(
        "importe/<str:public_id>/funde/<str:proposal_id>/entscheiden/",
        proposals.proposal_decide,
        name="proposal_decide",
    ),
]
