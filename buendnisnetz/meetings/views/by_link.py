"""Pages behind links in mails about minutes: looking a draft over, approving. No sign-in."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.links import LinkClosedError
from buendnisnetz.meetings import presenters
from buendnisnetz.meetings.domain.editions import approval, consultation
from buendnisnetz.meetings.domain.editions.papers import current_content
from buendnisnetz.meetings.forms.editions import CodeForm, WishForm
from buendnisnetz.meetings.models import ApprovalRequest, Consultee
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url


def _gone(request: HttpRequest, error: DomainError) -> HttpResponse:
    context = {"title": _("Minutes"), "text": str(error)}
    return viewkit.render(request, "ui/error.html", context, status=410)


def _thanks(request: HttpRequest, text: str) -> HttpResponse:
    return viewkit.render(request, "ui/error.html", {"title": _("Thank you"), "text": text})


@never_cache
@open_to(public=True, methods=("GET", "POST"))
def consultation_page(request: HttpRequest, token: str) -> HttpResponse:
    """The draft, with a wish for each passage and one button to agree."""
    try:
        consultee = consultation.consultee_behind(token=token, now=timezone.now())
    except LinkClosedError as error:
        return _gone(request, error)
    form = WishForm(request.POST if "words" in request.POST else None)
    if request.method == "POST":
        if "agree" in request.POST:
            consultation.agree(consultee=consultee, now=timezone.now())
            return _thanks(request, _("You agree to the draft. Nothing else is needed."))
        if form.is_valid():
            _wish(consultee, form)
            return viewkit.render(
                request, "meetings/consultation.html", _draft(consultee, WishForm(), said=True)
            )
    context = _draft(consultee, form)
    return viewkit.render(
        request, "meetings/consultation.html", context, status=422 if form.errors else 200
    )


def _wish(consultee: Consultee, form: WishForm) -> None:
    edition = consultee.edition
    consultation.wish(
        edition=edition,
        entry=edition.meeting.entries.filter(public_id=form.cleaned_data["entry"]).first(),
        words=form.cleaned_data["words"],
        actor=None,
        now=timezone.now(),
        consultee=consultee,
    )


def _draft(consultee: Consultee, form: WishForm, *, said: bool = False) -> dict[str, object]:
    edition = consultee.edition
    content = current_content(edition)
    return {
        "title": edition.meeting.title,
        "consultee": consultee,
        "edition": edition,
        "minutes": presenters.minutes_page(content),
        "passages": [(row["id"], row["text"]) for row in content["entries"]],
        "wishes": list(
            edition.change_requests.filter(proposed_words=consultee.name).order_by("pk")
        ),
        "form": form,
        "said": said,
    }


@never_cache
@open_to(public=True, methods=("GET", "POST"))
def approval_page(request: HttpRequest, token: str) -> HttpResponse:
    """The minutes that wait for a yes: with a code of the second factor, or by signing in."""
    now = timezone.now()
    form = CodeForm(request.POST or None)
    try:
        asked = approval.request_behind(token=token, now=now)
        if request.method == "POST" and form.is_valid():
            approval.approve_by_code(token=token, code=form.cleaned_data["code"], now=now)
            return _thanks(request, _("The minutes are approved. Thank you."))
    except LinkClosedError as error:
        return _gone(request, error)
    except DomainError as error:
        form.add_error("code", str(error))
    return viewkit.render(
        request,
        "meetings/approval.html",
        _waiting(asked, form),
        status=422 if form.errors else 200,
    )


def _waiting(asked: ApprovalRequest, form: CodeForm) -> dict[str, object]:
    edition = asked.edition
    target = url("meetings:edition_list", edition.meeting.public_id)
    return {
        "title": edition.meeting.title,
        "asked": asked,
        "edition": edition,
        "minutes": presenters.minutes_page(current_content(edition)),
        "asks_for_code": approval.asks_for_code(asked),
        "sign_in": f"{url('account_login')}?next={target}",
        "form": form,
    }
