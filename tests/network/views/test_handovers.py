"""Handing a post over on the pages, as a coordinator and as the coordination office do."""

import re
from datetime import date
from pathlib import Path

import pdfplumber
import pdfua
import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.network.domain import people
from buendnisnetz.network.domain.handovers import write_notes
from buendnisnetz.network.enums import HandoverStatus, OrganisationKind, Receiver
from buendnisnetz.network.models import Handover, Term
from buendnisnetz.tasks.enums import TaskKind
from buendnisnetz.tasks.models import Task
from tests.factories.network import (
    make_alliance,
    make_membership,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.succession import (
    finish,
    make_chair,
    make_charge,
    make_handover,
    make_meeting,
    make_office,
)
from tests.factories.tasks import make_task
from tests.factories.territories import make_district
from tests.network.views.reading import csv_of, rows_of, text_of

pytestmark = pytest.mark.django_db
BACKEND = "buendnisnetz.accounts.backends.SignInBackend"


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def busy(world, office):
    """The world's coordinator holds eleven things."""
    for number in range(6):
        make_task(f"Aufgabe {number}", holder=world.post, due_on=date(2026, 12, 1 + number))
    make_task("Zusage an alle", holder=world.post, kind=TaskKind.PROMISE)
    make_charge(world.post, make_alliance("Bündnis Nebenan"))
    make_post(make_organisation("Eins"), "Leitung", deputy=world.post)
    make_chair(make_meeting("Frühjahrstreffen", date(2027, 3, 1)), world.person)
    return world


def started(world, client, **typed) -> Handover:
    client.post(world.address("handover_start"), {"last_day": "2026-12-31", **typed})
    return Handover.objects.get()


def page(client, handover: Handover, name: str = "") -> str:
    return text_of(client.get(f"/netz/uebergaben/{handover.public_id}/{name}"))


def post(client, handover: Handover, name: str, **typed):
    return client.post(f"/netz/uebergaben/{handover.public_id}/{name}/", typed, follow=True)


class TestStarting:
    def test_the_post_offers_it_at_the_term(self, world, keeper):
        html = keeper.get(world.address("post_detail")).content.decode()
        assert world.address("handover_start") in html

    def test_it_asks_and_leads_on_to_what_is_held(self, busy, keeper):
        asked = text_of(keeper.get(busy.address("handover_start")))
        assert "Nichts endet und nichts wandert, bevor Sie abschließen." in asked
        handover = started(busy, keeper)
        text = page(keeper, handover)
        for words in (
            "Bündnis Musterstadt", "Bündnis Nebenan", "Aufgabe 5", "Zusage an alle",
            "Frühjahrstreffen", "Leitung Eins", "Was die Stelle hält 11", "wird vorbereitet",
        ):  # fmt: skip
            assert words in text
        busy.term.refresh_from_db()
        assert busy.term.valid_to is None

    def test_wrong_days_come_back_with_what_was_typed(self, world, keeper, office):
        response = keeper.post(
            world.address("handover_start"),
            {"last_day": "2026-12-31", "first_day": "2026-12-01"},
        )
        assert response.status_code == 422
        assert "Die Nachfolge beginnt nach dem letzten Tag" in text_of(response)
        assert 'value="2026-12-01"' in response.content.decode()

    def test_one_that_is_being_prepared_is_found_again(self, world, keeper, office):
        handover = started(world, keeper)
        response = keeper.get(world.address("handover_start"))
        assert response["Location"] == f"/netz/uebergaben/{handover.public_id}/"

    def test_a_term_that_has_ended_is_not_asked_for_its_last_day(self, world, keeper, office):
        Term.objects.filter(pk=world.term.pk).update(valid_to=date(2026, 6, 30))
        html = keeper.get(world.address("handover_start")).content.decode()
        assert 'name="last_day"' not in html
        keeper.post(world.address("handover_start"), {})
        assert Handover.objects.get().last_day == date(2026, 6, 30)

    def test_lists_offer_to_begin_to_whoever_may_change_the_post(self, world, signed_in):
        Term.objects.filter(pk=world.term.pk).update(valid_to=date(2026, 12, 31))
        before = make_term(make_post(world.alliance, "Leitung"), valid_to=date(2026, 9, 30))
        elsewhere = make_alliance("Bündnis Anderswo", make_district())
        world.users["elsewhere"] = make_user(Role.ALLIANCE_COORDINATOR, elsewhere)
        offered, may = {}, {}
        for who in world.users:
            reader = signed_in(who)
            offered[who] = [
                f'/{term.public_id}/uebergeben/"' in reader.get(address).content.decode()
                for term, address in (
                    (world.term, "/netz/amtszeiten/"),
                    (before, "/netz/amtszeiten/unbesetzt/?which=all"),
                )
            ]
            may[who] = reader.get(world.address("handover_start")).status_code == 200
        assert offered == {who: [allowed, allowed] for who, allowed in may.items()}
        assert may[Role.ALLIANCE_COORDINATOR]
        assert not may["elsewhere"]


class TestChoosing:
    def test_ticked_pieces_go_where_one_says(self, busy, keeper):
        handover = started(busy, keeper)
        item = handover.items.get(label="Aufgabe 3")
        html = keeper.get(f"/netz/uebergaben/{handover.public_id}/").content.decode()
        field = re.search(rf'name="(kind\d+)" value="{item.pk}"', html)
        assert field is not None
        target = make_post(make_organisation("Musterverein"), "Leitung")
        make_term(target)
        response = post(
            keeper, handover, "zuordnen", receiver="OTHER", ticked="1",
            other_post=f"Leitung [{target.public_id}]", **{field.group(1): item.pk},
        )  # fmt: skip
        assert "Aufgabe 3 (offen, fällig am 04.12.2026) → Leitung, Musterverein" in text_of(
            response
        )
        item.refresh_from_db()
        assert (item.receiver, item.other_post) == (Receiver.OTHER, target)
        assert handover.items.filter(receiver=Receiver.OFFICE).count() == 10

    def test_everything_at_once(self, busy, keeper):
        deputy = make_post(busy.alliance, "Vertretung")
        make_term(deputy)
        busy.post.deputy = deputy
        busy.post.save()
        handover = started(busy, keeper)
        post(keeper, handover, "zuordnen", receiver="OFFICE", all="1")
        assert set(handover.items.values_list("receiver", flat=True)) == {"OFFICE"}

    def test_another_post_has_to_be_named(self, busy, keeper):
        handover = started(busy, keeper)
        response = post(keeper, handover, "zuordnen", receiver="OTHER", all="1")
        assert response.status_code == 422
        assert "Bitte sagen, welche andere Stelle es bekommt." in text_of(response)

    def test_an_empty_post_is_refused_with_a_sentence(self, busy, keeper):
        handover = started(busy, keeper)
        empty = make_post(make_organisation("Leerverein"), "Leitung")
        response = post(
            keeper, handover, "zuordnen", receiver="OTHER", all="1", other_post=empty.public_id
        )
        assert response.status_code == 422
        assert "„Leitung Leerverein“ ist an diesem Tag unbesetzt" in text_of(response)

    def test_only_receivers_that_are_there_are_offered(self, busy, keeper):
        handover = started(busy, keeper)
        html = keeper.get(f"/netz/uebergaben/{handover.public_id}/").content.decode()
        assert re.findall(r'<option value="([A-Z]+)"', html) == ["OFFICE", "OTHER"]


class TestNotesAndDays:
    def test_days_and_people_are_changed(self, busy, keeper):
        handover = started(busy, keeper)
        nina = make_person("Neu", "Nina")
        response = post(
            keeper, handover, "bearbeiten", last_day="2026-11-30", first_day="2026-12-15",
            successor=nina.public_id, mentor="", version="1",
        )  # fmt: skip
        text = text_of(response)
        assert "Nachfolge Nina Neu" in text
        assert "Letzter Tag 30.11.2026" in text
        assert "Erster Tag der Nachfolge 15.12.2026" in text

    def test_the_leaver_writes_notes_without_being_an_editor(self, world, client, office):
        user = make_user(Role.MINISTRY)
        term = make_term(make_post(make_organisation()), people.link_user(
            person=make_person("Geht", "Gerda"), user=user, actor=None,
        ))  # fmt: skip
        handover = make_handover(term)
        client.force_login(user, backend=BACKEND)
        post(client, handover, "notizen", notes="Schlüssel im Fach 3", contacts="", version="1")
        text = page(client, handover)
        assert "Schlüssel im Fach 3" in text
        assert "Übergabe abschließen" not in text
        assert (
            client.post(f"/netz/uebergaben/{handover.public_id}/abschliessen/").status_code == 403
        )

    def test_two_who_write_notes_see_both_texts(self, world, keeper):
        write_notes(handover=world.handover, version=1, notes="Erste", contacts="", actor=None)
        response = post(keeper, world.handover, "notizen", notes="Zweite", contacts="", version="1")
        assert response.status_code == 409
        assert "Erste Zweite" in text_of(response)


class TestFinishing:
    def test_an_empty_post_hands_everything_to_the_office(self, busy, keeper, office):
        handover = started(busy, keeper)
        text = text_of(post(keeper, handover, "abschliessen"))
        assert "Wer was bekommen hat 11" in text
        assert "Leitung der Koordinationsstelle" in text
        assert Task.objects.filter(holder=office).count() == 7

    def test_no_receiver_is_said_on_the_page(self, world, keeper):
        handover = started(world, keeper)
        text = text_of(post(keeper, handover, "abschliessen"))
        assert "Keine andere Stelle der Koordinierungsstelle kann das übernehmen." in text
        handover.refresh_from_db()
        assert handover.status == HandoverStatus.OPEN

    def test_taken_back_and_prepared_again(self, busy, keeper, office):
        handover = started(busy, keeper)
        post(keeper, handover, "abschliessen")
        assert "zurückgenommen" in text_of(post(keeper, handover, "zuruecknehmen"))
        assert Task.objects.filter(holder=office).count() == 0
        assert "wird vorbereitet" in text_of(post(keeper, handover, "oeffnen"))
        assert "abgebrochen" in text_of(post(keeper, handover, "abbrechen"))

    def test_given_back_once_the_post_is_held_again(
        self, busy, keeper, signed_in, office, time_machine
    ):
        handover = started(busy, keeper)
        post(keeper, handover, "abschliessen")
        assert "zurückgeben, was woanders liegt" not in page(keeper, handover)
        make_term(busy.post, make_person("Neu", "Nina"), valid_from=date(2027, 1, 15))
        time_machine.move_to("2027-01-20T12:00:00+00:00", tick=False)
        keeper = signed_in()
        assert "zurückgeben, was woanders liegt" in page(keeper, handover)
        post(keeper, handover, "zurueckgeben")
        assert Task.objects.filter(holder=busy.post).count() == 7

    def test_a_coordinator_hands_over_and_the_office_gives_the_role(
        self, busy, signed_in, keeper, time_machine
    ):
        coordinator = signed_in(Role.ALLIANCE_COORDINATOR)
        user = make_user()
        nina = people.link_user(person=make_person("Neu", "Nina"), user=user, actor=None)
        handover = make_handover(busy.term, successor=nina)
        text = text_of(post(coordinator, handover, "abschliessen"))
        assert "Die Rolle gibt die Koordinierungsstelle." in text
        assert "Rolle geben" in page(keeper, handover)
        assert "Das Konto der Nachfolge hat jetzt die Rolle." in text_of(
            post(keeper, handover, "rolle")
        )
        assert "hat die Rolle schon" in text_of(post(keeper, handover, "rolle"))


class TestTheSuccessor:
    def successor(self, busy, client):
        user = make_user(Role.MEMBER, busy.organisation)
        nina = people.link_user(person=make_person("Neu", "Nina"), user=user, actor=None)
        done = finish(make_handover(busy.term, successor=nina))
        client.force_login(user, backend=BACKEND)
        return done

    def test_finds_it_all_on_the_first_sign_in(self, busy, client):
        done = self.successor(busy, client)
        start = text_of(client.get("/"))
        assert "Sie haben übernommen: Koordination, Bündnis Musterstadt" in start
        assert "11 Stücke von Ada Sorgsam" in start
        assert "Aufgabe 5" in page(client, done, "mappe/")

    def test_says_that_it_was_read(self, busy, client):
        done = self.successor(busy, client)
        assert "Sie haben diese Stelle übernommen" in page(client, done)
        post(client, done, "gelesen")
        assert "Sie haben übernommen" not in text_of(client.get("/"))
        assert "Sie haben diese Stelle übernommen" not in page(client, done)

    def test_nobody_else_can_say_so(self, busy, client, keeper):
        done = self.successor(busy, client)
        assert keeper.post(f"/netz/uebergaben/{done.public_id}/gelesen/").status_code == 302
        done.refresh_from_db()
        assert done.seen_at is None


class TestTheFile:
    @pytest.fixture
    def handover(self, busy):
        make_post(
            make_membership(
                busy.alliance, make_organisation("Backhaus Krume", kind=OrganisationKind.COMPANY)
            ).organisation,
            "Ansprechstelle", is_contact=True, email="krume@example.org",
        )  # fmt: skip
        row = make_handover(busy.term)
        return write_notes(
            handover=row, version=row.version, notes="Der Verteiler *liegt* im Schrank.\n\nZweitens.",
            contacts="Frau Krume zuerst anrufen", actor=None,
        )  # fmt: skip

    def test_page_has_contacts_work_dates_history_and_notes(self, handover, keeper):
        text = page(keeper, handover, "mappe/")
        for words in (
            "Der Verteiler *liegt* im Schrank.", "Frau Krume zuerst anrufen", "Backhaus Krume",
            "krume@example.org", "01.12.2026 · Aufgabe 0", "Leitung der Koordinationsstelle",
            "Ada Sorgsam seit 01.01.2020",
        ):  # fmt: skip
            assert words in text

    def test_paper_can_be_read_by_everyone(self, handover, keeper, tmp_path: Path):
        response = keeper.get(f"/netz/uebergaben/{handover.public_id}/mappe.pdf")
        assert response["Content-Type"] == "application/pdf"
        path = tmp_path / "mappe.pdf"
        path.write_bytes(response.content)
        assert [finding.rule_id for finding in pdfua.validate(path).findings] == []
        with pdfplumber.open(path) as document:
            text = "\n".join(sheet.extract_text() for sheet in document.pages)
            assert document.doc.catalog["MarkInfo"]["Marked"] is True
        for words in ("Koordination, Bündnis Musterstadt", "Der Verteiler *liegt*", "Aufgabe 5"):
            assert words in text

    def test_an_empty_handover_makes_a_paper_too(self, keeper, office):
        handover = make_handover(make_term(make_post(make_organisation())))
        response = keeper.get(f"/netz/uebergaben/{handover.public_id}/mappe.pdf")
        assert response.content.startswith(b"%PDF")
        assert "Es ist nichts notiert." in page(keeper, handover, "mappe/")


class TestWhoSees:
    def test_the_list_holds_what_one_may_see(self, world, signed_in, keeper, office):
        make_handover(make_term(make_post(make_alliance())))
        assert world.handover.pk
        assert len(rows_of(keeper.get("/netz/uebergaben/"))) == 2
        assert len(rows_of(signed_in(Role.ALLIANCE_COORDINATOR).get("/netz/uebergaben/"))) == 1
        assert len(rows_of(signed_in(Role.MEMBER).get("/netz/uebergaben/"))) == 0

    def test_planners_see_those_of_their_district_chambers_their_own(
        self, world, signed_in, office
    ):
        plan = make_handover(make_term(make_post(world.district, "Sozialplanung")))
        house = make_organisation(
            kind=OrganisationKind.DISTRICT_ADMINISTRATION, territory=world.district
        )
        administration = make_handover(make_term(make_post(house, "Leitung")))
        chamber = make_handover(make_term(make_post(world.organisation, "Leitung")))
        for role, expected in (
            (Role.DISTRICT_PLANNER, {plan, administration}), (Role.CHAMBER, {chamber}),
        ):  # fmt: skip
            found = Handover.objects.visible_to(world.users[role])
            assert set(found) == expected
            assert (
                signed_in(role).get(f"/netz/uebergaben/{world.handover.public_id}/").status_code
                == 404
            )

    def test_found_by_post_and_by_person_and_exported(self, world, keeper):
        name = world.other_term.person.family_name
        assert world.handover.pk
        for typed in ("sprecherkreis", name):
            assert len(rows_of(keeper.get(f"/netz/uebergaben/?q={typed}"))) == 1
        assert rows_of(keeper.get("/netz/uebergaben/?q=niemand")) == []
        assert len(rows_of(keeper.get("/netz/uebergaben/?status=DONE"))) == 0
        assert csv_of(keeper.get("/netz/uebergaben/?format=csv"))[1][0] == (
            "Sprecherkreis · Bündnis Musterstadt"
        )


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("name", ["", "mappe/"])
def test_queries_do_not_grow_with_the_pieces(
    world, keeper, office, django_assert_max_num_queries, number, name
):
    for _piece in range(number):
        make_task(holder=world.post)
        make_charge(world.post, make_alliance())
        make_membership(world.alliance)
        make_term(world.post, is_acting=True)
    handover = make_handover(world.term)
    handover.items.update(receiver="OFFICE")
    address = f"/netz/uebergaben/{handover.public_id}/{name}"
    keeper.get(address)
    with django_assert_max_num_queries(12) as found:
        assert keeper.get(address).status_code == 200
    assert len(found) == {"": 9, "mappe/": 11}[name], [q["sql"][:200] for q in found]
