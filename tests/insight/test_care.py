"""Talks with sponsors and topics with somebody who answers for them (S92, S93)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from buendnisnetz.audit.history import history_of
from buendnisnetz.core.errors import EditConflictError
from buendnisnetz.insight.domain import care
from buendnisnetz.insight.domain.care import (
    NoSponsorError,
    TalkInFutureError,
    TopicTransitionError,
    TopicValues,
)
from buendnisnetz.insight.domain.queries import care as queries
from buendnisnetz.insight.enums import TOPIC_TRANSITIONS, TopicStatus
from buendnisnetz.insight.models import AllianceTopic, SponsorTalk
from buendnisnetz.network.domain.saving import RuleBrokenError
from buendnisnetz.network.domain.terms import end_term
from buendnisnetz.network.enums import PostKind
from buendnisnetz.network.models import Alliance
from tests.factories.insight import NOW, make_sponsor, make_talk, make_topic
from tests.factories.network import (
    TODAY,
    make_alliance,
    make_group,
    make_membership,
    make_organisation,
    make_post,
    make_term,
    make_user,
)

pytestmark = pytest.mark.django_db
MOVES = [(old, new) for old in TopicStatus for new in TopicStatus if old != new]


@pytest.fixture
def alliance(db: None) -> Alliance:
    return make_alliance()


def in_state(alliance: Alliance, status: TopicStatus) -> AllianceTopic:
    return make_topic(alliance, responsible=make_post(alliance), status=status)


class TestTalks:
    def test_a_talk_is_kept_with_who_wrote_it_down(self, alliance):
        user, post = make_user(), make_sponsor(alliance)
        talk = care.record_talk(
            post=post, held_on=date(2026, 9, 3), note="  Kommt im Mai. ", actor=user, now=NOW
        )
        talk.refresh_from_db()
        assert (talk.post, talk.held_on, talk.note) == (post, date(2026, 9, 3), "Kommt im Mai.")
        assert (talk.recorded_by, talk.recorded_at) == (user, NOW)

    def test_it_needs_a_sponsor_of_an_alliance(self, alliance):
        with pytest.raises(NoSponsorError):
            make_talk(make_post(alliance))
        with pytest.raises(NoSponsorError):
            make_talk(make_post(make_organisation(), "Pate", kind=PostKind.SPONSOR))
        assert not SponsorTalk.objects.exists()

    def test_today_is_fine_and_tomorrow_is_not(self, alliance):
        post = make_sponsor(alliance)
        make_talk(post, TODAY)
        with pytest.raises(TalkInFutureError):
            make_talk(post, TODAY + timedelta(days=1))

    def test_once_a_day(self, alliance):
        post = make_sponsor(alliance)
        make_talk(post)
        with pytest.raises(RuleBrokenError, match="Für diesen Tag"):
            make_talk(post)

    def test_one_recorded_in_error_goes_but_its_history_stays(self, alliance):
        talk = make_talk(make_sponsor(alliance), note="verschrieben")
        kept = SponsorTalk(pk=talk.pk)
        care.remove_talk(talk=talk, actor=make_user())
        assert not SponsorTalk.objects.exists()
        assert [entry.action for entry in history_of(kept)] == [
            "Gespräch mit der Schirmherrschaft zurückgenommen",
            "Gespräch mit der Schirmherrschaft eingetragen",
        ]

    def test_the_latest_comes_first_and_others_read_none(self, alliance, office):
        post = make_sponsor(alliance)
        older, newer = make_talk(post, date(2025, 1, 1)), make_talk(post, date(2026, 1, 1))
        make_talk(make_sponsor(make_alliance()))
        assert queries.care_of(alliance, office, TODAY).talks == [newer, older]
        assert queries.care_of(alliance, make_user(), TODAY).talks == []

    def test_sponsor_posts_are_those_of_the_day(self, alliance):
        post = make_sponsor(alliance)
        make_post(alliance)
        post.valid_to = date(2026, 1, 1)
        post.save()
        assert list(queries.sponsor_posts(alliance, date(2026, 1, 1))) == [post]
        assert list(queries.sponsor_posts(alliance, TODAY)) == []


class TestTopics:
    def test_it_begins_as_planned(self, alliance):
        topic = care.add_topic(
            alliance=alliance, values=TopicValues(name=" Pflege "), actor=None, today=TODAY
        )
        topic.refresh_from_db()
        assert (topic.name, topic.status, topic.opened_on) == ("Pflege", "PLANNED", TODAY)
        assert (topic.responsible, topic.deputy, topic.closed_on) == (None, None, None)

    @pytest.mark.parametrize(("old", "new"), MOVES)
    def test_moves_that_are_allowed_and_no_others(self, alliance, old, new):
        topic = in_state(alliance, old)
        if new in TOPIC_TRANSITIONS[old]:
            care.change_topic_status(topic=topic, status=new, actor=None, today=TODAY)
            expected = new
        else:
            with pytest.raises(TopicTransitionError):
                care.change_topic_status(topic=topic, status=new, actor=None, today=TODAY)
            expected = old
        topic.refresh_from_db()
        assert topic.status == expected
        assert (topic.closed_on == TODAY) is (expected == TopicStatus.CLOSED)

    def test_the_same_state_again_changes_nothing(self, alliance):
        topic = in_state(alliance, TopicStatus.ACTIVE)
        again = care.change_topic_status(
            topic=topic, status=TopicStatus.ACTIVE, actor=None, today=TODAY
        )
        assert again.version == topic.version

    def test_an_active_one_needs_a_responsible_post(self, alliance):
        topic = make_topic(alliance)
        with pytest.raises(RuleBrokenError, match="Stelle"):
            care.change_topic_status(
                topic=topic, status=TopicStatus.ACTIVE, actor=None, today=TODAY
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            AllianceTopic.objects.filter(pk=topic.pk).update(status=TopicStatus.ACTIVE)

    def test_the_responsible_post_of_an_active_one_cannot_be_emptied(self, alliance):
        topic = in_state(alliance, TopicStatus.ACTIVE)
        with pytest.raises(RuleBrokenError):
            care.edit_topic(
                topic=topic, values=TopicValues(name="Pflege"), version=topic.version, actor=None
            )

    def test_nobody_is_their_own_deputy(self, alliance):
        post = make_post(alliance)
        with pytest.raises(RuleBrokenError, match="andere Stelle"):
            make_topic(alliance, responsible=post, deputy=post)
        make_topic(alliance, responsible=post, deputy=make_post(alliance, "Vertretung"))

    def test_closed_on_the_day_it_was_planned_for_at_the_earliest(self, alliance):
        topic = make_topic(alliance)
        closed = care.change_topic_status(
            topic=topic, status=TopicStatus.CLOSED, actor=None, today=date(2020, 1, 1)
        )
        assert closed.closed_on == closed.opened_on == date(2024, 1, 1)

    def test_two_who_write_at_once_are_told(self, alliance):
        topic = make_topic(alliance, "Alt")
        version = topic.version
        care.edit_topic(topic=topic, values=TopicValues(name="Neu"), version=version, actor=None)
        with pytest.raises(EditConflictError) as raised:
            care.edit_topic(
                topic=topic, values=TopicValues(name="Anders"), version=version, actor=None
            )
        (difference,) = raised.value.differences
        assert (difference.stored, difference.typed) == ("Neu", "Anders")

    def test_its_history_tells_every_step(self, alliance):
        topic = in_state(alliance, TopicStatus.CLOSED)
        assert [entry.action for entry in history_of(topic)] == [
            "Thema abgeschlossen",
            "Thema angelegt",
        ]


class TestReadingTopics:
    def test_vacant_is_an_active_one_whose_post_nobody_holds(self, alliance, office):
        held, empty = make_post(alliance), make_post(alliance, "Leitung")
        term = make_term(held)
        make_topic(alliance, "A", held, TopicStatus.ACTIVE)
        make_topic(alliance, "B", empty, TopicStatus.ACTIVE)
        make_topic(alliance, "C", empty)
        make_topic(alliance, "D", held, TopicStatus.CLOSED)

        def vacant(day: date) -> dict[str, bool]:
            return {
                line.topic.name: line.vacant
                for line in queries.care_of(alliance, office, day).topics
            }

        assert vacant(TODAY) == {"A": False, "B": True, "C": False, "D": False}
        end_term(term=term, last_day=date(2026, 11, 1), actor=None)
        assert vacant(TODAY) == {"A": True, "B": True, "C": False, "D": False}
        assert vacant(date(2026, 11, 1))["A"] is False
        lines = queries.care_of(alliance, office, TODAY).topics
        assert [line.topic.name for line in lines if line.closed] == ["D"]
        assert [line.topic.name for line in lines] == ["A", "B", "C", "D"]

    def test_posts_that_may_answer_are_those_around_the_alliance(self, alliance):
        member, guest = make_organisation(), make_organisation()
        make_membership(alliance, member)
        own = make_post(alliance, "Amt A")
        group = make_post(make_group(alliance=alliance), "Amt B", kind=PostKind.OTHER)
        contact = make_post(member, "Amt C", is_contact=True)
        make_post(member, "Amt D", kind=PostKind.OTHER)
        make_post(guest, "Amt E", is_contact=True)
        make_post(make_alliance(), "Amt F")
        found = queries.posts_to_answer(alliance, TODAY)
        assert [row["pk"] for row in found] == [own.pk, group.pk, contact.pk]
