"""Terms that end, posts that are empty, how long people stay (S63, S85, S96, S107)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.network.domain import posts, terms
from buendnisnetz.network.domain.queries import tenure
from buendnisnetz.network.enums import PostKind
from tests.factories.network import (
    make_alliance,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.succession import finish, make_handover, make_office
from tests.factories.territories import make_district, make_municipality

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


@pytest.fixture
def office():
    return make_user(Role.STATE_COORDINATION)


def ending(user, months: int = 12) -> list[tuple[str, date]]:
    rows = tenure.ending_terms(user, DAY, months).order_by("ends_on", "pk")
    return [(row.post.title, row.ends_on) for row in rows.select_related("post")]


class TestEndingTerms:
    def test_the_first_of_three_days_counts(self, office):
        make_term(make_post(title="Amtszeit"), valid_to=date(2027, 2, 1))
        post = make_post(title="Stelle")
        make_term(post, valid_to=date(2027, 6, 30))
        posts.end_post(post=post, last_day=date(2027, 6, 30), actor=None)
        make_term(make_post(title="Mandat", mandate_ends_on=date(2027, 5, 31)))
        make_term(make_post(title="offen"))
        assert ending(office) == [
            ("Amtszeit", date(2027, 2, 1)), ("Mandat", date(2027, 5, 31)),
            ("Stelle", date(2027, 6, 30)),
        ]  # fmt: skip

    def test_the_time_ahead_is_chosen(self, office):
        for month in (1, 4, 10):
            make_term(make_post(title=f"Monat {month}"), valid_to=date(2027, month, 1))
        assert [title for title, _day in ending(office, 3)] == ["Monat 1"]
        assert [title for title, _day in ending(office, 6)] == ["Monat 1", "Monat 4"]

    def test_a_mandate_that_ran_out_is_not_forgotten(self, office):
        make_term(make_post(title="Bürgermeisteramt", mandate_ends_on=date(2026, 6, 30)))
        assert ending(office) == [("Bürgermeisteramt", date(2026, 6, 30))]

    def test_terms_that_are_over_are_left_out(self, office):
        make_term(valid_to=date(2026, 11, 22))
        assert ending(office) == []

    def test_only_what_the_user_may_see(self):
        make_term(make_post(make_alliance()), valid_to=date(2027, 1, 1))
        assert ending(make_user(Role.ALLIANCE_COORDINATOR, make_alliance())) == []

    def test_the_newest_handover_stands_beside_it(self, office):
        make_office()
        begun = make_term(make_post(make_alliance()), valid_to=date(2027, 1, 1))
        make_handover(begun)
        make_term(make_post(make_alliance()), valid_to=date(2027, 2, 1))
        done = make_term(make_post(make_alliance()), valid_to=date(2027, 3, 1))
        finish(make_handover(done))
        rows = tenure.ending_terms(office, DAY, 12)
        found = {
            wanted: [
                row.valid_to.month for row in tenure.narrowed_terms(rows, {"handover": wanted})
            ]
            for wanted in ("none", "open", "done")
        }
        assert found == {"none": [2], "open": [1], "done": [3]}

    def test_narrowed_by_kind_and_found_by_name(self, office):
        make_term(
            make_post(title="Rathaus", kind=PostKind.MAYOR), make_person("Schultheiß", "Max"),
            valid_to=date(2027, 1, 1),
        )  # fmt: skip
        make_term(valid_to=date(2027, 1, 1))
        rows = tenure.ending_terms(office, DAY, 12)
        assert tenure.narrowed_terms(rows, {"kind": "MAYOR"}).count() == 1
        assert tenure.found_terms(rows, "schultheiss").count() == 1
        assert tenure.found_terms(rows, "rathaus").count() == 1


class TestVacancies:
    def rows(self, user):
        return {row.title: row for row in tenure.vacancies(user, DAY)}

    def test_since_when(self, office):
        left = make_post(title="verlassen")
        term = make_term(left, valid_to=date(2026, 10, 31))
        make_post(title="neu", valid_from=date(2026, 11, 13))
        make_post(title="unbekannt")
        make_term(make_post(title="besetzt"))
        found = self.rows(office)
        assert set(found) == {"verlassen", "neu", "unbekannt"}
        assert (found["verlassen"].empty_since, found["verlassen"].empty_days) == (
            date(2026, 11, 1), 22,
        )  # fmt: skip
        assert found["verlassen"].last_term == term.public_id
        assert (found["neu"].empty_days, found["unbekannt"].empty_days) == (10, None)

    def test_official_contacts_unless_all_are_asked_for(self, office):
        make_post(title="offiziell", is_contact=True, kind=PostKind.MAYOR)
        make_post(title="sonst")
        rows = tenure.vacancies(office, DAY)
        assert [row.title for row in tenure.narrowed_vacancies(rows, {})] == ["offiziell"]
        assert tenure.narrowed_vacancies(rows, {"which": "all"}).count() == 2
        wanted = {"which": "all", "kind": "MAYOR"}
        assert [row.title for row in tenure.narrowed_vacancies(rows, wanted)] == ["offiziell"]


class TestPlanningQuarters:
    def first(self, day: date = DAY) -> tenure.Quarter:
        return tenure.figures(day).quarters[0]

    def planner(self, district=None, **term):
        post = make_post(district or make_district(), kind=PostKind.SOCIAL_PLANNER)
        make_term(post, **term)
        return post

    def test_filled_on_the_last_day_and_empty_days_of_all_districts(self):
        self.planner()
        self.planner(valid_to=date(2026, 10, 31))
        make_district()
        quarter = self.first()
        # 54 days from 1 October to 23 November: 23 empty in one district, 54 in another.
        assert (quarter.first_day, quarter.last_day) == (date(2026, 10, 1), DAY)
        assert (quarter.districts, quarter.filled, quarter.empty_days) == (3, 1, 77)
        assert quarter.share == pytest.approx(1 / 3)

    def test_two_planners_at_once_count_once(self):
        district = make_district()
        self.planner(district, valid_to=date(2026, 11, 10))
        self.planner(district, valid_from=date(2026, 11, 1))
        assert (self.first().filled, self.first().empty_days) == (1, 0)

    def test_the_districts_are_those_of_the_quarter(self):
        make_district(valid_to=date(2021, 6, 30))
        make_district()
        quarters = {row.last_day: row.districts for row in tenure.figures(DAY, years=6).quarters}
        assert quarters[date(2021, 3, 31)] == 2
        assert quarters[date(2021, 6, 30)] == 2
        assert quarters[date(2021, 9, 30)] == 1

    def test_other_posts_do_not_count(self):
        make_term(make_post(make_district(), kind=PostKind.CARETAKER))
        assert self.first().filled == 0

    def test_no_district_at_all(self):
        assert tenure.figures(DAY).quarters == []
        assert tenure.Quarter(DAY, DAY, 0, 0, 0).share == 0.0


class TestTenure:
    def of(self, kind: PostKind) -> tenure.Tenure:
        return next(row for row in tenure.figures(DAY).stays if row.kind == kind)

    def test_median_of_running_and_of_ended_terms(self):
        alliance = make_alliance()
        for years in (1, 3, 8):
            make_term(
                make_post(alliance, kind=PostKind.SPEAKER),
                valid_from=DAY - timedelta(days=365 * years - 1),
            )
        post = make_post(alliance, kind=PostKind.SPEAKER)
        make_term(post, valid_from=date(2020, 1, 1), valid_to=date(2020, 12, 31))
        found = self.of(PostKind.SPEAKER)
        assert (found.posts, found.held, found.median_days) == (4, 3, 3 * 365)
        assert (found.ended, found.ended_median_days, found.empty_days) == (1, 366, 365)

    def test_acting_terms_and_first_proofs_are_not_measured_but_fill_the_post(self):
        post = make_post(make_alliance(), kind=PostKind.SPEAKER)
        make_term(post, is_acting=True)
        make_term(make_post(make_alliance(), kind=PostKind.SPEAKER), first_seen=True)
        found = self.of(PostKind.SPEAKER)
        assert (found.held, found.median_days, found.ended, found.empty_days) == (2, None, 0, 0)

    def test_a_post_that_nobody_ever_held_is_empty_since_it_exists(self):
        make_post(make_alliance(), kind=PostKind.SPEAKER, valid_from=date(2026, 11, 14))
        found = self.of(PostKind.SPEAKER)
        assert (found.held, found.empty_days) == (0, 10)

    def test_posts_of_organisations_are_left_out_but_for_caretakers(self):
        make_term(make_post(make_organisation(), kind=PostKind.HEAD))
        make_term(make_post(make_organisation(), kind=PostKind.CARETAKER))
        assert [row.kind for row in tenure.figures(DAY).stays] == [PostKind.CARETAKER]


class TestCaretakers:
    def test_hours_for_10000_inhabitants(self):
        from buendnisnetz.territories.domain import dataset  # noqa: PLC0415
        from buendnisnetz.territories.domain.load import load  # noqa: PLC0415
        from buendnisnetz.territories.models import Territory  # noqa: PLC0415

        load(dataset.read("thueringen"))
        today = Territory.objects.as_of(DAY)
        district, place = today.get(ags="16063"), today.filter(parent__ags="16063")[0]
        alliance = make_alliance(territory=place)
        for scope in (district, make_organisation(territory=place), alliance):
            make_post(scope, kind=PostKind.CARETAKER, weekly_hours=Decimal("19.5"))
        make_post(make_organisation(), kind=PostKind.CARETAKER)
        found = tenure.figures(DAY).caretaking
        # One without a place counts too.
        assert (found.caretakers, found.hours) == (4, Decimal("58.5"))
        assert found.population > 2_000_000
        assert found.hours_per_10000 == pytest.approx(585_000 / found.population)

    def test_what_ends_within_six_months_warns(self):
        for title, term_end, mandate in (
            ("Amtszeit", date(2027, 3, 31), None), ("Mandat", None, date(2027, 4, 30)),
            ("später", date(2027, 12, 31), None), ("offen", None, None),
        ):  # fmt: skip
            post = make_post(title=title, kind=PostKind.CARETAKER, mandate_ends_on=mandate)
            make_term(post, valid_to=term_end)
        make_term(make_post(title="anderes"), valid_to=date(2027, 1, 1))
        found = [(row.title, row.ends_on) for row in tenure.figures(DAY).endings]
        assert found == [("Amtszeit", date(2027, 3, 31)), ("Mandat", date(2027, 4, 30))]

    def test_a_second_open_term_takes_the_warning_away(self):
        post = make_post(kind=PostKind.CARETAKER, is_shared=True)
        make_term(post, valid_to=date(2027, 1, 31))
        term = make_term(post)
        assert tenure.figures(DAY).endings == []
        terms.end_term(term=term, last_day=date(2027, 2, 28), actor=None)
        assert [row.ends_on for row in tenure.figures(DAY).endings] == [date(2027, 2, 28)]


def test_without_inhabitants_there_is_no_share():
    make_municipality(make_district())
    make_post(make_organisation(), kind=PostKind.CARETAKER)
    found = tenure.figures(DAY).caretaking
    assert (found.caretakers, found.hours, found.hours_per_10000) == (1, Decimal(0), None)
