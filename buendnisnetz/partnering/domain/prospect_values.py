"""What a prospect says, and what may be wrong with a step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.enums import Contribution
from buendnisnetz.network.models import Alliance, Organisation, Post
from buendnisnetz.partnering.enums import Stage
from buendnisnetz.territories.models import Territory


class StageError(DomainError):
    """This stage does not lead to that one."""

    def __init__(self, before: Stage, after: Stage) -> None:
        super().__init__(
            _("From “%(before)s” it does not go to “%(after)s”. Please look at the page again.")
            % {"before": before.label, "after": after.label}
        )


class ReasonMissingError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Please say in a sentence why they declined."))


class TooEarlyError(DomainError):
    """They asked to be left alone until a day."""

    def __init__(self, not_before: date) -> None:
        super().__init__(
            _(
                "They asked not to be approached before %(day)s. If they came back by themselves, choose “in talks”."
            )
            % {"day": f"{not_before:%d.%m.%Y}"}
        )


class NoAllianceError(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("One becomes a member of an alliance. Please say first which alliance it is.")
        )


class NotInDirectoryError(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("Members stand in the directory. Please choose or add the organisation first.")
        )


class NothingToTakeBackError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("There is no step to take back."))


@dataclass(frozen=True, kw_only=True)
class ProspectValues:
    """What a prospect says, apart from its stage. With an organisation, its facts win over words."""

    alliance: Alliance | None = None
    organisation: Organisation | None = None
    name: str = ""
    territory: Territory | None = None
    wz_section: str = ""
    size_class: str = ""
    topics: Sequence[str] = ()
    contact_words: str = ""
    contact_email: str = ""
    holder: Post | None = None

    def columns(self) -> dict[str, Any]:
        body = self.organisation
        return {
            "alliance": self.alliance,
            "organisation": body,
            "name": body.name if body else self.name.strip()[:200],
            "territory": body.territory if body and body.territory else self.territory,
            "wz_section": (body.wz_section if body else "") or self.wz_section,
            "size_class": (body.size_class if body else "") or self.size_class,
            "topics": list(self.topics),
            "contact_words": self.contact_words.strip()[:300],
            "contact_email": self.contact_email.strip(),
            "holder": self.holder,
        }


@dataclass(frozen=True)
class Joining:
    """With which first day and contributions an organisation becomes a member."""

    first_day: date
    contributions: Sequence[Contribution] = ()
