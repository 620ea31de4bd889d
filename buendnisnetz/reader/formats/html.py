"""Saved web pages: their text, one line per block, table cells set apart by tabs."""

from html.parser import HTMLParser

from buendnisnetz.reader.formats.plain import decode

_SILENT = {"script", "style", "head", "template", "noscript", "svg"}
_BLOCKS = {
    "p",
    "div",
    "tr",
    "table",
    "ul",
    "ol",
    "section",
    "article",
    "header",
    "footer",
    "dl",
    "dd",
    "dt",
    "blockquote",
    "pre",
    "hr",
}
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}


def read(content: bytes, name: str) -> str:
    """The text of an HTML page; headings keep their rank as in Markdown."""
    page = _Page()
    page.feed(decode(content, name))
    page.close()
    return page.text()


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._silent = 0
        self._lists: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _HEADINGS:
            self._parts.append(f"\n\n{_HEADINGS[tag]} ")
        elif tag == "li":
            self._parts.append(self._item())
        elif tag in {"td", "th"}:
            self._parts.append("\t")
        elif tag == "br" or tag in _BLOCKS:
            self._parts.append("\n" if tag in {"br", "tr", "dd", "dt"} else "\n\n")
        if tag in {"ul", "ol"} and len(self._lists) < 50:
            self._lists.append(0 if tag == "ol" else None)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _HEADINGS or tag in _BLOCKS - {"tr", "dd", "dt"}:
            self._parts.append("\n\n" if tag != "div" else "\n")
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._parts.append(" ".join(data.split()) if data.strip() else " ")
            if data[-1:].isspace() and data.strip():
                self._parts.append(" ")

    def _item(self) -> str:
        indent = "  " * max(0, len(self._lists) - 1)
        if self._lists and self._lists[-1] is not None:
            self._lists[-1] += 1
            return f"\n{indent}{self._lists[-1]}. "
        return f"\n{indent}- "

    def text(self) -> str:
        """All lines, without runs of blank ones."""
        lines: list[str] = []
        for row in "".join(self._parts).split("\n"):
            line = row.strip(" ").strip("\t") if row.strip() else ""
            if line or (lines and lines[-1]):
                lines.append(line)
        return "\n".join(lines).strip("\n") + "\n"
