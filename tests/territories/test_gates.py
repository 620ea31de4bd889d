"""The mark of public pages in lower rooms."""

from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.views import View

from buendnisnetz.core.gates import public_page


def test_a_function_is_marked() -> None:
    @public_page
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse("da")

    assert page.public_page is True  # type: ignore[attr-defined]
    assert page.methods == ("GET",)  # type: ignore[attr-defined]
    assert page.login_required is False  # type: ignore[attr-defined]
    assert page(HttpRequest()).content == b"da"


def test_a_class_is_marked_and_its_base_is_not() -> None:
    @public_page
    class Page(View):
        pass

    view = Page.as_view()
    assert view.login_required is False  # type: ignore[attr-defined]
    assert view.public_page is True  # type: ignore[attr-defined]
    assert Page.public_page is True  # type: ignore[attr-defined]
    assert not hasattr(View.dispatch, "public_page")
    assert not hasattr(View.dispatch, "login_required")


def test_all_pages_of_this_room_are_marked() -> None:
    for path in ("/gebiete/", "/gebiete/kammern/", "/gebiete/kammern/abc/", "/gebiete/abc/"):
        assert resolve(path).func.public_page is True  # type: ignore[attr-defined]
