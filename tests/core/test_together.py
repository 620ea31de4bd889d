"""Several questions that are asked as one answer like each alone."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import DateField, DecimalField, OuterRef
from django.db.models.functions import JSONObject
from django.test.utils import CaptureQueriesContext
from pghistory.models import Context

from buendnisnetz.accounts.models import User
from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.questions import Question, Slot, written
from buendnisnetz.core.together import together
from buendnisnetz.meetings.models import Meeting, PublicMinutes
from buendnisnetz.network.enums import Contribution
from buendnisnetz.network.models import Membership, Organisation, Post
from tests.factories.meetings import make_meeting
from tests.factories.network import make_membership, make_organisation, make_post, make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


def _members(day: Any) -> Any:
    rows = Membership.objects.as_of(day).select_related("organisation", "alliance")
    return rows.order_by("organisation__name", "pk")


def test_rows_are_those_of_each_queryset_with_what_belongs_to_them():
    make_membership(since=DAY, contributions=[Contribution.MONEY])
    make_membership(note="beratend")
    question = Question(
        lambda: together(members=_members(Slot("day")), names=Organisation.objects.values("name"))
    )
    with CaptureQueriesContext(connection) as asked:
        found = question.row(day=DAY)
        related = [(row.organisation.name, row.alliance.name) for row in found["members"]]
    assert len(asked) == 1
    expected = list(_members(DAY))
    assert found["members"] == expected
    assert [vars(row) | {"_state": 0} for row in found["members"]] == [
        vars(row) | {"_state": 0} for row in expected
    ]
    assert related == [(row.organisation.name, row.alliance.name) for row in expected]
    assert found["names"] == list(Organisation.objects.values("name"))


def test_numbers_days_and_times_are_what_they_were():
    make_post(weekly_hours=Decimal("19.50"))
    make_user("STATE_COORDINATION")
    hours = Post.objects.values("weekly_hours", "confirmed_on", "valid_to")
    people = User.objects.values("joined_at", "last_login", "is_active")
    make_meeting(starts_at=time(9, 30))
    times = Meeting.objects.values("held_on", "starts_at", "ends_at")
    found = Question(lambda: together(hours=hours, people=people, times=times)).row()
    assert found == {"hours": list(hours), "people": list(people), "times": list(times)}


def test_a_statement_of_ones_own_answers_with_its_fields():
    statement = "SELECT %(day)s::date, %(day)s::date + 1, 1.50 WHERE %(number)s = 7"
    columns = {"day": DateField(), "next": DateField(), "hours": DecimalField()}
    own = written(statement, columns, planned=("day", "number"))
    question = Question(lambda: together(own=own, posts=Post.objects.values("title")))
    day_after = date(2026, 3, 2)
    row = {"day": DAY, "next": day_after, "hours": Decimal("1.50")}
    assert question.row(day=DAY, number=7) == {"own": [row], "posts": []}
    assert question.row(day=DAY, number=8) == {"own": [], "posts": []}


def test_json_is_read_as_django_reads_it():
    with recorded(actor=None, action="network.post.create"):
        make_post()
    rows = Context.objects.order_by("pk")
    found = Question(lambda: together(rows=rows)).row()["rows"]
    assert [row.metadata["action"] for row in found] == [row.metadata["action"] for row in rows]
    assert [row.pk for row in found] == [row.pk for row in rows]
    assert found


def test_lists_in_a_column_hold_what_they_held():
    body = make_organisation("Awo")
    make_membership(organisation=body, note="beratend", since=DAY)
    make_membership(organisation=body)
    make_organisation("Ohne")
    own = Membership.objects.filter(organisation=OuterRef("pk")).order_by("pk")
    hours = Post.objects.order_by("pk")
    make_post(weekly_hours=Decimal("19.50"))
    rows = Organisation.objects.order_by("name").values(
        "name",
        lines=ArraySubquery(own.values(line=JSONObject(note="note", since="valid_from"))),
        days=ArraySubquery(own.values("valid_from")),
        keys=ArraySubquery(own.values("pk")),
        hours=ArraySubquery(hours.values("weekly_hours")),
    )
    found = Question(lambda: together(rows=rows)).row()["rows"]
    assert found == list(rows)
    assert found[0]["lines"][0] == {"note": "beratend", "since": "2026-03-01"}
    assert DAY in found[0]["days"]


def test_keys_of_other_rows_are_what_those_rows_keys_are():
    with recorded(actor=None, action="network.post.create"):
        post = make_post()
    rows = type(post).pgh_event_model.objects.filter(pgh_obj=post).order_by("pk")
    found = Question(lambda: together(rows=rows)).row()["rows"]
    assert [row.pgh_context_id for row in found] == [row.pgh_context_id for row in rows]
    assert found[0].pgh_context_id is not None


def test_columns_that_are_left_out_stay_readable():
    body = make_organisation("Awo", city="Musterstadt")
    rows = Organisation.objects.only("name")
    (found,) = Question(lambda: together(rows=rows)).row()["rows"]
    assert (found.name, found.city) == (body.name, body.city)


def test_what_no_row_can_fit_is_empty():
    found = Question(
        lambda: together(none=Post.objects.none(), some=Post.objects.filter(title="gibt es nicht"))
    ).row()
    assert found == {"none": [], "some": []}


def test_what_would_come_back_as_text_is_refused():
    with pytest.raises(TypeError, match="BinaryField"):
        together(papers=PublicMinutes.objects.values("paper"))
