"""Who may work on a task."""

from typing import Any

from django.utils import timezone

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.network.models import Term
from buendnisnetz.tasks.models import Task


def can_work_on(user: Any, task: Task) -> bool:
    """The coordination office, whoever holds the post or deputises for it, and whoever answers for
    the alliance, organisation or district that the post belongs to."""
    access = access_of(user)
    if access.sees_whole_state:
        return True
    if access.is_public:
        return False
    if task.alliance_id in access.ids(ScopeKind.ALLIANCE):
        return True
    holder = task.holder
    if holder is None:
        return False
    scopes = (
        (holder.alliance_id, ScopeKind.ALLIANCE),
        (holder.organisation_id, ScopeKind.ORGANISATION),
        (holder.territory_id, ScopeKind.DISTRICT),
    )
    if any(number is not None and number in access.ids(kind) for number, kind in scopes):
        return True
    posts = [number for number in (holder.pk, holder.deputy_id) if number]
    held = Term.objects.as_of(timezone.localdate()).filter(
        person__user=access.user_id, post__in=posts
    )
    return bool(held.exists())
