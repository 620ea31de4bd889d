"""Which municipalities a postcode lies in, from our own reference table (see ``data/README.md``)."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).resolve().parents[1] / "data" / "postcodes.csv"
ATTRIBUTION = (
    "Postleitzahlen: Robert Koch-Institut (2025), German Index of Socioeconomic Deprivation (GISD), "
    "CC BY 4.0 (Daten verändert)"
)
# A pair that covers less of both is a sliver along a border, not a place where somebody lives.
_SLIVER_OF_POSTCODE = 0.02
_SLIVER_OF_MUNICIPALITY = 0.3


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["postcode"], []).append(row["ags"])
    return {postcode: tuple(keys) for postcode, keys in found.items()}


def keys_of(postcode: str) -> tuple[str, ...]:
    """Keys (AGS) of the municipalities of a postcode, the largest part first; empty if unknown."""
    return _table().get(postcode, ())


def compact(rows: Iterable[Mapping[str, str]]) -> list[tuple[str, str]]:
    """The pairs of our table from the provider's rows (``plz``, ``ags``, two shares of area).

    Slivers go, but every municipality keeps its best postcode.
    """
    pairs = sorted(

            (row["plz"], -float(row["anteil_plzflaeche"]), float(row["anteil_gemeindeflaeche"]), row["ags"])
            for row in rows

    )  # fmt: skip
    best: dict[str, float] = {}
    for _plz, _part, of_municipality, ags in pairs:
        best[ags] = max(best.get(ags, 0.0), of_municipality)
    return [
        (plz, ags)
        for plz, part, of_municipality, ags in pairs
        if -part >= _SLIVER_OF_POSTCODE
        or of_municipality >= _SLIVER_OF_MUNICIPALITY
        or of_municipality == best[ags]
    ]


def write(pairs: Sequence[tuple[str, str]], target: Path = TABLE) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("postcode", "ags"))
        writer.writerows(pairs)
