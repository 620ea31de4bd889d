"""Small data sets in a temporary folder, for tests that change or break one."""

import gzip
import json
from pathlib import Path
from typing import Any

from buendnisnetz.territories.domain.facts import Tally

TABLES = {
    "territories.csv": [
        "key,ars,kind,name,short_name,area_km2,latitude,longitude,seat,valid_from,valid_to,known_from,known_until",
        "16,,STATE,Musterland,,300.00,,,,,,2017-01-01,2024-12-31",
        "16061,160610000000,RURAL_DISTRICT,Nordkreis,,200.00,,,16061001,,,,",
        '16062,160620000000,INDEPENDENT_CITY,"Südstadt, Stadt",Südstadt,100.00,,,16062000,,,,',
        "160615001,,ASSOCIATION,VG Am Bach,,,,,,,,,",
        '16061001,160610001001,TOWN,"Altstadt, Stadt",Altstadt,90.00,51.1,10.1,,,,,',
        "16061002,160615001002,MUNICIPALITY,Bachdorf,,60.00,51.2,10.2,,,,,",
        "16061003,160615001003,MUNICIPALITY,Cleindorf,,50.00,51.3,10.3,,,2018-12-31,,",
        '16062000,160620000000,INDEPENDENT_CITY,"Südstadt, Stadt",Südstadt,100.00,51.0,10.0,,,,,',
    ],
    "successions.csv": [
        "predecessor,successor,on,kind,evidence,inhabitants,area_km2,source",
        "16061003,16061002,2019-01-01,MERGER,OFFICIAL,500,50.00,amt",
    ],
    "populations.csv": [
        "key,2017,2023",
        "16061,4000,3900",
        "16061001,3000,2950",
        "16061002,500,~950",
        "16061003,500,",
        "16062000,9000,9100",
    ],
    "chambers.csv": [
        "kind,name,seat",
        "IHK,IHK Muster,Südstadt",
        "HWK,Handwerkskammer Muster,Südstadt",
    ],
    "chamber_districts.csv": [
        "kind,chamber,district,valid_from,valid_to,evidence,source",
        "IHK,IHK Muster,16061,,,genannt,https://example.org/ihk",
        "HWK,Handwerkskammer Muster,16061,,,abgeleitet,",
        "IHK,IHK Muster,16062,,,genannt,https://example.org/ihk",
        "HWK,Handwerkskammer Muster,16062,,,abgeleitet,",
    ],
}

MANIFEST: dict[str, Any] = {
    "format": 1,
    "title": "Musterland",
    "lists_on": "2024-12-31",
    "sources": {
        "amt": {"title": "Verzeichnis", "attribution": "© Amt", "licence": "frei", "url": ""}
    },
    "counts": {
        "2017": {
            "counted_on": "2017-12-31",
            "territories_on": "2017-12-31",
            "base": "REGISTER_2011",
            "source": "amt",
        },
        "2023": {
            "counted_on": "2023-12-31",
            "territories_on": "2024-12-31",
            "base": "REGISTER_2011",
            "source": "amt",
        },
    },
}

OUTLINES: dict[str, Any] = {
    "scale": 10,
    "source": "amt",
    "drawn_on": "2024-12-31",
    "territories_on": "2024-12-31",
    "approximate": ["16062"],
    "outlines": {
        "16061": [[[100, 510, 10, 0, 0, 10, -10, 0]]],
        "16062": [[[100, 500, 10, 0, 0, 10, -10, 0]]],
    },
}


def write(folder: Path, **changes: dict[str, list[str]] | dict[str, Any]) -> str:
    """Write the set; ``tables`` replaces tables, ``manifest`` and ``outlines`` entries."""
    folder.mkdir(parents=True, exist_ok=True)
    tables: dict[str, list[str]] = TABLES | changes.get("tables", {})
    for name, rows in tables.items():
        (folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    manifest = MANIFEST | changes.get("manifest", {})
    (folder / "set.json").write_text(json.dumps(manifest), encoding="utf-8")
    outlines = OUTLINES | changes.get("outlines", {})
    packed = gzip.compress(json.dumps(outlines).encode())
    (folder / "outlines-districts.json.gz").write_bytes(packed)
    return f"{folder}/"


def with_row(table: str, number: int, row: str) -> dict[str, list[str]]:
    """The tables with one row replaced (0 is the header) or, past the end, added."""
    rows = list(TABLES[table])
    rows[number : number + 1] = [row]
    return {table: rows}


def changed(report: dict[str, Tally]) -> dict[str, tuple[int, int]]:
    """What was (created, updated), for kinds in which anything was."""
    return {
        kind: (tally.created, tally.updated)
        for kind, tally in report.items()
        if tally.created or tally.updated
    }
