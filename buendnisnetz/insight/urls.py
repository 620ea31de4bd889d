"""Addresses of this room: ``/luecken/``, ``/orte/``, ``/selbstcheck/``, ``/netz/bild/``."""

from django.urls import path

from buendnisnetz.insight.views import (
    care,
    checks,
    districts,
    gaps,
    graph,
    graph_lists,
    lists,
    maps,
    marks,
    places,
    requirements,
)

app_name = "insight"

urlpatterns = [
    path("luecken/", gaps.GapListView.as_view(), name="gap_list"),
    path("luecken/kreise/", districts.DistrictListView.as_view(), name="district_list"),
    path("luecken/kreise/<str:ags>/", districts.district_detail, name="district_detail"),
    path("luecken/regeln/", requirements.rule_overview, name="rule_overview"),
    path("luecken/regeln/neu/", requirements.rule_create, name="rule_create"),
    path("luecken/regeln/grenzen/", requirements.settings_edit, name="settings_edit"),
    path("luecken/regeln/<slug:key>/", requirements.rule_edit, name="rule_edit"),
    path("luecken/regel/<str:public_id>/beenden/", requirements.rule_end, name="rule_end"),
    path("luecken/regel/<str:public_id>/wieder/", requirements.rule_reopen, name="rule_reopen"),
    path("luecken/ende/", lists.EndedListView.as_view(), name="ended_list"),
    path("luecken/stellen/", lists.StaffingListView.as_view(), name="staffing_list"),
    path("luecken/gespraech/<str:public_id>/zuruecknehmen/", care.talk_remove, name="talk_remove"),
    path("luecken/thema/<str:public_id>/", care.topic_edit, name="topic_edit"),
    path("luecken/thema/<str:public_id>/stand/", care.topic_status, name="topic_status"),
    path("luecken/<slug:slug>/", gaps.gap_detail, name="gap_detail"),
    path("luecken/<slug:slug>/gespraech/", care.talk_create, name="talk_create"),
    path("luecken/<slug:slug>/thema/", care.topic_create, name="topic_create"),
    path("luecken/<slug:slug>/regeln/", requirements.own_overview, name="own_overview"),
    path("luecken/<slug:slug>/regeln/neu/", requirements.own_create, name="own_create"),
    path("luecken/<slug:slug>/regeln/<slug:key>/", requirements.own_edit, name="own_edit"),
    path("orte/", places.PlaceListView.as_view(), name="place_list"),
    path("orte/kreise/", places.CoverageListView.as_view(), name="coverage_list"),
    path("orte/karte/", maps.map_page, name="map_page"),
    path("orte/karte/umrisse/", maps.map_file, name="map_file"),
    path("orte/marke/<str:public_id>/beenden/", marks.mark_end, name="mark_end"),
    path("orte/marke/<str:public_id>/wieder/", marks.mark_reopen, name="mark_reopen"),
    path("orte/<str:public_id>/keine/", marks.mark_create, name="mark_create"),
    path("netz/bild/", graph.graph_picture, name="graph_picture"),
    path("netz/bild/datei/", graph.graph_file, name="graph_file"),
    path("netz/bild/kennzahlen/", graph_lists.NodeListView.as_view(), name="graph_nodes"),
    path("netz/bild/verbindungen/", graph_lists.TieListView.as_view(), name="graph_ties"),
    path("netz/bild/wege/", graph.graph_ways, name="graph_ways"),
    path("netz/bild/schwachstellen/", graph.graph_breaks, name="graph_breaks"),
    path("selbstcheck/", lists.CheckListView.as_view(), name="check_list"),
    path("selbstcheck/<slug:slug>/", checks.check_overview, name="check_overview"),
    path("selbstcheck/<slug:slug>/neu/", checks.check_begin, name="check_begin"),
    path("selbstcheck/<slug:slug>/vergleich/", checks.check_compare, name="check_compare"),
    path("selbstcheck/<slug:slug>/<str:public_id>/", checks.check_detail, name="check_detail"),
    path(
        "selbstcheck/<slug:slug>/<str:public_id>/fertig/", checks.check_finish, name="check_finish"
    ),
    path("selbstcheck/<slug:slug>/<str:public_id>/weg/", checks.check_remove, name="check_remove"),
    path(
        "selbstcheck/<slug:slug>/<str:public_id>/aufgabe/<slug:question>/",
        checks.check_plan,
        name="check_plan",
    ),
]
