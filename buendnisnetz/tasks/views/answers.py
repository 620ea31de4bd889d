"""The answer to a reminder, by the link in the mail."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.errors import DomainError
from buendnisnetz.tasks.domain import reminders
from buendnisnetz.tasks.enums import MailAnswer
from buendnisnetz.tasks.forms import AnswerForm
from buendnisnetz.ui import viewkit


@never_cache
@open_to(public=True, methods=("GET", "POST"))
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in a reminder: says how it stands, once, without a sign-in."""
    now = timezone.now()
    try:
        reminder = reminders.reminder_behind(token=token, now=now)
        form = AnswerForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            chosen = MailAnswer(form.cleaned_data["answer"])
            reminders.answer_reminder(
                token=token, answer=chosen, text=form.cleaned_data["text"], now=now
            )
            thanks = {
                "title": _("Thank you"),
                "text": _("Your answer is recorded: %(answer)s.") % {"answer": chosen.label},
            }
            return viewkit.render(request, "ui/error.html", thanks)
    except DomainError as error:
        return viewkit.render(
            request, "ui/error.html", {"title": _("Reminder"), "text": str(error)}, status=410
        )
    context = {"title": _("How does it stand?"), "reminder": reminder, "form": form}
    return viewkit.render(request, "tasks/answer.html", context, status=422 if form.errors else 200)
