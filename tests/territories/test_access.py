"""Everybody may read these pages, nobody changes anything through them."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from buendnisnetz.accounts.gate import gate_of
from buendnisnetz.accounts.models import User
from buendnisnetz.territories import urls
from buendnisnetz.territories.domain import dataset
from buendnisnetz.territories.domain.load import load
from buendnisnetz.territories.models import Chamber, Territory
from tests.territories import sets

pytestmark = pytest.mark.django_db


@pytest.fixture
def paths(tmp_path: Path) -> list[str]:
    load(dataset.read(sets.write(tmp_path / "muster")))
    territory = Territory.objects.get(ags="16061")
    chamber = Chamber.objects.get(kind="IHK")
    return [
        reverse("territories:territory_list"),
        reverse("territories:territory_detail", args=[territory.public_id]),
        reverse("territories:chamber_list"),
        reverse("territories:chamber_detail", args=[chamber.public_id]),
    ]


@pytest.fixture
def signed_in(client: Client) -> Client:
    user = User.objects.create(email="wer@example.org", display_name="Wer Auchimmer")
    client.force_login(user)
    return client


def test_the_public_reads_all_pages(client: Client, paths: list[str]) -> None:
    assert [client.get(path).status_code for path in paths] == [200] * 4


def test_a_user_without_a_role_reads_all_pages(signed_in: Client, paths: list[str]) -> None:
    assert [signed_in.get(path).status_code for path in paths] == [200] * 4


def test_signing_in_shows_the_same(client: Client, signed_in: Client, paths: list[str]) -> None:
    """The frame names the user; the page itself is the same for everybody."""
    anonymous = Client()
    for path in paths:
        mine, theirs = (
            c.get(path).content.decode().split("<main")[1].split("</main>")[0]
            for c in (signed_in, anonymous)
        )
        assert mine == theirs


def test_signed_in_pages_stay_within_twelve_queries(
    signed_in: Client, paths: list[str], django_assert_max_num_queries: Any
) -> None:
    for path in paths:
        with django_assert_max_num_queries(12):
            signed_in.get(path)


def test_the_gate_knows_these_pages() -> None:
    for pattern in urls.urlpatterns:
        gate = gate_of(pattern.callback)
        assert gate is not None, pattern.name
        assert gate.public, pattern.name
        assert gate.methods == ("GET",)


def test_lists_cannot_be_posted_to(client: Client, paths: list[str]) -> None:
    assert client.post(paths[0]).status_code == 405
    assert client.post(paths[2]).status_code == 405


def test_a_part_of_the_list_is_only_its_results(client: Client, paths: list[str]) -> None:
    """What is swapped while somebody types has to carry the sentence about day and base."""
    headers = {"HX-Request": "true"}
    html = client.get(paths[0], {"stand": "2017-12-31"}, headers=headers).content.decode()
    assert html.strip().startswith('<div id="results">')
    assert "Stand: 31.12.2017." in html
    assert "<html" not in html


def test_names_are_escaped(client: Client, paths: list[str]) -> None:
    Territory.objects.filter(ags="16061").update(name="<b>Nord</b>", short_name="<b>Nord</b>")
    for path in paths[:2]:
        html = client.get(path).content.decode()
        assert "<b>Nord</b>" not in html
        assert "&lt;b&gt;Nord&lt;/b&gt;" in html


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_far_away(client: Client, paths: list[str], day: str) -> None:
    for path in paths:
        assert client.get(path, {"stand": day}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {"page": "999"},
        {"page": "-1"},
        {"sort": "unsinn"},
        {"level": "PLANET"},
        {"parent": "99"},
        {"kind": "X"},
        {"q": "' OR 1=1 --"},
        {"q": "%_\\"},
        {"stand": "x" * 500},
        {"format": "pdf"},
    ],
)
def test_unusual_questions_get_a_page(
    client: Client, paths: list[str], query: dict[str, str]
) -> None:
    assert client.get(paths[0], query).status_code == 200
    assert client.get(paths[2], query).status_code == 200
