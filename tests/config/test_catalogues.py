"""German catalogues, kept in step with the code: on a room of the test."""

import os
from pathlib import Path

import pytest

from buendnisnetz.config import catalogues, cli

CODE = 'from django.utils.translation import gettext as _\nTEXT = _("Good day, %(name)s")\n'
PAGE = '{{ _("Save") }}{{ ngettext("%(num)s task", "%(num)s tasks", 2) }}'


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / "room" / "jinja2" / "room").mkdir(parents=True)
    (tmp_path / "room" / "views.py").write_text(CODE)
    (tmp_path / "room" / "jinja2" / "room" / "page.html").write_text(PAGE)
    return tmp_path / "room"


def _translate(room: Path, **texts: str) -> None:
    path = catalogues.catalogue_path(room)
    text = path.read_text()
    for message, translation in texts.items():
        start = text.index(f'msgid "{message}')
        place = text.index('msgstr ""', start)
        text = f'{text[:place]}msgstr "{translation}"{text[place + 9 :]}'
    path.write_text(text)


def _plural(room: Path) -> None:
    path = catalogues.catalogue_path(room)
    text = path.read_text().replace('msgstr[0] ""', 'msgstr[0] "%(num)s Aufgabe"')
    path.write_text(text.replace('msgstr[1] ""', 'msgstr[1] "%(num)s Aufgaben"'))


def test_update_collects_code_and_templates(room):
    catalogues.update(room)
    assert catalogues.problems(room) == [
        "room: not translated: 'Good day, %(name)s'",
        "room: not translated: 'Save'",
        "room: not translated: ('%(num)s task', '%(num)s tasks')",
    ]


def test_a_complete_catalogue_has_no_problem_and_stays_as_it_is(room):
    catalogues.update(room)
    _translate(room, **{"Good day": "Guten Tag, %(name)s", "Save": "Speichern"})
    _plural(room)
    assert catalogues.problems(room) == []
    before = catalogues.catalogue_path(room).read_text()
    catalogues.update(room)
    assert catalogues.catalogue_path(room).read_text() == before
    assert "POT-Creation-Date" not in before


def test_what_is_no_longer_said_is_dropped(room):
    catalogues.update(room)
    _translate(room, Save="Speichern")
    (room / "jinja2" / "room" / "page.html").write_text("nichts")
    assert "room: no longer used: 'Save'" in catalogues.problems(room)
    catalogues.update(room)
    assert catalogues.problems(room) == ["room: not translated: 'Good day, %(name)s'"]


def test_a_lost_placeholder_is_found(room):
    catalogues.update(room)
    _translate(room, **{"Good day": "Guten Tag", "Save": "Speichern"})
    _plural(room)
    assert catalogues.problems(room) == ["room: a placeholder is lost: 'Good day, %(name)s'"]


def test_a_room_without_texts_gets_no_catalogue(tmp_path):
    (tmp_path / "still").mkdir()
    catalogues.update(tmp_path / "still")
    assert not catalogues.catalogue_path(tmp_path / "still").exists()
    assert catalogues.problems(tmp_path / "still") == []


def test_every_room_of_ours_is_complete(capsys):
    assert catalogues.main(["check"]) == 0
    assert capsys.readouterr().out == ""


def test_compiled_files_follow_their_source():
    path = catalogues.catalogue_path(catalogues.PACKAGE / "core")
    compiled = path.with_suffix(".mo")
    os.utime(compiled, (0, 0))
    cli.compile_catalogues()
    assert compiled.stat().st_mtime > path.stat().st_mtime - 1
    before = compiled.stat().st_mtime_ns
    cli.compile_catalogues()
    assert compiled.stat().st_mtime_ns == before


def test_no_two_rooms_translate_a_text_differently():
    assert catalogues.contradictions() == []
