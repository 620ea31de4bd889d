"""Addresses of this room, below ``/datenpflege/``."""

from django.urls import path

from buendnisnetz.upkeep.views import corrections, doubles, lists, overview, rows

app_name = "upkeep"

_LIST = "listen/<str:public_id>/"
_DOUBLE = "doppelte/<str:public_id>/"
_MERGE = "zusammengefuehrt/<str:public_id>/"
_CORRECTION = "korrekturen/<str:public_id>/"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("ausgabe/", overview.export, name="export"),
    path("ausgabe/<slug:what>/", overview.export_file, name="export_file"),
    # Lists
    path("listen/", lists.ListListView.as_view(), name="list_list"),
    path("listen/neu/", lists.list_upload, name="list_upload"),
    path(_LIST, lists.list_detail, name="list_detail"),
    path(_LIST + "spalten/", lists.list_columns, name="list_columns"),
    path(_LIST + "spalten/neu/", lists.list_columns_again, name="list_columns_again"),
    path(_LIST + "blatt/", lists.list_sheet, name="list_sheet"),
    path(_LIST + "zeilen/", rows.RowListView.as_view(), name="row_list"),
    path(_LIST + "zeilen/entscheiden/", rows.rows_decide, name="rows_decide"),
    path(_LIST + "zeilen/aenderungen/", rows.rows_take, name="rows_take"),
    path(_LIST + "zeilen/<int:line>/", rows.row_detail, name="row_detail"),
    path(_LIST + "uebernehmen/", lists.list_confirm, name="list_confirm"),
    path(_LIST + "zuruecknehmen/", lists.list_undo, name="list_undo"),
    path(_LIST + "neu-pruefen/", lists.list_again, name="list_again"),
    path(_LIST + "weglegen/", lists.list_discard, name="list_discard"),
    path(_LIST + "datei/", lists.list_file, name="list_file"),
    path(_LIST + "fehlerhaft/", lists.list_faulty_file, name="list_faulty_file"),
    # Doubles
    path("doppelte/", doubles.DoubleListView.as_view(), name="double_list"),
    path("doppelte/suchen/", doubles.double_search, name="double_search"),
    path("doppelte/neu/<slug:kind>/", doubles.double_create, name="double_create"),
    path(_DOUBLE, doubles.double_detail, name="double_detail"),
    path(_DOUBLE + "zusammenfuehren/", doubles.double_merge, name="double_merge"),
    path(_DOUBLE + "zwei/", doubles.double_different, name="double_different"),
    path(_DOUBLE + "vorschlagen/", doubles.double_propose, name="double_propose"),
    path(_DOUBLE + "oeffnen/", doubles.double_again, name="double_again"),
    path("zusammengefuehrt/", doubles.MergeListView.as_view(), name="merge_list"),
    path(_MERGE, doubles.merge_detail, name="merge_detail"),
    path(_MERGE + "zuruecknehmen/", doubles.merge_undo, name="merge_undo"),
    # Corrections
    path("korrekturen/", corrections.CorrectionListView.as_view(), name="correction_list"),
    path(
        "korrekturen/neu/<slug:kind>/<str:public_id>/",
        corrections.correction_create,
        name="correction_create",
    ),
    path(_CORRECTION, corrections.correction_detail, name="correction_detail"),
    path(_CORRECTION + "entscheiden/", corrections.correction_decide, name="correction_decide"),
    path(_CORRECTION + "oeffnen/", corrections.correction_reopen, name="correction_reopen"),
]
