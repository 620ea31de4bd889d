"""German catalogues: one per room, kept in step with the code.

``python -m buendnisnetz.config.catalogues update`` collects the message ids of every room and adds
the missing ones; ``check`` fails on anything untranslated, fuzzy or stale. Compiled files are made
on start and not kept in the repository.
"""

import os
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
_METHODS = [("**.py", "python"), ("**/jinja2/**.html", "jinja2"), ("**/jinja2/**.txt", "jinja2")]
_OPTIONS = {
    "**/jinja2/**.html": {"trimmed": "true", "silent": "false"},
    "**/jinja2/**.txt": {"trimmed": "true", "silent": "false"},
}
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


_PLACEHOLDER = re.compile(r"%\(\w+\)")


def rooms() -> list[Path]:
    """The packages that have texts."""
    return sorted(path.parent for path in PACKAGE.glob("*/apps.py"))


def catalogue_path(room: Path) -> Path:
    return room / "locale" / "de" / "LC_MESSAGES" / "django.po"


def collected(room: Path) -> Catalog:
    """The message ids that stand in a room's code and templates."""
    catalog = Catalog(locale="de", project="Bündnisnetz", charset="utf-8", fuzzy=False)
    found = extract_from_dir(room, _METHODS, _OPTIONS, _KEYWORDS, comment_tags=("Translators:",))
    for name, _line, message, comments, context in found:
        catalog.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return catalog


def read(room: Path) -> Catalog:
    path = catalogue_path(room)
    if not path.exists():
        return Catalog(locale="de", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="de")


def update(room: Path) -> None:
    """Add missing message ids to a room's catalogue and drop those that are gone."""
    wanted = collected(room)
    if not len(wanted) and not catalogue_path(room).exists():
        return
    catalog = read(room)
    catalog.update(wanted, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalogue_path(room).parent.mkdir(parents=True, exist_ok=True)
    with catalogue_path(room).open("wb") as file:
        write_po(file, catalog, width=100, no_location=True, sort_output=True, omit_header=False)
    _drop_changing_headers(catalogue_path(room))


def _drop_changing_headers(path: Path) -> None:
    """Dates and versions in the header would make every run a change."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    changing = (
        '"POT-Creation-Date',
        '"PO-Revision-Date',
        '"Generated-By',
        '"Last-Translator',
        '"Language-Team',
    )
    path.write_text(
        "".join(line for line in lines if not line.startswith(changing)), encoding="utf-8"
    )


def problems(room: Path) -> list[str]:
    """What is missing or stale in a room's catalogue, one line each."""
    wanted, catalog = collected(room), read(room)
    found = []
    for message in wanted:
        if not message.id:
            continue
        own = catalog.get(message.id, message.context)
        texts = (
            own.string
            if own and isinstance(own.string, (tuple, list))
            else [own.string if own else ""]
        )
        if own is None or own.fuzzy or not all(texts):
            found.append(f"{room.name}: not translated: {message.id!r}")
    for own in catalog:
        if own.id and wanted.get(own.id, own.context) is None:
            found.append(f"{room.name}: no longer used: {own.id!r}")
        found += (
            [f"{room.name}: {error}: {own.id!r}" for error in own.check(catalog)] if own.id else []
        )
        if own.id and _loses_a_placeholder(own):
            found.append(f"{room.name}: a placeholder is lost: {own.id!r}")
    return found


def contradictions() -> list[str]:
    """Message ids that two rooms translate differently: Django would show only one of them."""
    texts: dict[tuple[str | None, str], set[str]] = {}
    for room in rooms():
        for message in read(room):
            if message.id and message.string:
                key = message.id if isinstance(message.id, str) else message.id[0]
                texts.setdefault((message.context, key), set()).add(str(message.string))
    return [
        f"translated differently: {key!r}: {sorted(found)}"
        for (_context, key), found in texts.items()
        if len(found) > 1
    ]


def _loses_a_placeholder(message: Message) -> bool:
    """Whether a sentence lacks what its message names. A singular may leave out the number."""
    if not isinstance(message.id, str) or not message.string:
        return False
    return set(_PLACEHOLDER.findall(message.id)) > set(_PLACEHOLDER.findall(str(message.string)))


def compile_all() -> None:
    """Compile every catalogue that is newer than its compiled file."""
    for room in rooms():
        path = catalogue_path(room)
        target = path.with_suffix(".mo")
        if path.exists() and (not target.exists() or target.stat().st_mtime < path.stat().st_mtime):
            # Two processes may start at once: each has a draft of its own.
            draft = target.with_suffix(f".{os.getpid()}.mo")
            with draft.open("wb") as file:
                write_mo(file, read(room))
            draft.replace(target)


def main(arguments: list[str]) -> int:
    if arguments == ["update"]:
        for room in rooms():
            update(room)
    found = [problem for room in rooms() for problem in problems(room)] + contradictions()
    sys.stdout.write("".join(f"{problem}\n" for problem in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
