"""Of another room only its surface is used; what import-linter's contracts cannot say."""

import grimp

SURFACE = {"models", "enums", "rules", "signals", "domain"}
# Libraries, and the parts of rooms that are made for others.
LIBRARIES = {"core", "ui", "reader"}
MADE_FOR_OTHERS = {
    "accounts": {"gate", "access", "rows", "scopes", "shapes"},
    "audit": {"tracking", "history", "actions"},
    "notifications": {"outbox"},
    "files": {
        "condition",
        "contents",
        "downloads",
        "preview",
        "scan",
        "store",
        "uploads",
    },
    "network": {"forms"},
    "tasks": {"presenters"},
}


def test_other_rooms_are_used_through_their_surface_only() -> None:
    graph = grimp.build_graph("buendnisnetz")
    wrong = sorted(
        f"{importer} -> {imported}"
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if not _allowed(importer.split("."), imported.split("."))
    )
    assert wrong == []


def _allowed(importer: list[str], imported: list[str]) -> bool:
    if len(imported) < 2 or importer[1:2] in (["config"], ["__main__"]) or imported[1] in LIBRARIES:
        return True
    if importer[1:2] == imported[1:2]:
        return True
    return (
        imported[2] in SURFACE | MADE_FOR_OTHERS.get(imported[1], set())
        if len(imported) > 2
        else False
    )
