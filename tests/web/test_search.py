"""Searching everything: what is found, in which order, by whom."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import SCOPE_OF_ROLE, Role, ScopeKind
from buendnisnetz.core.search import Typed
from buendnisnetz.meetings.enums import EntryKind
from buendnisnetz.web.domain.search import _BEST_HITS, _OFTEN, PER_KIND, Hit, _best_hits, search
from tests.factories.meetings import draft, make_meeting, published, say
from tests.factories.network import (
    make_alliance,
    make_organisation,
    make_person,
    make_user,
)
from tests.factories.tasks import make_task
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None):
    return make_user(Role.STATE_COORDINATION)


def found(text: str, user: object, chosen: str = "") -> list[tuple[str, str]]:
    return [(hit.kind, hit.title) for hit in search(text=text, user=user, chosen=chosen).hits]


class TestWhatIsFound:
    def test_kinds_stand_in_a_fixed_order(self, office):
        make_task("Ferienbetreuung im Ilmtal klären")
        make_organisation("Ferienbetreuung e. V.")
        make_alliance("Bündnis Ferienbetreuung")
        assert [kind for kind, _title in found("Ferienbetreuung", office)] == [
            "alliance",
            "organisation",
            "task",
        ]

    @pytest.mark.parametrize("typed", ["betreuung", "FERIENBETREUUNG", "Ferienbetreuungen"])
    def test_parts_of_words_and_forms_find(self, office, typed):
        make_organisation("Ferienbetreuung e. V.")
        assert found(typed, office) == [("organisation", "Ferienbetreuung e. V.")]

    def test_a_typing_error_still_finds(self, office):
        make_organisation("Mehrgenerationenhaus Hain")
        assert found("Mehrgeneratoinenhaus", office) == [
            ("organisation", "Mehrgenerationenhaus Hain")
        ]

    def test_it_says_that_it_found_only_what_resembles(self, office, client):
        client.force_login(office)
        make_organisation("Mehrgenerationenhaus Hain")
        told = "Genau das steht nirgends"
        texts = [
            text_of(client.get("/suche/", {"q": typed}))
            for typed in ("Mehrgeneratoinenhaus", "Mehrgenerationenhaus", "Xylophonie")
        ]
        assert [told in text for text in texts] == [True, False, False]

    def test_umlauts_written_out_find(self, office):
        make_alliance("Bündnis Mühlgraben")
        assert found("Muehlgraben", office) == [("alliance", "Bündnis Mühlgraben")]

    def test_many_of_one_kind_leave_room_for_the_others(self, office):
        for number in range(PER_KIND + 3):
            make_task(f"Ferienbetreuung {number}")
        make_alliance("Bündnis Ferienbetreuung")
        kinds = [kind for kind, _title in found("Ferienbetreuung", office)]
        assert kinds == ["alliance", *["task"] * PER_KIND]

    def test_a_chosen_kind_shows_all_of_it_and_nothing_else(self, office):
        for number in range(PER_KIND + 3):
            make_task(f"Ferienbetreuung {number}")
        make_alliance("Bündnis Ferienbetreuung")
        assert len(found("Ferienbetreuung", office, chosen="task")) == PER_KIND + 3

    @pytest.mark.parametrize("typed", ["", "   ", "!?", "'"])
    def test_nothing_typed_finds_nothing(self, office, typed):
        make_task()
        assert found(typed, office) == []

    def test_a_passage_leads_to_its_place_in_the_minutes(self, office):
        meeting = make_meeting("Herbstrunde")
        entry = say(meeting, "Der Fahrdienst fährt auch sonntags.", EntryKind.NOTE)
        hits = search(text="Fahrdienst", user=office).hits
        assert hits == [
            Hit(
                "entry",
                "Der Fahrdienst fährt auch sonntags.",
                f"/sitzungen/{meeting.public_id}/protokoll/?stelle={entry.public_id}#{entry.public_id}",
                "Herbstrunde",
            )
        ]


class TestWhoFinds:
    def test_the_public_finds_no_work_and_no_people(self):
        make_task("Ferienbetreuung klären")
        make_person("Ferienbetreuer")
        say(make_meeting("Ferienbetreuung"), "Ferienbetreuung wird gebraucht.")
        make_organisation("Ferienbetreuung e. V.")
        assert found("Ferienbetreuung", None) == [("organisation", "Ferienbetreuung e. V.")]

    def test_published_minutes_are_found_by_the_public_without_what_is_internal(self):
        meeting = make_meeting("Herbstrunde")
        say(meeting, "Der Fahrdienst fährt auch sonntags.")
        say(meeting, "Die Kündigung bleibt unter uns.", is_internal=True)
        published(meeting, edition=draft(meeting))
        assert found("Fahrdienst", None) == [("minutes", "Herbstrunde")]
        assert found("Kündigung", None) == []

    def test_a_coordinator_does_not_find_what_another_alliance_keeps(self):
        own, other = make_alliance("Bündnis Ilmtal"), make_alliance("Bündnis Hain")
        make_meeting("Ferienbetreuung Hain", alliance=other)
        make_meeting("Ferienbetreuung Ilmtal", alliance=own)
        user = make_user(Role.ALLIANCE_COORDINATOR, own)
        assert found("Ferienbetreuung", user) == [("meeting", "Ferienbetreuung Ilmtal")]

    def test_what_one_may_see_is_asked_anew_each_time(self, office):
        own, other = make_alliance("Bündnis Ilmtal"), make_alliance("Bündnis Hain")
        make_meeting("Ferienbetreuung Hain", alliance=other)
        assert found("Ferienbetreuung", office) == [("meeting", "Ferienbetreuung Hain")]
        for alliance, hits in ((own, []), (other, [("meeting", "Ferienbetreuung Hain")])):
            user = make_user(Role.ALLIANCE_COORDINATOR, alliance)
            assert found("Ferienbetreuung", user) == hits


class TestFrequentWords:
    """Where a word is said to be frequent its rows are read otherwise; what is found is the same."""

    @pytest.mark.parametrize("often", [True, False])
    @pytest.mark.parametrize("text", ["Ferienbetreuung", "ferienbetreuung klären", "eri"])
    def test_the_same_is_found(self, office, text, often):
        make_task("Ferienbetreuung im Ilmtal klären")
        make_task("Fahrdienst klären")
        make_organisation("Ferienbetreuung klären e. V.")
        told = dict.fromkeys(_OFTEN.values(), often)
        rows = _BEST_HITS.to(office, "", True, False, False, **Typed.text(text).values(), **told)
        assert sorted(row["title_"] for row in rows) == [
            "Ferienbetreuung im Ilmtal klären",
            "Ferienbetreuung klären e. V.",
        ]

    @pytest.mark.parametrize("planned", [True, False])
    def test_who_sees_a_part_finds_no_more(self, planned):
        own, other = make_alliance("Bündnis Ilmtal"), make_alliance("Bündnis Hain")
        make_meeting("Ferienbetreuung Hain", alliance=other)
        make_meeting("Ferienbetreuung Ilmtal", alliance=own)
        user = make_user(Role.ALLIANCE_COORDINATOR, own)
        typed = Typed.text("Ferienbetreuung")
        rows = _BEST_HITS.to(user, "", True, False, planned, **typed.values())
        assert [row["title_"] for row in rows] == ["Ferienbetreuung Ilmtal"]


class TestWhatIsKept:
    """The search is built once per person, roles and day: no row may be part of what is built."""

    @pytest.mark.parametrize("role", Role)
    def test_building_it_asks_the_database_nothing(self, role):
        scope = None if SCOPE_OF_ROLE[role] == ScopeKind.STATE else make_alliance()
        user = make_user(role, scope)
        access_of(user)
        with CaptureQueriesContext(connection) as queries:
            _best_hits(user, "", True, False, False)
            _best_hits(user, "", True, True, False)
        assert not queries.captured_queries


class TestPage:
    def test_says_how_much_was_found_and_keeps_what_was_typed(self, client: Client, office):
        make_organisation("Ferienbetreuung <b>e. V.</b>")
        client.force_login(office)
        response = client.get("/suche/", {"q": "Ferienbetreuung"})
        page = response.content.decode()
        assert 'value="Ferienbetreuung"' in page
        assert "Ferienbetreuung &lt;b&gt;e. V.&lt;/b&gt;" in page

    def test_an_unknown_kind_is_no_choice(self, client: Client, office):
        make_organisation("Ferienbetreuung e. V.")
        client.force_login(office)
        text = text_of(client.get("/suche/", {"q": "Ferienbetreuung", "art": "geheim"}))
        assert "Ferienbetreuung e. V." in text

    def test_at_most_two_queries_search(self, office):
        make_organisation("Mehrgenerationenhaus Hain")
        search(text="Hain", user=office)
        with CaptureQueriesContext(connection) as queries:
            search(text="Mehrgeneratoinenhaus", user=office)
        assert len(queries) == 2
