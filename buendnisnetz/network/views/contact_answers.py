"""The page behind the link that asks whether a contact is still right."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network import presenters
from buendnisnetz.network.domain import contact_checks
from buendnisnetz.network.domain.queries.holders import holders_on
from buendnisnetz.network.enums import ContactAnswer
from buendnisnetz.network.forms.handovers import ContactAnswerForm
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import data_of, today


@never_cache
@open_to(public=True, methods=("GET", "POST"))
def contact_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Confirmed, changed or no longer me: once, without a sign-in."""
    now = timezone.now()
    form = ContactAnswerForm(data_of(request))
    try:
        check = contact_checks.check_behind(token=token, now=now)
        if request.method == "POST" and form.is_valid():
            answer = ContactAnswer(form.cleaned_data["answer"])
            contact_checks.answer_check(
                token=token, answer=answer, words=form.cleaned_data["words"], now=now
            )
            text = _("Your answer is recorded: %(answer)s.") % {"answer": answer.label}
            return viewkit.render(request, "ui/error.html", {"title": _("Thank you"), "text": text})
    except DomainError as error:
        gone = {"title": _("Question to a contact"), "text": str(error)}
        return viewkit.render(request, "ui/error.html", gone, status=410)
    post = check.post
    names = ", ".join(term.person.titled_name() for term in holders_on(post, today()))
    context = {
        "title": _("Is this contact still right?"),
        "post": post,
        "facts": [
            (_("Held by"), names or _("nobody entered")),
            (_("Deputy"), post.deputy.title_and_scope() if post.deputy else _("nobody entered")),
            (_("E-mail address"), post.email),
            *presenters.post_facts(post),
        ],
        "form": form,
    }
    return viewkit.render(
        request, "network/contact_answer.html", context, status=422 if form.errors else 200
    )
