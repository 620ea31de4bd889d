"""Sending approved minutes to those invited, in one step, each in the form they chose (S104)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.meetings.domain.editions import papers, states
from buendnisnetz.meetings.domain.editions.templates import as_word
from buendnisnetz.meetings.domain.recipients import Recipient
from buendnisnetz.meetings.enums import PaperForm
from buendnisnetz.meetings.models import Delivery, Distribution, Edition, PaperWish
from buendnisnetz.notifications.outbox import Enclosure, queue_mail


def wished_forms(recipients: Sequence[Recipient]) -> dict[str, PaperForm]:
    """The form in which each recipient's post wants minutes, PDF where nothing was said; one query."""
    posts = [row.post.pk for row in recipients if row.post]
    wishes = dict(PaperWish.objects.filter(post__in=posts).values_list("post", "form"))
    return {
        row.key: PaperForm(wishes.get(row.post.pk, PaperForm.PDF)) if row.post else PaperForm.PDF
        for row in recipients
    }


def distribute(
    *,
    edition: Edition,
    recipients: Sequence[Recipient],
    forms: Mapping[str, PaperForm],
    note: str,
    actor: Any,
    now: datetime,
) -> Distribution:
    """Queue a mail to everyone, all in one transaction; remember a form that a post chose anew.

    Raises EditionStateError: drafts go round by consultation, not by this.
    """
    with recorded(actor=actor, action="meetings.edition.distributed"):
        row = states.locked(edition)
        if row.is_writable:
            raise states.EditionStateError(row)
        sent = Distribution.objects.create(
            edition=row, sent_at=now, sent_by=actor, note=note.strip()
        )
        files = _Files(row)
        for recipient in recipients:
            _deliver(sent, recipient, forms.get(recipient.key, PaperForm.PDF), files, now)
        return sent


def _deliver(
    sent: Distribution, recipient: Recipient, form: PaperForm, files: "_Files", now: datetime
) -> None:
    if recipient.post is not None:
        _remember(recipient, form)
    meeting = sent.edition.meeting
    message = queue_mail(
        to=recipient.email,
        subject=_("Minutes of %(day)s: %(title)s")
        % {"day": f"{meeting.held_on:%d.%m.%Y}", "title": meeting.title[:120]},
        text=_letter(sent, form, files),
        kind="meetings.distribution",
        now=now,
        files=files.of(form),
    )
    Delivery.objects.create(
        distribution=sent, post=recipient.post, name=recipient.name, form=form, message=message
    )


def _remember(recipient: Recipient, form: PaperForm) -> None:
    wish = PaperWish.objects.filter(post=recipient.post).first()
    if wish is None and form == PaperForm.PDF:
        return
    if wish is None or wish.form != form:
        PaperWish.objects.update_or_create(post=recipient.post, defaults={"form": form})


def _letter(sent: Distribution, form: PaperForm, files: "_Files") -> str:
    meeting = sent.edition.meeting
    address = settings.SITE_URL.rstrip("/") + reverse(
        "meetings:meeting_detail", args=[meeting.public_id]
    )
    return _(
        "Good day,\n\nthe minutes are approved: %(title)s, %(day)s.\n\n%(note)s%(text)sOn the net: %(link)s\n"
    ) % {
        "title": meeting.title,
        "day": f"{meeting.held_on:%d.%m.%Y}",
        "note": f"{sent.note}\n\n" if sent.note else "",
        "text": f"{sent.edition.text}\n\n" if form == PaperForm.TEXT else "",
        "link": address,
    }


class _Files:
    """The papers of one distribution, each made once."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._made: dict[PaperForm, list[Enclosure]] = {}

    def of(self, form: PaperForm) -> list[Enclosure]:
        if form not in self._made:
            self._made[form] = self._make(form)
        return self._made[form]

    def _make(self, form: PaperForm) -> list[Enclosure]:
        edition = self.edition
        content, signature = papers.current_content(edition), papers.signature_of(edition)
        name = papers.paper_name(edition)
        if form == PaperForm.PDF:
            return [Enclosure(name, "application/pdf", papers.printed(edition))]
        if form == PaperForm.DOCX:
            media_type = papers.FORMS["docx"][0]
            return [
                Enclosure(
                    name.removesuffix("pdf") + "docx",
                    media_type,
                    as_word(edition.meeting, content, signature),
                )
            ]
        return []
