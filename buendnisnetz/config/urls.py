"""The root of all addresses."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("konto/", include("buendnisnetz.accounts.sign_in_urls")),
    path("konto/", include("buendnisnetz.accounts.urls")),
    path("gebiete/", include("buendnisnetz.territories.urls")),
    path("aufgaben/", include("buendnisnetz.tasks.urls")),
    path("datenpflege/", include("buendnisnetz.upkeep.urls")),
    path("sitzungen/", include("buendnisnetz.meetings.urls")),
    path("netz/", include("buendnisnetz.network.urls")),
    # Those without a beginning of their own: the fewest first, for each is tried until one fits.
    path("", include("buendnisnetz.web.urls")),
    path("", include("buendnisnetz.api.urls")),
    path("", include("buendnisnetz.insight.urls")),
    path("", include("buendnisnetz.partnering.urls")),
]

handler400 = "buendnisnetz.ui.errors.bad_request"
handler403 = "buendnisnetz.ui.errors.forbidden"
handler404 = "buendnisnetz.ui.errors.not_found"
handler500 = "buendnisnetz.ui.errors.server_error"
