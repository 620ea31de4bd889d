"""The interface for programs, and the page that explains it."""

from django.urls import path

from buendnisnetz.api.views import feeds, lists, oparl, pages

app_name = "api"

urlpatterns = [
    path("api/", pages.overview, name="overview"),
    path("api/openapi.json", pages.openapi, name="openapi"),
    path("api/listen/<str:name>.<str:form>", lists.open_list, name="open_list"),
    path("feeds/<str:what>.<str:form>", feeds.everything, name="feed"),
    path("feeds/<str:what>/<str:scope>.<str:form>", feeds.of_scope, name="feed_of"),
    path("oparl/v1/", oparl.system, name="oparl_system"),
    path("oparl/v1/body/", oparl.bodies, name="oparl_bodies"),
    path("oparl/v1/body/<str:body>/<str:kind>/", oparl.of_body, name="oparl_list"),
    path(
        "oparl/v1/organization/<str:public_id>/meeting/",
        oparl.meetings_of,
        name="oparl_meetings_of",
    ),
    path("oparl/v1/<str:kind>/<str:public_id>/", oparl.one, name="oparl_object"),
]
