"""One task: its page, its moves, its form."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.accounts.gate import may_open, open_to
from buendnisnetz.accounts.rows import Addressed
from buendnisnetz.audit.history import history_of
from buendnisnetz.core.errors import DomainError, EditConflictError
from buendnisnetz.network.domain.queries.choices import contact_posts
from buendnisnetz.network.models import Alliance, Post
from buendnisnetz.tasks import presenters
from buendnisnetz.tasks.domain import lifecycle, reminders, waiting
from buendnisnetz.tasks.domain.queries.tasks import notes_of
from buendnisnetz.tasks.enums import TaskStatus
from buendnisnetz.tasks.forms import CommentForm, HappenedForm, StatusForm, TaskForm
from buendnisnetz.tasks.models import Task
from buendnisnetz.tasks.rules import can_work_on
from buendnisnetz.tasks.views.lists import AUTHORS, WORKERS
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url
from buendnisnetz.ui.untouched import Untouched, untouched

_TASK = Addressed(Task, "holder__deputy", "alliance")


def _visible(request: HttpRequest, public_id: str) -> Task:
    return _TASK.found(request, public_id)


def _workable(request: HttpRequest, public_id: str) -> Task:
    task = _visible(request, public_id)
    if not can_work_on(request.user, task):
        raise PermissionDenied
    return task


@open_to(*WORKERS)
def task_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """A task: who, until when, where it came from, what happened."""
    task = _visible(request, public_id)
    return viewkit.render(request, "tasks/task_detail.html", _detail(request, task, *_untouched()))


def _untouched() -> tuple[Untouched, Untouched]:
    return untouched(CommentForm), untouched(StatusForm)


def _detail(
    request: HttpRequest,
    task: Task,
    comment_form: CommentForm | Untouched,
    status_form: StatusForm | Untouched,
    happened_form: HappenedForm | None = None,
) -> dict[str, Any]:
    today = timezone.localdate()
    can_work = can_work_on(request.user, task)
    waits = can_work and bool(task.waits_for) and not task.happened_on and not task.closed_on
    others = waiting.waiting_for_the_same(task, request.user) if waits else []
    due, tone = presenters.due_text(task.due_on, task.due_words, task.status, today)
    return {
        "title": task.title,
        "task": task,
        "leads_back": bool(task.origin_url) and may_open(request.user, task.origin_url),
        "due": due,
        "overdue": tone == "danger",
        "age": presenters.age_text(task.opened_on, task.closed_on or today),
        "tone": presenters.TONES[TaskStatus(task.status)],
        "notes": presenters.note_rows(notes_of(task)),
        "moves": presenters.moves_of(task.status),
        "can_work": can_work,
        "waiting_too": others,
        "happened_form": happened_form or HappenedForm(has_others=bool(others), today=today)
        if waits
        else None,
        "comment_form": comment_form,
        "status_form": status_form,
        "history": history_of(task),
        "crumbs": [(_("Tasks and promises"), url("tasks:task_list")), (task.title, "")],
    }


@open_to(*WORKERS, methods=("POST",))
@require_POST
def task_status(request: HttpRequest, public_id: str) -> HttpResponse:
    """Move a task on; dropping needs a reason."""
    task = _workable(request, public_id)
    form = StatusForm(request.POST)
    if form.is_valid():
        try:
            lifecycle.change_status(
                task=task,
                status=TaskStatus(form.cleaned_data["status"]),
                text=form.cleaned_data["text"],
                actor=request.user,
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error("text", str(error))
        else:
            return viewkit.back(request, url("tasks:task_detail", public_id))
    context = _detail(request, _visible(request, public_id), _untouched()[0], form)
    return viewkit.invalid(request, "tasks/task_detail.html", context)


@open_to(*WORKERS, methods=("POST",))
@require_POST
def task_comment(request: HttpRequest, public_id: str) -> HttpResponse:
    task = _visible(request, public_id)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return viewkit.invalid(
            request, "tasks/task_detail.html", _detail(request, task, form, _untouched()[1])
        )
    lifecycle.comment(
        task=task, text=form.cleaned_data["text"], actor=request.user, now=timezone.now()
    )
    return redirect("tasks:task_detail", public_id)


@open_to(*WORKERS, methods=("POST",))
@require_POST
def task_happened(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a task waits for has happened: it is due now, and so are others that wait for the same."""
    task = _workable(request, public_id)
    others = waiting.waiting_for_the_same(task, request.user)
    form = HappenedForm(request.POST, has_others=bool(others), today=timezone.localdate())
    if not form.is_valid():
        context = _detail(request, task, *_untouched(), form)
        return viewkit.invalid(request, "tasks/task_detail.html", context)
    due = waiting.happened(
        tasks=[task, *(others if form.cleaned_data.get("with_others") else [])],
        on=form.cleaned_data["happened_on"],
        actor=request.user,
        now=timezone.now(),
    )
    text = ngettext("%(count)s task is due now.", "%(count)s tasks are due now.", len(due))
    messages.success(request, text % {"count": len(due)})
    return redirect("tasks:task_detail", public_id)


@open_to(*WORKERS, methods=("POST",))
@require_POST
def task_remind(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send a reminder now, on top of those that go out by themselves."""
    task = _workable(request, public_id)
    try:
        reminders.send_reminder(task=task, actor=request.user, now=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The reminder is on its way."))
    return redirect("tasks:task_detail", public_id)


def _task_form(
    request: HttpRequest, initial: dict[str, Any] | None = None, task: Task | None = None
) -> TaskForm:
    access = access_of(request.user)
    alliances = Alliance.objects.visible_to(request.user).order_by("sort_key")
    if not access.sees_whole_state:
        alliances = alliances.filter(pk__in=access.ids(ScopeKind.ALLIANCE))
    posts = contact_posts(request.user)
    if task is not None and task.holder_id:
        posts = posts | Post.objects.filter(pk=task.holder_id)
    return TaskForm(
        request.POST or None,
        initial=initial,
        posts=posts.order_by("sort_key", "scope_sort_key", "pk"),
        # On what stands already only the coordination office says whose it is.
        alliances=alliances if task is None or access.sees_whole_state else None,
        whole_state=access.sees_whole_state,
    )


@open_to(*AUTHORS, methods=("GET", "POST"))
def task_create(request: HttpRequest) -> HttpResponse:
    form = _task_form(request)
    if request.method == "POST" and form.is_valid():
        task = lifecycle.create_task(values=form.values(), actor=request.user, now=timezone.now())
        return redirect("tasks:task_detail", task.public_id)
    context = {
        "title": _("New task"),
        "form": form,
        "cancel": url("tasks:task_list"),
        "crumbs": [(_("Tasks and promises"), url("tasks:task_list")), (_("New task"), "")],
    }
    return viewkit.render(request, "ui/form.html", context, status=422 if form.errors else 200)


@open_to(*WORKERS, methods=("GET", "POST"))
def task_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    task = _workable(request, public_id)
    initial = {name: getattr(task, name) for name in TaskForm.base_fields}
    form, conflict = _task_form(request, initial, task), None
    if request.method == "POST" and form.is_valid():
        try:
            lifecycle.edit_task(
                task=task,
                values=form.values(task),
                version=form.cleaned_data["version"] or 0,
                actor=request.user,
                now=timezone.now(),
            )
        except EditConflictError as error:
            conflict = error
            # The next click saves over what is shown beside the own words.
            form.data = {**request.POST.dict(), "version": str(error.version)}
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect("tasks:task_detail", public_id)
    context = {
        "title": _("Edit task"),
        "form": form,
        "conflict": conflict,
        "cancel": url("tasks:task_detail", public_id),
        "crumbs": [
            (_("Tasks and promises"), url("tasks:task_list")),
            (task.title, url("tasks:task_detail", public_id)),
            (_("Edit"), ""),
        ],
    }
    status = 422 if form.errors else 409 if conflict else 200
    return viewkit.render(request, "tasks/task_edit.html", context, status=status)
