"""Writing that a municipality has nobody to turn to (S76)."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.insight.models import NoContactMark
from buendnisnetz.network.domain.saving import ended, locked, reopened, saved
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory


class NotAMunicipalityError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("The mark is for municipalities that exist on that day."))


class SaidInFutureError(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("This day lies in the future. Please give the day on which it was said.")
        )


def mark_no_contact(
    *, territory: Territory, said_by: str, said_on: date, actor: Any, today: date
) -> NoContactMark:
    """Note who said that there is no contact, and when.

    Raises NotAMunicipalityError, SaidInFutureError, RuleBrokenError (marked already, nobody named).
    """
    if territory.level != Level.MUNICIPALITY or not territory.holds_on(said_on):
        raise NotAMunicipalityError
    if said_on > today:
        raise SaidInFutureError
    with recorded(actor=actor, action="insight.mark.set"):
        locked(territory)
        return saved(
            NoContactMark(
                territory=territory, said_by=said_by.strip(), valid_from=said_on, noted_by=actor
            )
        )


def end_mark(*, mark: NoContactMark, last_day: date, actor: Any) -> NoContactMark:
    """A contact was found. Raises AlreadyEndedError, RuleBrokenError."""
    with recorded(actor=actor, action="insight.mark.ended"):
        return ended(mark, last_day)


def reopen_mark(*, mark: NoContactMark, actor: Any) -> NoContactMark:
    """Undo :func:`end_mark`. Raises NotEndedError, RuleBrokenError."""
    with recorded(actor=actor, action="insight.mark.reopened"):
        return reopened(mark)
