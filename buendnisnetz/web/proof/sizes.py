"""The style budgets: how long files and functions are, what is typed, how much is tested."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[2]
ROOT = PACKAGE.parent


@dataclass
class Counted:
    """What a walk over source files found."""

    files: list[int] = field(default_factory=list)
    functions: list[int] = field(default_factory=list)
    typed: int = 0
    documented: int = 0


def _sources(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts and path.stat().st_size:
            yield path


def _count(folder: Path, *, tests: bool = False) -> Counted:
    counted = Counted()
    for path in _sources(folder):
        source = path.read_text(encoding="utf-8")
        counted.files.append(len(source.splitlines()))
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                if tests and not node.name.startswith("test"):
                    continue
                counted.functions.append((node.end_lineno or node.lineno) - node.lineno + 1)
                counted.typed += node.returns is not None
                counted.documented += ast.get_docstring(node) is not None
    return counted


def _quantile(values: list[int], share: float) -> int:
    ordered = sorted(values)
    return ordered[round(share * (len(ordered) - 1))] if ordered else 0


def _spread(values: list[int]) -> dict[str, int]:
    return {
        "median": _quantile(values, 0.5),
        "p95": _quantile(values, 0.95),
        "max": max(values, default=0),
    }


def measure() -> dict[str, Any]:
    """All figures; lines count blanks and comments."""
    code, tests = _count(PACKAGE), _count(ROOT / "tests", tests=True)
    templates = [
        len(path.read_text(encoding="utf-8").splitlines())
        for path in sorted(PACKAGE.rglob("jinja2/**/*.html"))
    ]
    lines = sum(code.files)
    return {
        "lines": lines,
        "files": len(code.files),
        "lines_per_file": _spread(code.files),
        "functions": len(code.functions),
        "lines_per_function": _spread(code.functions),
        "functions_over_50_percent": round(
            100 * sum(size > 50 for size in code.functions) / len(code.functions), 2
        ),
        "typed_percent": round(100 * code.typed / len(code.functions), 1),
        "documented_percent": round(100 * code.documented / len(code.functions), 1),
        "test_lines": sum(tests.files),
        "test_ratio": round(sum(tests.files) / lines, 2),
        "tests": len(tests.functions),
        "tests_per_1000_lines": round(1000 * len(tests.functions) / lines, 1),
        "lines_per_test": _spread(tests.functions),
        "lines_per_template": _spread(templates),
        "domain_lines": _lines_below("domain"),
        "view_lines": _lines_below("views"),
    }


def _lines_below(layer: str) -> int:
    return sum(
        len(path.read_text(encoding="utf-8").splitlines())
        for path in _sources(PACKAGE)
        if layer in path.relative_to(PACKAGE).parts[1:] or path.stem == layer
    )


# The budgets of our style: key, the part of it, the limit, and whether the figure may not be below it.
BUDGETS: tuple[tuple[str, str, float, bool], ...] = (
    ("lines_per_file", "median", 70, False),
    ("lines_per_file", "p95", 300, False),
    ("lines_per_file", "max", 500, False),
    ("lines_per_function", "median", 8, False),
    ("lines_per_function", "p95", 30, False),
    ("lines_per_function", "max", 60, False),
    ("functions_over_50_percent", "", 1, False),
    ("typed_percent", "", 100, True),
    ("test_ratio", "", 1.5, True),
    ("tests_per_1000_lines", "", 80, True),
    ("lines_per_test", "median", 14, False),
    ("lines_per_template", "median", 40, False),
    ("lines_per_template", "p95", 120, False),
)


def verdicts(figures: dict[str, Any]) -> list[tuple[str, float, float, bool]]:
    """Each budget as name, figure, limit, kept."""
    result = []
    for key, part, limit, at_least in BUDGETS:
        value = figures[key][part] if part else figures[key]
        kept = value >= limit if at_least else value <= limit
        result.append((f"{key} {part}".strip(), value, limit, kept))
    return result
