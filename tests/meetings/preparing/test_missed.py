"""Who was invited to the meetings of a series and did not come (S82)."""

import random
from datetime import UTC, date, datetime

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.core.text import fold
from buendnisnetz.meetings.domain.queries.missed import invited_but_absent, missed_in_series
from buendnisnetz.meetings.enums import AttendanceStatus, MeetingStatus, Reply
from buendnisnetz.meetings.models import Meeting, MeetingInvitation, MeetingSeries
from tests.factories.meetings import attend, make_meeting
from tests.factories.network import (
    make_alliance,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.network.views.reading import rows_of, text_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
SENT = datetime(2024, 1, 2, 9, 0, tzinfo=UTC)
DAYS = (date(2024, 5, 1), date(2025, 5, 1), date(2026, 5, 1))


def held(series, day, **facts):
    meeting = make_meeting("Runde", held_on=day, series=series, **facts)
    attend(meeting, make_person("Sonstwer"))
    return meeting


def ask(meeting, post=None, name="Ada Sorgsam", email="ada@example.org", **facts):
    return MeetingInvitation.objects.create(
        meeting=meeting, post=post, name=name, email=email, sent_at=SENT, expires_at=SENT,
        token_hash=str(MeetingInvitation.objects.count()), **facts,
    )  # fmt: skip


@pytest.fixture
def series():
    return MeetingSeries.objects.create(name="Landesrunde")


@pytest.fixture
def office():
    return make_user(Role.STATE_COORDINATION)


def found(series, user):
    return [
        (
            row["name"],
            row["missed"],
            row["invited"],
            row["agreed"],
            row["missed_on"],
            row["seen_on"],
        )
        for row in missed_in_series(series, user, TODAY)
    ]


class TestCounting:
    def test_how_often_of_how_many_and_since_when_last_seen(self, series, office):
        ministry = make_organisation("Wirtschaftsministerium")
        post = make_post(ministry, "Referat", email="r@example.org")
        meetings = [held(series, day) for day in DAYS]
        for meeting in meetings:
            ask(meeting, post, email="r@example.org")
            ask(meeting)
        attend(meetings[0], make_person("Kollege"), organisation=ministry)
        MeetingInvitation.objects.filter(meeting=meetings[2], post=post).update(reply=Reply.YES)
        assert found(series, office) == [
            ("Ada Sorgsam", 3, 3, 0, DAYS[2], None),
            ("Referat, Wirtschaftsministerium", 2, 3, 1, DAYS[2], DAYS[0]),
        ]

    def test_whoever_held_the_post_on_the_day_counts_for_it(self, series, office):
        post = make_post(make_alliance(), "Koordination", email="k@example.org")
        first, second = make_person("Damals"), make_person("Heute")
        make_term(post, first, date(2020, 1, 1), valid_to=date(2024, 12, 31))
        make_term(post, second, date(2025, 1, 1))
        meetings = [held(series, day) for day in DAYS]
        for meeting in meetings:
            ask(meeting, post)
        attend(meetings[0], first)
        attend(meetings[1], first)
        ((_name, missed, invited, _agreed, missed_on, seen_on),) = found(series, office)
        assert (missed, invited, missed_on, seen_on) == (2, 3, DAYS[2], DAYS[0])

    def test_somebody_who_came_without_an_invitation_was_seen(self, series, office):
        ada = make_person("Sorgsam", "Ada")
        ask(held(series, DAYS[0]), person=ada)
        attend(held(series, DAYS[1]), ada)
        assert [row[-1] for row in found(series, office)] == [DAYS[1]]

    def test_whoever_came_or_sent_somebody_was_not_missed(self, series, office):
        meeting = held(series, DAYS[0])
        ask(meeting, reply=Reply.DEPUTY, deputy_name="Dora Dabei")
        attend(meeting, make_person("Dabei", "Dora"))
        assert found(series, office) == []

    def test_an_acting_holder_does_not_stand_for_the_regular_one(self, series, office):
        post = make_post(make_alliance(), "Koordination", email="k@example.org")
        acting = make_person("Aushilfe")
        make_term(post, acting, date(2020, 1, 1), is_acting=True)
        meeting = held(series, DAYS[0])
        ask(meeting, post)
        attend(meeting, acting)
        assert found(series, office) == []
        make_term(post, make_person("Stamm"), date(2020, 1, 1))
        assert [row[1:3] for row in found(series, office)] == [(1, 1)]

    def test_a_post_with_two_addresses_is_invited_once(self, series, office):
        post = make_post(make_organisation("Ministerium"), "Referat")
        meeting = held(series, DAYS[0])
        for email in ("a@example.org", "b@example.org"):
            ask(meeting, post, email=email)
        assert [row[1:3] for row in found(series, office)] == [(1, 1)]

    @pytest.mark.parametrize(
        ("invited", "came"),
        [
            ("JÖRG Ångström", "joerg ångstrøm"),
            ("Jörg Weiß", "Joerg Weiss"),
            ("Renée Sørensen", "RENEE SOERENSEN"),
            ("Zoe\u0308 Müller", "Zoë Mueller"),
            ("Æsa Ø", "aesa oe"),
            ("Jörg", "Jorg"),
        ],
    )
    def test_names_are_compared_as_everywhere_else(self, series, office, invited, came):
        meeting = held(series, DAYS[0])
        ask(meeting, name=invited)
        attend(meeting, name=came)
        assert len(found(series, office)) == (fold(invited) != fold(came))

    def test_meetings_ahead_cancelled_or_without_a_list_do_not_count(self, series, office):
        ask(held(series, date(2026, 12, 1), status=MeetingStatus.PLANNED))
        ask(held(series, DAYS[0], status=MeetingStatus.CANCELLED))
        ask(make_meeting("ohne Liste", held_on=DAYS[1], series=series))
        excused = make_meeting("nur Entschuldigte", held_on=DAYS[1], series=series)
        attend(excused, make_person(), status=AttendanceStatus.EXCUSED)
        ask(excused)
        ask(held(None, DAYS[2]))
        assert found(series, office) == []


class TestPages:
    def test_on_the_page_of_the_series_and_as_a_file(self, series, office, as_user):
        post = make_post(make_organisation("Wirtschaftsministerium"), "Referat")
        for day in DAYS[:2]:
            ask(held(series, day), post)
        client = as_user(office)
        page = text_of(client.get(f"/sitzungen/reihen/{series.public_id}/"))
        assert "Referat, Wirtschaftsministerium 2 von 2 Mal, noch nie gesehen" in page
        address = f"/sitzungen/reihen/{series.public_id}/fehlende/"
        assert rows_of(client.get(address)) == [
            ["Referat, Wirtschaftsministerium", "2", "2", "0", "01.05.2025", "nie"]
        ]
        assert rows_of(client.get(f"{address}?q=gibtesnicht")) == []
        file = b"".join(client.get(f"{address}?format=csv").streaming_content).decode()
        assert "Referat, Wirtschaftsministerium;2;2;0;01.05.2025;nie" in file

    def test_whoever_may_not_see_the_series_does_not_see_this(self, as_user):
        own, other = make_alliance(), make_alliance()
        series = MeetingSeries.objects.create(name="Eigene", alliance=own)
        ask(held(series, DAYS[0], alliance=own))
        address = f"/sitzungen/reihen/{series.public_id}/fehlende/"
        client = as_user(make_user(Role.ALLIANCE_COORDINATOR, own))
        assert [row[0] for row in rows_of(client.get(address))] == ["Ada Sorgsam"]
        stranger = as_user(make_user(Role.ALLIANCE_COORDINATOR, other))
        assert stranger.get(address).status_code == 404

    def test_meetings_that_the_user_may_not_read_do_not_count(self, series, office):
        """A series of the whole state may hold a meeting of an alliance."""
        own = make_alliance()
        ask(held(series, DAYS[0], alliance=own))
        assert len(found(series, office)) == 1
        assert found(series, make_user(Role.ALLIANCE_COORDINATOR, make_alliance())) == []
        assert len(found(series, make_user(Role.ALLIANCE_COORDINATOR, own))) == 1

    @pytest.mark.parametrize("number", [1, 8])
    def test_queries_do_not_grow(self, series, office, django_assert_num_queries, number):
        for at in range(number):
            meeting = held(series, date(2025, 1, 1 + at))
            for other in range(number):
                ask(meeting, make_post(make_organisation()), email=f"{other}@example.org")
        assert Meeting.objects.count() == number
        # One of them asks for the roles of the user.
        with django_assert_num_queries(4):
            assert len(missed_in_series(series, office, TODAY)) == number * number


class TestOneRule:
    """One meeting is asked row by row, a series by one statement: both mean the same."""

    @pytest.mark.parametrize("seed", range(12))
    def test_of_one_meeting_both_name_the_same(self, series, office, seed):
        chance = random.Random(seed)  # noqa: S311 -- a test's own chance
        bodies = [make_organisation(f"Haus {number}") for number in range(3)]
        alliance = make_alliance("Bündnis Hain")
        people = [
            make_person(name) for name in ("Groß", "GROSS", "Müller", "Mueller", "Ærø", "Ñandú")
        ]
        posts = [
            make_post(chance.choice([*bodies, alliance]), title=f"Stelle {n}") for n in range(4)
        ]
        for post in posts:
            regular, acting = chance.sample(people, 2)
            make_term(post, regular, date(2020 + chance.randrange(8), 1, 1))
            make_term(post, acting, date(2020 + chance.randrange(8), 1, 1), is_acting=True)
        meeting = held(series, DAYS[2])
        for post in posts:
            ask(
                meeting,
                post,
                name=str(chance.choice(people)),
                reply=chance.choice([Reply.OPEN, Reply.YES, Reply.NO]),
            )
        for person in people:
            known = person if chance.random() < 0.5 else None
            ask(
                meeting,
                None,
                name=person.full_name(),
                email=f"{person.pk}@example.org",
                person=known,
            )
        for person in chance.sample(people, 2):
            attend(meeting, person, organisation=chance.choice([None, *bodies]))
        attend(
            meeting,
            None,
            alliance=chance.choice([None, alliance]),
            status=chance.choice(list(AttendanceStatus)),
        )
        one_by_one = {row.invitation.pk for row in invited_but_absent(meeting)}
        by_statement = {row["pk"] for row in missed_in_series(series, office, TODAY)}
        assert by_statement == one_by_one
        assert 0 < len(one_by_one) < 10
