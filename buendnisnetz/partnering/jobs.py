"""Jobs of this room. Each finds what is due and queues one job for each, so that one failure stops
nobody else's; each bears being run twice."""

from django.utils import timezone
from procrastinate.contrib.django import app

from buendnisnetz.core.queue import enqueue
from buendnisnetz.partnering.domain import (
    hand_overs,
    introductions,
    notices,
    prospect_work,
    retention,
    silence,
)


@app.periodic(cron="15 6 * * 1-5")
@app.task(name="partnering.look_after_all", queueing_lock="partnering.look_after_all")
def look_after_all(timestamp: int = 0) -> None:
    """Silent prospects, unanswered questions, and people to be told, every working day."""
    now = timezone.now()
    today = timezone.localdate(now)
    due = (
        ("partnering.remind_of_silence", silence.silent_prospects(today)),
        ("partnering.expire_hand_over", hand_overs.overdue_hand_overs(now)),
        ("partnering.remind_introduction", introductions.unanswered_sides(now)),
        ("partnering.send_notice", notices.notices_to_send(today)),
        ("partnering.remind_to_tell", notices.notices_to_tell(today)),
    )
    for name, rows in due:
        for number in rows.values_list("pk", flat=True):
            enqueue(name, once=f"{name}:{number}", number=number)


@app.task(name="partnering.remind_of_silence")
def remind_of_silence(number: int) -> None:
    prospect_work.remind_of_silence(prospect=number, now=timezone.now())


@app.task(name="partnering.expire_hand_over")
def expire_hand_over(number: int) -> None:
    hand_overs.expire_hand_over(handed=number, now=timezone.now())


@app.task(name="partnering.remind_introduction")
def remind_introduction(number: int) -> None:
    introductions.remind_or_expire(side=number, now=timezone.now())


@app.task(name="partnering.send_notice")
def send_notice(number: int) -> None:
    notices.send_notice(notice=number, now=timezone.now())


@app.task(name="partnering.remind_to_tell")
def remind_to_tell(number: int) -> None:
    prospect_work.remind_to_tell(notice=number, now=timezone.now())


@app.periodic(cron="50 3 1 * *")
@app.task(name="partnering.forget_silent_contacts")
def forget_silent_contacts(timestamp: int = 0) -> None:
    retention.forget_silent_contacts(now=timezone.now())
