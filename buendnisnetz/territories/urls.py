"""Addresses of this room, below ``/gebiete/``."""

from django.urls import path

from buendnisnetz.territories.views import chambers, territories

app_name = "territories"

urlpatterns = [
    path("", territories.TerritoryListView.as_view(), name="territory_list"),
    path("kammern/", chambers.ChamberListView.as_view(), name="chamber_list"),
    path("kammern/<str:public_id>/", chambers.chamber_detail, name="chamber_detail"),
    path("<str:public_id>/", territories.territory_detail, name="territory_detail"),
]
