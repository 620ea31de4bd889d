"""Writing prospects: the only place where their stage changes. Every change leaves a step."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.network.domain.memberships import begin_membership
from buendnisnetz.network.domain.organisations import create_organisation
from buendnisnetz.network.domain.removal import remove_if_unused
from buendnisnetz.network.domain.saving import compared, locked, saved
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.network.models import Membership, Organisation
from buendnisnetz.partnering.domain.notices import contact_was_given
from buendnisnetz.partnering.domain.prospect_values import (
    Joining,
    NoAllianceError,
    NothingToTakeBackError,
    NotInDirectoryError,
    ProspectValues,
    ReasonMissingError,
    StageError,
    TooEarlyError,
)
from buendnisnetz.partnering.enums import STAGE_TRANSITIONS, Origin, Stage
from buendnisnetz.partnering.models import Prospect, ProspectStep


def create_prospect(
    *,
    values: ProspectValues,
    actor: Any,
    now: datetime,
    origin: Origin = Origin.OWN,
    source: str = "",
) -> Prospect:
    """Note somebody who may become a partner, with the first step.

    A contact that others gave is told within a month that we have it (GDPR Art. 14); ``source``
    says from whom it came. Raises RuleBrokenError, also if the organisation is being won already.
    """
    today = timezone.localdate(now)
    with recorded(actor=actor, action="partnering.prospect.created"):
        row = Prospect(
            **values.columns(), origin=origin, created_at=now, created_by=actor, last_step_on=today
        )
        saved(row)
        _step(row, "", Stage.IDENTIFIED, actor=actor, now=now)
        if origin != Origin.PUBLIC_FORM:
            contact_was_given(prospect=row, source=source, today=today)
    return row


def edit_prospect(
    *,
    prospect: Prospect,
    version: int,
    values: ProspectValues,
    actor: Any,
    now: datetime,
    source: str = "",
) -> Prospect:
    """Change what a prospect says. Raises EditConflictError, RuleBrokenError.

    A new contact counts as given by others, see :func:`create_prospect`.
    """
    with recorded(actor=actor, action="partnering.prospect.edited"):
        before = locked(prospect)
        row = saved(compared(prospect, version, values.columns()))
        known = (before.contact_words, before.contact_email)
        if (row.contact_words, row.contact_email) != known:
            contact_was_given(prospect=row, source=source, today=timezone.localdate(now))
    return row


def link_organisation(*, prospect: Prospect, organisation: Organisation, actor: Any) -> Prospect:
    """Say which organisation of the directory it is. Raises RuleBrokenError."""
    with recorded(actor=actor, action="partnering.prospect.linked"):
        row = locked(prospect)
        row.organisation, row.name = organisation, organisation.name
        row.territory = organisation.territory or row.territory
        return saved(row)


def add_to_directory(*, prospect: Prospect, actor: Any) -> Prospect:
    """Make an organisation of the prospect's words, and link it.

    The contact stays where it is: a person's address does not become the organisation's.
    """
    with recorded(actor=actor, action="partnering.prospect.linked"):
        row = locked(prospect)
        if row.organisation is not None:
            return row
        body = create_organisation(
            name=row.name,
            kind=OrganisationKind.COMPANY,
            territory=row.territory,
            city=row.territory.short_name if row.territory else "",
            wz_section=row.wz_section,
            size_class=row.size_class,
            actor=actor,
        )
        return link_organisation(prospect=row, organisation=body, actor=actor)


def move_prospect(
    *,
    prospect: Prospect,
    stage: Stage,
    actor: Any,
    now: datetime,
    words: str = "",
    not_before: date | None = None,
    joining: Joining | None = None,
    author_words: str = "",
) -> ProspectStep:
    """Move a prospect to another stage and keep the step.

    Declining needs ``words``; becoming a member needs an organisation, an alliance and ``joining``,
    and creates the membership unless it is one already. Raises StageError, TooEarlyError,
    ReasonMissingError, NoAllianceError, NotInDirectoryError, AlreadyMemberError.
    """
    with recorded(actor=actor, action=f"partnering.prospect.{stage.lower()}"):
        row, words = locked(prospect), words.strip()
        before, today = Stage(row.stage), timezone.localdate(now)
        _check_move(row, stage, words, today)
        made = stage == Stage.MEMBER and _join(row, joining or Joining(today), actor)
        row.stage = stage
        row.decline_reason = words[:300] if stage == Stage.DECLINED else ""
        row.not_before = not_before if stage == Stage.DECLINED else None
        _touch(row, today)
        return _step(
            row, before, stage, words=words, not_before=row.not_before, made_membership=made,
            actor=actor, author_words=author_words, now=now,
        )  # fmt: skip


def take_back_step(*, prospect: Prospect, actor: Any, now: datetime) -> ProspectStep:
    """Undo the last step; both stay in the history.

    A membership that the step began goes too, while nothing else refers to it (StillUsedError).
    Raises NothingToTakeBackError for the first step, and for one that took another back.
    """
    with recorded(actor=actor, action="partnering.prospect.taken_back"):
        row = locked(prospect)
        last = row.steps.order_by("-pk").first()
        if last is None or not last.from_stage or last.takes_back_id:
            raise NothingToTakeBackError
        stage, joined = Stage(last.from_stage), row.membership
        reason = _reason_before(row, last) if stage == Stage.DECLINED else None
        row.stage, row.membership = stage, None
        row.decline_reason = reason.words[:300] if reason else ""
        row.not_before = reason.not_before if reason else None
        _touch(row, timezone.localdate(now))
        if joined is not None and last.made_membership:
            remove_if_unused(row=joined, actor=actor)
        return _step(
            row, Stage(last.to_stage), stage, words=reason.words if reason else "",
            not_before=row.not_before, takes_back=last, actor=actor, now=now,
        )  # fmt: skip


def _check_move(row: Prospect, stage: Stage, words: str, today: date) -> None:
    before = Stage(row.stage)
    if stage not in STAGE_TRANSITIONS[before]:
        raise StageError(before, stage)
    if stage == Stage.DECLINED and not words:
        raise ReasonMissingError
    too_early = row.not_before is not None and today < row.not_before
    if stage == Stage.IDENTIFIED and too_early and row.not_before is not None:
        raise TooEarlyError(row.not_before)


def _join(row: Prospect, joining: Joining, actor: Any) -> bool:
    """Let the organisation join; whether a membership was made for it."""
    if row.alliance is None:
        raise NoAllianceError
    if row.organisation is None:
        raise NotInDirectoryError
    present = Membership.objects.filter(
        alliance=row.alliance, organisation=row.organisation, valid_to=None
    )
    row.membership = present.first()
    if row.membership is not None:
        return False
    row.membership = begin_membership(
        alliance=row.alliance,
        organisation=row.organisation,
        since=joining.first_day,
        contributions=joining.contributions,
        note="",
        actor=actor,
    )
    return True


def _reason_before(row: Prospect, last: ProspectStep) -> ProspectStep:
    """The step that declined, before the one that is taken back."""
    declined = row.steps.filter(to_stage=Stage.DECLINED, pk__lt=last.pk)
    return declined.order_by("-pk")[0]


def _touch(row: Prospect, today: date) -> None:
    """A step ends the silence, and begins the time until the contact is forgotten anew."""
    row.last_step_on = max(row.last_step_on, today)
    row.silence_reminded_on = None
    saved(row)


def _step(
    row: Prospect, before: str, after: Stage, *, now: datetime, actor: Any, **facts: Any
) -> ProspectStep:
    return ProspectStep.objects.create(
        prospect=row,
        from_stage=before,
        to_stage=after,
        made_on=timezone.localdate(now),
        written_at=now,
        author=actor,
        **facts,
    )
