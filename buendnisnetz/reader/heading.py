"""What the minutes are called and which body met (S02)."""

import re
from collections.abc import Sequence

from buendnisnetz.reader.fields import Labelled
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.model import Certainty, Span, Value
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.text import tidy

_DOCUMENT = r"(?:[\wäöüß]*(?:[Pp]rotokoll|[Nn]iederschrift|[Mm]itschrift|[Nn]otiz|[Vv]ermerk|[Bb]ericht)|Ergebnisse|Notizen|Aufzeichnung|Zusammenfassung|PROTOKOLL|NIEDERSCHRIFT|ERGEBNISPROTOKOLL|SITZUNGSPROTOKOLL|KURZPROTOKOLL)"
_SITTING = r"(?:[\wäöüßA-ZÄÖÜ-]*(?:[Ss]itzung|[Tt]reffen|[Vv]ersammlung|[Bb]esprechung|[Kk]onferenz|[Tt]agung|[Zz]usammenkunft|[Rr]unde|[Aa]bend|[Tt]reff|[Ww]orkshop|[Ff]orum|[Bb]eratung|[Gg]espräch|[Ss]tammtisch|SITZUNG|TREFFEN|VERSAMMLUNG|[Kk]lausur|[Tt]isch)(?:s|es|en)?)"
_BODY_NOUN = r"(?:[\wäöüßA-ZÄÖÜ-]*(?:[Aa]usschuss|[Aa]usschuß|[Bb]eirat|[Rr]at|[Bb]ündnis|[Vv]orstand|[Gg]ruppe|[Kk]reis|[Vv]erein|[Vv]erband|[Ii]nitiative|[Nn]etzwerk|[Kk]ommission|[Jj]ury|[Gg]remium|[Ff]orum|[Kk]uratorium|[Vv]ertretung|[Tt]ag|[Ff]raktion|[Kk]onferenz|[Tt]eam|[Bb]und|[Vv]erbund|[Tt]isch|[Vv]ersammlung|[Tt]reff|[Tt]reffen|[Rr]unde|[Gg]emeinschaft|[Ff]onds|[Ww]erkstatt|[Gg]enossenschaft|[Ss]tiftung|[Pp]artnerschaft|[Kk]ooperation|[Aa]llianz|[Pp]arlament|[Kk]ollegium|[Pp]lenum)|AG|AK|e\. ?V\.)(?:e?s)?"
_DOC_LINE = re.compile(
    rf"(?:(?:Öffentliche?s?|Vorläufige?s?|Nichtöffentliche?s?|Auszug|Kurzes?|Entwurf|Das|Unser)\b[ :–-]*(?:aus (?:der|dem) )?){{0,2}}{_DOCUMENT}\b"
)
_DOC_ANY = re.compile(rf"(?<![\w/]){_DOCUMENT}(?!\w|/)")
_SITTING_ANY = re.compile(rf"\b{_SITTING}\b")
_BODY_ANY = re.compile(rf"(?<!\w){_BODY_NOUN}(?!\w)")
_PLACE_OF_TIME = re.compile(
    r"(?:[,;]?\s*[-–]?\s*(?:am|vom|den|dem|Datum:?)?\s*(?:(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend)?s?,?\s*(?:(?:den|dem|der)\s)?\s*(?:\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}|\d{1,2}\.\s?(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)|(?:19|20)\d\d-\d\d-\d\d))"
)
_CONTINUES = re.compile(
    r"(?:des|der|über|zur|zum|vom|von|mit|für|zu|und|im|in|des|beim|aus|[a-zäöüß])\b|[a-zäöüß]"
)
_FURNITURE = re.compile(
    r"(?i)^(?:startseite|home|impressum|kontakt|menü|navigation|suche|zurück|druck(?:version|en)|seite \d|www\.|https?:|provided by|└|<|>|kategorie|login|drucken|sie sind hier|aktuelles|datei|tags?:|letzte änderung|stand:)"
)
_HEAD_LINES = 45


def read_title(sheet: Sheet, fields: Sequence[Labelled]) -> Value | None:
    """The line that says that these are minutes, with the lines it goes on in."""
    lines = sheet.head(_HEAD_LINES)
    best: tuple[float, Line] | None = None
    for rank, line in enumerate(lines):
        score = _title_score(line) - rank * 0.05 + (0.8 if rank < 3 and line.heading == 1 else 0)
        if score > 0.4 and (best is None or score > best[0]):
            best = (score, line)
    if best is None:
        return _labelled_title(sheet, fields)
    score, line = best
    span = _title_span(sheet, line)
    level = (
        Certainty.LIKELY if score >= 3 else Certainty.PROBABLE if score >= 2 else Certainty.GUESS
    )
    return Value(sheet.words(span), span, level)


def _labelled_title(sheet: Sheet, fields: Sequence[Labelled]) -> Value | None:
    for labelled in fields:
        if labelled.field is Field.TITLE and labelled.value[0] < labelled.value[1]:
            return Value(sheet.words(labelled.value), labelled.value, Certainty.PROBABLE)
    return None


def _title_score(line: Line) -> float:
    content = line.content
    if (
        _FURNITURE.match(content)
        or "/" in content.partition(" ")[0][3:]
        or line.kind in {Kind.BULLET, Kind.NUMBER}
    ):
        return 0
    if _names_a_value(line) or (
        content.endswith((".", "!", "?")) and len(content) > 60 and not line.heading
    ):
        return 0 if not _long_with_document(content) else 1.5
    score = 0.0
    if _DOC_LINE.match(content):
        score += 2.5
    elif _DOC_ANY.search(content):
        score += 1.4
    if _SITTING_ANY.search(content):
        score += 1.2
    elif _BODY_ANY.search(content):
        score += 0.8
    if line.heading:
        score += 1.0 if line.heading <= 2 else 0.5
    return score + (0.3 if line.bold else 0)


def _names_a_value(line: Line) -> bool:
    """ "Protokoll: H. Meier" names the writer; "Protokoll: Sitzung vom …" is a title."""
    if line.label is None or line.label[0] is None:
        return False
    rest = line.plain[line.label[2] : line.end]
    return not (line.label[0] in {Field.COURSE, Field.RECORDER} and _SITTING_ANY.search(rest))


def _long_with_document(content: str) -> bool:
    return len(content) > 120 and bool(_DOC_ANY.search(content[:200]))


def _title_span(sheet: Sheet, line: Line) -> Span:
    start, end = line.start, line.end
    when = _PLACE_OF_TIME.search(sheet.plain, start + 12, end)
    if end - start <= 100 and when is not None and end - when.end() > 3:
        return (start, when.start())
    if end - start > 100:
        document = _DOC_ANY.search(sheet.plain, start, end)
        if document is not None and document.start() - start < 200:
            start = _with_adjective(sheet.plain, start, document.start())
        when = _PLACE_OF_TIME.search(sheet.plain, start + 12, end)
        if when is not None:
            end = when.start()
        return (start, end)
    return (start, _joined_end(sheet, line))


def _with_adjective(plain: str, start: int, at: int) -> int:
    match = re.compile(r"(?:Öffentliche?s?|Vorläufige?s?)\s+$").search(plain, start, at)
    return match.start() if match else at


def _joined_end(sheet: Sheet, line: Line) -> int:
    """Titles are set in several lines: "Protokoll / des Treffens / der Bündnisse"."""
    end, taken = line.end, 0
    for following in sheet.lines[line.index + 1 :]:
        unfinished = _UNFINISHED.search(sheet.plain, max(line.start, end - 24), end) is not None
        if unfinished and not following.blank and following.kind is Kind.TEXT and taken < 3:
            end, taken = following.end, taken + 1
            continue
        if following.blank:
            if taken or len(tidy(sheet.plain[line.start : end])) > 30:
                break
            continue
        if taken >= 3 or not _continues_title(following, len(sheet.plain[line.start : end])):
            break
        end, taken = following.end, taken + 1
    return end


# A line that ends like this goes on in the next one.
_UNFINISHED = re.compile(
    r"(?<!\w)(?:in|im|für|der|des|die|das|von|vom|zur|zum|und|mit|am|an|bei|zu|über)$|[-–,&]$"
)


def _continues_title(line: Line, length: int) -> bool:
    if (
        line.field is not None
        or line.kind in {Kind.ROW, Kind.BULLET}
        or _PLACE_OF_TIME.match(line.content)
    ):
        return False
    if _CONTINUES.match(line.content) and len(line.content) < 130:
        return not line.content.endswith(".")
    return length < 30 and bool(_SITTING_ANY.search(line.content[:60])) and len(line.content) < 130


# --- the body -----------------------------------------------------------------------------------

_OF_BODY = re.compile(
    rf"{_SITTING}(?:\s\([^()]{{1,20}}\))?\s+(?:des|der|von|vom|im|mit dem|mit der|unseres|unserer|dieses|zum|zur|für (?:den|die|das))\s+(?P<body>.+)"
)
_DOCUMENT_OF = re.compile(
    rf"{_DOCUMENT}(?:\s+(?:Nr\.?\s*)?\d+\s*(?:/\s*\d+)?)?\s*(?:,|:|-|–)?\s*(?:über (?:die|das|den)|des|der|zur|zum|vom|von der|von dem|aus (?:dem|der)|für (?:den|die|das))?\s+(?P<body>.+)"
)
_BODY_END = re.compile(
    r"\s+(?:am|vom|den|dem|im|in|mit|zum Thema|zu|bei|statt|und der|ab|um|auf|über)\s+(?=[\dA-ZÄÖÜ„])|[,;:]\s|\s[-–—|]\s|\s\(?(?:Nr\.|TOP)\b|\s\d{1,2}\.\s?(?:\d|Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)|\.\s|\s(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|\sMittwoch"
)
_LOCAL = re.compile(r"\s+in(?:\s+der\s+\w+)?\s+[A-ZÄÖÜ][\wäöüß.-]+(?:[\s-][A-ZÄÖÜ][\wäöüß-]+)?")
_ORDINAL = re.compile(
    r"^(?:\d{1,3}\.|[IVX]+\.|ersten?|zweiten?|dritten?|gemeinsamen?|ordentlichen?|außerordentlichen?|konstituierenden?|öffentlichen?|regelmäßigen?)\s+"
)


# "Projektgruppe Vereinbarkeit – Protokoll 5"
_BODY_FIRST = re.compile(rf"(?P<body>[^\n–—:]{{4,80}}?)\s*(?:[–—:]|-\s)\s*{_DOCUMENT}\b")


def read_body(sheet: Sheet, fields: Sequence[Labelled], title: Value | None) -> Value | None:
    """The committee, alliance or organisation that met."""
    for labelled in fields:
        if labelled.field is Field.BODY and 2 < labelled.value[1] - labelled.value[0] < 120:
            return Value(sheet.words(labelled.value), labelled.value, Certainty.LIKELY)
    found = _body_in_title(sheet, title) if title else None
    if found is not None and found.confidence >= Certainty.PROBABLE:
        return found
    return _body_line(sheet, title) or found or _name_above(sheet, title)


def _body_in_title(sheet: Sheet, title: Value) -> Value | None:
    """ "Sitzung des X" names the body; "Protokoll des X" does when X is one."""
    start, end = title.span
    before = _BODY_FIRST.match(sheet.plain, start, end)
    if before is not None:
        first = before.span("body")
        return Value(sheet.words(first), first, Certainty.PROBABLE)
    of_sitting = _OF_BODY.search(sheet.plain, start, end)
    if of_sitting is None:
        of_sitting = re.compile(_OF_BODY.pattern, re.DOTALL).search(sheet.plain, start, end)
    if of_sitting is not None:
        span = _body_span(sheet, of_sitting.start("body"), end)
        if span is not None:
            return Value(_nominative(sheet.words(span)), span, Certainty.LIKELY)
    document = re.compile(_DOCUMENT_OF.pattern, re.DOTALL).search(sheet.plain, start, end)
    if document is None:
        return None
    span = _body_span(sheet, document.start("body"), end)
    if span is None:
        return None
    strong = bool(_BODY_ANY.search(sheet.words(span)))
    return Value(
        _nominative(sheet.words(span)), span, Certainty.PROBABLE if strong else Certainty.GUESS
    )


def _body_span(sheet: Sheet, start: int, end: int) -> Span | None:
    lead = _ORDINAL.match(sheet.plain, start, end)
    start = lead.end() if lead else start
    stop = _BODY_END.search(sheet.plain, start + 3, end)
    cut = stop.start() if stop else end
    if stop is not None:
        local = _LOCAL.match(sheet.plain, cut, end)
        cut = local.end() if local else cut
    while cut > start and sheet.plain[cut - 1] in " \n,.-–:(":
        cut -= 1
    return (start, cut) if cut - start >= 2 else None


def _nominative(body: str) -> str:
    """ "Seniorenbeirats der Stadt X" is the "Seniorenbeirat der Stadt X"."""
    words = body.split()
    if (
        len(words) > 1
        and words[0].endswith("en")
        and words[0][0].isupper()
        and re.fullmatch(rf"{_BODY_NOUN}(?:se|e|n|en)?", words[1])
    ):
        words[0] = words[0][:-2] + _adjective_ending(words[1])
    for index, word in enumerate(words):
        if word[0].isupper() and _BODY_ANY.fullmatch(word):
            words[index] = (
                re.sub(r"(?<=[^s])e?s$|(?<=ss)es$", "", word)
                if not word.endswith(("kreis", "bündnis"))
                else word
            )
            words[index] = re.sub(r"nisses$", "nis", words[index])
            break
        if index and word in {"der", "des", "von", "in"}:
            break
    return " ".join(words)


def _adjective_ending(noun: str) -> str:
    """ "des Lokalen Bündnisses" is the "Lokale Bündnis" by its noun: a plural keeps "e"."""
    if not noun.endswith("s") or noun.endswith(("nisse", "bündnis", "kreis")):
        return "e"
    neuter = (
        "bündnisses",
        "netzwerks",
        "netzwerkes",
        "gremiums",
        "forums",
        "teams",
        "kuratoriums",
        "treffens",
    )
    return "es" if noun.lower().endswith(neuter) else "er"


def _body_line(sheet: Sheet, title: Value | None) -> Value | None:
    """A line of the head that is nothing but the name of a body."""
    end = title.span[1] if title else 0
    lines = sheet.head(_HEAD_LINES)
    behind = [line for line in lines if line.start > end][:3]
    for line in [*(other for other in lines if other.start <= end), *behind]:
        content = line.content
        if (
            line.kind in {Kind.ROW, Kind.NUMBER, Kind.BULLET}
            or _FURNITURE.match(content)
            or len(content) > 110
            or (line.start > end and content.endswith("."))
        ):
            continue
        if (
            _DOC_LINE.match(content)
            or (line.label and (line.label[0] or line.start > end))
            or (content.endswith((".", "?", ":")) and "e.V." not in content)
        ):
            continue
        if _BODY_ANY.search(content) and "/" not in content:
            span = _line_body(sheet, line)
            return Value(sheet.words(span), span, Certainty.PROBABLE)
    if title is not None and not _DOC_LINE.match(title.value):
        span = _body_span(sheet, *title.span)
        return Value(sheet.words(span), span, Certainty.GUESS) if span else None
    return None


def _name_above(sheet: Sheet, title: Value | None) -> Value | None:
    """A short line right above the title is the letterhead."""
    if title is None:
        return None
    above = [line for line in sheet.lines if not line.blank and line.end <= title.span[0]][-1:]
    for line in above:
        if (
            8 <= len(line.content) <= 80
            and line.kind is Kind.TEXT
            and not _FURNITURE.match(line.content)
            and not line.content.endswith((".", ":"))
        ):
            return Value(
                sheet.words((line.start, line.end)), (line.start, line.end), Certainty.GUESS
            )
    return None


def _line_body(sheet: Sheet, line: Line) -> Span:
    stop = _PLACE_OF_TIME.search(sheet.plain, line.start + 3, line.end)
    end = stop.start() if stop else line.end
    number = re.compile(r"\s+\d{1,2}\.\d{1,2}\.\d{2,4}.*").search(sheet.plain, line.start, end)
    return (line.start, number.start() if number else end)
