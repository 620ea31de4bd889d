"""Reading answers in tests: tables, texts, exports."""

import csv
import html
import io
import re
from typing import Any

import python_calamine

_TAG = re.compile(r"<[^>]+>")


def text_of(response: Any) -> str:
    """The main part of a page as one line of text."""
    page = response.content.decode()
    main = page[page.find("<main") :] if "<main" in page else page
    return " ".join(html.unescape(_TAG.sub(" ", main)).split())


def rows_of(response: Any) -> list[list[str]]:
    """The cells of the big table of a list page, without second lines."""
    body = re.search(r"<tbody>(.*?)</tbody>", response.content.decode(), re.DOTALL)
    if body is None:
        return []
    rows = re.findall(r"<tr>(.*?)</tr>", body.group(1), re.DOTALL)
    return [
        [_plain(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
        for row in rows
    ]


def csv_of(response: Any) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def xlsx_of(response: Any) -> list[list[str]]:
    data = b"".join(response.streaming_content)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]


def hidden(response: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    return found.group(1) if found else ""


def _plain(cell: str) -> str:
    without_note = re.sub(r"<small>.*?</small>", "", cell, flags=re.DOTALL)
    return html.unescape(_TAG.sub("", without_note)).strip()
