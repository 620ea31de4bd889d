"""Working groups of the same topic find each other, with reasons, and not too often (S116)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from buendnisnetz.accounts.enums import Role
from buendnisnetz.core.errors import EditConflictError
from buendnisnetz.meetings.domain.preparing import polls
from buendnisnetz.meetings.enums import MeetingKind, MeetingStatus
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.models import WorkingGroup
from buendnisnetz.partnering.domain import exchanges, resources
from buendnisnetz.partnering.domain.queries.groups import MOST_SUGGESTIONS, suggestions_for
from buendnisnetz.partnering.domain.topics import PATTERNS, labels_of, topics_of
from buendnisnetz.partnering.enums import Topic
from buendnisnetz.partnering.models import Exchange
from tests.factories.meetings import NOW
from tests.factories.network import (
    make_alliance,
    make_group,
    make_group_member,
    make_organisation,
    make_user,
)
from tests.factories.partnering import TODAY, make_resource, make_wish
from tests.factories.territories import make_district, make_municipality, make_neighbours
from tests.meetings.preparing.steps import make_poll
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db


class TestTopics:
    @pytest.mark.parametrize(
        ("text", "topics"),
        [
            ("Familie und Beruf", {Topic.FAMILY_AND_WORK}),
            ("Beruf und Familie", {Topic.FAMILY_AND_WORK}),
            ("AG Vereinbarkeit", {Topic.FAMILY_AND_WORK}),
            ("Pflege und Beruf", {Topic.CARE_AND_WORK}),
            ("Ferienbetreuung", {Topic.CHILDCARE}),
            ("Kinderbetreuung in Randzeiten", {Topic.CHILDCARE}),
            ("Fachkräfte gewinnen", {Topic.SKILLED_STAFF}),
            ("Generationen im Gespräch", {Topic.GENERATIONS}),
            ("Wohnen im Alter", {Topic.GENERATIONS, Topic.HOUSING}),
            ("ÄLTERE Menschen", {Topic.GENERATIONS}),
            ("Familienfreundlicher Nahverkehr", {Topic.MOBILITY}),
            ("Business Frühstück", set()),
            ("Alternativen", set()),
            ("", set()),
        ],
    )
    def test_a_text_speaks_of_topics(self, text, topics):
        assert topics_of(text) == topics

    def test_the_database_reads_the_patterns_alike(self):
        texts = [
            "Familie und Beruf",
            "ÄLTERE",
            "BÜRGERBUS",
            "Ferien",
            "Wohnen im Alter",
            "Nichts davon",
        ]
        for text in texts:
            group = make_group("Gruppe", topic=text)
            for topic, pattern in PATTERNS.items():
                found = WorkingGroup.objects.filter(pk=group.pk, topic__iregex=pattern).exists()
                assert found == (topic in topics_of(text)), (text, topic)

    def test_labels_stand_in_our_order(self):
        assert labels_of(["HOUSING", "CHILDCARE"]) == "Kinderbetreuung und Ferien, Wohnen"


def arrange(one, other, on: date = TODAY, **facts) -> Exchange:
    return exchanges.arrange_exchange(
        one=one,
        other=other,
        reasons=facts.pop("reasons", "Gleiches Thema."),
        actor=None,
        today=on,
        **facts,
    )


class TestArranging:
    def test_a_pair_is_one_pair_in_either_order(self):
        one, other = make_group("A"), make_group("B")
        row = arrange(other, one)
        assert (row.first_group, row.second_group, row.agreed_on) == (one, other, TODAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            Exchange.objects.filter(pk=row.pk).update(first_group=other, second_group=one)

    def test_not_with_itself(self):
        group = make_group()
        with pytest.raises(exchanges.SameGroupError):
            arrange(group, group)

    def test_not_twice_within_twelve_months(self):
        one, other = make_group("A"), make_group("B")
        arrange(one, other)
        with pytest.raises(exchanges.PairTooSoonError, match=r"23\.11\.2026"):
            arrange(other, one, date(2027, 11, 22))
        assert arrange(one, other, date(2027, 11, 23)).agreed_on == date(2027, 11, 23)

    def test_twice_if_both_want_it(self):
        one, other = make_group("A"), make_group("B")
        arrange(one, other)
        assert arrange(one, other, wanted=True).pk

    def test_the_result_can_be_written_later(self):
        row = arrange(make_group("A"), make_group("B"))
        values = {"exchange": row, "meeting": None, "actor": None}
        noted = exchanges.note_exchange(
            version=1, held_on=date(2027, 1, 5), result="Checkliste getauscht.", **values
        )
        assert (noted.held_on, noted.result) == (date(2027, 1, 5), "Checkliste getauscht.")
        with pytest.raises(EditConflictError):
            exchanges.note_exchange(version=1, held_on=None, result="Anders.", **values)


class TestMeeting:
    """A date poll of the two groups plans the meeting of their exchange."""

    @pytest.fixture
    def pair(self):
        return [make_group(name, alliance=make_alliance(f"Bündnis {name}")) for name in "AB"]

    def decided(self, one, other, **facts):
        facts = {"kind": MeetingKind.EXCHANGE, **facts}
        poll = make_poll(working_group=one, second_group=other, **facts)
        return polls.decide(poll=poll, option=poll.options.first(), actor=None, now=NOW)

    def test_deciding_sets_it_whoever_began_the_poll(self, pair):
        row = arrange(*pair)
        meeting = self.decided(*reversed(pair))
        row.refresh_from_db()
        assert (row.meeting, row.held_on) == (meeting, None)
        event = row.events.model.objects.order_by("pgh_id").last()
        assert event.pgh_context.metadata["action"] == "partnering.exchange.dated"

    def test_the_pairs_last_exchange_without_a_meeting_gets_it(self, pair):
        first = arrange(*pair)
        exchanges.note_exchange(
            exchange=first, version=1, held_on=TODAY, result="", meeting=None, actor=None
        )
        second = arrange(*pair, wanted=True)
        meeting = self.decided(*pair)
        assert self.decided(*pair) != meeting
        rows = Exchange.objects.order_by("pk")
        assert [row.meeting for row in rows] == [None, meeting]
        assert rows[1] == second

    def test_a_cancelled_meeting_makes_way(self, pair):
        row = arrange(*pair)
        Meeting.objects.filter(pk=self.decided(*pair).pk).update(status=MeetingStatus.CANCELLED)
        again = self.decided(*pair)
        row.refresh_from_db()
        assert row.meeting == again

    def test_polls_for_something_else_leave_it_alone(self, pair):
        row = arrange(*pair)
        self.decided(pair[0], make_group("C"))
        self.decided(pair[0], None)
        self.decided(*pair, kind=MeetingKind.OTHER)
        row.refresh_from_db()
        assert row.meeting is None

    def test_two_groups_are_two_different_ones(self, pair):
        for groups in ((pair[0], pair[0]), (None, pair[0])):
            with pytest.raises(ValidationError, match="zwei verschiedene"):
                self.decided(*groups)

    def test_the_page_leads_to_the_poll_and_from_it_to_the_meeting(self, pair, as_user):
        row, client = (
            arrange(*pair),
            as_user(make_user(Role.ALLIANCE_COORDINATOR, pair[1].alliance)),
        )
        address = f"/partner/austausch/{row.public_id}/"
        page = client.get(address).content.decode()
        # The coordination of the second group begins the poll for its own group.
        assert f"working_group={pair[1].public_id}&amp;" in page
        assert f"second_group={pair[0].public_id}&amp;" in page
        poll = make_poll(
            "Wann?", kind=MeetingKind.EXCHANGE, working_group=pair[0], second_group=pair[1]
        )
        page = text_of(client.get(address))
        assert "Terminumfrage läuft bis 04.12.2026" in page
        # Both sides read the poll; only the group's own coordination decides it.
        detail = client.get(f"/sitzungen/umfragen/{poll.public_id}/")
        assert "Gemeinsam mit A" not in text_of(detail)
        assert "Gemeinsam mit B" in text_of(detail)
        meeting = polls.decide(poll=poll, option=poll.options.first(), actor=None, now=NOW)
        page = text_of(client.get(address))
        assert f"{meeting.title}, 15.12.2026" in page
        assert "Terminumfrage" not in page


class TestSuggestions:
    @pytest.fixture
    def district(self):
        return make_district("16070")

    @pytest.fixture
    def group(self, district):
        return make_group(
            "Eigene", alliance=make_alliance(territory=district), topic="Familie und Beruf"
        )

    def other(self, name: str, territory=None, topic: str = "Beruf und Familie") -> WorkingGroup:
        alliance = make_alliance(territory=territory or make_district())
        return make_group(name, alliance=alliance, topic=topic)

    def reasons(self, group) -> dict[str, list[str]]:
        return {row.name: row.reasons for row in suggestions_for(group, TODAY)}

    def test_the_same_topic_however_it_is_worded(self, group):
        self.other("Passt")
        self.other("Passt nicht", topic="Wohnen")
        assert self.reasons(group) == {"Passt": ["Gleiches Thema: Familie und Beruf."]}

    def test_a_topic_of_nobodys_list_fits_word_for_word(self, district):
        own = make_group(
            "Eigene", alliance=make_alliance(territory=district), topic="Alleinerziehende"
        )
        self.other("Passt", topic="alleinerziehende")
        assert self.reasons(own) == {"Passt": ["Gleiches Thema: alleinerziehende."]}

    def test_a_name_speaks_where_no_topic_is_noted(self, district):
        own = make_group("AG Pflege und Beruf", alliance=make_alliance(territory=district))
        self.other("AG Beruf und Pflege", topic="")
        assert list(self.reasons(own)) == ["AG Beruf und Pflege"]

    def test_without_any_topic_nobody_fits(self, district):
        own = make_group("Stammtisch", alliance=make_alliance(territory=district))
        self.other("Auch Stammtisch", topic="")
        assert self.reasons(own) == {}

    def test_the_nearest_stand_first_with_the_reason(self, group, district):
        near, far = make_district("16067"), make_district("16077")
        make_neighbours(district, near)
        self.other("Fern", far)
        self.other("Nah", make_municipality(near))
        self.other("Hier", make_municipality(district))
        make_group("Land", topic="Familie und Beruf")
        found = self.reasons(group)
        assert list(found) == ["Hier", "Nah", "Land", "Fern"]
        assert "Im selben Kreis." in found["Hier"]
        assert "In einem Nachbarkreis." in found["Nah"]
        assert "Arbeitet für das ganze Land." in found["Land"]
        assert len(found["Fern"]) == 1

    def test_offers_and_needs_are_reasons(self, group):
        other = self.other("Andere")
        lender, own = make_organisation(), make_organisation()
        make_group_member(other, lender)
        make_group_member(group, own)
        make_resource(lender, kind="ROOMS")
        make_resource(own, kind="MONEY")
        make_wish(working_group=group, kind="ROOMS")
        make_wish(working_group=other, kind="MONEY")
        found = self.reasons(group)["Andere"]
        assert "Ihre Mitglieder können beisteuern, was Sie suchen: Räume." in found
        assert "Sucht, was Ihre Mitglieder beisteuern können: Geld." in found

    def test_what_is_no_longer_lent_gives_no_reason(self, group):
        other, lender = self.other("Passt"), make_organisation()
        make_group_member(other, lender)
        make_resource(lender, kind="MONEY")
        ended = make_resource(lender, kind="ROOMS", valid_from=date(2025, 1, 1))
        resources.end_resource(resource=ended, last_day=date(2026, 1, 1), actor=None)
        make_wish(working_group=group, kind="ROOMS")
        assert not any("Räume" in reason for reason in self.reasons(group)["Passt"])

    @pytest.mark.parametrize(
        ("own", "others", "like"), [(2, 4, True), (2, 5, False), (0, 0, False), (3, 2, True)]
    )
    def test_like_size_is_a_reason(self, group, own, others, like):
        other = self.other("Andere")
        for _member in range(own):
            make_group_member(group)
        for _member in range(others):
            make_group_member(other)
        assert any("Ähnlich groß" in reason for reason in self.reasons(group)["Andere"]) is like

    def test_whom_it_met_lately_is_left_out(self, group):
        lately, earlier = self.other("Kürzlich"), self.other("Früher")
        arrange(group, lately, TODAY - timedelta(days=300))
        arrange(earlier, group, TODAY - timedelta(days=400))
        assert list(self.reasons(group)) == ["Früher"]
        # Either of the two stands first in the pair.
        assert "Eigene" not in self.reasons(lately)
        assert "Eigene" in self.reasons(earlier)

    def test_ended_groups_and_itself_are_left_out(self, group):
        ended = self.other("Ende")
        ended.valid_to = date(2026, 1, 1)
        ended.save()
        assert self.reasons(group) == {}

    def test_a_state_wide_group_has_no_place(self, group):
        wide = make_group("Land", topic="Familie und Beruf")
        assert list(self.reasons(wide)) == ["Eigene"]

    def test_a_group_of_a_whole_state_alliance_has_no_district(self, district):
        wide = make_group(
            "Weit", alliance=make_alliance(territory=district.parent), topic="Familie und Beruf"
        )
        self.other("Hier", district)
        assert list(self.reasons(wide)) == ["Hier"]

    def test_a_few_are_enough(self, group):
        for number in range(MOST_SUGGESTIONS + 3):
            self.other(f"Gruppe {number:02}")
        assert len(suggestions_for(group, TODAY)) == MOST_SUGGESTIONS

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow(self, group, number, django_assert_num_queries):
        for _row in range(number):
            make_group_member(self.other("Andere"))
        suggestions_for(group, TODAY)
        with django_assert_num_queries(4):
            suggestions_for(group, TODAY)
