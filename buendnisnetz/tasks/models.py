"""Tasks, promises and suggestions: who holds them, until when, what became of them."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import Access, access_of
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.conditions import any_of
from buendnisnetz.core.links import OneUseLink
from buendnisnetz.core.models import PublicId, Versioned
from buendnisnetz.core.search import SearchField, SearchKeyField, SearchQuerySet, search_indexes
from buendnisnetz.network.models import Alliance, Post, Term
from buendnisnetz.tasks.enums import CLOSED, MailAnswer, NoteKind, TaskKind, TaskStatus


def _own(access: Access) -> Q:
    """Tasks of posts that one holds or deputises for, and of what one answers for by a role.

    Posts are asked for in lists of their own: a join would tie every task to its post first.
    """
    held = Term.objects.as_of(timezone.localdate()).filter(person__user=access.user_id)
    held_posts = held.order_by().values("post")
    posts = Post.objects.order_by().values("pk")
    condition = any_of("holder", held_posts)
    condition |= any_of("holder", posts.filter(deputy__in=held_posts))
    alliances = access.ids(ScopeKind.ALLIANCE)
    if alliances:
        of_alliances = posts.filter(alliance__in=alliances)
        condition |= Q(alliance__in=alliances) | any_of("holder", of_alliances)
    organisations = access.ids(ScopeKind.ORGANISATION)
    if organisations:
        condition |= any_of("holder", posts.filter(organisation__in=organisations))
    districts = access.ids(ScopeKind.DISTRICT)
    if districts:
        condition |= any_of("holder", posts.filter(territory__in=districts))
    return condition


class TaskQuerySet(SearchQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Tasks of one's posts, of one's alliances, for all alliances; those of the whole state for
        the ministry. Never for the public, and never an alliance's own for the ministry (S72)."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        if access.is_public:
            return self.none()
        condition = _own(access)
        if access.has(Role.ALLIANCE_COORDINATOR):
            condition |= Q(for_all_alliances=True)
        if access.has(Role.MINISTRY):
            condition |= Q(alliance=None)
        return self.filter(condition)

    def workable_by(self, user: Any) -> Self:
        """Tasks that a user may move on and edit: what the coordination office keeps, and one's own."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        return self.none() if access.is_public else self.filter(_own(access))

    def open(self) -> Self:
        return self.exclude(status__in=CLOSED)

    def waiting(self) -> Self:
        """Open tasks that wait for an event which has not happened yet (S44)."""
        return self.open().exclude(waits_for="").filter(happened_on=None)


@tracked()
class Task(PublicId, Versioned):
    """Something that somebody is to do, was asked to do or said would be done.

    It hangs on a post, so that a successor has it the same day (S96). ``assignee_words`` keeps what
    the minutes said; a task for all alliances has no post. ``origin_url`` leads to the passage it
    came from; the room that made it also keeps a link of its own.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=TaskKind.choices)
    title = models.CharField(_("what is to be done"), max_length=300)
    details = models.TextField(_("details"), blank=True)
    holder = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("responsible post"),
    )
    assignee_words = models.CharField(
        _("responsible, in the words of the minutes"), max_length=200, blank=True
    )
    for_all_alliances = models.BooleanField(_("for all alliances"), default=False)
    alliance = models.ForeignKey(
        Alliance,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("alliance"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_words = models.CharField(_("due, in the words of the minutes"), max_length=120, blank=True)
    # An event in words, and the day on which it happened: from then on the task is due (S44).
    waits_for = models.CharField(_("waits for"), max_length=200, blank=True)
    happened_on = models.DateField(_("has happened on"), null=True, blank=True)
    status = models.CharField(
        _("state"), max_length=12, choices=TaskStatus.choices, default=TaskStatus.OPEN
    )
    opened_on = models.DateField(_("open since"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    result = models.TextField(_("what became of it"), blank=True)
    origin_label = models.CharField(_("origin"), max_length=200, blank=True)
    origin_url = models.CharField(max_length=300, blank=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    search_key = SearchKeyField(source="title")
    search_vector = SearchField()

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        constraints = [
            models.CheckConstraint(
                name="tasks_task_closed_on_a_day",
                condition=(Q(status__in=sorted(CLOSED)) & Q(closed_on__isnull=False))
                | (~Q(status__in=sorted(CLOSED)) & Q(closed_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="tasks_task_dropped_with_reason",
                condition=~Q(status=TaskStatus.DROPPED) | ~Q(result=""),
                violation_error_message=_("Please say why it is dropped."),
            ),
            models.CheckConstraint(
                name="tasks_task_closed_after_opened",
                condition=Q(closed_on=None) | Q(closed_on__gte=models.F("opened_on")),
                violation_error_message=_("It cannot be closed before it was opened."),
            ),
            models.CheckConstraint(
                name="tasks_task_event_makes_it_due",
                condition=Q(happened_on=None) | (~Q(waits_for="") & Q(due_on__isnull=False)),
                violation_error_message=_(
                    "What it waited for has happened: the event and a due day have to stay."
                ),
            ),
        ]
        indexes = [
            *search_indexes("task"),
            models.Index(fields=["holder", "status", "due_on"], name="task_holder"),
            models.Index(fields=["alliance", "status", "due_on"], name="task_alliance"),
            models.Index(
                fields=["due_on", "id"],
                name="task_open_by_due",
                condition=~Q(status__in=sorted(CLOSED)),
            ),
            # Of what kind they are is counted from here alone.
            models.Index(
                fields=["opened_on", "id"],
                name="task_open_by_age",
                include=["kind"],
                condition=~Q(status__in=sorted(CLOSED)),
            ),
            # Which of many tasks are open is answered from this one alone.
            models.Index(fields=["id"], name="task_open", condition=~Q(status__in=sorted(CLOSED))),
            models.Index(fields=["closed_on", "id"], name="task_closed"),
            # Figures are counted from this one alone.
            models.Index(
                fields=["status", "opened_on", "due_on", "closed_on", "id"], name="task_standing"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def search_terms(self) -> dict[str, list[str]]:
        return {"A": [self.title], "B": [self.assignee_words], "C": [self.details, self.result]}


class TaskNote(models.Model):
    """What happened to a task: comments, changes of state, answers; never changed, never deleted."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(_("kind"), max_length=12, choices=NoteKind.choices)
    text = models.TextField(_("text"), blank=True)
    old_status = models.CharField(max_length=12, choices=TaskStatus.choices, blank=True)
    new_status = models.CharField(max_length=12, choices=TaskStatus.choices, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Who answered by mail link is known by the post that was asked, not by an account.
    author_words = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("note on a task")
        indexes = [
            models.Index(fields=["task", "written_at"], name="tasknote_task"),
            # About which tasks somebody said a word lately.
            models.Index(fields=["written_at", "task"], name="tasknote_lately"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.written_at:%Y-%m-%d}"


class Reminder(OneUseLink):
    """A reminder that was sent, with a signed link that answers once without signing in, for 14 days."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="reminders")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="reminders")
    sent_at = models.DateTimeField(_("sent at"))
    answer = models.CharField(_("answer"), max_length=10, choices=MailAnswer.choices, blank=True)

    class Meta:
        verbose_name = _("reminder")
        constraints = [
            models.CheckConstraint(
                name="tasks_reminder_answered_with_an_answer",
                condition=Q(answered_at=None, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
            ),
        ]
        indexes = [models.Index(fields=["task", "sent_at"], name="reminder_task")]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.sent_at:%Y-%m-%d}"
