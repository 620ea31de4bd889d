"""Compound words are split by a job where a web process leaves that to it."""

import subprocess
import sys
from typing import Any

import pytest
from django.db import connection

from buendnisnetz.core import jobs
from buendnisnetz.core.search import index_text, split_waiting
from buendnisnetz.network.models import Organisation
from buendnisnetz.tasks.models import Task
from tests.factories.network import make_organisation
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db


def found(typed: str) -> list[str]:
    return [task.title for task in Task.objects.search(typed)]


def vector_of(task: Task) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_vector::text FROM tasks_task WHERE id = %s", [task.pk])
        return str(cursor.fetchone()[0])


@pytest.fixture
def later(settings: Any) -> None:
    settings.SPLIT_COMPOUNDS = False


@pytest.mark.usefixtures("later")
def test_the_word_is_found_at_once_and_its_parts_after_the_job() -> None:
    task = make_task("Ferienbetreuung klären")
    assert found("Ferienbetreuung") == ["Ferienbetreuung klären"]
    assert Task.objects.matching("Ferien klären").count() == 1, "beginnings are found without parts"
    assert not Task.objects.matching("Betreuen klären").exists()
    jobs.split_compounds(timestamp=0)
    assert Task.objects.matching("Betreuen klären").get() == task
    assert vector_of(task) == vector_of(make_split("Ferienbetreuung klären"))


def make_split(title: str) -> Task:
    task = make_task(title)
    split_waiting()
    return task


@pytest.mark.usefixtures("later")
def test_every_kind_is_looked_through_and_only_what_waits_is_written() -> None:
    make_task("Ferienbetreuung")
    make_task("Rat")
    make_organisation("Kinderbetreuung am Hain")
    assert split_waiting() == 2
    assert split_waiting() == 0
    assert Organisation.objects.matching("Betreuen Hain").count() == 1


@pytest.mark.usefixtures("later")
def test_whoever_writes_again_has_it_split_again() -> None:
    task = make_split("Ferienbetreuung")
    task.title = "Schulsozialarbeit"
    task.save()
    assert "~" in vector_of(task)
    assert split_waiting() == 1
    assert "~" not in vector_of(task)


@pytest.mark.usefixtures("later")
def test_the_history_says_nothing_of_it() -> None:
    make_task("Ferienbetreuung")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tasks_taskevent")
        before = cursor.fetchone()
        split_waiting()
        cursor.execute("SELECT count(*) FROM tasks_taskevent")
        assert cursor.fetchone() == before


def test_nobody_finds_the_mark() -> None:
    assert index_text({"A": ["Ferienbetreuung"]}, split=False).count("~") == 1
    assert "~" not in index_text({"A": ["Rat am Hain"]}, split=False)
    assert "~" not in index_text({"A": ["~ ~~ Ferienbetreuung"]})
    for typed in ("~", "'~'", "~ Ferien"):
        assert "~" not in [task.title for task in Task.objects.search(typed)]


def test_a_web_process_does_not_split() -> None:
    code = (
        "import buendnisnetz.config.wsgi\n"
        "from django.conf import settings\n"
        "print(settings.SPLIT_COMPOUNDS)\n"
    )
    done = subprocess.run(  # noqa: S603 -- our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "False"
