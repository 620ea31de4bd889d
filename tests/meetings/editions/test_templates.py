"""The office's own Word template: tried before it is taken, filled with plain data and nothing else."""

import io
import time
import zipfile
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from docx import Document

from buendnisnetz.accounts.enums import Role
from buendnisnetz.files.models import StoredFile
from buendnisnetz.meetings.domain.editions import templates
from buendnisnetz.meetings.domain.editions.template_fields import explained, sample_fields
from buendnisnetz.meetings.models import WordTemplate
from tests.factories.attachments import attach, body_of, posted
from tests.factories.meetings import NOW, make_meeting, published, say
from tests.factories.network import make_alliance, make_user
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db


def word(*lines, parts=()):
    """A Word file with these paragraphs, and further parts in its package."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    with zipfile.ZipFile(target, "a") as package:
        for name, content in parts:
            package.writestr(name, content)
    return target.getvalue()


def lines_of(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text] + cells


def add(content=None, name="Vorlage", alliance=None):
    return templates.add_template(
        name=name,
        alliance=alliance,
        upload=ContentFile(word("{{ titel }}") if content is None else content),
        file_name="vorlage.docx",
        actor=None,
        now=NOW,
    )


class TestFilling:
    def test_the_sample_uses_every_field(self):
        sample = templates.sample_template()
        filled = " | ".join(lines_of(templates.filled(sample, sample_fields())))
        for words in (
            "Herbstsitzung der Steuerungsgruppe", "Zusammen geht es leichter", "1 Ferienbetreuung",
            "Dr. Frauke Beispielsberg, Vorsitz, Musterverein e. V.",
            "Zusage: Frauke Beispielsberg: Das Amt schickt die Liste der Plätze.", "30.11.2026",
            "1. Zahlen (Jugendamt)", "02.11.2026",
        ):  # fmt: skip
            assert words in filled
        assert "{" not in filled

    def test_every_field_is_explained(self):
        said = {word for names, _words in explained() for word in names.split(", ")}
        assert said == set(sample_fields())

    def test_what_people_wrote_stays_text(self):
        fields = sample_fields() | {"titel": "<w:p>{{ ort }}</w:p> & „A\x00\x07B“\nneue Zeile"}
        (line,) = lines_of(templates.filled(word("{{ titel }}"), fields))
        assert line == "<w:p>{{ ort }}</w:p> & „AB“\nneue Zeile"

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("{{ unbekannt }}", "Feld, das es nicht gibt: 'unbekannt'"),
            ("Am {% if tag %}Tag", "hält sich bei „Am {% if tag %}Tag“ nicht an die Regeln"),
            ("{{ titel.__class__ }}", "mehr als ihre Felder"),
            ("{{ ''.__class__.__mro__ }}", "mehr als ihre Felder"),
            ("{{ titel.upper() }}", "mehr als ihre Felder"),
            ("{{ titel|attr('__class__') }}", "mehr als ihre Felder"),
            ("{{ self._TemplateReference__context }}", "mehr als ihre Felder"),
            ("{{ range(5) }}", "mehr als ihre Felder"),
            ("{{ cycler.__init__.__globals__ }}", "mehr als ihre Felder"),
            ("{{ 1 + titel }}", "lässt sich nicht ausfüllen"),
            ("{% include '/etc/passwd' %}", "lässt sich nicht ausfüllen"),
        ],
    )
    def test_what_a_template_may_not_say(self, line, said):
        with pytest.raises(templates.TemplateError) as caught:
            templates.filled(word(line), sample_fields())
        assert said in str(caught.value)

    @pytest.mark.parametrize(
        "line",
        [
            "{% for a in titel %}{% for b in pruefsumme %}{% for c in pruefsumme %}{% for d in pruefsumme %}{% for e in pruefsumme %}{% for f in pruefsumme %}x{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
            "{{ titel * 10 ** 10 }}",
        ],
    )
    def test_what_never_ends_is_ended(self, line, monkeypatch):
        monkeypatch.setattr(templates, "SECONDS", 3)
        before = time.monotonic()
        with pytest.raises(templates.TemplateError):
            templates.filled(word(line), sample_fields())
        assert time.monotonic() - before < 30

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"kein Word", "keine Word-Datei"),
            (b"PK\x03\x04" + bytes(80), "keine Word-Datei"),
            (word("x", parts=[("word/vbaProject.bin", b"x")]), "Makros"),
            (word("x", parts=[("word/embeddings/a.bin", b"x")]), "Makros"),
            (
                word(
                    "x",
                    parts=[
                        (
                            "word/_rels/settings.xml.rels",
                            '<Relationships><Relationship Id="a" Type="http://x/attachedTemplate" '
                            'Target="http://boese.example/t.dotm" TargetMode="External"/></Relationships>',
                        )
                    ],
                ),
                "von anderswo",
            ),
            (word("x", parts=[("word/media/a.bin", bytes(70_000_000))]), "entpackt zu groß"),
        ],
    )  # fmt: skip
    def test_files_that_are_none_of_ours(self, content, said):
        small = io.BytesIO(content).getvalue()
        with pytest.raises(templates.TemplateError) as caught:
            templates.filled(small, sample_fields())
        assert said in str(caught.value)


class TestChoosing:
    def test_the_alliance_before_the_state_and_the_newest_first(self):
        alliance, other = make_alliance(), make_alliance()
        meeting, elsewhere = make_meeting(alliance=alliance), make_meeting(alliance=other)
        assert templates.template_for(meeting) is None
        state = add(name="Land")
        own, newer = add(name="Eigene", alliance=alliance), add(name="Neuere", alliance=alliance)
        assert templates.template_for(meeting) == newer
        assert templates.template_for(elsewhere) == state
        assert templates.template_for(make_meeting()) == state
        templates.end_template(template=newer, actor=None, today=date(2026, 11, 23))
        assert templates.template_for(meeting) == own
        templates.reopen_template(template=newer, actor=None)
        assert templates.template_for(meeting) == newer

    def test_one_that_cannot_be_filled_is_not_taken(self):
        with pytest.raises(templates.TemplateError):
            add(word("{{ unbekannt }}"))
        assert not WordTemplate.objects.exists()
        assert not StoredFile.objects.exists()


class TestPapers:
    def test_minutes_take_the_template(self, as_user, office):
        meeting = make_meeting("Herbstrunde")
        say(meeting, "Alle sind sich einig.")
        published(meeting)
        address = f"/sitzungen/{meeting.public_id}/papier/docx/"
        client = as_user(office)
        assert "UNSERE FORM" not in lines_of(client.get(address).content)
        add(word("UNSERE FORM", "{{ titel }}", "{%p for p in punkte %}", "{{ p.eintraege[0].text }}", "{%p endfor %}"))  # fmt: skip
        expected = ["UNSERE FORM", "Herbstrunde", "Alle sind sich einig."]
        assert lines_of(client.get(address).content) == expected

    def test_the_public_copy_holds_only_what_is_public(self):
        meeting = make_meeting()
        say(meeting, "Nur für uns.", is_internal=True)
        say(meeting, "Für alle.")
        attach(meeting, "Geheimliste", is_internal=True)
        published(meeting)
        add(templates.sample_template())
        paper = Client().get(f"/sitzungen/{meeting.public_id}/papier/docx/")
        words = " ".join(lines_of(paper.content))
        assert "Für alle." in words
        assert "Nur für uns" not in words
        assert "Geheimliste" not in words

    def test_a_template_that_fails_later_keeps_nobody_from_the_minutes(self, as_user, office):
        meeting = make_meeting("Herbstrunde")
        say(meeting, "Gesagt.")
        template = add(word("{{ anlagen[0] }}"))
        assert "Herbstrunde" in lines_of(
            as_user(office).get(f"/sitzungen/{meeting.public_id}/papier/docx/").content
        )
        assert lines_of(templates.trial(template)) == ["1. Zahlen (Jugendamt)"]


class TestPages:
    LIST = "/sitzungen/wordvorlagen/"

    def test_sample_adding_trying_ending(self, as_user, office):
        client = as_user(office)
        assert "Noch keine Vorlage" in text_of(client.get(self.LIST))
        sample = client.get(f"{self.LIST}muster/")
        assert "{{ titel }}" in lines_of(sample.content)
        file = posted("unsere.docx", sample.content)
        assert client.post(f"{self.LIST}neu/", {"name": "Unsere", "file": file}).status_code == 302
        template = WordTemplate.objects.get()
        page = text_of(client.get(self.LIST))
        assert "Unsere das ganze Land unsere.docx" in page
        assert "{{ naechste_sitzung }}" in page
        where = f"{self.LIST}{template.public_id}/"
        assert "Herbstsitzung der Steuerungsgruppe" in lines_of(
            client.get(f"{where}probe/").content
        )
        assert body_of(client.get(f"{where}datei/")) == sample.content
        client.post(f"{where}beenden/")
        template.refresh_from_db()
        assert template.ended_on == date(2026, 11, 23)
        assert "Nicht mehr verwendet" in text_of(client.get(self.LIST))
        client.post(f"{where}wieder/")
        template.refresh_from_db()
        assert template.ended_on is None

    def test_what_is_wrong_is_said_at_the_file(self, as_user, office):
        file = posted("falsch.docx", word("{{ unbekannt }}"))
        page = as_user(office).post(f"{self.LIST}neu/", {"name": "Falsch", "file": file})
        assert page.status_code == 422
        assert "Feld, das es nicht gibt: 'unbekannt' is undefined" in text_of(page)
        assert 'value="Falsch"' in page.content.decode()

    def test_an_alliance_keeps_its_own_and_sees_the_states(self, as_user):
        alliance = make_alliance()
        own, state = add(name="Eigene", alliance=alliance), add(name="Landesform")
        foreign = add(name="Fremde", alliance=make_alliance())
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, alliance))
        page = text_of(client.get(self.LIST))
        assert "Eigene" in page
        assert "Landesform" in page
        assert "Fremde" not in page
        answers = [
            client.post(f"{self.LIST}{row.public_id}/beenden/").status_code
            for row in (own, state, foreign)
        ]
        assert answers == [302, 404, 404]
        file = posted("x.docx", word("{{ titel }}"))
        wanted = client.post(f"{self.LIST}neu/", {"name": "Für alle", "file": file})
        assert wanted.status_code == 422

    def test_a_template_that_works_no_more_says_so(self, as_user, office):
        template = add()
        template.file.content.storage.delete(template.file.content.name)
        template.file.content.storage.save(template.file.content.name, ContentFile(b"kaputt"))
        page = as_user(office).get(f"{self.LIST}{template.public_id}/probe/", follow=True)
        assert "keine Word-Datei" in page.content.decode()

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow(self, as_user, office, django_assert_num_queries, number):
        for count in range(number):
            add(name=f"Vorlage {count}", alliance=make_alliance())
        client = as_user(office)
        client.get(self.LIST)
        with django_assert_num_queries(3):
            client.get(self.LIST)
