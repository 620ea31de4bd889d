"""What the pages before a meeting show, as plain data."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from buendnisnetz.meetings.domain.preparing.letters import facts_of
from buendnisnetz.meetings.domain.preparing.polls import option_words
from buendnisnetz.meetings.domain.preparing.timing import Timetable
from buendnisnetz.meetings.domain.queries.preparing import PollPage
from buendnisnetz.meetings.enums import PollAnswerKind, PollStatus
from buendnisnetz.meetings.models import DatePoll, Meeting
from buendnisnetz.ui.jinja import format_date

POLL_TONES = {PollStatus.OPEN: "info", PollStatus.DECIDED: "success", PollStatus.CANCELLED: ""}
_ANSWER_TONES = {"YES": "success", "MAYBE": "warning", "NO": "danger", "": ""}
_SOURCES = ("alliance", "group", "second_group", "chamber", "all_alliances", "all_chambers")


def poll_facts(poll: DatePoll) -> list[tuple[str, str]]:
    body = poll.working_group or poll.alliance
    return [
        (_("Of"), str(body) if body else _("the whole state")),
        (_("Together with"), str(poll.second_group or "")),
        (_("Kind"), poll.get_kind_display()),
        (_("Series"), str(poll.series or "")),
        (_("Place"), poll.place),
        (_("Answers until"), format_date(poll.closes_on)),
        (_("Words in the mail"), poll.words),
    ]


class OptionHead(NamedTuple):
    """The head of a time's column."""

    pk: int
    words: str
    counts: str
    is_best: bool


def option_heads(page: PollPage) -> list[OptionHead]:
    return [
        OptionHead(
            row.option.pk,
            option_words(row.option),
            _("%(yes)s yes, %(maybe)s if need be, %(no)s no")
            % {"yes": row.yes, "maybe": row.maybe, "no": row.no},
            row.is_best,
        )
        for row in page.options
    ]


class AnswerRow(NamedTuple):
    """What one of those asked said."""

    name: str
    function: str
    words: str
    cells: list[tuple[str, str]]
    has_answered: bool


def answer_rows(page: PollPage) -> list[AnswerRow]:
    labels = {str(kind.value): str(kind.label) for kind in PollAnswerKind}
    return [
        AnswerRow(
            invitee.name,
            f"{invitee.post.title}, {invitee.post.scope_name}" if invitee.post else "",
            invitee.words,
            [
                (labels.get(said, "–"), _ANSWER_TONES[said])
                for row in page.options
                for said in [page.said.get((invitee.pk, row.option.pk), "")]
            ],
            invitee.answered_at is not None,
        )
        for invitee in page.invitees
    ]


def sources_query(poll: DatePoll, wanted: Mapping[str, Any]) -> str:
    """From where those asked come at first: the poll's own body, or what a page wanted that led here."""
    chosen = {name: wanted[name] for name in _SOURCES if wanted.get(name)}
    return urlencode(chosen or first_sources(poll))


def first_sources(meeting: Meeting | DatePoll) -> dict[str, Any]:
    """From where those asked come as long as nobody chose otherwise: the body that meets."""
    if meeting.working_group:
        further = getattr(meeting, "second_group", None)
        second = {"second_group": further.public_id} if further else {}
        return {"group": meeting.working_group.public_id, **second}
    if meeting.alliance:
        return {"alliance": meeting.alliance.public_id}
    return {"all_alliances": "on", "all_chambers": "on"}


def invitation_facts(meeting: Meeting) -> list[tuple[str, str]]:
    body = meeting.working_group or meeting.alliance
    when, *where = facts_of(meeting)
    return [
        (pgettext("meeting", "When"), when),
        (_("Place"), ", ".join(where)),
        (_("Of"), str(body) if body else _("the whole state")),
        (_("Motto"), meeting.motto),
    ]


def timetable_words(timetable: Timetable) -> str:
    """How long the agenda takes, and whether the time is enough."""
    minutes = ngettext("%(num)s minute", "%(num)s minutes", timetable.minutes)
    parts = [_("Together: %(time)s.") % {"time": minutes % {"num": timetable.minutes}}]
    if timetable.without_duration:
        text = ngettext(
            "%(num)s item has no duration yet.",
            "%(num)s items have no duration yet.",
            timetable.without_duration,
        )
        parts.append(text % {"num": timetable.without_duration})
    over = timetable.over
    if over is not None and over > 0:
        text = ngettext(
            "That is %(num)s minute more than there is until the end.",
            "That is %(num)s minutes more than there are until the end.",
            over,
        )
        parts.append(text % {"num": over})
    elif over:
        text = ngettext(
            "%(num)s minute is left until the end.",
            "%(num)s minutes are left until the end.",
            -over,
        )
        parts.append(text % {"num": -over})
    return " ".join(parts)
