"""Reading imports."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.meetings.enums import FindingKind, Verdict
from buendnisnetz.meetings.models import MinutesImport, Proposal
from buendnisnetz.network.models import Alliance


def imports_for_list(user: Any) -> QuerySet[MinutesImport]:
    """Visible imports with how many findings are still undecided."""
    undecided = Count(
        "proposals",
        filter=Q(proposals__verdict=Verdict.PROPOSED) & ~Q(proposals__kind=FindingKind.QUERY),
    )
    rows: QuerySet[MinutesImport] = MinutesImport.objects.visible_to(user).annotate(
        undecided=undecided
    )
    return rows


def proposals_for_review(minutes_import: MinutesImport) -> list[Proposal]:
    """All proposals of an import with whom they are linked to and who decided."""
    rows = minutes_import.proposals.select_related("person", "organisation", "decided_by")
    return list(rows.order_by("position", "pk"))


def alliances_to_import_for(user: Any) -> QuerySet[Alliance]:
    """The alliances whose minutes a user may bring in."""
    access = access_of(user)
    rows = Alliance.objects.visible_to(user)
    if not access.sees_whole_state:
        rows = rows.filter(pk__in=access.ids(ScopeKind.ALLIANCE))
    ordered: QuerySet[Alliance] = rows.order_by("sort_key")
    return ordered
