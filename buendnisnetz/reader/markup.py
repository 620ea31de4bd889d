"""A second view of the text, character for character as long, without markup and furniture.

All rules read this view and all spans hold for both, so that nobody has to translate offsets:
what is not content becomes blanks, and what a reader sees as a line break becomes one.
"""

import re
from collections import Counter

# A tag of HTML or a comment; autolinks such as <https://...> are content.
_TAG = re.compile(
    r"<(?!https?:)(?:/?[A-Za-z][^<>\n]{0,300}|!--[^<>]{0,2000}--|![A-Za-z][^<>\n]{0,300})>"
)
_BREAKING_TAG = re.compile(r"</?(?:br|p|li|ul|ol|tr|div|h[1-6]|table|dl|dt|dd|hr)\b", re.IGNORECASE)
_CELL_TAG = re.compile(r"</t[dh]\b", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,200}\]\([^()\n]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\](\((?:[^()\n]|\([^()\n]{0,100}\)){0,500}\))")
_WIKI_LINK = re.compile(r"(\[\[(?:[^\[\]|\n]{0,200}\|)?)([^\[\]|\n]{1,200})(\]\])")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\[\]\n]{1,20}\](?!:)")
_STRUCK = re.compile(r"~~[^~\n]{1,300}~~")
_STRONG = re.compile(r"\*{2,3}|''+|(?<!\w)_{2}(?=\S)|(?<=[^\s_])_{2}(?!\w)|`+")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]{1,200}?)(?<=[^\s*_])\1(?![\w*])")
_HEADING_MARK = re.compile(
    r"^[ \t]{0,3}(?:#{1,6}(?=[ \t]|[^\W\d_])|={2,6})|(?:(?<=[ \t])#{1,6}|={2,6})[ \t]*$",
    re.MULTILINE,
)
_QUOTE_MARK = re.compile(r"^[ \t]{0,3}(?:>[ \t]?){1,5}", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_RULE = re.compile(r"^[ \t]*(?:[-_*=~][ \t]?){3,}$", re.MULTILINE)

# The bullets of Wingdings that survive as letters when a page is saved as text.
_LOST_BULLET = re.compile(r"(?:(?<=^)|(?<=[\s,;:]))([lnuqvüØè§])(?=[A-ZÄÖÜ\"„][a-zäöüß.\-A-ZÄÖÜ])")
_LOST_BULLET_SPACED = re.compile(
    r"(?:(?<=^)|(?<=[\s,;:]))([Øè\uf0b7\uf0a7\uf0d8]|§(?=[ \t]{1,9}[^\W\d]))(?=[ \t])"
)

_PAGE_OF = re.compile(
    r"(?:\b(?:Seite|S\.|Blatt)[ \t]*)?(?<![\d.,])(\d{1,3})[ \t]*(?:von|/)[ \t]*(\d{1,3})(?![\d.,]|[ \t]*(?:Mitgl|Stimm|Person))"
)
_DASHED_PAGE = re.compile(r"(?<!\S)([-–] (?P<n>\d{1,3}) [-–])(?!\S)")
_LEADING_PAGE = re.compile(r"^((?P<n>\d{1,3}) )(?=[^\n]{150})", re.MULTILINE)
_PAGE_LINE = re.compile(
    r"^[ \t]*(?:[-–—][ \t]*\d{1,3}[ \t]*[-–—]|(?:Seite|S\.|Blatt|Page)[ \t]*:?[ \t]*\d{1,3}"
    r"(?:[ \t]*(?:von|/)[ \t]*\d{1,3})?)[ \t]*$",
    re.MULTILINE,
)


def plain_view(text: str) -> str:
    """The text with everything that is not content blanked out, of the same length."""
    view = _TAG.sub(_blank_tag, text)
    view = _IMAGE.sub(_blank, view)
    view = _WIKI_LINK.sub(lambda m: _spaces(m[1]) + m[2] + _spaces(m[3]), view)
    view = _LINK.sub(lambda m: " " + m[1] + " " + _spaces(m[2]), view)
    view = _FOOTNOTE_MARK.sub(_blank, view)
    view = _RULE.sub(_blank, view)
    view = _STRUCK.sub(_blank, _ESCAPE.sub(lambda m: m[1] + " ", view))
    view = _STRONG.sub(_blank, view)
    view = _EMPHASIS.sub(lambda m: " " + m[2] + " ", view)
    view = _QUOTE_MARK.sub(_blank, view)
    view = _HEADING_MARK.sub(_blank, view)
    view = _without_lost_bullets(view)
    return without_furniture(view)


def _spaces(part: str) -> str:
    return " " * len(part)


def _blank(match: re.Match[str]) -> str:
    return _spaces(match.group())


def _blank_tag(match: re.Match[str]) -> str:
    tag = match.group()
    if _BREAKING_TAG.match(tag):
        return "\n" + _spaces(tag[1:])
    if _CELL_TAG.match(tag):
        return "\t" + _spaces(tag[1:])
    return _spaces(tag)


def _without_lost_bullets(view: str) -> str:
    """Turn a bullet that became a letter into a line break.

    One such letter may be a word; three or more at the start of words are bullets.
    """
    for pattern in (_LOST_BULLET, _LOST_BULLET_SPACED):
        seen = Counter(match[1] for match in pattern.finditer(view))
        bullets = {letter for letter, count in seen.items() if count >= 3}
        if bullets:
            view = _as_bullets(
                view, [m.start(1) for m in pattern.finditer(view) if m[1] in bullets]
            )
    return view


def _as_bullets(view: str, places: list[int]) -> str:
    letters = list(view)
    for at in places:
        letters[at] = "•"
        if at and letters[at - 1] in " \t":
            letters[at - 1] = "\n"
    return "".join(letters)


def without_furniture(view: str) -> str:
    """Blank page numbers and the running titles before or after them.

    In text that flowed out of a PDF they stand in the middle of a sentence: "… Anwesende
    Niederschrift Ausschuss 1 von 4 begrüßt …". A running title repeats with every page number.
    """
    view = _without_page_numbers(_PAGE_LINE.sub(_blank, view))
    pages = [m for m in _PAGE_OF.finditer(view) if 0 < int(m[1]) <= int(m[2])]
    totals = Counter(m[2] for m in pages)
    for total, count in totals.items():
        marks = _rising([m for m in pages if m[2] == total])
        if count >= 2 and len(marks) >= 2:
            view = _blank_pages(view, marks)
    return view


def _without_page_numbers(view: str) -> str:
    """Bare page numbers inside text: "- 2 -", or the number that a copied page begins and ends with."""
    dashed = _counting(list(_DASHED_PAGE.finditer(view)), first=(1, 2))
    leading = _counting(list(_LEADING_PAGE.finditer(view)), first=(1,))
    letters = list(view)
    for match in [*dashed, *(leading if len(leading) > 1 else [])]:
        for at in range(*match.span(1)):
            letters[at] = " "
    for match in leading if len(leading) > 1 else []:
        end = view.find("\n", match.end())
        end = len(view) if end < 0 else end
        number = match[1].strip()
        if view[match.end() : end].rstrip().endswith(" " + number):
            at = view.rindex(number, 0, end)
            letters[at : at + len(number)] = " " * len(number)
    return "".join(letters)


def _counting(marks: list[re.Match[str]], first: tuple[int, ...]) -> list[re.Match[str]]:
    """The marks that count up one by one from the first page number."""
    kept: list[re.Match[str]] = []
    for mark in marks:
        value = int(mark["n"])
        if (not kept and value in first) or (kept and value == int(kept[-1]["n"]) + 1):
            kept.append(mark)
    return kept


def _rising(marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """Page marks that count up from one; anything else is a figure of the text."""
    kept: list[re.Match[str]] = []
    for mark in marks:
        if int(mark[1]) == len(kept) + 1:
            kept.append(mark)
    return kept


def _blank_pages(view: str, marks: list[re.Match[str]]) -> str:
    before = _shared_tail([view[max(0, m.start() - 120) : m.start()] for m in marks])
    letters = list(view)
    for mark in marks:
        start = mark.start() - len(before)
        for at in range(start, mark.end()):
            if letters[at] != "\n":
                letters[at] = " "
    return "".join(letters)


def _shared_tail(parts: list[str]) -> str:
    """The words that all parts end with: the running title before a page number."""
    shortest = min(len(part) for part in parts)
    size = 0
    while size < shortest and len({part[-size - 1] for part in parts}) == 1:
        size += 1
    tail = parts[0][len(parts[0]) - size :]
    cut = next((at for at, letter in enumerate(tail) if letter.isspace()), len(tail))
    whole = all(len(part) == size or part[-size - 1].isspace() for part in parts)
    return tail if whole else tail[cut:]
