"""Lists that are built and compiled once: what they are built from, and that they say the same."""

from typing import Any

import pytest
from django import forms
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import SCOPE_OF_ROLE, Role, ScopeKind
from buendnisnetz.meetings.domain.meetings import create_series
from buendnisnetz.meetings.enums import EntryKind
from buendnisnetz.meetings.models import MeetingSeries
from buendnisnetz.meetings.views.series import SeriesView
from buendnisnetz.ui.listing import ListPage
from tests.factories.meetings import make_meeting, say
from tests.factories.network import (
    make_alliance,
    make_group,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.succession import make_handover
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db


def built_once() -> list[type[ListPage]]:
    """Every list that names its shape."""
    assert get_resolver().url_patterns
    found: list[type[ListPage]] = []
    waiting: list[type[ListPage]] = [ListPage]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        named = next(each for each in kind.__mro__ if "shape" in each.__dict__)
        if named is not ListPage and hasattr(kind, "title"):
            found.append(kind)
    return sorted(found, key=lambda kind: kind.__qualname__)


LISTS = built_once()


def opened(kind: type[ListPage], user: Any, asked: dict[str, str] | None = None) -> Any:
    request = RequestFactory().get("/", asked or {})
    request.user = user
    view = kind()
    view.setup(request)
    if issubclass(kind, SeriesView):
        view.series = MeetingSeries.objects.get()
    return view


def wishes(view: Any) -> list[dict[str, str]]:
    """No filter, and one value of each filter at a time."""
    found: list[dict[str, str]] = [{}]
    for name, field in view.filter_class({}, **view.filter_kwargs()).fields.items():
        if isinstance(field, forms.BooleanField):
            found.append({name: "on"})
        elif isinstance(field, forms.ModelChoiceField | forms.ChoiceField):
            keys = [str(key) for key, _label in field.choices if str(key)]
            found += [{name: key} for key in keys[:3]]
        elif isinstance(field, forms.DateField):
            found.append({name: "2021-05-01"})
    return found


@pytest.fixture
def rows(db: None) -> None:
    for number in range(3):
        alliance = make_alliance(f"Bündnis {number}")
        make_organisation(f"Werkstatt {number}")
        make_group(f"Arbeitskreis {number}", alliance=alliance)
        post = make_post(alliance, f"Koordination {number}")
        term = make_term(post, make_person(f"Berger {number}"))
        make_handover(term)
        make_task(f"Aufgabe {number}")
    series = create_series(name="Hainrunde", actor=None)
    for number in range(3):
        meeting = make_meeting(f"Runde {number}", series=series)
        say(meeting, f"Beschluss {number}", EntryKind.DECISION)


def user_with(role: Role) -> Any:
    scope = None if SCOPE_OF_ROLE[role] == ScopeKind.STATE else make_alliance("Bündnis am Hain")
    user = make_user(role, scope)
    access_of(user)
    return user


def test_there_are_some() -> None:
    assert {"OrganisationListView", "TaskListView", "MeetingListView"} < {
        kind.__name__ for kind in LISTS
    }


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("role", Role)
def test_it_is_built_without_asking_the_database(kind: Any, role: Role, rows: None) -> None:
    user = user_with(role)
    for asked in wishes(opened(kind, user)):
        view = opened(kind, user, asked)
        if view.shape() is None:
            continue
        values, _filters = view._filter()
        with CaptureQueriesContext(connection) as queries:
            view._ordered(view._found(values), view._sort(), values)
        assert not queries.captured_queries, asked


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.__name__)
def test_it_says_what_it_says_when_built_anew(kind: Any, rows: None) -> None:
    user = user_with(Role.STATE_COORDINATION)
    for asked in [*wishes(opened(kind, user)), {"page": "2"}]:
        view = opened(kind, user, asked)
        view.per_page = 2
        values, _filters = view._filter()
        once = view._asked(values, view._sort())
        again = view._asked(values, view._sort())
        view.shape = lambda: None
        assert once == again == view._asked(values, view._sort()), asked


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.__name__)
def test_its_cells_need_nothing_from_building(kind: Any, rows: None) -> None:
    user = user_with(Role.STATE_COORDINATION)
    for _first_builds in range(2):
        view = opened(kind, user)
        _pages, records = view._asked(view._filter()[0], view._sort())
        for record in view.complete(records):
            assert view.cells(record)


def test_rows_that_are_counted_with_the_page_are_counted_as_any(rows: None) -> None:
    kind = next(kind for kind in LISTS if kind.__name__ == "VacancyListView")
    assert kind.counted_at_once
    for number in range(3):
        make_post(make_alliance(f"Bündnis am Bach {number}"), f"Leitung {number}", is_contact=True)
    for page, there in (("1", 2), ("2", 1), ("9", 1)):
        view = opened(kind, user_with(Role.STATE_COORDINATION), {"page": page})
        view.per_page = 2
        values, _filters = view._filter()
        at_once = view._asked(values, view._sort())
        view.shape = lambda: None
        view.counted_at_once = False
        assert at_once == view._asked(values, view._sort())
        assert (at_once[0].total, len(at_once[1])) == (3, there)


def test_new_rows_and_other_people_are_seen(rows: None) -> None:
    kind = next(kind for kind in LISTS if kind.__name__ == "TaskListView")
    office = user_with(Role.STATE_COORDINATION)

    def titles(user: Any) -> set[str]:
        view = opened(kind, user)
        return {row["title"] for row in view._asked(view._filter()[0], view._sort())[1]}

    assert titles(office) == {"Aufgabe 0", "Aufgabe 1", "Aufgabe 2"}
    make_task("Aufgabe 3")
    assert titles(office) == {"Aufgabe 0", "Aufgabe 1", "Aufgabe 2", "Aufgabe 3"}
    assert titles(user_with(Role.ALLIANCE_COORDINATOR)) == set()
