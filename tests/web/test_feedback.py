"""Reporting a barrier: who gets it, what is kept, what is refused."""

import pytest
from django.test import Client

from buendnisnetz.notifications.models import Message
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
PAGE = "/barrierefreiheit/"
REPORT = {"text": "Die Karte lässt sich nicht bedienen.", "page": "/orte/karte/", "email": ""}


@pytest.fixture(autouse=True)
def operator(settings: object) -> None:
    settings.OPERATOR = settings.OPERATOR | {"email": "betrieb@example.org"}  # type: ignore[attr-defined]


def test_a_report_goes_to_the_operator(client: Client):
    response = client.post(PAGE, REPORT | {"email": "frage@example.org"})
    assert response.status_code == 302
    message = Message.objects.get()
    assert message.recipient == "betrieb@example.org"
    for part in (REPORT["text"], "/orte/karte/", "frage@example.org"):
        assert part in message.text


def test_without_an_address_of_the_operator_the_form_says_where_else(client: Client, settings):
    settings.OPERATOR = settings.OPERATOR | {"email": ""}
    response = client.post(PAGE, REPORT)
    assert response.status_code == 422
    assert "Impressum" in text_of(response)
    assert REPORT["text"] in response.content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize("wrong", [{"text": ""}, {"email": "keine Adresse"}, {"text": "x" * 4001}])
def test_a_wrong_report_is_kept_in_the_form(client: Client, wrong):
    response = client.post(PAGE, REPORT | wrong)
    assert response.status_code == 422
    assert not Message.objects.exists()


def test_too_many_reports_from_one_place_are_refused(client: Client):
    for _number in range(5):
        assert client.post(PAGE, REPORT).status_code == 302
    assert client.post(PAGE, REPORT).status_code == 422
    assert Message.objects.count() == 5
