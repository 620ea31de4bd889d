"""Whole minutes in the usual layouts, each with what a careful clerk would find.

People and places are invented. Every document brings together rules that single sentences cannot
show: who is meant by a family name, which row of a table is a task, which vote decides what.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from buendnisnetz.reader import Minutes, Votes, read_minutes

CORPUS = Path(__file__).parent / "corpus"
SLUGS = sorted(path.stem for path in CORPUS.glob("*.txt"))
SCALARS = ("date", "start", "end", "next_meeting")


def told(slug: str) -> tuple[Minutes, dict[str, Any]]:
    text = (CORPUS / f"{slug}.txt").read_text(encoding="utf-8")
    return read_minutes(text), json.loads((CORPUS / f"{slug}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("slug", SLUGS)
def test_head(slug: str) -> None:
    minutes, truth = told(slug)
    plain = minutes.to_dict()
    assert {key: plain[key] for key in SCALARS} == {key: truth.get(key) for key in SCALARS}
    assert truth.get("place", "") in (minutes.place or "")


@pytest.mark.parametrize("slug", SLUGS)
def test_chair_and_recorder(slug: str) -> None:
    minutes, truth = told(slug)
    assert list(minutes.recorder) == truth["recorder"]
    if "chair" in truth:
        assert list(minutes.chair) == truth["chair"]


@pytest.mark.parametrize("slug", SLUGS)
def test_people(slug: str) -> None:
    minutes, truth = told(slug)
    assert {person.name: person.status for person in minutes.participants} == truth["participants"]


@pytest.mark.parametrize("slug", SLUGS)
def test_agenda(slug: str) -> None:
    minutes, truth = told(slug)
    assert [item.title for item in minutes.agenda] == truth["agenda"]


@pytest.mark.parametrize("slug", SLUGS)
def test_decisions_with_their_votes(slug: str) -> None:
    minutes, truth = told(slug)
    found = [(one.text, one.votes) for one in minutes.decisions]
    assert len(found) == len(truth["decisions"]), found
    for (text, votes), (part, counts) in zip(found, truth["decisions"], strict=True):
        assert part in text
        assert votes == (Votes(*counts) if counts else None), text


@pytest.mark.parametrize("slug", SLUGS)
def test_tasks_with_who_and_when(slug: str) -> None:
    minutes, truth = told(slug)
    found = [(one.text, one.assignee, one.due) for one in minutes.tasks]
    assert len(found) == len(truth["tasks"]), found
    for (text, who, due), (part, assignee, until) in zip(found, truth["tasks"], strict=True):
        assert part in text
        assert who == assignee, text
        assert (until or "") in (due or ""), text


@pytest.mark.parametrize("slug", SLUGS)
def test_every_passage_is_where_the_span_says(slug: str) -> None:
    minutes, _ = told(slug)
    for one in (*minutes.decisions, *minutes.tasks):
        start, end = one.span
        assert one.text.split()[0] in minutes.text[start:end]
