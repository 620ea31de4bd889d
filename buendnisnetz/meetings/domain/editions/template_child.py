"""Fills a foreign Word template, in a process of its own that may be killed.

Run as ``python -m buendnisnetz.meetings.domain.editions.template_child SOURCE TARGET SECONDS MEGABYTES``
with the data as JSON on stdin; one JSON answer on stdout: ``{}``, or ``{"problem": kind, "words": …,
"place": …}``. Imports nothing of ours. The template sees plain data and nothing else: no attribute of
any object, no function.
"""

import json
import re
import resource
import sys
import zipfile
from typing import Any
from xml.etree.ElementTree import ParseError

_LARGEST = 60_000_000
_BAD_PARTS = re.compile(r"vbaProject|vbaData|activeX|embeddings/|oleObject", re.IGNORECASE)
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_LOOP_WORDS = {"index", "index0", "first", "last", "length"}
_LONGEST = 160


def main(source: str, target: str, seconds: str, megabytes: str) -> None:
    _limit(int(seconds), int(megabytes))
    data = json.load(sys.stdin)
    try:
        problem = _package_problem(source)
        answer = {"problem": problem} if problem else _filled(source, target, data)
    except (zipfile.BadZipFile, KeyError, ValueError, ParseError):
        answer = {"problem": "broken"}
    sys.stdout.write(json.dumps(answer))


def _limit(seconds: int, megabytes: int) -> None:
    memory = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _package_problem(source: str) -> str:
    """Why this is no Word file that we open: the kind of problem, empty if there is none."""
    with zipfile.ZipFile(source) as package:
        parts = package.infolist()
        names = {part.filename for part in parts}
        if "word/document.xml" not in names or "[Content_Types].xml" not in names:
            return "broken"
        if sum(part.file_size for part in parts) > _LARGEST:
            return "large"
        if any(_BAD_PARTS.search(name) for name in names):
            return "macros"
        if b"macroEnabled" in package.read("[Content_Types].xml"):
            return "macros"
        for name in names:
            if name.endswith(".rels") and _reaches_out(package.read(name)):
                return "linked"
    return ""


def _reaches_out(relations: bytes) -> bool:
    """Whether opening the file would fetch something from elsewhere; links to click on may be."""
    return any(
        b'"External"' in found and b"/hyperlink" not in found
        for found in _RELATION.findall(relations)
    )


def _filled(source: str, target: str, data: dict[str, Any]) -> dict[str, str]:
    # Only after the limits: loading and opening count as well.
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # noqa: PLC0415
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError  # noqa: PLC0415
    from jinja2.exceptions import SecurityError, UndefinedError  # noqa: PLC0415
    from jinja2.runtime import LoopContext  # noqa: PLC0415
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    class PlainData(ImmutableSandboxedEnvironment):
        """Knows the data by key, and where a loop stands; everything else does not exist."""

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            return isinstance(obj, LoopContext) and attr in _LOOP_WORDS

        def is_safe_callable(self, obj: Any) -> bool:
            return False

    environment = PlainData(undefined=StrictUndefined, autoescape=True)
    environment.globals.clear()
    template = DocxTemplate(source)
    try:
        template.render(data, environment, autoescape=True)
    except TemplateSyntaxError as error:
        return _problem("syntax", error)
    except SecurityError as error:
        return _problem("forbidden", error)
    except UndefinedError as error:
        return _problem("unknown", error)
    except (TemplateError, TypeError, OverflowError) as error:
        return _problem("other", error)
    template.save(target)
    return {}


def _problem(kind: str, error: Exception) -> dict[str, str]:
    lines = [" ".join(str(line).split()) for line in getattr(error, "docx_context", ())]
    marked = [line for line in lines if "{" in line] or [line for line in lines if line]
    place = marked[len(marked) // 2] if marked else ""
    return {"problem": kind, "words": str(error)[:_LONGEST], "place": place[:_LONGEST]}


if __name__ == "__main__":
    main(*sys.argv[1:])
