"""Pages, forms, navigation, and the pages for what went wrong."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.template import engines
from django.test import Client, RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError

from buendnisnetz.accounts.enums import Role
from buendnisnetz.core.errors import DomainError
from buendnisnetz.ui import errors, jinja, navigation, viewkit
from tests.factories.network import make_user
from tests.network.views.reading import text_of
from tests.ui.probe import EveryWidget

BACKEND = "buendnisnetz.accounts.backends.SignInBackend"


def _request(path: str = "/probe/", user: Any = None, **facts: Any) -> Any:
    request = RequestFactory().get(path, **facts)
    request.user = user or AnonymousUser()
    return request


def _form_page(form: forms.Form) -> str:
    context = {"title": "Probe", "form": form}
    return viewkit.render(_request(), "ui/form.html", context).content.decode()


class TestForms:
    def test_every_kind_of_field_is_shown(self):
        html = _form_page(EveryWidget())
        for name in EveryWidget.base_fields:
            assert f'name="{name}"' in html, name
        assert html.count('<form class="bn-form"') == 1
        assert 'enctype="multipart/form-data"' in html

    def test_every_kind_of_field_bears_a_mistake(self):
        form = EveryWidget(
            {"number": "77", "day": "gestern", "email": "x", "choice": "z", "boxes": ["q"]}
        )
        html = _form_page(form)
        wrong = [name for name in form.errors if name != "hidden"]
        assert len(wrong) >= 9
        for name in wrong:
            assert f'id="id_{name}_error"' in html, name
            assert f"id_{name}_error" in "".join(re.findall(r'aria-describedby="([^"]*)"', html)), (
                name
            )

    def test_what_was_typed_comes_back(self):
        typed = {
            "text": "Größe <5>",
            "long": "Zeile 1\nZeile 2",
            "number": "77",
            "choice": "b",
            "several": ["b"],
            "radio": "b",
            "boxes": ["a"],
        }
        html = _form_page(EveryWidget(typed))
        for piece in (
            'value="Größe &lt;5&gt;"', "Zeile 1\nZeile 2</textarea>", 'value="77"',
            '<option value="b" selected>B</option>',
        ):  # fmt: skip
            assert piece in html, piece
        assert html.count(" checked") == 2

    def test_passwords_never_come_back(self):
        assert "geheim123" not in _form_page(EveryWidget({"secret": "geheim123"}))

    def test_the_summary_takes_the_focus_and_leads_to_each_field(self):
        form = EveryWidget({"text": ""})
        form.add_error(None, "So geht es nicht.")
        html = _form_page(form)
        assert 'role="alert" tabindex="-1" data-focus id="error-summary"' in html
        assert "<li>So geht es nicht.</li>" in html
        assert 'href="#id_text">Text: Dieses Feld ist zwingend erforderlich.</a>' in html

    def test_labels_and_hints_belong_to_their_fields(self):
        html = _form_page(EveryWidget())
        assert '<label class="kern-label" for="id_text">Text</label>' in html
        assert 'id="id_text_helptext">Ein Hinweis' in html
        assert 'aria-describedby="id_text_helptext"' in html
        assert '<legend class="kern-label">Eins</legend>' in html
        for label in re.findall(r'<label[^>]*for="([^"]+)"', html):
            assert f'id="{label}"' in html, label

    def test_what_is_not_needed_says_so(self):
        html = _form_page(EveryWidget())
        assert re.search(r">Adresse <span[^>]*>\(freiwillig\)<", html)
        assert not re.search(r">Text <span[^>]*>\(freiwillig\)<", html)

    def test_no_field_carries_style_or_script(self):
        assert re.findall(r'\s(?:style|on\w+)="', _form_page(EveryWidget({}))) == []

    @settings(max_examples=50, deadline=None)
    @given(st.text(alphabet=st.sampled_from("<>&\"'/=` scriptonload{}%"), min_size=1, max_size=40))
    def test_nothing_typed_becomes_markup(self, typed):
        """In every field, its label, its hint and its error, a tag stays text."""
        form = EveryWidget({"text": typed, "long": typed, "number": typed, "choice": typed})
        form.fields["radio"].label = typed
        form.add_error("text", typed)
        html = _form_page(form)
        plain = _form_page(EveryWidget({"text": "x", "long": "x", "number": "x", "choice": "x"}))
        assert _tags(html) <= _tags(plain)
        assert typed.strip() in unescape(html)


def _tags(html: str) -> set[str]:
    return set(re.findall(r"<(\w+)", html))


class TestRender:
    def test_a_value_of_a_translated_text_may_have_any_name(self):
        template = engines["jinja2"].from_string('{{ _("Example: %(text)s", text="Ferien") }}')
        assert template.render() == "Beispiel: Ferien"

    def test_a_name_that_is_not_there_is_a_mistake(self):
        template = engines["jinja2"].from_string("{{ gibtsnicht }}")
        with pytest.raises(UndefinedError):
            template.render({}, _request())

    def test_the_frame_knows_the_page(self):
        html = viewkit.render(
            _request(), "ui/error.html", {"title": "Hallo", "text": "Welt"}
        ).content.decode()
        assert "<title>Hallo · Bündnisnetz</title>" in html
        assert '<html lang="de">' in html
        assert html.count("<h1") == 1
        assert '<a class="bn-skip" href="#main">' in html

    @pytest.mark.parametrize(
        ("facts", "part"),
        [
            ({}, False),
            ({"HTTP_HX_REQUEST": "true"}, True),
            ({"HTTP_HX_REQUEST": "true", "HTTP_HX_BOOSTED": "true"}, False),
            ({"HTTP_HX_REQUEST": "true", "HTTP_HX_HISTORY_RESTORE_REQUEST": "true"}, False),
        ],
    )
    @pytest.mark.django_db
    def test_page_or_part(self, client, facts, part):
        response = client.get("/netz/buendnisse/", **facts)
        assert ("<html" not in response.content.decode()) is part
        assert "HX-Request" in response["Vary"]

    def test_invalid_is_422(self):
        page = viewkit.invalid(_request(), "ui/form.html", {"title": "x", "form": EveryWidget({})})
        assert page.status_code == 422

    @pytest.mark.parametrize(
        ("target", "expected"),
        [
            ("/aufgaben/?whose=mine", "/aufgaben/?whose=mine"),
            ("http://testserver/aufgaben/", "http://testserver/aufgaben/"),
            ("", "/vorgabe/"),
            ("https://example.org/", "/vorgabe/"),
            ("//example.org/", "/vorgabe/"),
            ("/\\example.org", "/vorgabe/"),
            ("\thttps://example.org", "/vorgabe/"),
            ("javascript:alert(1)", "/vorgabe/"),
            ("http:///example.org", "/vorgabe/"),
        ],
    )
    def test_back_stays_with_us(self, target, expected):
        for request in (
            RequestFactory().post("/", {"next": target}),
            RequestFactory().get("/", {"next": target}),
        ):
            assert viewkit.back(request, "/vorgabe/")["Location"] == expected

    def test_over_https_back_never_leaves_it(self):
        request = RequestFactory().post("/", {"next": "http://testserver/x/"}, secure=True)
        assert viewkit.back(request, "/vorgabe/")["Location"] == "/vorgabe/"


class TestWords:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (date(2017, 8, 24), "24.08.2017"),
            (date(800, 1, 2), "02.01.800"),
            (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "23.11.2026"),
            (None, "–"),
        ],
    )
    def test_format_date(self, value, expected):
        assert jinja.format_date(value) == expected

    def test_times_are_those_in_germany(self):
        assert jinja.format_time(datetime(2026, 7, 1, 7, 5, tzinfo=UTC)) == "01.07.2026, 09:05 Uhr"
        assert (jinja.format_time(None), jinja.format_long_date(None)) == ("–", "–")
        assert jinja.format_long_date(date(2017, 3, 4)) == "4. März 2017"

    @pytest.mark.parametrize(
        ("value", "places", "expected"),
        [
            (1234567, None, "1.234.567"),
            (Decimal("3.5"), 2, "3,50"),
            (0, None, "0"),
            (None, None, "–"),
        ],
    )
    def test_format_number(self, value, places, expected):
        assert jinja.format_number(value, places) == expected

    def test_iso(self):
        assert (jinja.iso(date(2017, 8, 24)), jinja.iso(None)) == ("2017-08-24", "")

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({}, "?q=%C3%A4+b&kind=A&kind=B"),
            ({"page": 2}, "?q=%C3%A4+b&kind=A&kind=B&page=2"),
            ({"q": None, "kind": None}, "?"),
        ],
    )
    def test_query(self, changes, expected):
        assert jinja.query({"q": "ä b", "kind": ["A", "B"]}, **changes) == expected


class TestNavigation:
    def test_the_current_room_is_marked(self):
        marked = [
            item.url
            for item in navigation.items(AnonymousUser(), "/netz/buendnisse/x/")
            if item.current
        ]
        assert marked == ["/netz/buendnisse/"]

    def test_visitors_see_what_is_public(self):
        labels = [item.label for item in navigation.items(AnonymousUser(), "/")]
        assert "Bündnisse" in labels
        assert {"Aufgaben", "Menschen", "Benutzer"} & set(labels) == set()

    @pytest.mark.django_db
    def test_the_office_sees_everything_without_another_query(self, django_assert_num_queries):
        user = make_user(Role.STATE_COORDINATION)
        with django_assert_num_queries(1):
            labels = [item.label for item in navigation.items(user, "/")]
        assert {"Aufgaben", "Benutzer"} <= set(labels)


@pytest.mark.django_db
class TestErrors:
    @pytest.mark.parametrize(
        "path", ["/gibt/es/nicht/", "/aufgaben", "/netz/buendnisse/unbekannt/"]
    )
    def test_not_there(self, client, path):
        client.force_login(make_user(Role.STATE_COORDINATION), backend=BACKEND)
        page = client.get(path)
        if path == "/aufgaben":
            assert page["Location"] == "/aufgaben/"
            return
        assert page.status_code == 404
        assert "Diese Seite gibt es nicht, oder sie ist nicht für Ihre Rolle gedacht." in text_of(
            page
        )

    def test_not_allowed(self, client):
        client.force_login(make_user(Role.MINISTRY), backend=BACKEND)
        page = client.get("/konto/benutzer/")
        assert page.status_code == 403
        assert "Nicht erlaubt" in text_of(page)

    @pytest.mark.parametrize(
        ("page", "status", "said"),
        [
            (
                lambda request: errors.bad_request(request),
                400,
                "Die Anfrage wurde nicht verstanden",
            ),
            (lambda request: errors.forbidden(request), 403, "Ihre Rolle erlaubt das nicht."),
            (lambda request: errors.not_found(request), 404, "Seite nicht gefunden"),
            (lambda request: errors.csrf_failure(request), 403, "Dieses Formular ist zu alt"),
            (lambda request: errors.domain_error(request, DomainError("Nein.")), 409, "Nein."),
            (lambda request: errors.server_error(request), 500, "Da ist etwas schiefgegangen"),
        ],
    )
    def test_each_says_what_happened(self, page, status, said):
        response = page(_request())
        assert (response.status_code, said in response.content.decode()) == (status, True)

    def test_a_failure_shows_no_inner_life(self, settings):
        settings.ROOT_URLCONF = "tests.ui.broken_urls"
        client = Client(raise_request_exception=False)
        page = client.get("/kaputt/")
        assert page.status_code == 500
        html = page.content.decode()
        assert "Da ist etwas schiefgegangen" in html
        assert [word for word in ("Traceback", "geheim", "broken_urls") if word in html] == []
        assert "default-src 'self'" in page["Content-Security-Policy"]

    def test_methods_that_do_not_fit_are_refused(self, client):
        assert client.post("/netz/buendnisse/").status_code in {403, 405}
        assert isinstance(client.options("/hilfe/"), HttpResponse)
