"""Pages of attachments, for who works with the body and for everybody else (S07, S17, S51, S104)."""

import re

import pytest
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.files import scan
from buendnisnetz.files.enums import ScanState
from buendnisnetz.files.preview import draw_waiting
from buendnisnetz.meetings.domain import attachments as domain
from buendnisnetz.meetings.domain.confirmation import accept_all_and_confirm
from buendnisnetz.meetings.domain.editions import states
from buendnisnetz.meetings.domain.meetings import add_agenda_item
from buendnisnetz.meetings.models import Attachment, EarlierFile, PublicMinutes
from tests.factories.attachments import TEXT, attach, body_of, posted, upload
from tests.factories.meetings import NOW, approved, attend, make_meeting, published, say
from tests.factories.network import make_alliance, make_person, make_user
from tests.factories.pictures import picture
from tests.files.scanner import EICAR, running
from tests.meetings.conftest import DOCUMENT
from tests.network.views.reading import hidden, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(office, as_user):
    return as_user(office)


@pytest.fixture
def meeting():
    return make_meeting()


def at(meeting, tail=""):
    return f"/sitzungen/{meeting.public_id}/anlagen/{tail}"


def html(response):
    return response.content.decode()


class TestForm:
    def test_an_attachment_is_added_with_its_file(self, client, meeting):
        values = {
            "title": "Folien", "author": "Statistikstelle", "licence": "CC BY 4.0",
            "accessible": "UNKNOWN", "file": posted("folien.txt"),
        }  # fmt: skip
        answer = client.post(at(meeting, "neu/"), values)
        assert (answer.status_code, answer["Location"]) == (302, at(meeting))
        row = Attachment.objects.get()
        assert (row.number, row.title, row.file.name, row.accessible) == (
            1, "Folien", "folien.txt", "NO",
        )  # fmt: skip
        page = text_of(client.get(at(meeting)))
        for words in ("Anlage 1: Folien (Statistikstelle)", "Text, 1 kB", "nicht barrierefrei", "Lizenz: CC BY 4.0"):  # fmt: skip
            assert words in page

    def test_what_is_wrong_is_said(self, client, meeting):
        answer = client.post(at(meeting, "neu/"), {"title": "", "accessible": "UNKNOWN"})
        assert answer.status_code == 422
        both = {"title": "x", "accessible": "YES", "is_internal": "on", "is_file_public": "on"}
        answer = client.post(at(meeting, "neu/"), both)
        assert answer.status_code == 422
        assert "Bitte wählen Sie eines von beiden" in text_of(answer)
        empty = {"title": "x", "accessible": "YES", "file": posted(content=b"")}
        assert client.post(at(meeting, "neu/"), empty).status_code == 422
        assert not Attachment.objects.exists()

    def test_one_after_the_other(self, client, meeting):
        values = {"title": "Folien", "accessible": "YES", "again": "1"}
        assert client.post(at(meeting, "neu/"), values)["Location"] == at(meeting, "neu/")

    def test_it_is_edited_and_its_file_replaced(self, client, meeting):
        row = attach(meeting, author="Ada")
        path = at(meeting, f"{row.pk}/bearbeiten/")
        form = client.get(path)
        assert 'value="Ada"' in html(form)
        assert "Die jetzige bleibt aufbewahrt: zahlen.txt" in text_of(form)
        values = {
            "title": "Neue Zahlen", "accessible": "YES", "file": posted("neu.txt", b"neu"),
            "version": hidden(form, "version"),
        }  # fmt: skip
        assert client.post(path, values).status_code == 302
        row.refresh_from_db()
        assert (row.title, row.file.name, row.author) == ("Neue Zahlen", "neu.txt", "")
        page = client.get(at(meeting))
        assert "Frühere Dateien der Anlage 1" in text_of(page)
        earlier = re.search(r'href="([^"]+\?fassung=[^"]+)"', html(page)).group(1)
        assert body_of(client.get(earlier)) == TEXT

    def test_the_second_of_two_sees_what_the_first_wrote(self, client, meeting):
        row = attach(meeting)
        domain.edit_attachment(
            attachment=row, version=1, upload=None, actor=None, now=NOW, title="Erste"
        )
        path = at(meeting, f"{row.pk}/bearbeiten/")
        values = {"title": "Zweite", "accessible": "NO", "version": "1"}
        answer = client.post(path, values)
        assert answer.status_code == 409
        assert "Erste" in text_of(answer)
        assert 'value="Zweite"' in html(answer)
        again = client.post(path, {**values, "version": hidden(answer, "version")})
        assert again.status_code == 302
        row.refresh_from_db()
        assert row.title == "Zweite"

    def test_approved_minutes_say_that_they_are_corrected(self, client, meeting):
        row = attach(meeting)
        approved(meeting)
        values = {"title": "Anders", "accessible": "NO", "version": "1"}
        answer = client.post(at(meeting, f"{row.pk}/bearbeiten/"), values)
        assert answer.status_code == 422
        assert "Dieses Protokoll ist freigegeben." in text_of(answer)
        page = html(client.get(at(meeting)))
        assert "bearbeiten/" not in page


class TestList:
    def test_moving_removing_and_putting_back(self, client, meeting):
        first, second = attach(meeting, "Erste"), attach(meeting, "Zweite")
        client.post(at(meeting, f"{second.pk}/verschieben/"), {"wohin": "rauf"})
        client.post(at(meeting, f"{first.pk}/verschieben/"), {"wohin": "runter"})
        second.refresh_from_db()
        assert second.number == 1
        client.post(at(meeting, f"{second.pk}/entfernen/"))
        page = client.get(at(meeting))
        assert "zurueckholen/" in html(page)
        assert "Anlage 1" not in text_of(page)
        client.post(at(meeting, f"{second.pk}/zurueckholen/"))
        assert "Anlage 1: Zweite" in text_of(client.get(at(meeting)))

    def test_a_no_is_shown_on_the_list(self, client, meeting):
        row = attach(meeting)
        answer = client.post(at(meeting, f"{row.pk}/verschieben/"), follow=True)
        assert "steht keine Anlage" in html(answer)

    def test_the_check_stands_there_and_on_the_meeting_for_who_edits(
        self, client, meeting, as_user
    ):
        attach(meeting, "Folien")
        say(meeting, "Siehe Anlage 4.")
        address = f"/sitzungen/{meeting.public_id}/"
        for page in (
            client.get(at(meeting)),
            client.get(address),
            client.get(f"{address}fassungen/"),
        ):
            words = text_of(page)
            assert "Der Text nennt Anlage 4 (1 Stelle), in der Liste gibt es sie nicht." in words
            assert "Anlage 1 wird nirgends genannt: Folien" in words
            assert "Das ist nur ein Hinweis" in words
        ministry = as_user(make_user(Role.MINISTRY))
        assert "passen nicht zusammen" not in text_of(ministry.get(address))

    def test_after_the_approval_there_is_no_hint_any_more(self, client, meeting):
        attach(meeting, "Folien")
        approved(meeting)
        page = client.get(f"/sitzungen/{meeting.public_id}/fassungen/")
        assert "passen nicht zusammen" not in text_of(page)

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow(self, client, meeting, django_assert_num_queries, number):
        for count in range(number):
            row = attach(meeting, f"Folien {count}")
            domain.edit_attachment(
                attachment=row, version=1, upload=upload(b"neu"), actor=None, now=NOW,
                title=row.title,
            )  # fmt: skip
            say(meeting, f"Siehe Anlage {count + 1}.")
        assert EarlierFile.objects.count() == number
        client.get(at(meeting))
        with django_assert_num_queries(8):
            client.get(at(meeting))

    def test_who_does_not_work_with_the_body_finds_nothing(self, as_user):
        meeting = make_meeting(alliance=make_alliance())
        row = attach(meeting, is_file_public=True)
        published(meeting)
        stranger = as_user(make_user(Role.ALLIANCE_COORDINATOR, make_alliance()))
        for tail in ("", "neu/", f"{row.pk}/bearbeiten/"):
            assert stranger.get(at(meeting, tail)).status_code == 404


class TestCitations:
    def test_they_lead_to_the_attachment_and_stay_text(self, client, meeting):
        attach(meeting, "Folien")
        say(meeting, "<b>Siehe</b> Anlage 1 und Anlage 9.")
        page = html(client.get(f"/sitzungen/{meeting.public_id}/"))
        assert '&lt;b&gt;Siehe&lt;/b&gt; <a class="kern-link" href="#anlage-1">Anlage 1</a> und Anlage 9.' in page  # fmt: skip
        assert 'id="anlage-1"' in page

    def test_in_every_version_and_in_public(self, client, meeting):
        attach(meeting, "Folien")
        say(meeting, "Siehe Anlagen 1 und 2.")
        published(meeting)
        address = f"/sitzungen/{meeting.public_id}/"
        for page in (client.get(f"{address}fassungen/1/"), Client().get(address)):
            assert 'Anlagen <a class="kern-link" href="#anlage-1">1</a> und 2.' in html(page)
            assert 'id="anlage-1"' in html(page)

    def test_in_imported_minutes_they_lead_to_the_meeting(self, client, received, office):
        text = DOCUMENT.replace("begleitet wurden.", "begleitet wurden (siehe Anlage 1).")
        from_text = accept_all_and_confirm(
            minutes_import=received(text), confidence=0, actor=office, now=NOW
        ).meeting
        page = html(client.get(f"/sitzungen/{from_text.public_id}/protokoll/"))
        assert f'href="/sitzungen/{from_text.public_id}/#anlage-1">Anlage 1</a>' in page


class TestFiles:
    def fetch(self, client, row, sha256=""):
        tail = f"?fassung={sha256}" if sha256 else ""
        return client.get(at(row.meeting, f"{row.pk}/datei/{tail}"))

    def test_inside_every_file_may_be_fetched_in_parts(self, client, meeting):
        row = attach(meeting)
        whole = self.fetch(client, row)
        assert whole["Content-Disposition"] == 'attachment; filename="zahlen.txt"'
        assert body_of(whole) == TEXT
        part = client.get(at(meeting, f"{row.pk}/datei/"), headers={"Range": "bytes=0-3"})
        assert (part.status_code, body_of(part)) == (206, TEXT[:4])

    def test_without_a_file_there_is_none(self, client, meeting):
        row = attach(meeting, file=None)
        assert self.fetch(client, row).status_code == 404
        assert self.fetch(client, row, "0" * 64).status_code == 404

    def test_the_public_fetches_what_was_opened_and_published(self, meeting):
        row = attach(meeting, is_file_public=True)
        assert self.fetch(Client(), row).status_code == 404
        edition = published(meeting)
        page = Client().get(f"/sitzungen/{meeting.public_id}/")
        address = re.search(r'href="([^"]+/datei/[^"]*)"', html(page)).group(1)
        answer = Client().get(address)
        assert answer["Content-Disposition"] == 'attachment; filename="anlage-1.txt"'
        assert body_of(answer) == TEXT
        states.withdraw(edition=edition, actor=None, now=NOW)
        assert Client().get(address).status_code == 404

    @pytest.mark.parametrize("facts", [{}, {"is_internal": True}])
    def test_nothing_else_is_public(self, meeting, facts):
        row = attach(meeting, "Geheimliste", **facts)
        published(meeting)
        page = Client().get(f"/sitzungen/{meeting.public_id}/")
        assert "/datei/" not in html(page)
        assert ("Geheimliste" in text_of(page)) is (facts == {})
        assert self.fetch(Client(), row).status_code == 404
        assert self.fetch(Client(), row, row.file.sha256).status_code == 404

    def test_what_stands_under_an_internal_item_stays_inside(self, meeting):
        item = add_agenda_item(meeting=meeting, actor=None, number="1", title="x", kind="OTHER")
        item.is_internal = True
        item.save()
        row = attach(meeting, is_file_public=True, agenda_item=item)
        published(meeting)
        assert self.fetch(Client(), row).status_code == 404

    def test_a_correction_changes_nothing_before_it_is_published(self, meeting):
        row = attach(meeting, is_file_public=True)
        published(meeting)
        states.begin_correction(meeting=meeting, reason="Zahl", actor=None, now=NOW)
        row = domain.edit_attachment(
            attachment=row, version=1, upload=upload(b"neu"), actor=None, now=NOW,
            title="Neu", is_file_public=True,
        )  # fmt: skip
        domain.remove_attachment(attachment=row, actor=None, now=NOW)
        address = f"/sitzungen/{meeting.public_id}/"
        page = Client().get(address)
        assert "Anlage 1: Zahlen" in text_of(page)
        link = re.search(r'href="([^"]+/datei/[^"]*)"', html(page)).group(1)
        assert body_of(Client().get(link)) == TEXT

    def test_in_public_it_says_what_is_not_accessible_and_gives_the_text(self, meeting):
        person = make_person(given_name="Rüdiger", family_name="Quastenflosser")
        attend(meeting, person)
        attach(meeting, accessible="NO", text_alternative="Folie 1: Rüdiger Quastenflosser grüßt")
        published(meeting)
        page = text_of(Client().get(f"/sitzungen/{meeting.public_id}/"))
        assert "nicht barrierefrei" in page
        assert "Folie 1:" in page
        assert "Quastenflosser" not in page
        assert "Quastenflosser" not in str(PublicMinutes.objects.get().content)

    def test_papers_say_it_too(self, client, meeting):
        attach(meeting, accessible="NO", licence="CC0")
        published(meeting)
        paper = client.get(f"/sitzungen/{meeting.public_id}/papier/md/").content.decode()
        assert "1. Zahlen, CC0, nicht barrierefrei" in paper


class TestViruses:
    def mark(self, row, state=ScanState.INFECTED):
        finding = scan.Finding(state, "Eicar" if state == ScanState.INFECTED else "")
        scan.note(sha256=row.file.sha256, finding=finding, now=NOW)

    def test_an_infected_file_comes_back_with_one_sentence(self, client, meeting, settings):
        with running() as (settings.CLAMD, _seen):
            values = {"title": "Rechnung", "accessible": "YES", "file": posted(content=EICAR)}
            answer = client.post(at(meeting, "neu/"), values)
        assert answer.status_code == 422
        assert "In dieser Datei wurde ein Virus gefunden (Eicar-Test-Signature)" in text_of(answer)
        assert 'value="Rechnung"' in html(answer)
        assert not Attachment.every.exists()

    def test_one_that_was_found_later_is_given_to_nobody(self, client, meeting):
        row = attach(meeting)
        self.mark(row)
        page = client.get(f"/sitzungen/{meeting.public_id}/")
        assert "Sie wird niemandem herausgegeben; bitte ersetzen Sie sie." in text_of(page)
        assert f"anlagen/{row.pk}/datei/" not in html(page)
        answer = client.get(at(meeting, f"{row.pk}/datei/"))
        assert (answer.status_code, "nicht herausgegeben" in text_of(answer)) == (409, True)

    def test_the_public_waits_for_the_scanner(self, client, meeting, settings):
        row = attach(meeting, is_file_public=True)
        published(meeting)
        settings.CLAMD = "unix:/gibt/es/nicht"
        address = at(meeting, f"{row.pk}/datei/")
        assert Client().get(address).status_code == 409
        assert "nicht auf Viren geprüft" in text_of(client.get(at(meeting)))
        assert body_of(client.get(address)) == TEXT
        self.mark(row, ScanState.CLEAN)
        assert body_of(Client().get(address)) == TEXT


class TestPreviews:
    def test_it_stands_beside_the_attachment_with_words(self, client, meeting):
        row = attach(meeting, "Lageplan", file=upload(picture("PNG"), "plan.png"))
        where = f"/sitzungen/{meeting.public_id}/"
        address = at(meeting, f"{row.pk}/vorschau/")
        assert address not in html(client.get(where))
        assert client.get(address).status_code == 404
        draw_waiting(now=NOW)
        for page in (client.get(where), client.get(at(meeting))):
            assert f'src="{address}" alt="Vorschau der Anlage 1: Lageplan"' in html(page)
        answer = client.get(address)
        assert answer["Content-Type"] == "image/webp"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.content[:4] == b"RIFF"

    @pytest.mark.parametrize("is_open", [True, False])
    def test_the_public_sees_it_where_it_may_have_the_file(self, meeting, is_open):
        row = attach(meeting, file=upload(picture("PNG"), "plan.png"), is_file_public=is_open)
        draw_waiting(now=NOW)
        published(meeting)
        page = html(Client().get(f"/sitzungen/{meeting.public_id}/"))
        assert (f"{row.pk}/vorschau/?fassung=" in page) is is_open
        answer = Client().get(at(meeting, f"{row.pk}/vorschau/"))
        assert answer.status_code == (200 if is_open else 404)
