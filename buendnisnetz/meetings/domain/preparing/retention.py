"""Forgetting who was asked: what was decided stays, not who was free when."""

from datetime import datetime, timedelta

from django.utils import timezone

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.meetings.models import MeetingInvitation, PollInvitee

KEEP = timedelta(days=365)


def forget_asked(*, now: datetime) -> int:
    """Remove answers to date polls, and invitations to addresses written by hand, a year after.

    Invitations to posts stay: they say which office was invited and what it answered (S82, S111).
    Returns how many rows went.
    """
    last = timezone.localdate(now) - KEEP
    with recorded(actor=None, action="meetings.invitation.forgotten"):
        asked = PollInvitee.objects.filter(poll__closes_on__lt=last).delete()[0]
        by_hand = MeetingInvitation.objects.filter(
            post=None, person=None, meeting__held_on__lt=last
        ).delete()[0]
        return asked + by_hand
