"""What the start pages show, as plain data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role
from buendnisnetz.tasks.presenters import age_text, due_text
from buendnisnetz.ui.jinja import format_number, url
from buendnisnetz.web.domain.figures import Figures


@dataclass(frozen=True)
class Tile:
    value: str
    label: str
    url: str


@dataclass(frozen=True)
class Audience:
    """A kind of person and where they begin."""

    title: str
    text: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TaskLine:
    title: str
    url: str
    who: str
    due: str
    tone: str
    age: str


def figure_tiles(figures: Figures) -> list[Tile]:
    return [
        Tile(format_number(figures.active), _("active alliances"), url("network:alliance_list")),
        Tile(format_number(figures.members), _("members"), url("network:organisation_list")),
        Tile(
            format_number(figures.municipalities),
            _("municipalities"),
            url("territories:territory_list"),
        ),
    ]


def audiences() -> list[Audience]:
    """The start page's cards: each kind of person finds the first step."""
    alliances = (_("Find an alliance"), url("network:alliance_list"))
    return [
        Audience(
            _("Families, employees, carers, seniors"),
            _("Which alliance works where you live, and whom you can ask."),
            (alliances, (_("In easy language"), url("web:easy_language"))),
        ),
        Audience(
            _("Companies, chambers, unions"),
            _("Find your alliance and your chamber, and see who is with it already."),
            (
                (_("Take part as a firm"), url("partnering:join")),
                (_("What others gain"), url("partnering:benefit_list")),
                (_("Chambers and their districts"), url("territories:chamber_list")),
            ),
        ),
        Audience(
            _("Mayors and councils"),
            _("What your place has, since when, and who is responsible."),
            (
                (_("All territories"), url("territories:territory_list")),
                (_("Contacts"), url("network:post_list")),
            ),
        ),
        Audience(
            _("Coordinators and “Kümmerer”"),
            _("Bring in minutes, follow tasks and promises, keep members and posts up to date."),
            ((_("Sign in"), url("account_login")), (_("How it works"), url("web:help"))),
        ),
        Audience(
            _("Social planners and administration"),
            _("Territories through time, alliances, contacts per district."),
            (
                (_("Sign in"), url("account_login")),
                (_("Territories"), url("territories:territory_list")),
            ),
        ),
        Audience(
            _("Ministry and coordination office"),
            _("The state of all alliances, what was decided, what was promised and never closed."),
            ((_("Sign in"), url("account_login")), (_("Meetings"), url("meetings:meeting_list"))),
        ),
    ]


def task_lines(tasks: Iterable[Mapping[str, Any]], today: date) -> list[TaskLine]:
    lines = []
    for task in tasks:
        due, tone = due_text(task["due_on"], task["due_words"], task["status"], today)
        lines.append(
            TaskLine(
                title=task["title"],
                url=url("tasks:task_detail", task["public_id"]),
                who=_who(task),
                due=due,
                tone=tone,
                age=age_text(task["opened_on"], today),
            )
        )
    return lines


def _who(task: Mapping[str, Any]) -> str:
    """Whose task it is: a post's, everyone's, or somebody's in the words of the minutes."""
    if task["holder__title"] is not None:
        return str(task["holder__title"])
    return _("all alliances") if task["for_all_alliances"] else str(task["assignee_words"])


def shortcuts(user: Any) -> list[tuple[str, str]]:
    """The first steps that a role takes most often."""
    access = access_of(user)
    links = []
    if access.has(Role.STATE_COORDINATION, Role.ADMINISTRATOR, Role.ALLIANCE_COORDINATOR):
        links.append((_("Bring in minutes"), url("meetings:import_upload")))
        links.append((_("New task"), url("tasks:task_create")))
    links += [
        (_("Alliances"), url("network:alliance_list")),
        (_("Promised and never closed"), url("tasks:promise_list")),
        (_("Decisions"), url("meetings:decision_list")),
    ]
    return links
