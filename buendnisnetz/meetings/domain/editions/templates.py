"""The office's own Word template: taken in after a trial, and filled with minutes."""

import io
import json
import os
import re
import subprocess
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.files.store import MEGABYTE, store_file
from buendnisnetz.meetings.domain.editions.content import Content
from buendnisnetz.meetings.domain.editions.layout import Signature
from buendnisnetz.meetings.domain.editions.papers import as_docx
from buendnisnetz.meetings.domain.editions.template_fields import fields_of, sample_fields
from buendnisnetz.meetings.domain.editions.template_sample import sample_document
from buendnisnetz.meetings.models import Meeting, WordTemplate
from buendnisnetz.network.models import Alliance

LARGEST_TEMPLATE = 5 * MEGABYTE
SECONDS = 15
MEGABYTES = 700
_ROOT = str(Path(__file__).resolve().parents[4])
# Signs that XML cannot hold; a single one would make the file unreadable.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class TemplateError(DomainError):
    """The template cannot be used; the sentence says why and where."""


def add_template(
    *,
    name: str,
    alliance: Alliance | None,
    upload: "File[Any]",
    file_name: str,
    actor: Any,
    now: datetime,
) -> WordTemplate:
    """Take a template in after it was filled once with sample data; the one before it is not ended:
    the newest that holds is used.

    Raises TemplateError, and what ``store_file`` raises.
    """
    with recorded(actor=actor, action="meetings.word_template.added"):
        stored = store_file(
            upload=upload, name=file_name, limit=LARGEST_TEMPLATE, actor=actor, now=now
        )
        with stored.content.open("rb") as content:
            filled(content.read(), sample_fields())
        return WordTemplate.objects.create(name=name.strip(), alliance=alliance, file=stored)


def end_template(*, template: WordTemplate, actor: Any, today: date) -> WordTemplate:
    """Use a template no longer; it can be taken up again."""
    with recorded(actor=actor, action="meetings.word_template.ended"):
        template.ended_on = today
        template.save()
    return template


def reopen_template(*, template: WordTemplate, actor: Any) -> WordTemplate:
    """Use an ended template again."""
    with recorded(actor=actor, action="meetings.word_template.reopened"):
        template.ended_on = None
        template.save()
    return template


def template_for(meeting: Meeting) -> WordTemplate | None:
    """The newest template of the alliance that met, else that of the state; one query."""
    group = meeting.working_group
    alliance = meeting.alliance_id or (group.alliance_id if group else None)
    rows = WordTemplate.objects.filter(ended_on=None).select_related("file").order_by("-pk")
    found = list(rows.filter(alliance=None)) + list(
        rows.filter(alliance=alliance) if alliance else ()
    )
    own = [row for row in found if row.alliance_id is not None]
    return next(iter(own or found), None)


def as_word(meeting: Meeting, content: Content, signature: Signature) -> bytes:
    """Minutes as a Word file: in the office's template, or plain where there is none or it fails."""
    template = template_for(meeting)
    if template is not None and not template.file.is_gone:
        try:
            return trial(template, fields_of(content, signature))
        except (TemplateError, FileNotFoundError):
            # Whoever wants the minutes gets them; the page of templates shows the failure.
            pass
    return as_docx(content, signature)


def trial(template: WordTemplate, fields: dict[str, Any] | None = None) -> bytes:
    """A template filled, with sample data unless told otherwise. Raises TemplateError."""
    with template.file.content.open("rb") as content:
        return filled(content.read(), sample_fields() if fields is None else fields)


def filled(template: bytes, fields: dict[str, Any]) -> bytes:
    """Fill a template within limits of time and memory. Raises TemplateError."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "source.docx", Path(folder) / "target.docx"
        source.write_bytes(template)
        answer = _run(source, target, _plain(fields))
        if answer.get("problem") or not target.exists():
            raise TemplateError(_sentence(answer))
        return target.read_bytes()


def _plain(value: Any) -> Any:
    """The same data without signs that a Word file cannot hold."""
    if isinstance(value, str):
        return _UNWRITABLE.sub("", value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return {key: _plain(item) for key, item in value.items()}


def _run(source: Path, target: Path, fields: dict[str, Any]) -> dict[str, str]:
    paths = [_ROOT, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    module = "buendnisnetz.meetings.domain.editions.template_child"
    try:
        done = subprocess.run(  # noqa: S603 -- our own module, the paths are only arguments
            [sys.executable, "-m", module, str(source), str(target), str(SECONDS), str(MEGABYTES)],
            input=json.dumps(fields).encode(),
            capture_output=True,
            timeout=SECONDS + 5,
            check=False,
            env={"PYTHONPATH": os.pathsep.join(paths), "PATH": os.environ.get("PATH", "")},
        )
        answer: dict[str, str] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        # Killed for its time or its memory, perhaps before it could say anything.
        return {"problem": "slow"}
    return answer


def _sentence(answer: dict[str, str]) -> str:
    values = {"words": answer.get("words", ""), "place": answer.get("place", "")}
    sentences = {
        "broken": _("This is no Word file (.docx) that can be opened."),
        "large": _("The Word file is too large once unpacked. Please use smaller pictures."),
        "macros": _("The Word file holds macros or embedded programs. Please save it without."),
        "linked": _("The Word file fetches something from elsewhere. Please put it in instead."),
        "slow": _("Filling the template takes too long or too much memory. Please simplify it."),
        "syntax": _("The template does not follow the rules near “%(place)s”: %(words)s") % values,
        "unknown": _("The template uses a field that does not exist: %(words)s") % values,
        "forbidden": _("The template asks for more than its fields: %(words)s") % values,
    }
    other = _("The template cannot be filled: %(words)s") % values
    return sentences.get(answer.get("problem", ""), other)


def sample_template() -> bytes:
    """A template with every field, to change as one likes."""
    target = io.BytesIO()
    sample_document().save(target)
    return target.getvalue()
