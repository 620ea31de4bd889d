"""Examples for this room's addresses."""

from typing import Any

from django.db.models import QuerySet

from buendnisnetz.core.examples import Finder, register
from buendnisnetz.network.models import Alliance, Organisation
from buendnisnetz.upkeep.enums import ListStatus, RowMatch
from buendnisnetz.upkeep.models import Correction, Double, ListRow, Merge, PartnerList


def _first(rows: QuerySet[Any]) -> Finder:
    def find() -> dict[str, Any] | None:
        value = rows.all().order_by("pk").values_list("public_id", flat=True).first()
        return {"public_id": value} if value else None

    return find


def _with_status(status: ListStatus) -> Finder:
    """A list at a stage, or any."""
    fitting, some = _first(PartnerList.objects.filter(status=status)), _first(PartnerList.objects.all())  # fmt: skip
    return lambda: fitting() or some()


def _row() -> dict[str, Any] | None:
    rows = ListRow.objects.order_by("partner_list", "line")
    row = rows.filter(match=RowMatch.SIMILAR).first() or rows.first()
    return {"public_id": row.partner_list.public_id, "line": row.line} if row else None


def _body() -> dict[str, Any] | None:
    found = _first(Organisation.objects.filter(is_public=True))()
    return {**found, "kind": "organisation"} if found else None


def _alliance() -> dict[str, Any] | None:
    slug = Alliance.objects.order_by("pk").values_list("slug", flat=True).first()
    return {"what": slug} if slug else None


register("upkeep:list_", _with_status(ListStatus.READY))
register("upkeep:list_columns", _with_status(ListStatus.MAPPING))
register("upkeep:list_sheet", _with_status(ListStatus.MAPPING))
register("upkeep:list_undo", _with_status(ListStatus.DONE))
register("upkeep:list_again", _with_status(ListStatus.UNDONE))
register("upkeep:row_list", _with_status(ListStatus.READY))
register("upkeep:rows_", _with_status(ListStatus.READY))
register("upkeep:row_detail", _row)
register("upkeep:double_", _first(Double.objects.all()))
register("upkeep:double_create", lambda: {"kind": "organisationen"})
register("upkeep:merge_", _first(Merge.objects.filter(undone_at=None)))
register("upkeep:correction_", _first(Correction.objects.filter(status="NEW")))
register("upkeep:correction_reopen", _first(Correction.objects.filter(status="REJECTED")))
register("upkeep:correction_create", _body)
register("upkeep:export_file", _alliance)
