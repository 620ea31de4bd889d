"""The pages of the room, as people walk through them."""

import re
from datetime import date

import pytest
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.network.forms.choosing import LONGEST_LIST
from buendnisnetz.tasks.enums import TaskKind, TaskStatus
from buendnisnetz.tasks.models import Task
from tests.factories.network import (
    make_alliance,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.tasks import make_task, move
from tests.network.views.reading import csv_of, hidden, rows_of, text_of, xlsx_of

pytestmark = pytest.mark.django_db
LISTS = {"": 2, "nie-erledigt/": 2}


@pytest.fixture
def office(as_user) -> Client:
    return as_user(make_user(Role.STATE_COORDINATION))


def _fill(number: int) -> None:
    """Tasks with everything that costs a query."""
    for _row in range(number):
        alliance = make_alliance()
        post = make_post(alliance, email="a@example.org")
        make_term(post, make_person())
        make_task(holder=post, alliance=alliance, due_on=date(2026, 12, 1), details="Mehr.")


def _form(page, *names: str, **changes: str) -> dict[str, str]:
    """What a browser would send of a form, with changes."""
    html = page.content.decode()
    found = {}
    for name in ("title", "due_on", "waits_for", "version"):
        match = re.search(rf'<input[^>]*name="{name}"[^>]*?value="([^"]*)"', html)
        found[name] = match.group(1) if match else ""
    return {**found, "kind": "TASK", "details": "", **changes}


class TestList:
    @pytest.mark.parametrize("path", sorted(LISTS))
    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow_with_rows(
        self, office, django_assert_max_num_queries, path, number
    ):
        _fill(number)
        with django_assert_max_num_queries(12) as found:
            page = office.get(f"/aufgaben/{path}")
        assert len(rows_of(page)) == number
        assert len(found) == LISTS[path] + 1, [query["sql"] for query in found.captured_queries]

    def test_a_row(self, office):
        make_task(
            "Umfrage auswerten",
            kind=TaskKind.PROMISE,
            holder=make_post(make_organisation("Musterverein"), "Koordination"),
            due_on=date(2026, 11, 20),
            opened_on=date(2017, 8, 24),
            origin_label="Treffen, 24.08.2017",
        )
        page = office.get("/aufgaben/")
        assert rows_of(page) == [
            ["Umfrage auswerten", "Zusage", "Koordination", "20.11.2026", "24.08.2017", "offen"]
        ]
        text = text_of(page)
        assert all(note in text for note in ("Treffen, 24.08.2017", "Musterverein", "9 Jahre"))
        assert 'bn-state--danger">20.11.2026' in page.content.decode()

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            ({"for_all_alliances": True}, "alle Bündnisse"),
            ({"assignee_words": "Frau Muster"}, "Frau Muster"),
            ({}, "niemand benannt"),
        ],
    )
    def test_who_is_responsible(self, office, facts, expected):
        make_task(**facts)
        assert rows_of(office.get("/aufgaben/"))[0][2] == expected

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            ("", ["bald", "später", "Äpfel"]),
            ("due", ["bald", "später", "Äpfel"]),
            ("title", ["Äpfel", "bald", "später"]),
            ("-title", ["später", "bald", "Äpfel"]),
            ("holder", ["später", "bald", "Äpfel"]),
            ("age", ["Äpfel", "später", "bald"]),
        ],
    )
    def test_sorting(self, office, sort, expected):
        make_task("später", due_on=date(2027, 1, 1), holder=make_post(title="Ärztliche Leitung"))
        make_task("bald", due_on=date(2026, 12, 1), holder=make_post(title="Zentrale"))
        make_task("Äpfel", opened_on=date(2015, 1, 1))
        page = office.get(f"/aufgaben/?sort={sort}" if sort else "/aufgaben/")
        assert [row[0] for row in rows_of(page)] == expected

    def test_search_and_filter_together(self, office):
        make_task("Kinderbetreuung", kind=TaskKind.PROMISE)
        make_task("Betreuung im Alter")
        page = office.get("/aufgaben/?q=betreuung&kind=PROMISE")
        assert [row[0] for row in rows_of(page)] == ["Kinderbetreuung"]

    def test_mine_is_one_click_away(self, as_user):
        post = make_post(make_organisation())
        user = make_user(Role.MEMBER, make_organisation())
        make_term(post, make_person(user=user))
        make_task("meine", holder=post)
        page = as_user(user).get("/aufgaben/?whose=mine")
        assert [row[0] for row in rows_of(page)] == ["meine"]
        assert '?whose=mine" aria-current="page">Meine<' in page.content.decode()

    def test_nothing_of_ones_own_is_said(self, office):
        make_task()
        assert "Von Ihren Aufgaben ist nichts offen" in text_of(office.get("/aufgaben/?whose=mine"))

    def test_an_empty_list_says_where_tasks_come_from(self, office):
        assert "Aufgaben kommen aus Protokollen" in text_of(office.get("/aufgaben/"))

    def test_nothing_found_offers_a_way_back(self, office):
        make_task()
        assert "Nichts gefunden" in text_of(office.get("/aufgaben/?q=xylophonquartett"))

    def test_wrong_values_do_no_harm(self, office):
        make_task("a")
        page = office.get("/aufgaben/?whose=x&kind=y&status=z&due=w&page=-3&sort=unsinn")
        assert [row[0] for row in rows_of(page)] == ["a"]

    def test_only_authors_are_offered_a_new_task(self, office, as_user):
        member = as_user(make_user(Role.MEMBER, make_organisation()))
        pages = [client.get("/aufgaben/").content.decode() for client in (office, member)]
        assert ['href="/aufgaben/neu/"' in page for page in pages] == [True, False]

    @pytest.mark.parametrize("path", sorted(LISTS))
    def test_exports_hold_the_rows_of_the_page_and_more(self, office, path):
        _fill(2)
        page = rows_of(office.get(f"/aufgaben/{path}"))
        as_csv = csv_of(office.get(f"/aufgaben/{path}?format=csv"))
        assert as_csv == xlsx_of(office.get(f"/aufgaben/{path}?format=xlsx"))
        assert [row[0] for row in as_csv[1:]] == [row[0] for row in page]
        assert as_csv[0] == [
            "Was", "Art", "Zuständig", "Fällig", "Offen seit", "Stand", "Bündnis",
            "Abgeschlossen am", "Was daraus wurde",
        ]  # fmt: skip

    def test_an_export_tells_what_became_of_it(self, office):
        make_task(alliance=make_alliance("Bündnis Musterort"), status=TaskStatus.DONE)
        row = csv_of(office.get("/aufgaben/?status=all&format=csv"))[1]
        assert row[5:] == [
            "erledigt",
            "Bündnis Musterort",
            "23.11.2026",
            "Erledigt durch den Test.",
        ]

    def test_never_closed_starts_with_the_oldest(self, office):
        make_task("neu", opened_on=date(2026, 1, 1))
        make_task("alt", opened_on=date(2015, 1, 1))
        page = office.get("/aufgaben/nie-erledigt/")
        assert [row[0] for row in rows_of(page)] == ["alt", "neu"]
        assert "das Älteste zuerst" in text_of(page)

    def test_part_of_the_page_for_htmx(self, office):
        page = office.get("/aufgaben/", headers={"HX-Request": "true"})
        assert page.content.decode().lstrip().startswith('<div id="results">')


class TestBoard:
    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow_with_cards(self, office, django_assert_num_queries, number):
        _fill(number)
        with django_assert_num_queries(3):
            page = office.get("/aufgaben/tafel/")
        assert page.content.decode().count("bn-board__card") == number

    def test_cards_stand_in_their_columns(self, office):
        make_task("offen", holder=make_post(make_organisation("Musterverein"), "Kasse"))
        make_task("begonnen", status=TaskStatus.IN_PROGRESS)
        make_task("fertig", status=TaskStatus.DONE)
        html = office.get("/aufgaben/tafel/").content.decode()
        parts = [re.sub("<[^>]+>", " ", part) for part in html.split("<section")[1:]]
        assert [word in part for word, part in zip(("offen", "begonnen", "fertig"), parts, strict=True)] == [
            True, True, True,
        ]  # fmt: skip
        assert "Kasse Musterverein" in parts[0]

    def test_a_move_leads_back_to_the_board(self, office):
        task = make_task()
        page = office.post(
            f"/aufgaben/{task.public_id}/stand/",
            {"status": "IN_PROGRESS", "next": "/aufgaben/tafel/?whose=mine"},
        )
        assert (page.status_code, page["Location"]) == (302, "/aufgaben/tafel/?whose=mine")
        task.refresh_from_db()
        assert task.status == "IN_PROGRESS"

    def test_what_one_may_not_move_has_no_buttons(self, as_user):
        alliance = make_alliance()
        make_task("für alle", for_all_alliances=True)
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, alliance))
        assert "Beginnen" not in text_of(client.get("/aufgaben/tafel/"))
        make_task("eigene", alliance=alliance)
        assert text_of(client.get("/aufgaben/tafel/")).count("Beginnen") == 1

    def test_filter_and_search(self, office):
        make_task("Kinderbetreuung", kind=TaskKind.PROMISE)
        make_task("Betreuung im Alter")
        text = text_of(office.get("/aufgaben/tafel/?q=betreuung&kind=PROMISE"))
        assert ("Kinderbetreuung" in text, "im Alter" in text) == (True, False)

    def test_a_full_column_leads_to_the_list(self, office):
        for _number in range(41):
            make_task(kind=TaskKind.PROMISE)
        page = office.get("/aufgaben/tafel/?kind=PROMISE")
        assert "Alle 41 in der Liste zeigen" in text_of(page)
        assert 'href="/aufgaben/?kind=PROMISE&amp;status=OPEN"' in page.content.decode()


class TestDetail:
    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow_with_notes(self, office, django_assert_num_queries, number):
        task = make_task(holder=make_post(make_alliance()))
        for _turn in range(number):
            move(task, TaskStatus.IN_PROGRESS, actor=make_user())
            move(task, TaskStatus.OPEN)
        with django_assert_num_queries(8):
            office.get(f"/aufgaben/{task.public_id}/")

    def test_it_says_who_until_when_and_where_it_came_from(self, office):
        deputy = make_post(title="Vertretungsamt")
        task = make_task(
            "Umfrage auswerten",
            holder=make_post(make_organisation("Musterverein"), "Koordination", deputy=deputy),
            alliance=make_alliance("Bündnis Musterort"),
            assignee_words="Frau Muster",
            due_on=date(2026, 11, 20),
            waits_for="Beschluss",
            details="Bogen 3",
            opened_on=date(2017, 8, 24),
            origin_label="Treffen, 24.08.2017",
        )
        text = text_of(office.get(f"/aufgaben/{task.public_id}/"))
        for said in (
            "Das ist überfällig.", "Koordination, Musterverein", "Vertretungsamt", "Frau Muster",
            "20.11.2026", "Beschluss", "24.08.2017 (9 Jahre)", "Bündnis Musterort",
            "Treffen, 24.08.2017", "Bogen 3",
        ):  # fmt: skip
            assert said in text

    def test_not_visible_is_not_there(self, as_user):
        task = make_task(alliance=make_alliance())
        client = as_user(make_user(Role.MINISTRY))
        for page in ("", "bearbeiten/"):
            assert client.get(f"/aufgaben/{task.public_id}/{page}").status_code == 404
        for page in ("stand/", "kommentar/", "erinnern/"):
            assert client.post(f"/aufgaben/{task.public_id}/{page}").status_code == 404

    def test_visible_is_not_yet_to_be_changed(self, as_user):
        task = make_task(for_all_alliances=True)
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, make_alliance()))
        page = text_of(client.get(f"/aufgaben/{task.public_id}/"))
        assert "Wie steht es?" not in page
        assert client.get(f"/aufgaben/{task.public_id}/bearbeiten/").status_code == 403
        assert client.post(f"/aufgaben/{task.public_id}/stand/").status_code == 403

    def test_script_in_any_text_comes_out_as_text(self, office):
        evil = "<script>alert(1)</script>"
        task = make_task(
            evil, details=evil, assignee_words=evil, due_words=evil, waits_for=evil,
            origin_label=evil,
        )  # fmt: skip
        move(task, TaskStatus.DONE, evil)
        office.post(f"/aufgaben/{task.public_id}/kommentar/", {"text": evil})
        for path in (
            f"{task.public_id}/",
            "?status=all",
            "tafel/",
            f"{task.public_id}/bearbeiten/",
        ):
            page = office.get(f"/aufgaben/{path}").content.decode()
            assert ("<script>alert" in page, "&lt;script&gt;alert" in page) == (False, True), path


class TestStatus:
    def _post(self, client, task, **data):
        return client.post(f"/aufgaben/{task.public_id}/stand/", data)

    def test_done_with_words(self, office):
        task = make_task()
        page = self._post(office, task, status="DONE", text="Liegt vor.")
        assert page["Location"] == f"/aufgaben/{task.public_id}/"
        task.refresh_from_db()
        assert (task.status, task.result) == ("DONE", "Liegt vor.")
        assert task.notes.get().author is not None

    def test_dropping_without_a_reason_brings_the_page_back(self, office):
        task = make_task()
        page = self._post(office, task, status="DROPPED", text=" ")
        assert page.status_code == 422
        assert "Bitte sagen Sie in einem Satz, warum es entfällt." in text_of(page)

    def test_what_is_too_long_comes_back_as_it_was_typed(self, office):
        task = make_task()
        page = self._post(office, task, status="DONE", text="x" * 4001)
        assert page.status_code == 422
        assert "x" * 4001 in page.content.decode()
        task.refresh_from_db()
        assert task.status == "OPEN"

    def test_an_unknown_state_is_refused(self, office):
        assert self._post(office, make_task(), status="UNSINN").status_code == 422

    def test_what_moved_meanwhile_is_told(self, office):
        task = make_task(status=TaskStatus.DROPPED)
        page = self._post(office, task, status="DONE", text="Fertig.")
        assert page.status_code == 422
        assert "Die Aufgabe ist schon „entfallen“" in text_of(page)
        assert "Fertig." in page.content.decode()

    @pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:x"])
    def test_it_leads_nowhere_else(self, office, target):
        task = make_task()
        page = self._post(office, task, status="DONE", next=target)
        assert page["Location"] == f"/aufgaben/{task.public_id}/"

    def test_opening_the_address_alone_is_refused(self, office):
        assert office.get(f"/aufgaben/{make_task().public_id}/stand/").status_code == 405


class TestComment:
    def test_a_comment_is_shown_with_its_author(self, as_user):
        user, task = make_user(Role.STATE_COORDINATION), make_task()
        page = as_user(user).post(
            f"/aufgaben/{task.public_id}/kommentar/", {"text": "Rückruf am Montag."}, follow=True
        )
        assert f"Rückruf am Montag. 23.11.2026 · {user.display_name} · Kommentar" in text_of(page)

    def test_an_empty_comment_is_refused(self, office):
        task = make_task()
        page = office.post(f"/aufgaben/{task.public_id}/kommentar/", {"text": " "})
        assert (page.status_code, task.notes.count()) == (422, 0)


class TestCreate:
    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow_with_choices(self, office, django_assert_num_queries, number):
        for _row in range(number):
            make_post(make_alliance(), is_contact=True)
        # Two more than where there are too many posts and alliances for a list.
        with django_assert_num_queries(6):
            office.get("/aufgaben/neu/")

    def test_the_office_records_a_task_for_everybody(self, office):
        page = office.post(
            "/aufgaben/neu/",
            {"kind": "TASK", "title": "Umfrage", "for_all_alliances": "on", "due_on": "2026-12-24"},
        )
        task = Task.objects.get()
        assert page["Location"] == f"/aufgaben/{task.public_id}/"
        assert (task.title, task.for_all_alliances, task.due_on) == (
            "Umfrage",
            True,
            date(2026, 12, 24),
        )
        assert (task.opened_on, task.alliance) == (date(2026, 11, 23), None)

    def test_posts_can_be_told_apart(self, office):
        make_post(make_organisation("Musterverein"), "Koordination", is_contact=True)
        assert "Koordination (Musterverein)" in text_of(office.get("/aufgaben/neu/"))

    def test_a_long_list_of_posts_is_typed_into(self, office):
        house = make_organisation("Musterverein")
        for number in range(LONGEST_LIST + 1):
            post = make_post(house, f"Referat {number:02d}", is_contact=True)
        page = office.get("/aufgaben/neu/").content.decode()
        assert "Referat 07" not in page
        assert 'hx-get="/netz/auswahl/kontaktstellen/"' in page
        assert "Referat 07 (Musterverein)" in (
            office.get("/netz/auswahl/kontaktstellen/?holder=referat 07").content.decode()
        )
        data = {"kind": "TASK", "title": "Umfrage"}
        office.post("/aufgaben/neu/", {**data, "holder": f"{post.title} [{post.public_id}]"})
        assert Task.objects.get().holder == post
        edit = office.get(f"/aufgaben/{Task.objects.get().public_id}/bearbeiten/")
        assert f'value="Referat 60 (Musterverein) [{post.public_id}]"' in edit.content.decode()

    def test_a_post_that_is_no_contact_is_refused_in_a_long_list_too(self, office):
        for _row in range(LONGEST_LIST + 1):
            make_post(make_alliance(), is_contact=True)
        house = make_post(make_organisation("Musterverein"), "Hausmeisterei")
        data = {"kind": "TASK", "title": "Umfrage"}
        for typed in (house.public_id, "Hausmeisterei Musterverein"):
            page = office.post("/aufgaben/neu/", {**data, "holder": typed})
            assert page.status_code == 422
            assert f"„{typed}“ kann hier nicht gewählt werden." in text_of(page)
        assert not Task.objects.exists()

    def test_a_coordinator_records_for_the_own_alliance_only(self, as_user):
        own, other = make_alliance("Familie in A"), make_alliance("Familie in B")
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, own))
        form = client.get("/aufgaben/neu/")
        assert ("Familie in A" in text_of(form), "Familie in B" in text_of(form)) == (True, False)
        data = {"kind": "TASK", "title": "Umfrage"}
        for alliance, status in ((other.public_id, 422), ("", 422), (own.public_id, 302)):
            page = client.post("/aufgaben/neu/", {**data, "alliance": alliance})
            assert page.status_code == status
        assert Task.objects.get().alliance == own

    def test_nobody_else_records_tasks(self, as_user):
        client = as_user(make_user(Role.MEMBER, make_organisation()))
        assert client.get("/aufgaben/neu/").status_code == 403

    def test_mistakes_come_back_with_a_sentence_each(self, office):
        page = office.post(
            "/aufgaben/neu/", {"kind": "TASK", "title": "", "due_on": "gestern", "details": "Mehr."}
        )
        text = text_of(page)
        assert page.status_code == 422
        assert "Bitte prüfen Sie Ihre Eingaben" in text
        assert 'id="id_title_error"' in page.content.decode()
        assert 'aria-describedby="id_title_error"' in page.content.decode()
        assert "Mehr." in text


class TestEdit:
    def _url(self, task):
        return f"/aufgaben/{task.public_id}/bearbeiten/"

    def test_what_is_saved_is_shown(self, office):
        task = make_task("Alt", due_on=date(2026, 12, 24), waits_for="Schnee")
        data = _form(office.get(self._url(task)))
        assert (data["title"], data["due_on"], data["waits_for"]) == ("Alt", "2026-12-24", "Schnee")
        page = office.post(self._url(task), {**data, "title": "Neu"})
        assert page["Location"] == f"/aufgaben/{task.public_id}/"
        task.refresh_from_db()
        assert (task.title, task.due_on, task.version) == ("Neu", date(2026, 12, 24), 2)

    def test_the_words_of_the_minutes_stay(self, office):
        task = make_task(assignee_words="Frau Muster", due_words="bald")
        office.post(self._url(task), _form(office.get(self._url(task)), title="Neu"))
        task.refresh_from_db()
        assert (task.title, task.assignee_words, task.due_words) == ("Neu", "Frau Muster", "bald")

    def test_the_second_editor_sees_what_differs_and_loses_no_word(self, office, as_user):
        task = make_task("Umfrage")
        mine = _form(office.get(self._url(task)), title="Befragung", details="Mein Text.")
        other = as_user(make_user(Role.STATE_COORDINATION))
        other.post(self._url(task), _form(other.get(self._url(task)), title="Umfrage 2027"))
        page = office.post(self._url(task), mine)
        text = text_of(page)
        assert page.status_code == 409
        assert "Jemand anders war schneller" in text
        assert "Was zu tun ist Umfrage 2027 Befragung" in text
        assert "Mein Text." in text
        task.refresh_from_db()
        assert task.title == "Umfrage 2027"
        again = office.post(self._url(task), {**mine, "version": hidden(page, "version")})
        assert again.status_code == 302
        task.refresh_from_db()
        assert (task.title, task.details, task.version) == ("Befragung", "Mein Text.", 3)

    def test_the_holder_edits_without_moving_the_task(self, as_user):
        """Whose task it is, only the coordination office changes."""
        post = make_post(make_organisation(), is_contact=True)
        user = make_user(Role.MEMBER, post.organisation)
        alliance = make_alliance()
        task = make_task("Alt", holder=post, alliance=alliance, for_all_alliances=True)
        client = as_user(user)
        page = client.get(self._url(task))
        assert 'name="alliance"' not in page.content.decode()
        saved = client.post(self._url(task), _form(page, title="Neu", holder=post.public_id))
        assert saved.status_code == 302
        task.refresh_from_db()
        assert (task.title, task.alliance, task.for_all_alliances) == ("Neu", alliance, True)
        assert task.holder == post

    def test_a_holder_that_has_ended_can_be_kept(self, office):
        post = make_post(valid_to=date(2025, 1, 1))
        task = make_task(holder=post)
        office.post(self._url(task), _form(office.get(self._url(task)), holder=post.public_id))
        task.refresh_from_db()
        assert (task.holder, task.version) == (post, 2)

    def test_without_a_version_nothing_is_overwritten(self, office):
        task = make_task("Umfrage")
        page = office.post(self._url(task), {"kind": "TASK", "title": "Neu"})
        assert page.status_code == 409


def test_pages_of_people_who_signed_in_are_kept_by_no_cache(office):
    assert office.get("/aufgaben/")["Cache-Control"] == "private, no-cache"
