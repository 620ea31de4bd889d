"""The start page, the search and the pages every public site has."""

from django.urls import path

from buendnisnetz.web.views import health, pages, search

app_name = "web"

urlpatterns = [
    path("", pages.home, name="home"),
    path("suche/", search.search_page, name="search"),
    path("impressum/", pages.imprint, name="imprint"),
    path("datenschutz/", pages.privacy, name="privacy"),
    path("barrierefreiheit/", pages.accessibility, name="accessibility"),
    path("barrierefreiheit/gemeldet/", pages.feedback_sent, name="feedback_sent"),
    path("leichte-sprache/", pages.easy_language, name="easy_language"),
    path("quellen/", pages.sources, name="sources"),
    path("hilfe/", pages.help_page, name="help"),
    path("healthz", health.healthz, name="healthz"),
]
