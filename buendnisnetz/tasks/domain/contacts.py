"""Tasks that come of contacts who did not answer, or answered that something is wrong (S77)."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.network.domain.receivers import office_post
from buendnisnetz.network.enums import ContactTrouble
from buendnisnetz.network.models import Post
from buendnisnetz.tasks.domain.lifecycle import TaskValues, create_task
from buendnisnetz.tasks.enums import CLOSED, TaskKind
from buendnisnetz.tasks.models import Task

_TIME_TO_ASK = timedelta(days=14)


def look_after_contact(
    *, post: Post, reason: ContactTrouble, words: str, now: datetime
) -> Task | None:
    """Give the coordination office a task; None if the same one is open already."""
    title = _title(post, reason)[:300]
    address = reverse("network:post_detail", args=[post.public_id])
    same = Task.objects.filter(origin_url=address, title=title).exclude(status__in=CLOSED)
    if same.exists():
        return None
    today = timezone.localdate(now)
    office = office_post(today)
    values = TaskValues(
        kind=TaskKind.TASK,
        title=title,
        details=words,
        holder=office.post if office else None,
        assignee_words="" if office else _("coordination office"),
        due_on=today + _TIME_TO_ASK,
    )
    return create_task(
        values=values,
        actor=None,
        now=now,
        origin_label=_("Question to the contact, %(day)s") % {"day": f"{today:%d.%m.%Y}"},
        origin_url=address,
    )


def _title(post: Post, reason: ContactTrouble) -> str:
    titles = {
        ContactTrouble.SILENT: _("Ask by phone: %(post)s did not answer"),
        ContactTrouble.NO_ADDRESS: _("Find an address for %(post)s"),
        ContactTrouble.CHANGED: _("Correct the entry: %(post)s"),
        ContactTrouble.NOT_ME: _("Settle the succession: %(post)s"),
    }
    return titles[reason] % {"post": post.title_and_scope()}
