"""Charges: a post looks after an alliance or a group that is not its own."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from buendnisnetz.network.domain import charges, terms
from buendnisnetz.network.domain.queries.holders import current_contact, posts_for
from buendnisnetz.network.domain.queries.listed import details_of
from buendnisnetz.network.domain.removal import remove_if_unused
from buendnisnetz.network.domain.saving import RuleBrokenError
from buendnisnetz.network.enums import PostKind
from buendnisnetz.network.models import Charge
from tests.factories.network import (
    make_alliance,
    make_group,
    make_organisation,
    make_post,
    make_term,
    make_user,
)
from tests.factories.succession import make_charge

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def rows() -> list[tuple[str, date | None, date | None]]:
    found = Charge.objects.select_related("post").order_by("valid_from", "pk")
    return [(charge.post.title, charge.valid_from, charge.valid_to) for charge in found]


class TestBeginning:
    def test_one_post_at_a_time(self):
        alliance, post = make_alliance(), make_post(make_organisation("Musterverein"), "Kümmerer")
        make_charge(post, alliance)
        with pytest.raises(charges.ChargedError) as caught:
            make_charge(make_post(), alliance)
        assert "Kümmerer Musterverein" in str(caught.value)

    def test_what_a_post_belongs_to_is_no_charge_of_it(self):
        alliance = make_alliance()
        with pytest.raises(charges.OwnChargeError, match="Koordination"):
            make_charge(make_post(alliance, "Koordination"), alliance)
        assert rows() == []

    def test_after_the_other_has_ended(self):
        alliance = make_alliance()
        first = make_charge(make_post(), alliance)
        charges.end_charge(charge=first, last_day=date(2022, 12, 31), actor=None)
        second = make_charge(make_post(), alliance, date(2023, 1, 1))
        assert list(charges.open_charges(alliance, DAY)) == [second]

    def test_the_database_refuses_two_and_neither(self):
        post, alliance, group = make_post(), make_alliance(), make_group()
        for wrong in ({"alliance": alliance, "working_group": group}, {}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Charge.objects.create(post=post, **wrong)

    def test_ended_and_reopened(self):
        charge = make_charge(make_post(), make_group())
        charges.end_charge(charge=charge, last_day=date(2022, 12, 31), actor=None)
        charges.reopen_charge(charge=charge, actor=None)
        charge.refresh_from_db()
        assert charge.valid_to is None

    def test_reopening_is_refused_once_somebody_else_has_it(self):
        alliance = make_alliance()
        first = make_charge(make_post(), alliance)
        charges.end_charge(charge=first, last_day=date(2022, 12, 31), actor=None)
        make_charge(make_post(), alliance, date(2023, 1, 1))
        with pytest.raises(RuleBrokenError):
            charges.reopen_charge(charge=first, actor=None)

    def test_taken_back(self):
        charge = make_charge(make_post(), make_alliance())
        remove_if_unused(row=charge, actor=None)
        assert not Charge.objects.exists()


class TestPassingOn:
    def test_the_old_one_ends_the_day_before(self):
        alliance = make_alliance()
        first, second = make_post(title="Eins"), make_post(title="Zwei")
        make_charge(first, alliance)
        charges.pass_on(subject=alliance, source=first, target=second, on=DAY, actor=None)
        assert rows() == [
            ("Eins", date(2021, 1, 1), date(2026, 11, 22)),
            ("Zwei", DAY, None),
        ]

    def test_and_back_again_as_if_nothing_had_happened(self):
        alliance = make_alliance()
        first, second = make_post(title="Eins"), make_post(title="Zwei")
        make_charge(first, alliance)
        charges.pass_on(subject=alliance, source=first, target=second, on=DAY, actor=None)
        charges.pass_on(subject=alliance, source=second, target=first, on=DAY, actor=None)
        assert rows() == [("Eins", date(2021, 1, 1), None)]

    def test_one_that_has_an_end_or_has_yet_to_begin_keeps_its_days(self):
        group, first, second = make_group(), make_post(title="Eins"), make_post(title="Zwei")
        charge = make_charge(first, group)
        charges.end_charge(charge=charge, last_day=date(2027, 1, 31), actor=None)
        make_charge(first, group, date(2027, 3, 1))
        before = rows()
        for on in (DAY, date(2027, 3, 1)):
            charges.pass_on(subject=group, source=first, target=second, on=on, actor=None)
        assert rows() == [
            ("Eins", date(2021, 1, 1), date(2026, 11, 22)),
            ("Zwei", DAY, date(2027, 1, 31)),
            ("Zwei", date(2027, 3, 1), None),
        ]
        for on in (DAY, date(2027, 3, 1)):
            charges.pass_on(subject=group, source=second, target=first, on=on, actor=None)
        assert rows() == before

    def test_what_was_nobodys_is_only_lent_until_the_next_charge_begins(self):
        alliance, own, other = make_alliance(), make_post(title="Eins"), make_post(title="Zwei")
        make_charge(other, alliance, date(2027, 3, 1))
        charges.pass_on(subject=alliance, source=own, target=other, on=DAY, actor=None)
        assert rows() == [("Zwei", DAY, date(2027, 2, 28)), ("Zwei", date(2027, 3, 1), None)]

    def test_without_a_target_it_just_ends(self):
        group, post = make_group(), make_post(title="Eins")
        make_charge(post, group)
        charges.pass_on(subject=group, source=post, target=None, on=DAY, actor=None)
        assert rows() == [("Eins", date(2021, 1, 1), date(2026, 11, 22))]


def _listed(alliance: Any) -> str | None:
    """The post that a list of alliances names."""
    contact = details_of([alliance.pk], DAY)[alliance.pk].contact
    return contact.title if contact else None


class TestWhoIsAsked:
    """An alliance's contact is its own post if somebody is there, else whoever has the charge."""

    def test_own_post_first(self):
        alliance = make_alliance()
        own = make_post(alliance, "Koordination")
        make_term(own)
        make_charge(make_post(title="Kümmerer"), alliance)
        contact = current_contact(alliance, DAY)
        assert contact is not None
        assert contact.post == own
        assert _listed(alliance) == "Koordination"

    def test_whoever_has_the_charge_while_the_own_post_is_empty(self):
        alliance = make_alliance()
        own = make_post(alliance, "Koordination")
        term = make_term(own)
        helper = make_post(title="Kümmerer", email="k@example.org")
        holder = make_term(helper)
        make_charge(helper, alliance)
        terms.end_term(term=term, last_day=date(2026, 1, 1), actor=None)
        contact = current_contact(alliance, DAY)
        assert contact is not None
        assert (contact.post, contact.holders) == (helper, [holder])
        assert _listed(alliance) == "Kümmerer"

    def test_the_empty_own_post_when_nobody_has_the_charge(self):
        alliance = make_alliance()
        own = make_post(alliance, "Koordination")
        contact = current_contact(alliance, DAY)
        assert contact is not None
        assert (contact.post, contact.holders) == (own, [])
        assert _listed(alliance) == "Koordination"

    def test_nobody_at_all(self):
        alliance = make_alliance()
        assert current_contact(alliance, DAY) is None
        assert _listed(alliance) is None

    def test_pages_show_both_and_say_where_each_belongs(self):
        alliance = make_alliance("Bündnis Musterort")
        make_post(alliance, "Koordination", is_contact=True)
        helper = make_post(make_organisation("Musterverein"), "Kümmerer", kind=PostKind.CARETAKER)
        make_charge(helper, alliance)
        found = posts_for(alliance, DAY, make_user("STATE_COORDINATION"))
        assert {(post.title, post.scope_name) for post in found} == {
            ("Koordination", "Bündnis Musterort"),
            ("Kümmerer", "Musterverein"),
        }
        # The public sees official contacts only.
        assert [post.title for post in posts_for(alliance, DAY, None)] == ["Koordination"]
