"""Winning partners step by step: what is allowed, what it leaves behind, what can be taken back (S19)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from buendnisnetz.audit.history import history_of
from buendnisnetz.core.errors import EditConflictError
from buendnisnetz.network.domain.memberships import begin_membership, end_membership
from buendnisnetz.network.domain.removal import StillUsedError
from buendnisnetz.network.domain.saving import RuleBrokenError
from buendnisnetz.network.enums import Contribution, OrganisationKind
from buendnisnetz.network.models import Membership, Organisation
from buendnisnetz.partnering.domain import prospects
from buendnisnetz.partnering.domain.prospect_values import (
    Joining,
    NoAllianceError,
    NothingToTakeBackError,
    NotInDirectoryError,
    ProspectValues,
    ReasonMissingError,
    StageError,
    TooEarlyError,
)
from buendnisnetz.partnering.enums import ENDED, STAGE_TRANSITIONS, Origin, Stage
from buendnisnetz.partnering.models import Notice, Prospect, ProspectStep
from tests.factories.network import make_alliance, make_membership, make_organisation, make_user
from tests.factories.partnering import NOW, PATHS, TODAY, make_prospect, move
from tests.factories.territories import make_district, make_municipality

pytestmark = pytest.mark.django_db


def edit(prospect: Prospect, version: int = 1, **values):
    return prospects.edit_prospect(
        prospect=prospect, version=version, values=ProspectValues(**values), actor=None, now=NOW
    )


def back(prospect: Prospect, **facts):
    return prospects.take_back_step(
        prospect=prospect, actor=None, now=facts.pop("now", NOW), **facts
    )


def steps(prospect: Prospect) -> list[tuple[str, str]]:
    return list(prospect.steps.order_by("pk").values_list("from_stage", "to_stage"))


class TestCreate:
    def test_a_prospect_in_words(self):
        place = make_municipality(make_district(), "Musterdorf")
        actor = make_user()
        made = prospects.create_prospect(
            values=ProspectValues(
                name=" Holzbau Muster ", territory=place, wz_section="F", size_class="SMALL",
                topics=["CHILDCARE"],
            ),
            actor=actor, now=NOW,
        )  # fmt: skip
        assert (made.name, made.territory, made.wz_section, made.size_class) == (
            "Holzbau Muster", place, "F", "SMALL",
        )  # fmt: skip
        assert (made.stage, made.origin, made.last_step_on) == (Stage.IDENTIFIED, Origin.OWN, TODAY)
        assert made.created_by == actor
        assert steps(made) == [("", Stage.IDENTIFIED)]

    def test_the_directory_knows_better_than_words(self):
        place = make_district()
        body = make_organisation(
            "Gießerei Muster GmbH", kind=OrganisationKind.COMPANY, wz_section="C",
            size_class="LARGE", territory=place,
        )  # fmt: skip
        made = make_prospect("Giesserei", organisation=body, wz_section="A", size_class="MICRO")
        assert (made.name, made.wz_section, made.size_class, made.territory) == (
            "Gießerei Muster GmbH", "C", "LARGE", place,
        )  # fmt: skip

    def test_words_fill_in_what_the_directory_does_not_know(self):
        place = make_district()
        made = make_prospect(organisation=make_organisation(), wz_section="A", territory=place)
        assert (made.wz_section, made.territory) == ("A", place)

    def test_nameless_is_refused(self):
        with pytest.raises(RuleBrokenError, match="wer es ist"):
            prospects.create_prospect(values=ProspectValues(name="  "), actor=None, now=NOW)

    def test_an_organisation_is_won_once_at_a_time_for_an_alliance(self):
        body, alliance = make_organisation(), make_alliance()
        make_prospect(organisation=body, alliance=alliance)
        with pytest.raises(RuleBrokenError, match="läuft schon eine Anbahnung"):
            make_prospect(organisation=body, alliance=alliance)
        make_prospect(organisation=body, alliance=make_alliance())

    def test_also_for_the_coordination_office(self):
        body = make_organisation()
        make_prospect(organisation=body)
        with pytest.raises(RuleBrokenError):
            make_prospect(organisation=body)

    def test_after_it_ended_it_may_begin_anew(self):
        body, alliance = make_organisation(), make_alliance()
        make_prospect(organisation=body, alliance=alliance, stage=Stage.DECLINED)
        again = make_prospect(organisation=body, alliance=alliance)
        assert again.stage == Stage.IDENTIFIED

    def test_a_contact_from_others_has_to_be_told(self):
        made = make_prospect(contact_email="chef@betrieb.example", source="Frau Muster von der IHK")
        notice = made.notices.get()
        assert (notice.source, notice.obtained_on) == ("Frau Muster von der IHK", TODAY)
        assert notice.due_on == date(2026, 12, 23)

    def test_without_a_contact_there_is_nobody_to_tell(self):
        make_prospect()
        assert not Notice.objects.exists()

    def test_who_wrote_the_contact_down_itself_knows_it(self):
        make_prospect(contact_email="chef@betrieb.example", origin=Origin.PUBLIC_FORM)
        assert not Notice.objects.exists()


class TestEdit:
    def test_what_was_said_changes_and_the_history_keeps_it(self):
        made = make_prospect("Alt GmbH")
        row = edit(made, name="Neu GmbH", topics=["HOUSING"])
        assert (row.name, row.topics, row.version) == ("Neu GmbH", ["HOUSING"], 2)
        entry = history_of(made)[0]
        assert entry.action == "Anbahnung bearbeitet"
        assert ("Alt GmbH", "Neu GmbH") in [
            (change.before, change.after) for change in entry.changes
        ]

    def test_the_second_of_two_is_told(self):
        made = make_prospect("Alt GmbH")
        edit(made, name="Neu GmbH")
        with pytest.raises(EditConflictError) as error:
            edit(made, name="Anders GmbH")
        assert [row.stored for row in error.value.differences if row.field == "name"] == [
            "Neu GmbH"
        ]

    def test_a_new_contact_has_to_be_told_once(self):
        made = make_prospect()
        row = edit(made, name=made.name, contact_words="Frau Beispiel")
        edit(row, version=2, name=made.name, contact_words="Frau Beispiel, abends")
        assert made.notices.count() == 1

    def test_other_changes_tell_nobody(self):
        made = make_prospect(contact_email="a@betrieb.example")
        made.notices.update(told_on=TODAY)
        edit(made, name="Anders GmbH", contact_email="a@betrieb.example")
        assert made.notices.count() == 1


class TestDirectory:
    def test_linking_takes_name_and_place(self):
        place = make_district()
        body = make_organisation("Optik Muster GmbH", territory=place)
        row = prospects.link_organisation(
            prospect=make_prospect("Optik M."), organisation=body, actor=None
        )
        assert (row.organisation, row.name, row.territory) == (body, "Optik Muster GmbH", place)

    def test_linking_keeps_the_place_where_the_directory_has_none(self):
        place = make_district()
        made = make_prospect(territory=place)
        row = prospects.link_organisation(
            prospect=made, organisation=make_organisation(), actor=None
        )
        assert row.territory == place

    def test_what_is_won_already_cannot_be_linked_twice(self):
        body = make_organisation()
        make_prospect(organisation=body)
        with pytest.raises(RuleBrokenError):
            prospects.link_organisation(prospect=make_prospect(), organisation=body, actor=None)

    def test_words_become_an_organisation_without_the_contact(self):
        place = make_municipality(make_district(), "Musterdorf")
        made = make_prospect(
            "Spielwaren Muster KG", territory=place, wz_section="G", size_class="SMALL",
            contact_email="privat@person.example", contact_words="Herr Muster",
        )  # fmt: skip
        row = prospects.add_to_directory(prospect=made, actor=None)
        body = row.organisation
        assert (body.name, body.kind, body.territory, body.city) == (
            "Spielwaren Muster KG", OrganisationKind.COMPANY, place, "Musterdorf",
        )  # fmt: skip
        assert (body.wz_section, body.size_class, body.email, body.note) == ("G", "SMALL", "", "")

    def test_without_a_place_it_has_no_town(self):
        row = prospects.add_to_directory(prospect=make_prospect(), actor=None)
        assert (row.organisation.city, row.organisation.territory) == ("", None)

    def test_adding_twice_adds_once(self):
        made = make_prospect("Einmal GmbH")
        prospects.add_to_directory(prospect=made, actor=None)
        prospects.add_to_directory(prospect=made, actor=None)
        assert Organisation.objects.filter(name="Einmal GmbH").count() == 1


class TestMove:
    @pytest.mark.parametrize("after", list(Stage))
    @pytest.mark.parametrize("before", list(Stage))
    def test_exactly_the_allowed_ways_are_open(self, before, after):
        made = make_prospect(
            stage=before, organisation=make_organisation(), alliance=make_alliance()
        )
        if after in STAGE_TRANSITIONS[before]:
            move(made, after, words="Weil.")
            made.refresh_from_db()
            assert made.stage == after
        else:
            with pytest.raises(StageError):
                move(made, after, words="Weil.")
            made.refresh_from_db()
            assert made.stage == before

    def test_a_step_keeps_day_words_and_author(self):
        actor, made = make_user(), make_prospect()
        move(made, Stage.CONTACTED, words=" Angerufen. ", actor=actor, now=NOW + timedelta(days=2))
        step = made.steps.latest("pk")
        assert (step.from_stage, step.to_stage, step.words, step.author) == (
            Stage.IDENTIFIED, Stage.CONTACTED, "Angerufen.", actor,
        )  # fmt: skip
        assert step.made_on == TODAY + timedelta(days=2)
        made.refresh_from_db()
        assert made.last_step_on == TODAY + timedelta(days=2)

    def test_declining_needs_a_reason(self):
        made = make_prospect()
        with pytest.raises(ReasonMissingError):
            move(made, Stage.DECLINED, words="   ")
        move(made, Stage.DECLINED, words="Kein Personal.", not_before=date(2027, 3, 1))
        made.refresh_from_db()
        assert (made.decline_reason, made.not_before) == ("Kein Personal.", date(2027, 3, 1))

    def test_other_stages_have_no_pause(self):
        made = make_prospect()
        move(made, Stage.TALK, not_before=date(2027, 3, 1))
        made.refresh_from_db()
        assert made.not_before is None

    def test_nobody_is_asked_again_before_the_day(self):
        made = make_prospect()
        move(made, Stage.DECLINED, words="Später.", not_before=TODAY + timedelta(days=30))
        with pytest.raises(TooEarlyError, match=r"23\.12\.2026"):
            move(made, Stage.IDENTIFIED)
        move(made, Stage.IDENTIFIED, now=NOW + timedelta(days=30))
        made.refresh_from_db()
        assert (made.stage, made.decline_reason, made.not_before) == (Stage.IDENTIFIED, "", None)

    def test_who_comes_back_by_itself_is_welcome_at_once(self):
        made = make_prospect()
        move(made, Stage.DECLINED, words="Später.", not_before=TODAY + timedelta(days=30))
        move(made, Stage.TALK)
        made.refresh_from_db()
        assert made.stage == Stage.TALK

    def test_a_step_ends_the_silence(self):
        made = make_prospect()
        Prospect.objects.filter(pk=made.pk).update(silence_reminded_on=TODAY)
        move(made, Stage.CONTACTED)
        made.refresh_from_db()
        assert made.silence_reminded_on is None


class TestJoining:
    def test_a_membership_begins_with_day_and_contributions(self):
        body, alliance = make_organisation(), make_alliance()
        made = make_prospect(stage=Stage.TALK, organisation=body, alliance=alliance)
        move(made, Stage.MEMBER, joining=Joining(date(2026, 12, 1), [Contribution.ROOMS]))
        made.refresh_from_db()
        membership = Membership.objects.get(alliance=alliance, organisation=body)
        assert made.membership == membership
        assert (membership.valid_from, membership.valid_to) == (date(2026, 12, 1), None)
        assert membership.contributions == ["ROOMS"]
        assert made.steps.latest("pk").made_membership is True

    def test_without_words_it_is_today(self):
        made = make_prospect(
            stage=Stage.TALK, organisation=make_organisation(), alliance=make_alliance()
        )
        move(made, Stage.MEMBER, joining=None)
        assert Membership.objects.get().valid_from == TODAY

    def test_whoever_is_a_member_already_stays_the_same_member(self):
        present = make_membership()
        made = make_prospect(
            stage=Stage.TALK, organisation=present.organisation, alliance=present.alliance
        )
        step = move(made, Stage.MEMBER)
        made.refresh_from_db()
        assert (made.membership, Membership.objects.count()) == (present, 1)
        assert step.made_membership is False

    def test_a_membership_that_ended_is_no_membership(self):
        old = make_membership()
        end_membership(membership=old, last_day=date(2020, 1, 1), reason="Umzug", actor=None)
        made = make_prospect(stage=Stage.TALK, organisation=old.organisation, alliance=old.alliance)
        move(made, Stage.MEMBER)
        made.refresh_from_db()
        assert made.membership != old

    def test_the_coordination_office_has_no_members(self):
        made = make_prospect(stage=Stage.TALK, organisation=make_organisation())
        with pytest.raises(NoAllianceError):
            move(made, Stage.MEMBER)

    def test_members_stand_in_the_directory(self):
        made = make_prospect(stage=Stage.TALK, alliance=make_alliance())
        with pytest.raises(NotInDirectoryError):
            move(made, Stage.MEMBER)

    def test_what_fails_leaves_no_trace(self):
        made = make_prospect(stage=Stage.TALK, alliance=make_alliance())
        before = steps(made)
        with pytest.raises(NotInDirectoryError):
            move(made, Stage.MEMBER)
        made.refresh_from_db()
        assert (made.stage, steps(made)) == (Stage.TALK, before)


class TestTakingBack:
    @pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.IDENTIFIED])
    def test_every_last_step_can_be_taken_back_once(self, stage):
        made = make_prospect(stage=stage)
        expected = (Stage.IDENTIFIED, *PATHS[stage])[-2]
        step = back(made)
        made.refresh_from_db()
        assert (made.stage, step.to_stage, step.takes_back.to_stage) == (expected, expected, stage)
        with pytest.raises(NothingToTakeBackError):
            back(made)

    def test_the_first_step_stays(self):
        with pytest.raises(NothingToTakeBackError):
            back(make_prospect())

    def test_the_membership_goes_with_its_step(self):
        made = make_prospect(stage=Stage.MEMBER)
        back(made)
        made.refresh_from_db()
        assert (made.stage, made.membership) == (Stage.TALK, None)
        assert not Membership.objects.exists()

    def test_a_membership_that_was_there_before_stays(self):
        present = make_membership()
        made = make_prospect(
            stage=Stage.MEMBER, organisation=present.organisation, alliance=present.alliance
        )
        back(made)
        assert Membership.objects.get() == present

    def test_a_membership_that_somebody_else_needs_stays_and_so_does_the_step(self):
        made = make_prospect(stage=Stage.MEMBER)
        other = make_prospect(
            stage=Stage.TALK, organisation=made.organisation, alliance=made.alliance
        )
        move(other, Stage.MEMBER)
        with pytest.raises(StillUsedError):
            back(made)
        made.refresh_from_db()
        assert made.stage == Stage.MEMBER

    def test_a_reason_that_was_cleared_comes_back(self):
        made = make_prospect()
        move(made, Stage.DECLINED, words="Kein Platz.", not_before=date(2026, 11, 1))
        move(made, Stage.IDENTIFIED)
        back(made)
        made.refresh_from_db()
        assert (made.stage, made.decline_reason, made.not_before) == (
            Stage.DECLINED, "Kein Platz.", date(2026, 11, 1),
        )  # fmt: skip

    def test_the_reason_of_the_last_time_comes_back(self):
        made = make_prospect()
        move(made, Stage.DECLINED, words="Erster Grund.")
        move(made, Stage.IDENTIFIED)
        move(made, Stage.DECLINED, words="Zweiter Grund.")
        move(made, Stage.TALK)
        back(made)
        made.refresh_from_db()
        assert made.decline_reason == "Zweiter Grund."


class TestDatabase:
    """What the database itself refuses, whoever writes."""

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""},
            {"stage": Stage.DECLINED},
            {"decline_reason": "ohne Absage"},
            {"not_before": date(2027, 1, 1)},
            {"stage": Stage.MEMBER},
        ],
    )
    def test_impossible_rows(self, wrong):
        made = make_prospect()
        with pytest.raises(IntegrityError), transaction.atomic():
            Prospect.objects.filter(pk=made.pk).update(**wrong)

    def test_a_membership_belongs_to_members_only(self):
        made = make_prospect(stage=Stage.MEMBER)
        with pytest.raises(IntegrityError), transaction.atomic():
            Prospect.objects.filter(pk=made.pk).update(stage=Stage.TALK)

    def test_two_open_ones_of_one_organisation(self):
        first = make_prospect(organisation=make_organisation())
        other = make_prospect()
        with pytest.raises(IntegrityError), transaction.atomic():
            Prospect.objects.filter(pk=other.pk).update(organisation=first.organisation)

    def test_a_step_goes_somewhere_and_declining_has_words(self):
        made = make_prospect()
        for wrong in ({"from_stage": Stage.IDENTIFIED}, {"to_stage": Stage.DECLINED}):
            with pytest.raises(IntegrityError), transaction.atomic():
                ProspectStep.objects.filter(prospect=made).update(**wrong)


def test_ended_stages_are_those_without_talks():
    assert {stage for stage in Stage if stage in ENDED} == {Stage.MEMBER, Stage.DECLINED}


def test_whoever_joined_elsewhere_can_be_won_here():
    body = make_organisation()
    begin_membership(
        alliance=make_alliance(),
        organisation=body,
        since=None,
        contributions=[],
        note="",
        actor=None,
    )
    made = make_prospect(stage=Stage.MEMBER, organisation=body)
    assert made.membership.organisation == body
    assert Membership.objects.filter(organisation=body).count() == 2
