"""Handing on with consent and a day for the answer (S29)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from buendnisnetz.core.links import LinkClosedError
from buendnisnetz.network.domain.saving import RuleBrokenError
from buendnisnetz.notifications.models import Message
from buendnisnetz.partnering.domain import hand_overs
from buendnisnetz.partnering.enums import HandOverStatus, TaskPurpose
from buendnisnetz.partnering.models import HandOver
from tests.factories.network import make_alliance, make_organisation, make_post
from tests.factories.partnering import NOW, TODAY, make_contact, make_office, make_prospect

pytestmark = pytest.mark.django_db
CONSENT = "am Telefon am 3. März"


def hand_over(prospect=None, post=None, consent: str = CONSENT, now=NOW) -> HandOver:
    return hand_overs.hand_over(
        prospect=prospect or make_prospect(alliance=make_alliance()),
        post=post or make_contact(make_organisation(), "kammer@post.example"),
        consent_words=consent, actor=None, now=now,
    )  # fmt: skip


def token() -> str:
    return Message.objects.latest("pk").text.split("/mitmachen/uebergabe/")[1].split("/")[0]


def test_the_mail_says_what_is_known_and_never_the_notes():
    prospect = make_prospect(
        "Optik Muster GmbH", alliance=make_alliance(), contact_words="Herr Muster"
    )
    prospect.notes.create(met_on=TODAY, kind="TALK", words="Geheime Notiz", written_at=NOW)
    hand_over(prospect)
    text = Message.objects.get().text
    assert "Optik Muster GmbH" in text
    assert "Herr Muster" in text
    assert CONSENT in text
    assert "Geheime Notiz" not in text


def test_the_chamber_answers_to_whom_the_prospect_belongs():
    alliance = make_alliance()
    holder = make_contact(alliance, "stelle@mitte.example")
    hand_over(make_prospect(alliance=alliance, holder=holder))
    assert Message.objects.get().reply_to == "stelle@mitte.example"


def test_what_is_not_known_is_a_dash():
    hand_over(make_prospect("Nur ein Name"))
    assert (
        "Ort: –\nBeschäftigte: –\nThemen: –\nKontakt: –\nNachricht: –" in Message.objects.get().text
    )


def test_without_consent_nothing_goes_out():
    with pytest.raises(RuleBrokenError, match="eingewilligt"):
        hand_over(consent="  ")
    assert not Message.objects.exists()


def test_the_database_wants_consent_too():
    handed = hand_over()
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.filter(pk=handed.pk).update(consent_words="")


def test_who_has_no_address_cannot_be_asked():
    with pytest.raises(hand_overs.NoAddressError, match="hat keine E-Mail-Adresse"):
        hand_over(post=make_post(make_organisation()))


def test_the_same_post_is_asked_once_at_a_time():
    prospect, post = make_prospect(), make_contact(make_organisation())
    first = hand_over(prospect, post)
    with pytest.raises(RuleBrokenError, match="schon gefragt"):
        hand_over(prospect, post)
    hand_overs.answer_hand_over(handed=first, accepted=False, words="", actor=None, now=NOW)
    assert hand_over(prospect, post).status == HandOverStatus.SENT


class TestAnswer:
    @pytest.mark.parametrize(
        ("accepted", "status"), [(True, HandOverStatus.ACCEPTED), (False, HandOverStatus.DECLINED)]
    )
    def test_by_link(self, accepted, status):
        hand_over()
        row = hand_overs.answer_by_link(token=token(), accepted=accepted, words=" Gern. ", now=NOW)
        assert (row.status, row.words, row.answered_at) == (status, "Gern.", NOW)

    def test_the_link_works_once_and_until_its_day(self):
        hand_over()
        link = token()
        with pytest.raises(LinkClosedError):
            hand_overs.answer_by_link(
                token=link, accepted=True, words="", now=NOW + timedelta(days=15)
            )
        hand_overs.answer_by_link(token=link, accepted=True, words="", now=NOW + timedelta(days=14))
        with pytest.raises(LinkClosedError):
            hand_overs.answer_by_link(token=link, accepted=False, words="", now=NOW)

    def test_signed_in_and_once(self):
        handed = hand_over()
        hand_overs.answer_hand_over(handed=handed, accepted=True, words="", actor=None, now=NOW)
        with pytest.raises(hand_overs.AnsweredAlreadyError):
            hand_overs.answer_hand_over(
                handed=handed, accepted=False, words="", actor=None, now=NOW
            )

    def test_after_a_signed_in_answer_the_link_is_closed(self):
        handed = hand_over()
        link = token()
        hand_overs.answer_hand_over(handed=handed, accepted=True, words="", actor=None, now=NOW)
        with pytest.raises(LinkClosedError):
            hand_overs.hand_over_behind(token=link, now=NOW)


class TestExpiry:
    def test_silence_becomes_a_task(self):
        make_office()
        prospect = make_prospect("Optik Muster", alliance=make_alliance())
        handed = hand_over(prospect)
        late = NOW + timedelta(days=15)
        row = hand_overs.expire_hand_over(handed=handed.pk, now=late)
        link = prospect.task_links.get()
        assert (row.status, link.purpose, link.task.due_on) == (
            HandOverStatus.EXPIRED, TaskPurpose.HAND_OVER, TODAY + timedelta(days=15),
        )  # fmt: skip
        assert "07.12.2026" in link.words

    def test_not_before_the_day_is_over(self):
        handed = hand_over()
        assert hand_overs.expire_hand_over(handed=handed.pk, now=NOW + timedelta(days=14)) is None

    def test_once(self):
        handed = hand_over()
        late = NOW + timedelta(days=15)
        hand_overs.expire_hand_over(handed=handed.pk, now=late)
        assert hand_overs.expire_hand_over(handed=handed.pk, now=late) is None
        assert handed.prospect.task_links.count() == 1

    def test_what_was_answered_is_left_alone(self):
        handed = hand_over()
        hand_overs.answer_hand_over(handed=handed, accepted=True, words="", actor=None, now=NOW)
        assert hand_overs.expire_hand_over(handed=handed.pk, now=NOW + timedelta(days=99)) is None


def test_when_a_firm_withdraws_only_whoever_still_has_it_is_told():
    prospect = make_prospect("Optik Muster")
    posts = [make_contact(make_organisation(), f"{name}@post.example") for name in "abc"]
    handed = [hand_over(prospect, post) for post in posts]
    hand_overs.answer_hand_over(handed=handed[0], accepted=True, words="", actor=None, now=NOW)
    hand_overs.answer_hand_over(handed=handed[1], accepted=False, words="", actor=None, now=NOW)
    posts[2].email = ""
    posts[2].save()
    Message.objects.all().delete()
    hand_overs.end_hand_overs(prospect=prospect, now=NOW)
    assert [mail.recipient for mail in Message.objects.all()] == ["a@post.example"]
    handed[2].refresh_from_db()
    assert handed[2].status == HandOverStatus.EXPIRED
