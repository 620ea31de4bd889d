"""German texts have to be compiled before pages can show them."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import buendnisnetz.network


def _compile() -> None:
    folder = Path(buendnisnetz.network.__file__).parent / "locale" / "de" / "LC_MESSAGES"
    source, target = folder / "django.po", folder / "django.mo"
    if source.exists() and (not target.exists() or target.stat().st_mtime < source.stat().st_mtime):
        with source.open("rb") as text, target.open("wb") as compiled:
            write_mo(compiled, read_po(text, locale="de"))


_compile()
