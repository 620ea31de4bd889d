"""Lists, doubles and corrections for tests, made through the room's own functions."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.core.files.base import ContentFile

from buendnisnetz.accounts.enums import Role
from buendnisnetz.network.models import Alliance
from buendnisnetz.ui.exports import write_xlsx
from buendnisnetz.upkeep.domain import checking, lists, taking_over
from buendnisnetz.upkeep.enums import ListStatus, RowChoice, Target
from buendnisnetz.upkeep.models import ListRow, PartnerList
from tests.factories.network import make_user

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def xlsx(header: Sequence[str], *rows: Sequence[str]) -> bytes:
    """A spreadsheet with these cells."""
    buffer = io.BytesIO()
    write_xlsx(buffer, header, rows)
    return buffer.getvalue()


def receive(
    content: bytes,
    name: str = "liste.xlsx",
    *,
    target: Target = Target.MEMBERS,
    alliance: Alliance | None = None,
    actor: Any = None,
) -> PartnerList:
    """A list that was handed in and read."""
    row = lists.receive_list(
        upload=ContentFile(content), name=name, target=target, alliance=alliance,
        actor=actor or make_user(Role.STATE_COORDINATION), now=NOW,
    )  # fmt: skip
    lists.read(partner_list=row.pk, now=NOW)
    row.refresh_from_db()
    return row


def checked(content: bytes, name: str = "liste.xlsx", **facts: Any) -> PartnerList:
    """A list whose columns were named as proposed, and whose rows were checked."""
    row = receive(content, name, **facts)
    lists.name_columns(partner_list=row, columns=row.columns, actor=row.uploaded_by, now=NOW)
    checking.check(partner_list=row.pk, now=NOW)
    row.refresh_from_db()
    return row


def list_of(header: Sequence[str], *rows: Sequence[str], **facts: Any) -> PartnerList:
    return checked(xlsx(header, *rows), **facts)


def take_in(partner_list: PartnerList, *, open_ones: RowChoice = RowChoice.SKIP) -> PartnerList:
    """Take a list in; rows nobody decided about become ``open_ones``."""
    partner_list.rows.filter(choice=RowChoice.OPEN).update(choice=open_ones)
    taking_over.confirm(partner_list=partner_list, actor=partner_list.uploaded_by)
    taking_over.write(partner_list=partner_list.pk, now=NOW)
    partner_list.refresh_from_db()
    assert partner_list.status == ListStatus.DONE, partner_list.error
    return partner_list


def rows_of(partner_list: PartnerList) -> list[ListRow]:
    return list(partner_list.rows.order_by("line"))


def states(partner_list: PartnerList) -> list[tuple[str, str]]:
    """What is known of each row, and what becomes of it."""
    return [(row.match, row.choice) for row in rows_of(partner_list)]


def messages(row: ListRow) -> list[str]:
    return [f"{error['heading']}: {error['message']}" for error in row.errors]
