"""A Word template to begin with: every field stands in it once, in the shape that offices know."""

from typing import Any

from django.utils.translation import gettext as _


def sample_document() -> Any:
    """The document, not yet saved."""
    from docx import Document  # noqa: PLC0415 -- seven megabytes that few processes need

    document = Document()
    document.core_properties.language = "de-DE"
    document.add_paragraph("{{ stand }}, {{ gremium }}")
    document.add_heading("{{ titel }}", 0)
    document.add_paragraph("{% if motto %}{{ motto }}{% endif %}")
    _table(document, "zeile in angaben", ("{{ zeile.name }}", "{{ zeile.wert }}"))
    _participants(document)
    document.add_heading(_("Agenda"), 1)
    _loop(document, "punkt in tagesordnung", ("{{ punkt.nummer }} {{ punkt.titel }}",))
    _results(document)
    document.add_heading(_("Tasks, promises, suggestions"), 1)
    _table(
        document,
        "aufgabe in aufgaben",
        ("{{ aufgabe.was }}", "{{ aufgabe.wer }}", "{{ aufgabe.bis }}"),
        (_("What"), _("Who"), _("Until")),
    )
    document.add_heading(_("Attachments"), 1)
    _loop(document, "anlage in anlagen", ("{{ anlage }}",))
    document.add_paragraph("{{ freigabe }}")
    document.add_paragraph("{{ pruefsumme }}")
    return document


def _participants(document: Any) -> None:
    document.add_heading(_("Participants"), 1)
    _loop(
        document,
        "gruppe in teilnehmende",
        (
            "{{ gruppe.gruppe }}",
            "{%p for person in gruppe.personen %}",
            "{{ person.name }}, {{ person.funktion }}, {{ person.einrichtung }}",
            "{%p endfor %}",
        ),
    )


def _results(document: Any) -> None:
    document.add_heading(_("Results"), 1)
    document.add_paragraph("{%p for punkt in punkte %}")
    document.add_heading("{{ punkt.ueberschrift }}", 2)
    for line in (
        "{%p for eintrag in punkt.eintraege %}",
        "{% if eintrag.art %}{{ eintrag.art }}: {% endif %}{% if eintrag.wer %}{{ eintrag.wer }}: "
        "{% endif %}{{ eintrag.text }}{% if eintrag.hinweis %} ({{ eintrag.hinweis }}){% endif %}",
        "{%p endfor %}",
        "{%p endfor %}",
    ):
        document.add_paragraph(line)


def _loop(document: Any, what: str, lines: tuple[str, ...]) -> None:
    for line in (f"{{%p for {what} %}}", *lines, "{%p endfor %}"):
        document.add_paragraph(line)


def _table(document: Any, what: str, cells: tuple[str, ...], head: tuple[str, ...] = ()) -> None:
    """A table with a row for each; Word needs the loop's two ends in rows of their own."""
    rows = [head] if head else []
    rows += [(f"{{%tr for {what} %}}",), cells, ("{%tr endfor %}",)]
    table = document.add_table(rows=0, cols=len(cells), style="Table Grid")
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=False):
            cell.text = words
