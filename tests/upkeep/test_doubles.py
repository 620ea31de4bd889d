"""Entries that look like one are found with reasons; what was decided about them is remembered."""

import pytest
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.network.domain import organisations
from buendnisnetz.network.models import Organisation
from buendnisnetz.upkeep.domain import doubles, finding
from buendnisnetz.upkeep.enums import DoubleStatus
from buendnisnetz.upkeep.models import Double, Merge
from tests.factories.network import (
    make_alliance,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.territories import make_district, make_municipality
from tests.factories.upkeep import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make_municipality(make_district("16051", "Erfurt"), "Erfurt", ags="16051000")


@pytest.fixture
def pair(place):
    return [
        make_organisation("Kita „Sonnenwinkel“ Erfurt", territory=place, phone="0361 123456"),
        make_organisation("Kita Sonnenwinkl Erfurt", territory=place, phone="0361-123456"),
    ]


def found() -> Double:
    finding.find_doubles(now=NOW)
    return Double.objects.get()


class TestFinding:
    def test_names_alike_in_one_place_with_one_phone(self, pair):
        row = found()
        assert doubles.entries_of(row) == tuple(pair)
        assert {"The same place.", "Derselbe Ort."} & set(row.reasons)
        assert row.score >= 0.8

    def test_other_names_count(self, place):
        make_organisation("Sozialwerk Mitte", territory=place)
        other = make_organisation("Sozialwerk Mittelstadt", territory=place)
        organisations.add_alias(organisation=other, name="Sozialwerk Mitte", actor=None)
        assert found().score > 0.95

    def test_names_apart_are_none(self, place):
        make_organisation("Optik Durchblick", territory=place)
        make_organisation("Backhaus Krume", territory=place)
        assert finding.find_doubles(now=NOW) == 0

    def test_people_who_worked_at_one_place(self):
        body = make_organisation()
        for family in ("Sorgsam", "Sorgsamm"):
            make_term(make_post(body, f"Amt {family}"), make_person(family, "Adelheid"))
        assert {str(entry) for entry in doubles.entries_of(found())} == {
            "Adelheid Sorgsam", "Adelheid Sorgsamm",
        }  # fmt: skip

    def test_twice_finds_nothing_new_and_keeps_what_was_decided(self, pair):
        row = found()
        doubles.say_two(double=row, note="Geschwister", actor=None, now=NOW)
        assert finding.find_doubles(now=NOW) == 0
        row.refresh_from_db()
        assert (row.status, row.note) == (DoubleStatus.DIFFERENT, "Geschwister")

    def test_what_no_longer_looks_alike_is_forgotten(self, pair):
        found()
        Organisation.objects.filter(pk=pair[0].pk).update(
            name="Optik", search_key="optik", phone=""
        )
        finding.find_doubles(now=NOW)
        assert not Double.objects.exists()


class TestDeciding:
    def test_two_and_then_asked_again(self, pair):
        row = doubles.say_two(double=found(), note="", actor=None, now=NOW)
        with pytest.raises(doubles.DoubleStateError):
            doubles.propose_merge(double=row, note="", actor=None, now=NOW)
        assert doubles.ask_again(double=row, actor=None, now=NOW).status == DoubleStatus.FOUND

    def test_naming_a_pair_takes_it_up_again(self, pair):
        doubles.say_two(double=found(), note="", actor=None, now=NOW)
        row = doubles.name_pair(one=pair[1], other=pair[0], actor=None, now=NOW)
        assert row.status == DoubleStatus.FOUND


class TestPages:
    @pytest.fixture
    def keeper(self):
        client = Client()
        client.force_login(make_user(Role.STATE_COORDINATION))
        return client

    def test_side_by_side_and_merged_and_taken_back(self, keeper, pair):
        page = f"/datenpflege/doppelte/{found().public_id}/"
        text = keeper.get(page).content.decode()
        assert "Kita Sonnenwinkl Erfurt" in text
        form = {"kept": "first", "field_name": "first", "field_phone": "second"}
        answer = keeper.post(page + "zusammenfuehren/", form)
        merge = Merge.objects.get()
        assert answer["Location"].endswith(f"/{merge.public_id}/")
        assert Organisation.objects.get().phone == "0361-123456"
        old = keeper.get(f"/netz/organisationen/{pair[1].public_id}/")
        assert old.status_code in {301, 302}
        assert old["Location"].endswith(f"/{pair[0].public_id}/")
        keeper.post(answer["Location"] + "zuruecknehmen/")
        assert Organisation.objects.count() == 2

    def test_only_what_points_to_an_entry_is_counted(self, keeper, pair):
        make_post(pair[0])
        text = keeper.get(f"/datenpflege/doppelte/{found().public_id}/").content.decode()
        assert "1 · Stelle" in text
        assert "0 · " not in text

    def test_a_coordinator_proposes_and_does_not_merge(self, pair):
        client = Client()
        client.force_login(make_user(Role.ALLIANCE_COORDINATOR, make_alliance()))
        row = found()
        page = f"/datenpflege/doppelte/{row.public_id}/"
        if client.get(page).status_code == 404:
            row = doubles.name_pair(one=pair[0], other=pair[1], actor=None, now=NOW)
        assert client.post(page + "zusammenfuehren/", {"kept": "first"}).status_code == 403
        assert Organisation.objects.count() == 2

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_list_asks_few_questions(self, keeper, count, django_assert_max_num_queries):
        first = make_organisation()
        for number in range(count):
            doubles.name_pair(one=first, other=make_organisation(f"Anderes {number}"), actor=None, now=NOW)  # fmt: skip
        with django_assert_max_num_queries(12):
            text = keeper.get("/datenpflege/doppelte/").content.decode()
        assert text.count("Anderes") >= count
