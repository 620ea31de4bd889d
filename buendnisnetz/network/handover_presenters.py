"""How handovers are shown: pieces with their receivers, the file as a paper."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from buendnisnetz.network.domain.queries.handovers import Group, HandoverFile
from buendnisnetz.network.enums import HandoverStatus, Receiver
from buendnisnetz.network.models import Handover, HandoverItem, Post
from buendnisnetz.network.presenters import one_line, period, post_name
from buendnisnetz.ui.jinja import format_date

HANDOVER_TONES: dict[str, str] = {
    HandoverStatus.OPEN: "warning",
    HandoverStatus.DONE: "success",
    HandoverStatus.UNDONE: "info",
    HandoverStatus.CANCELLED: "",
}


def receiver_words(item: HandoverItem, handover: Handover) -> str:
    """Who gets a piece, or who got it."""
    if item.given_to is not None:
        return post_name(item.given_to)
    if item.receiver == Receiver.OTHER and item.other_post is not None:
        return post_name(item.other_post)
    if item.receiver == Receiver.DEPUTY and handover.term.post.deputy is not None:
        return post_name(handover.term.post.deputy)
    return str(Receiver(item.receiver).label)


def piece_words(item: HandoverItem) -> str:
    """A piece with how it stands and when it is due."""
    due = _("due on %(day)s") % {"day": format_date(item.due_on)} if item.due_on else ""
    note = one_line((item.note, due))
    return f"{item.label} ({note})" if note else item.label


def piece_groups(
    groups: Sequence[Group], handover: Handover
) -> list[tuple[str, str, list[tuple[int, str]]]]:
    """The pieces as choices: kind, its name, and pairs of number and words."""
    return [
        (
            group.code,
            group.label,
            [
                (item.pk, f"{piece_words(item)} → {receiver_words(item, handover)}")
                for item in group.items
            ],
        )
        for group in groups
    ]


def summary(groups: Sequence[Group], handover: Handover) -> list[str]:
    """How many pieces go where, the most first."""
    counts = Counter(receiver_words(item, handover) for group in groups for item in group.items)
    return [
        ngettext("%(count)s piece: %(who)s", "%(count)s pieces: %(who)s", count)
        % {"count": count, "who": who}
        for who, count in counts.most_common()
    ]


def handover_facts(handover: Handover) -> list[tuple[str, Any]]:
    """Who leaves, who comes, when."""
    successor = handover.successor
    return [
        (_("Leaves"), handover.term.person.titled_name()),
        (_("Last day"), format_date(handover.last_day)),
        (
            pgettext("person", "Successor"),
            successor.titled_name() if successor else _("nobody yet, stays vacant"),
        ),
        (_("First day of the successor"), format_date(handover.first_day, "")),
        (_("Mentor"), handover.mentor.titled_name() if handover.mentor else ""),
        (_("Handed over on"), format_date(handover.finished_at, "")),
    ]


def paper_data(file: HandoverFile) -> dict[str, Any]:
    """The file as plain data for the printed paper."""
    handover = file.handover
    post: Post = handover.term.post
    return {
        "title": post_name(post),
        "preline": _("Handover"),
        "facts": [[label, value] for label, value in handover_facts(handover)],
        "words": {
            "notes": _("Notes for the successor"), "contacts": _("Important contacts"),
            "work": _("Open work"), "dates": _("Dates"), "people": _("Whom to ask"),
            "terms": _("Who held the post"), "earlier": _("Earlier handovers"),
            "none": _("Nothing is noted."),
        },
        "heads": {
            "work": [_("What"), _("How it stands"), _("Goes to")],
            "dates": [_("Day"), _("What")],
            "people": [_("Function"), _("Person"), _("E-mail address, phone")],
            "terms": [_("Period"), _("Person")],
        },
        "notes": handover.notes,
        "contacts": handover.contacts,
        "work": [
            {"label": group.label, "rows": [
                [item.label, _standing(item), receiver_words(item, handover)]
                for item in group.items
            ]}
            for group in file.work
        ],
        "listed": [
            {"label": label, "rows": [[format_date(piece.due_on), piece.label] for piece in pieces]}
            for label, pieces in file.listed
        ],
        "dates": [[format_date(item.due_on), item.label] for item in file.dates],
        "people": [
            [one_line((row.role, row.scope)), row.holder, one_line((row.email, row.phone))]
            for row in file.contacts
        ],
        "terms": [
            [period(term.valid_from, term.valid_to), term.person.titled_name()]
            for term in file.terms
        ],
    }  # fmt: skip


def _standing(item: HandoverItem) -> str:
    due = _("due on %(day)s") % {"day": format_date(item.due_on)} if item.due_on else ""
    return one_line((item.note, due))
