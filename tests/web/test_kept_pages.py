"""Pages that are given out again: only while they hold, and only to whom they were made for."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.models import Assignment
from buendnisnetz.core import kept
from buendnisnetz.core.kept import Page, Shelf
from buendnisnetz.network.models import Organisation
from tests.factories.network import make_organisation, make_user

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/netz/organisationen/"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def empty_shelf() -> Iterator[None]:
    kept.SHELF.clear()
    yield
    kept.SHELF.clear()


def signed_in(role: Role | None = Role.STATE_COORDINATION, **options: Any) -> Client:
    client = Client(**options)
    client.force_login(make_user(role), backend="buendnisnetz.accounts.backends.SignInBackend")
    return client


def asked(client: Client, path: str = LIST, **headers: Any) -> tuple[str, int]:
    """The page and the number of queries it took."""
    with CaptureQueriesContext(connection) as queries:
        page = client.get(path, **headers).content.decode()
    return page, len(queries)


def without_token(page: str) -> str:
    return re.sub(r"[A-Za-z0-9]{64}", "TOKEN", page)


def test_a_page_is_given_out_again_while_nothing_changes() -> None:
    make_organisation("Werkstatt Nord")
    client = signed_in()
    first, many = asked(client)
    again, few = asked(client)
    assert "Werkstatt Nord" in again
    assert without_token(first) == without_token(again)
    assert (few, many > 3) == (1, True)


def test_headers_are_those_of_the_page() -> None:
    client = signed_in()
    first, again = client.get(LIST), client.get(LIST)
    assert dict(first.items()) == dict(again.items())
    assert again["Cache-Control"] == "private, no-cache"


def test_a_change_is_seen_at_once() -> None:
    row = make_organisation("Werkstatt Nord")
    client = signed_in()
    asked(client)
    Organisation.objects.filter(pk=row.pk).update(name="Werkstatt Süd")
    page, _number = asked(client)
    assert "Werkstatt Süd" in page
    assert "Werkstatt Nord" not in page


def test_everybody_has_pages_of_their_own() -> None:
    one, other = signed_in(), signed_in()
    asked(one)
    _page, many = asked(other)
    assert many > 3
    assert 'href="/konto/"' not in asked(Client())[0]


def test_a_role_that_ends_closes_the_page() -> None:
    client = signed_in()
    assert client.get("/aufgaben/").status_code == 200
    assert client.get("/aufgaben/").status_code == 200
    Assignment.objects.all().delete()
    assert client.get("/aufgaben/").status_code == 403


def test_signing_out_ends_it() -> None:
    client = signed_in()
    cookies = client.cookies["sitzung"].value
    asked(client, "/aufgaben/")
    client.post("/konto/abmelden/")
    client.cookies["sitzung"] = cookies
    assert client.get("/aufgaben/").status_code == 302


def test_a_token_is_fresh_and_works() -> None:
    client = signed_in(enforce_csrf_checks=True)
    pattern = re.compile(r'"X-CSRFToken": "(\w{64})"')
    tokens = [pattern.search(asked(client)[0]) for _number in range(2)]
    assert tokens[0]
    assert tokens[1]
    first, second = tokens[0].group(1), tokens[1].group(1)
    assert first != second
    answer = client.post("/konto/abmelden/", {"csrfmiddlewaretoken": second})
    assert answer.status_code == 302


def test_visitors_get_tokens_of_their_own() -> None:
    make_organisation()
    pages = [Client(enforce_csrf_checks=True) for _number in range(2)]
    answers = [client.get(LIST) for client in pages]
    cookies = {answer.cookies["formular"].value for answer in answers}
    assert len(cookies) == 2


def test_every_token_of_a_page_is_renewed() -> None:
    """A second one, from elsewhere, would be the first visitor's."""
    client = signed_in()
    for path in (LIST, "/", "/konto/", "/aufgaben/neu/"):
        first = set(re.findall(r"\b[A-Za-z0-9]{64}\b", asked(client, path)[0]))
        again = set(re.findall(r"\b[A-Za-z0-9]{64}\b", asked(client, path)[0]))
        assert len(first) == len(again) == 1
        assert first != again


def test_a_message_is_shown_once() -> None:
    """Sessions are no change; what stands in one is part of what is asked for."""
    client = signed_in()
    asked(client)
    session = client.session
    session["_messages"] = '[["__json_message",0,25,"Gespeichert."]]'
    session.save()
    assert "Gespeichert." in asked(client)[0]
    assert "Gespeichert." not in asked(client)[0]


def test_parts_and_pages_are_not_mixed() -> None:
    client = signed_in()
    asked(client)
    part, _number = asked(client, headers={"HX-Request": "true"})
    assert "<html" not in part
    assert "<html" in asked(client)[0]


def test_a_search_is_another_page() -> None:
    make_organisation("Werkstatt Nord")
    make_organisation("Haus Süd")
    client = signed_in()
    asked(client)
    assert "Haus Süd" not in asked(client, f"{LIST}?q=Werkstatt")[0]


def test_a_page_holds_for_a_minute() -> None:
    client = signed_in()
    asked(client)
    later = kept.timezone.now() + timedelta(seconds=61)
    with patch("django.utils.timezone.now", return_value=later):
        assert asked(client)[1] > 3


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (NOW, NOW + timedelta(seconds=60)),
        (datetime(2026, 3, 2, 22, 59, 30, tzinfo=UTC), datetime(2026, 3, 2, 23, tzinfo=UTC)),
    ],
)
def test_no_page_outlives_its_day(now: datetime, until: datetime) -> None:
    assert kept.holds_until(now) == until


def test_a_refusal_is_not_kept() -> None:
    client = signed_in(role=None)
    assert client.get("/aufgaben/").status_code == 403
    assert not kept.SHELF._pages


def page(size: int = 10, state: str = "1") -> Page:
    return Page((b"x" * size,), (), state, NOW + timedelta(seconds=60))


def test_the_shelf_is_full_at_some_point() -> None:
    shelf = Shelf(most_bytes=30)
    for key in "abc":
        shelf.put(key, page())
    assert shelf.get("a", state="1", now=NOW)
    shelf.put("d", page())
    assert [bool(shelf.get(key, state="1", now=NOW)) for key in "abcd"] == [True, False, True, True]


def test_the_same_page_takes_its_place_once() -> None:
    shelf = Shelf(most_bytes=30)
    for _number in range(5):
        shelf.put("a", page())
    shelf.put("b", page())
    assert shelf.get("a", state="1", now=NOW)


def test_what_no_longer_holds_is_dropped() -> None:
    shelf = Shelf()
    shelf.put("a", page())
    assert shelf.get("a", state="2", now=NOW) is None
    assert shelf.get("a", state="1", now=NOW) is None
    shelf.put("b", page())
    assert shelf.get("b", state="1", now=NOW + timedelta(seconds=60)) is None


def test_what_was_made_from_another_state_goes_with_the_first_page_of_a_new_one() -> None:
    shelf = Shelf(most_bytes=30)
    for key in "abc":
        shelf.put(key, page())
    shelf.put("d", page(state="2"))
    for key in "ef":
        shelf.put(key, page(state="2"))
    found = [bool(shelf.get(key, state="2", now=NOW)) for key in "def"]
    assert found == [True] * 3
    assert shelf.get("a", state="1", now=NOW) is None


def test_a_large_page_is_not_kept() -> None:
    shelf = Shelf()
    shelf.put("a", page(size=kept.LARGEST_PAGE + 1))
    assert shelf.get("a", state="1", now=NOW) is None
