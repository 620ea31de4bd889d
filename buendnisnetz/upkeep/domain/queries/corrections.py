"""Reading proposed corrections."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Value
from django.db.models.functions import Coalesce, Concat

from buendnisnetz.core.search import search_key
from buendnisnetz.territories.models import Territory
from buendnisnetz.upkeep.domain.changes import plain
from buendnisnetz.upkeep.domain.corrections import subject_of
from buendnisnetz.upkeep.enums import CorrectionStatus
from buendnisnetz.upkeep.models import Correction


def corrections_for(user: Any) -> QuerySet[Any]:
    """Proposals about what a user keeps, with the name of the entry."""
    visible: QuerySet[Any] = Correction.objects.visible_to(user)
    post = Concat(F("post__title"), Value(", "), F("post__scope_name"))
    rows: QuerySet[Any] = visible.annotate(
        entry=Coalesce("organisation__name", "alliance__name", post)
    )
    return rows


def narrowed(rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
    """New ones, unless something else is asked for."""
    status = values.get("status") or CorrectionStatus.NEW
    return rows if status == "ALL" else rows.filter(status=status)


def found(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    key = search_key(typed)
    return rows.filter(
        Q(organisation__search_key__contains=key)
        | Q(alliance__search_key__contains=key)
        | Q(post__search_key__contains=key)
    )


@dataclass(frozen=True)
class Proposed:
    """A field of a proposal: what was shown then, what stands there now, what is proposed."""

    name: str
    label: str
    shown: str
    current: str
    proposed: str
    taken: bool | None

    @property
    def moved_on(self) -> bool:
        """Somebody changed it since it was shown."""
        return self.shown != self.current


def proposed_fields(correction: Correction) -> list[Proposed]:
    """The fields of a proposal against the entry as it is now."""
    subject = subject_of(correction)
    found_fields = []
    for name, change in correction.fields.items():
        field: Any = subject._meta.get_field(name)
        label = str(field.verbose_name)
        current = plain(getattr(subject, field.attname))
        found_fields.append(
            Proposed(
                name=name,
                label=label[:1].upper() + label[1:],
                shown=_text(field, change["shown"]),
                current=_text(field, current),
                proposed=_text(field, change["proposed"]),
                taken=change.get("taken"),
            )
        )
    return found_fields


def _text(field: Any, value: Any) -> str:
    if value is None or value == "":
        return ""
    if field.is_relation:
        return str(Territory.objects.filter(pk=value).first() or "")
    return str(dict(field.flatchoices).get(value, value))


def waiting_corrections(user: Any) -> QuerySet[Correction]:
    return Correction.objects.visible_to(user).filter(status=CorrectionStatus.NEW)
