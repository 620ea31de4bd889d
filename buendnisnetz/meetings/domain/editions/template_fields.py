"""What a Word template can name: plain data under German words, and what each word means."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.meetings.domain.editions.content import Content
from buendnisnetz.meetings.domain.editions.layout import Signature, laid_out
from buendnisnetz.meetings.domain.editions.text import german_day
from buendnisnetz.meetings.enums import MeetingKind

Fields = dict[str, Any]


def fields_of(content: Content, signature: Signature) -> Fields:
    """Minutes as the fields of a template; of the public copy only what is public."""
    page = laid_out(content, signature)
    return {
        "titel": page["title"],
        "stand": page["preline"],
        "tag": german_day(content["held_on"]),
        "beginn": content["starts_at"] or "",
        "ende": content["ends_at"] or "",
        "ort": content["place"],
        "art": str(MeetingKind(content["kind"]).label),
        "gremium": content["body"],
        "motto": content["motto"],
        "naechste_sitzung": german_day(content["next_meeting_on"]),
        "angaben": [{"name": name, "wert": value} for name, value in page["facts"]],
        "teilnehmende": [_group(group) for group in page["attendance"]],
        "tagesordnung": [
            {"nummer": row["number"], "titel": row["title"]} for row in page["agenda"]
        ],
        "punkte": [_item(item) for item in page["items"]],
        "aufgaben": [{"was": what, "wer": who, "bis": until} for what, who, until in page["tasks"]],
        "anlagen": page["attachments"],
        "freigabe": page["approval"],
        "pruefsumme": page["checksum"],
        "fassung": str(signature.number),
    }


def _group(group: dict[str, Any]) -> Fields:
    return {
        "gruppe": group["label"],
        "personen": [
            {"name": name, "funktion": function, "einrichtung": institution}
            for name, function, institution in group["rows"]
        ],
    }


def _item(item: dict[str, Any]) -> Fields:
    return {
        "ueberschrift": item["heading"],
        "redende": item["speakers"],
        "eintraege": [
            {
                "art": row["label"],
                "wer": row["speaker"],
                "text": row["text"],
                "hinweis": row["note"],
            }
            for row in item["entries"]
        ],
    }


def explained() -> list[tuple[str, str]]:
    """Every field with its meaning, in the order of the paper."""
    return [
        ("titel", _("title of the meeting")),
        ("stand", _("draft, minutes or public copy")),
        ("tag, beginn, ende, ort", _("when and where")),
        ("art, gremium, motto", _("kind of meeting, who met, motto")),
        ("naechste_sitzung", _("day of the next meeting")),
        ("angaben", _("all facts of the head, each with “name” and “wert”")),
        ("teilnehmende", _("groups with “gruppe” and “personen” (“name”, “funktion”, “einrichtung”)")),
        ("tagesordnung", _("items with “nummer” and “titel”")),
        (
            "punkte",
            _("items with “ueberschrift”, “redende” and “eintraege” (“art”, “wer”, “text”, “hinweis”)"),
        ),
        ("aufgaben", _("tasks with “was”, “wer” and “bis”")),
        ("anlagen", _("attachments, one line each")),
        ("freigabe, pruefsumme, fassung", _("approval, checksum of the text, number of the version")),
    ]  # fmt: skip


def sample_fields() -> Fields:
    """Invented minutes that use every field."""
    content: Content = {
        "title": "Herbstsitzung der Steuerungsgruppe",
        "kind": MeetingKind.STEERING_GROUP,
        "body": "Bündnis für Familie Musterkreis",
        "motto": "Zusammen geht es leichter",
        "held_on": "2026-10-14",
        "starts_at": "09:30",
        "ends_at": "12:00",
        "place": "Musterstadt, Rathaus",
        "next_meeting_on": "2027-02-10",
        "attendance": [
            {
                "person": None,
                "title": "Dr.",
                "name": "Frauke Beispielsberg",
                "function": "Vorsitz",
                "organisation": "Musterverein e. V.",
                "status": "PRESENT",
                "chair": True,
                "recorder": True,
                "part": "",
            }
        ],
        "agenda": [
            {"id": "a", "number": "1", "title": "Ferienbetreuung", "kind": "REPORT", "speakers": []}
        ],
        "entries": [
            {
                "id": "b",
                "kind": "PROMISE",
                "text": "Das Amt schickt die Liste der Plätze.",
                "item": "a",
                "speaker": "Frauke Beispielsberg",
                "votes": None,
                "task": {"who": "Jugendamt", "due_on": "2026-11-30", "due_words": ""},
            }
        ],
        "attachments": [{"number": 1, "title": "Zahlen", "author": "Jugendamt"}],
    }
    signature = Signature(
        approved_on=date(2026, 11, 2),
        approved_by="Frauke Beispielsberg",
        number=2,
        reason="Frist ergänzt",
        text_sha256="0" * 64,
    )
    return fields_of(content, signature)
