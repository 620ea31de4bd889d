"""Taking an erased person's name out of tasks and what was noted about them (GDPR Art. 17)."""

from buendnisnetz.network.domain.erasure import Erasure, scrub_texts
from buendnisnetz.tasks.models import Task, TaskNote

_TASK = (
    "title", "details", "assignee_words", "due_words", "waits_for", "result", "origin_label",
)  # fmt: skip


def scrub(erasure: Erasure) -> None:
    """Replace the name in tasks, their history and their notes."""
    scrub_texts(Task, _TASK, erasure)
    scrub_texts(TaskNote, ("text", "author_words"), erasure)
