"""Minutes of the founding kind, with invented people: same layout, same traps (S02 to S17, S120)."""

import json
from pathlib import Path

import pytest

from buendnisnetz.reader import Minutes, read_minutes

FOLDER = Path(__file__).parent / "minutes"
TRUTH = json.loads((FOLDER / "strategietreffen.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def minutes() -> Minutes:
    return read_minutes((FOLDER / "strategietreffen.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["title", "place", "body", "approved_by"])
def test_scalar_is_read(minutes: Minutes, name: str) -> None:
    assert getattr(minutes, name) == TRUTH[name]


@pytest.mark.parametrize("name", ["date", "approved_on"])
def test_day_is_read(minutes: Minutes, name: str) -> None:
    assert getattr(minutes, name).isoformat() == TRUTH[name]


@pytest.mark.parametrize("name", ["chair", "recorder", "attachments"])
def test_list_of_strings_is_read(minutes: Minutes, name: str) -> None:
    assert list(getattr(minutes, name)) == TRUTH[name]


def test_every_row_of_the_table_is_a_participant_with_institution(minutes: Minutes) -> None:
    assert len(minutes.participants) == TRUTH["participants"]
    assert all(person.organisation for person in minutes.participants)
    assert {person.status for person in minutes.participants} == {"present"}


def test_titles_are_those_of_the_list(minutes: Minutes) -> None:
    titles = {p.name: p.academic_title for p in minutes.participants if p.academic_title}
    assert titles == TRUTH["titles"]


def test_participant_span_is_where_the_name_stands(minutes: Minutes) -> None:
    for person in minutes.participants:
        passage = minutes.text[slice(*person.span)]
        assert all(word in passage for word in person.name.split())


def test_contents_list_is_the_agenda(minutes: Minutes) -> None:
    assert [item.title for item in minutes.agenda] == TRUTH["agenda"]


def test_speakers_of_agenda_items_are_resolved(minutes: Minutes) -> None:
    speakers = {item.title: item.speakers for item in minutes.agenda}
    assert speakers["Rathaus und Bündnis Hand in Hand"] == ("Pavel Kočka",)


def test_decision_by_those_present_is_found(minutes: Minutes) -> None:
    assert [decision.text for decision in minutes.decisions] == [TRUTH["decision"]]


def test_workshop_lists_are_tasks_of_their_holders(minutes: Minutes) -> None:
    tasks = [task for task in minutes.tasks if task.assignee == "Bündnisse"]
    suggestions = [task for task in minutes.tasks if task.kind == "suggestion"]
    assert [task.kind for task in tasks] == ["task"] * TRUTH["tasks"]
    assert [task.assignee for task in suggestions] == ["Koordinierungsstelle"] * TRUTH[
        "suggestions"
    ]


def test_promise_is_found(minutes: Minutes) -> None:
    assert [task.text for task in minutes.tasks if task.kind == "promise"] == [TRUTH["promise"]]


@pytest.mark.parametrize(("left", "right"), TRUTH["variants"])
def test_variant_pair_is_reported(minutes: Minutes, left: str, right: str) -> None:
    messages = [f.message for f in minutes.findings if f.kind in {"name_variant", "term_variant"}]
    assert any(f"„{left}“" in message and f"„{right}“" in message for message in messages)


def test_missing_hyphen_is_no_variant(minutes: Minutes) -> None:
    assert not any("Moosbach" in f.message for f in minutes.findings if f.kind == "name_variant")


def test_minister_who_is_not_listed_is_reported(minutes: Minutes) -> None:
    told = [f.message for f in minutes.findings if f.kind == "speaker_not_listed"]
    assert told == [
        f"„{TRUTH['unlisted']}“ kommt zu Wort, steht aber nicht in der Liste der Teilnehmenden."
    ]


def test_mended_word_and_doubled_sign_are_reported(minutes: Minutes) -> None:
    kinds = {finding.kind for finding in minutes.findings}
    assert {"hyphenation_mended", "doubled_punctuation"} <= kinds
    assert "bewahrt" in minutes.text
