"""Lines of the writing page, as rows and as JSON for its script."""

from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from buendnisnetz.meetings.domain.queries.writing import Changes, WritingPage
from buendnisnetz.meetings.domain.writing.understanding import Understood
from buendnisnetz.meetings.forms.writing import LineForm, WordsForm
from buendnisnetz.ui.jinja import format_date
from buendnisnetz.ui.untouched import untouched


def writing_rows(page: WritingPage) -> list[dict[str, Any]]:
    """The lines of the writing page with what was understood of each."""
    return [
        {
            "id": entry.public_id,
            "key": uuid4(),
            "kind": entry.kind,
            "text": entry.text,
            "speaker": entry.speaker_words,
            "item": entry.agenda_item.public_id if entry.agenda_item else "",
            "internal": entry.is_internal,
            "deed": deed_words(page.understood.get(entry.public_id)),
        }
        for entry in page.entries
    ]


def new_line(form: LineForm) -> dict[str, Any]:
    """The fields of a line that nobody has written yet. It stands on the page twice."""
    words = untouched(WordsForm, str(form.auto_id))
    return {
        **{field.name: str(field) for field in form.hidden_fields()},
        **{name: words[name] for name in WordsForm.base_fields},
        "item": form["item"],
        "errors": (),
    }


def deed_words(understood: Understood | None) -> str:
    """Who does it until when, as it was understood, so that whoever writes sees it at once."""
    if understood is None:
        return ""
    who = str(understood.holder or understood.who)
    if understood.all_alliances:
        who = _("all alliances")
    until = format_date(understood.due_on, "") or understood.due_words
    parts = (
        _("responsible: %(who)s") % {"who": who} if who else _("nobody named yet"),
        _("until: %(day)s") % {"day": until} if until else "",
        _("waits for: %(event)s") % {"event": understood.waits_for} if understood.waits_for else "",
    )
    return ", ".join(filter(None, parts))


def changes_json(changes: Changes) -> dict[str, Any]:
    """What the writing page's script gets."""
    return {
        "number": changes.number,
        "order": changes.order,
        "entries": [
            {
                "entry": row.public_id,
                "kind": row.kind,
                "text": row.text,
                "item": row.agenda_item.public_id if row.agenda_item else "",
                "speaker": row.speaker_words,
                "internal": row.is_internal,
                "deed": deed_words(changes.understood.get(row.public_id)),
            }
            for row in changes.entries
        ],
    }
