"""Printed papers: tagged PDF that screen readers can read (PDF/UA-1) and archives keep (PDF/A-3a).

A room's papers are Typst files in its folder ``typst``; they import ``/ui/typst/house.typ`` and get
plain data. What people wrote arrives as data, so nothing in it is ever run.
"""

import json
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

PACKAGE = Path(__file__).resolve().parents[1]

_lock = threading.Lock()
_compiler: "typst.Compiler | None" = None


def paper(name: str, data: Mapping[str, Any], *, written_at: datetime) -> bytes:
    """The PDF of ``room/name`` (file ``<room>/typst/<name>.typ``) filled with JSON data.

    The same data and time give the same bytes.
    """
    room, _slash, file = name.partition("/")
    path = PACKAGE / room / "typst" / f"{file}.typ"
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    # One compiler keeps its fonts and files parsed; it is not made for two threads at once.
    with _lock:
        pdf = _made().compile(
            str(path),
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=["a-3a", "ua-1"],
            timestamp=int(written_at.timestamp()),
        )
    return bytes(pdf)  # type: ignore[arg-type]  # one file, because of the format


def picture(svg: str, *, per_inch: int = 144) -> bytes:
    """The PNG of an SVG drawing: 144 pixels an inch are one and a half for each pixel that the drawing names."""
    path = PACKAGE / "ui" / "typst" / "picture.typ"
    with _lock:
        png = _made().compile(str(path), format="png", ppi=per_inch, sys_inputs={"svg": svg})
    return bytes(png)  # type: ignore[arg-type]  # one page, because it grows with the drawing


def _made() -> "typst.Compiler":
    global _compiler
    if _compiler is None:
        import typst  # noqa: PLC0415 -- seven megabytes that a process without papers does not need

        _compiler = typst.Compiler(
            root=str(PACKAGE),
            font_paths=[str(PACKAGE / "ui" / "typst" / "fonts")],
            ignore_system_fonts=True,
        )
    return _compiler
