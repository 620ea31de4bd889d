"""What can be done next on the way of minutes."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from buendnisnetz.meetings.domain.queries.editions import Way
from buendnisnetz.meetings.enums import (
    EditionStatus,
)
from buendnisnetz.ui.jinja import url


class Step(NamedTuple):
    """Something that can be done with the minutes now: a button, or a link to a form."""

    label: str
    url: str
    is_button: bool
    is_main: bool = False


def edition_steps(page: Way) -> list[Step]:
    """What whoever edits the meeting can do next, the usual next step first."""
    newest = page.newest
    if newest is None:
        return [_button(page, _("Begin the minutes"), "begin", main=True)]
    status = EditionStatus(newest.status)
    if status == EditionStatus.DRAFT:
        steps = [
            _link(page, _("Send the draft round"), "edition_consult", main=True),
            _link(page, _("Ask for the approval"), "edition_ask_approval"),
            _link(page, _("Record an approval on paper"), "minutes_approve"),
        ]
        return [
            *steps,
            *([_button(page, _("Take the correction back"), "drop")] if newest.number > 1 else []),
        ]
    if status == EditionStatus.CONSULTATION:
        return [
            _link(page, _("Ask for the approval"), "edition_ask_approval", main=True),
            _button(page, _("End the consultation"), "end_consultation"),
            _link(page, _("Record an approval on paper"), "minutes_approve"),
        ]
    steps = [_link(page, _("Send the minutes out"), "edition_distribute", main=True)]
    if status == EditionStatus.APPROVED:
        steps.append(_button(page, _("Publish"), "publish"))
    if any(row.status == EditionStatus.PUBLISHED for row in page.editions):
        steps.append(_button(page, _("Take back from the public"), "withdraw"))
    return [*steps, _link(page, _("Begin a corrected version"), "edition_correct")]


def _button(page: Way, label: str, step: str, *, main: bool = False) -> Step:
    return Step(label, url("meetings:edition_step", page.meeting_id, step), True, main)


def _link(page: Way, label: str, name: str, *, main: bool = False) -> Step:
    return Step(label, url(f"meetings:{name}", page.meeting_id), False, main)
