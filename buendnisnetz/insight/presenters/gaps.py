"""What the pages about gaps show, as plain data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.gate import KEEPERS
from buendnisnetz.core.words import words_of
from buendnisnetz.insight.domain.queries.balance import Snapshot
from buendnisnetz.insight.domain.queries.candidates import Candidate
from buendnisnetz.insight.domain.queries.gaps import Need
from buendnisnetz.insight.enums import AllianceWarning, Reason, SinceKind
from buendnisnetz.insight.rules import ALLIANCE_KEEPERS, DISTRICT_READERS, GAP_READERS
from buendnisnetz.network.enums import OrganisationKind, Sector
from buendnisnetz.network.models import Alliance
from buendnisnetz.ui.charts import StackedBars, stacked_bars
from buendnisnetz.ui.jinja import format_date, url


@dataclass(frozen=True)
class NeedLine:
    """A requirement with how it stands."""

    key: str
    label: str
    kinds: str
    at_least: int
    present: int
    is_gap: bool
    since: str
    tier: str


@dataclass(frozen=True)
class CandidateLine:
    name: str
    url: str
    kind: str
    place: str
    reasons: tuple[str, ...]
    known_by: tuple[tuple[str, str, str, str, str], ...]
    met: str
    met_url: str


@dataclass(frozen=True)
class GapLine:
    """A gap with those who could close it."""

    need: NeedLine
    candidates: tuple[CandidateLine, ...]


@dataclass(frozen=True)
class WarningLine:
    """What needs attention, and where to mend it (empty: nowhere for this reader)."""

    text: str
    action: str
    url: str


@dataclass(frozen=True)
class Balance:
    """Partners over time: the chart, and the same as two tables."""

    chart: StackedBars
    sectors: list[list[str]]
    kinds_header: list[str]
    kinds: list[list[str]]


def gap_tabs(user: Any, current: str) -> list[tuple[str, str, bool]]:
    """The parts of the gap report that a user may open."""
    entries = [
        ("alliances", _("Alliances"), "insight:gap_list", GAP_READERS),
        ("districts", _("Districts"), "insight:district_list", DISTRICT_READERS),
        ("staffing", _("Planning and care"), "insight:staffing_list", DISTRICT_READERS),
        ("ended", _("To find again"), "insight:ended_list", ALLIANCE_KEEPERS),
        ("checks", _("Self-check"), "insight:check_list", ALLIANCE_KEEPERS),
        ("rules", _("Required composition"), "insight:rule_overview", KEEPERS),
    ]
    access = access_of(user)
    return [
        (text, url(name), key == current)
        for key, text, name, roles in entries
        if access.has(*roles)
    ]


def percent(share: float | None) -> str:
    return "–" if share is None else f"{round(100 * share)} %"


def warning_labels(codes: Iterable[str]) -> list[str]:
    return [str(AllianceWarning(code).label) for code in codes]


def since_text(need: Need) -> str:
    """Since when something is missing, and what that rests on."""
    if not need.is_gap:
        return ""
    if need.since is None:
        return _("never there as far as we know")
    sentence = _SINCE[need.since_kind or SinceKind.DATA]
    return str(sentence) % {"day": format_date(need.since)}


_SINCE = {
    SinceKind.MET: gettext_lazy("since %(day)s"),
    SinceKind.FOUNDED: gettext_lazy("never since the founding on %(day)s"),
    SinceKind.WORKING: gettext_lazy("never since an alliance works here (%(day)s)"),
    SinceKind.DATA: gettext_lazy("never since our data begin on %(day)s"),
}
_TIERS = {0: "", 1: gettext_lazy("set by the state"), 2: gettext_lazy("own rule of the alliance")}


def need_line(need: Need) -> NeedLine:
    words = words_of(OrganisationKind)
    return NeedLine(
        key=need.key,
        label=need.label,
        kinds=", ".join(words[kind] for kind in need.kinds),
        at_least=need.at_least,
        present=need.present,
        is_gap=need.is_gap,
        since=since_text(need),
        tier=str(_TIERS[need.tier]),
    )


def need_lines(needs: Sequence[Need]) -> list[NeedLine]:
    return [need_line(need) for need in needs]


def gap_lines(needs: Sequence[Need], found: Mapping[str, Sequence[Candidate]]) -> list[GapLine]:
    return [
        GapLine(need_line(need), tuple(_candidate(one) for one in found.get(need.key, ())))
        for need in needs
        if need.is_gap
    ]


def _candidate(one: Candidate) -> CandidateLine:
    return CandidateLine(
        name=one.name,
        url=url("network:organisation_detail", one.public_id),
        kind=str(one.kind.label),
        place=one.place,
        reasons=tuple(_reason(reason, one) for reason in one.reasons),
        known_by=tuple(
            (
                known.name,
                url("network:alliance_detail", known.slug),
                known.post,
                url("network:post_detail", known.post_id) if known.post_id else "",
                known.holders,
            )
            for known in one.known_by
        ),
        met=_met(one),
        met_url=url("meetings:meeting_detail", one.met.public_id) if one.met else "",
    )


def _reason(reason: Reason, one: Candidate) -> str:
    if reason == Reason.NEIGHBOUR_MEMBER:
        return _("is a member of %(alliance)s nearby") % {"alliance": one.nearby}
    return str(reason.label)


def _met(one: Candidate) -> str:
    if one.met is None:
        return ""
    text = ngettext(
        "%(count)s meeting together, on %(day)s: %(title)s",
        "%(count)s meetings together, the last on %(day)s: %(title)s",
        one.met.count,
    )
    return text % {
        "count": one.met.count,
        "day": format_date(one.met.held_on),
        "title": one.met.title,
    }


def warning_lines(codes: Iterable[str], alliance: Alliance, keeps: bool) -> list[WarningLine]:
    actions: dict[AllianceWarning, tuple[str, str]] = {
        AllianceWarning.ASLEEP: (_("Record a meeting"), url("meetings:meeting_create")),
        AllianceWarning.UNCONFIRMED: (
            _("Confirm the state"),
            url("network:alliance_status_confirm", alliance.slug),
        ),
        AllianceWarning.NO_CONTACT: (
            _("Look at the posts"),
            url("network:alliance_detail", alliance.slug) + "#posts",
        ),
        AllianceWarning.NO_SPONSOR: (
            _("Add a sponsor"),
            url("network:post_create", "buendnis", alliance.public_id),
        ),
        AllianceWarning.NO_TALK: (_("Record a talk"), url("insight:talk_create", alliance.slug)),
        AllianceWarning.TOPIC_VACANT: (_("To the topics"), "#topics"),
        AllianceWarning.FEW_BUSINESS: (_("To the gaps"), "#gaps"),
    }
    lines = []
    for code in codes:
        warning = AllianceWarning(code)
        action, target = actions[warning] if keeps else ("", "")
        lines.append(WarningLine(str(warning.label), action, target))
    return lines


def balance(snapshots: Sequence[Snapshot]) -> Balance | None:
    """The balance over time; None where there never were any partners."""
    if not any(snapshot.total for snapshot in snapshots):
        return None
    sectors = list(Sector)
    days = [format_date(snapshot.day) for snapshot in snapshots]
    chart = stacked_bars(
        _("Partners by side, year by year"),
        _("Each bar is one day; its parts are the shares of the sides. The same figures follow as a table."),
        [str(sector.label) for sector in sectors],
        [
            (day, str(snapshot.total), [snapshot.by_sector.get(sector, 0) for sector in sectors])
            for day, snapshot in zip(days, snapshots, strict=True)
        ],
    )  # fmt: skip
    kinds = {kind for snapshot in snapshots for kind in snapshot.by_kind}
    return Balance(
        chart=chart,
        sectors=[
            [
                day,
                str(snapshot.total),
                *(
                    _counted(snapshot.by_sector.get(sector, 0), snapshot.total)
                    for sector in sectors
                ),
            ]
            for day, snapshot in zip(days, snapshots, strict=True)
        ],
        kinds_header=[_("Kind"), *days],
        kinds=[
            [str(kind.label), *(str(snapshot.by_kind.get(kind, 0)) for snapshot in snapshots)]
            for kind in sorted(kinds, key=lambda kind: str(kind.label))
        ],
    )


def _counted(number: int, total: int) -> str:
    return f"{number} ({percent(number / total)})" if number else "–"
