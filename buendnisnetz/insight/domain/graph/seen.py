"""A network read from its file: of everything only so much as a page shows."""

import json
import sqlite3
import weakref
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from buendnisnetz.insight.domain.graph import layout
from buendnisnetz.insight.domain.graph.breaks import Loss
from buendnisnetz.insight.domain.graph.file import EDITION
from buendnisnetz.insight.domain.graph.layout import Layout, Line, Spot
from buendnisnetz.insight.domain.graph.network import Node
from buendnisnetz.insight.domain.graph.wishes import STEPS_AROUND

_NODE = ", ".join(Node._fields)
_NEXT = """
SELECT t.b AS place, f.key AS via FROM json_each(:places) f CROSS JOIN tie t ON t.a = f.value
UNION ALL
SELECT t.a, f.key FROM json_each(:places) f CROSS JOIN tie t ON t.b = f.value
"""


class BrokenFileError(Exception):
    """The file is none of ours, of another edition, or damaged."""


class About(NamedTuple):
    """The whole in figures. ``parts`` are those without a tie between them, bodies without any tie
    not counted; ``bubbles`` and ``left_out`` are those of the picture of the whole."""

    edition: int
    made_at: datetime
    exact: bool
    modularity: float
    density: float
    bodies: int
    isolated: int
    ties: int
    parts: int
    communities: int
    bubbles: bool
    left_out: int


class Seen:
    """A network that somebody may see. Each question reads the file, nothing is kept.

    ``renewing`` says that a newer one is being made. Questions raise :class:`BrokenFileError` where
    the file cannot be read.
    """

    def __init__(self, path: Path, *, renewing: bool = False) -> None:
        self.path = path
        self.renewing = renewing
        try:
            # Files never change, so nobody has to be waited for.
            self._connection = sqlite3.connect(
                f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise BrokenFileError from error
        # A file that is sent piece by piece is read after the page's function has ended.
        self._end = weakref.finalize(self, self._connection.close)
        self._connection.row_factory = sqlite3.Row
        self.about = self._about()

    def _about(self) -> About:
        if self.one("PRAGMA page_count")[0] * self.one("PRAGMA page_size")[0] != self._size():
            raise BrokenFileError
        if self.one("SELECT edition FROM about")[0] != EDITION:
            raise BrokenFileError
        found = About(*self.one(f"SELECT {', '.join(About._fields)} FROM about"))  # noqa: S608 -- our own names
        return found._replace(made_at=datetime.fromisoformat(str(found.made_at)))

    def _size(self) -> int:
        try:
            return self.path.stat().st_size
        except OSError as error:
            raise BrokenFileError from error

    def close(self) -> None:
        """Nothing more is asked; without it the file is closed when nobody holds this any more."""
        self._end()

    def read(self, sql: str, params: Any = ()) -> Iterator[sqlite3.Row]:
        """The rows of a statement, one by one."""
        try:
            yield from self._connection.execute(sql, params)
        except sqlite3.Error as error:
            # Gone, so that it is made anew.
            self.path.unlink(missing_ok=True)
            raise BrokenFileError from error

    def one(self, sql: str, params: Any = ()) -> sqlite3.Row:
        """The only row of a statement."""
        for row in self.read(sql, params):
            return row
        raise BrokenFileError

    # Single bodies

    def node_at(self, address: str) -> tuple[int, Node] | None:
        """The place of the body with this address, and the body."""
        sql = f"SELECT place, {_NODE} FROM node WHERE address = ? ORDER BY place LIMIT 1"  # noqa: S608
        for place, *values in self.read(sql, (address,)):
            return place, Node(*values)
        return None

    def nodes_by_place(self, places: Iterable[int]) -> dict[int, tuple[Node, int]]:
        """Bodies with the number of their ties, by their places."""
        sql = f"SELECT place, degree, {_NODE} FROM node WHERE place IN (SELECT value FROM json_each(?))"  # noqa: S608
        rows = self.read(sql, (_json(places),))
        return {place: (Node(*values), degree) for place, degree, *values in rows}

    def nodes_by_number(self, numbers: Iterable[int]) -> list[Node]:
        """Those bodies that are there, in the order of their numbers."""
        sql = f"SELECT {_NODE} FROM node WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number"  # noqa: S608
        return [Node(*row) for row in self.read(sql, (_json(numbers),))]

    def called(self, typed: str, key: str, most: int) -> list[tuple[int, Node]]:
        """The bodies that a typed name means, with their places: that name or address exactly, else
        those whose name contains its search key, at most so many."""
        sql = f"SELECT place, {_NODE} FROM node WHERE %s ORDER BY place LIMIT ?"  # noqa: S608
        conditions: list[tuple[str, tuple[str, ...]]] = [("? IN (name, address)", (typed,))]
        if key:
            conditions.append(("instr(sort_key, ?)", (key,)))
        for condition, params in conditions:
            rows = self.read(sql % condition, (*params, most))
            found = [(place, Node(*values)) for place, *values in rows]
            if found:
                return found
        return []

    # Where it would break

    def breaks(self, most: int) -> list[tuple[Node, Loss]]:
        """Bodies that alone hold others, the weightiest first."""
        sql = f"""SELECT lost_nodes, lost_alliances, {_NODE} FROM node WHERE lost_nodes IS NOT NULL
            ORDER BY lost_alliances DESC, lost_nodes DESC, rank LIMIT ?"""  # noqa: S608
        rows = self.read(sql, (most,))
        return [(Node(*values), Loss(nodes, alliances)) for nodes, alliances, *values in rows]

    def bridges(self, most: int) -> list[tuple[Node, Node, Loss]]:
        """Ties that alone hold several bodies, the weightiest first; each with its ends by name."""
        rows = list(
            self.read(
                "SELECT a, b, lost_nodes, lost_alliances FROM tie WHERE lost_nodes > 1"
                " ORDER BY lost_alliances DESC, lost_nodes DESC, a, b LIMIT ?",
                (most,),
            )
        )
        nodes = self.nodes_by_place({place for a, b, *_loss in rows for place in (a, b)})
        found = []
        for a, b, *loss in rows:
            one, other = sorted((nodes[a][0], nodes[b][0]), key=lambda node: node.sort_key)
            found.append((one, other, Loss(*loss)))
        return found

    def lonely(self, body: int, most: int) -> list[Node]:
        """Bodies of a kind without any tie, by name, at most so many."""
        sql = f"SELECT {_NODE} FROM node WHERE degree = 0 AND body = ? ORDER BY rank, place LIMIT ?"  # noqa: S608
        return [Node(*row) for row in self.read(sql, (body, most))]

    def count_lonely(self, body: int) -> int:
        """How many bodies of a kind have no tie."""
        sql = "SELECT count(*) FROM node WHERE degree = 0 AND body = ?"
        return int(self.one(sql, (body,))[0])

    # Walking

    def component_of(self, place: int) -> int:
        """The number of the part that hangs together around a body."""
        return int(self.one("SELECT component FROM node WHERE place = ?", (place,))[0])

    def next_to(self, places: Iterable[int]) -> Iterator[int]:
        """All that are tied to one of these: neighbours of the first come first, else by place."""
        sql = f"SELECT place FROM ({_NEXT}) GROUP BY place ORDER BY min(via), place"  # noqa: S608
        return (place for (place,) in self.read(sql, {"places": _json(places)}))

    def neighbours(self, place: int) -> list[int]:
        """All that are tied to a body, by the strongest tie first."""
        sql = """SELECT place FROM (
            SELECT b AS place, weight FROM tie WHERE a = :place
            UNION ALL SELECT a, weight FROM tie WHERE b = :place
        ) ORDER BY weight DESC, place"""
        return [neighbour for (neighbour,) in self.read(sql, {"place": place})]

    def rests_on(self, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int, str]]:
        """Ties between places: the numbers of both bodies, and what they rest on."""
        sql = """SELECT one.number, other.number, t.rests_on FROM json_each(?) w
            CROSS JOIN tie t ON t.a = w.value ->> 0 AND t.b = w.value ->> 1
            CROSS JOIN node one ON one.place = t.a CROSS JOIN node other ON other.place = t.b"""
        wanted = json.dumps([(min(pair), max(pair)) for pair in pairs])
        return [(one, other, words) for one, other, words in self.read(sql, (wanted,))]

    # The picture

    def layout(self, community: int | None = None, around: int | None = None) -> Layout:
        """The picture of the network, of one of its communities, or of what lies ``STEPS_AROUND`` a
        body. The same network looks the same."""
        if around is not None:
            return self._drawn(*self._surroundings(around))
        if community is not None:
            return self._drawn(*self._community(community))
        spots = [Spot(*row) for row in self.read("SELECT * FROM spot ORDER BY rowid")]
        lines = [Line(*row) for row in self.read("SELECT * FROM line ORDER BY rowid")]
        return Layout(spots, lines, bubbles=self.about.bubbles, left_out=self.about.left_out)

    def _community(self, number: int) -> tuple[list[int], int]:
        """The places that are drawn of a community, and how many are left out."""
        sql = "SELECT place FROM node WHERE community = ? ORDER BY degree DESC, place LIMIT ?"
        drawn = [place for (place,) in self.read(sql, (number, layout.MOST_DRAWN))]
        size = self.one("SELECT count(*) FROM node WHERE community = ?", (number,))[0]
        return drawn, size - len(drawn)

    def _surroundings(self, middle: int) -> tuple[list[int], int]:
        found, last = {middle: None}, [middle]
        for _step in range(STEPS_AROUND):
            last = [place for place in self.next_to(last) if place not in found]
            found.update(dict.fromkeys(last))
        sql = """SELECT n.place FROM json_each(?) w CROSS JOIN node n ON n.place = w.value
            ORDER BY n.place <> ?, n.degree DESC, w.key LIMIT ?"""
        rows = self.read(sql, (_json(found), middle, layout.MOST_DRAWN))
        drawn = [place for (place,) in rows]
        return drawn, len(found) - len(drawn)

    def _drawn(self, places: list[int], left_out: int) -> Layout:
        wanted = _json(sorted(places))
        # Each body's ties are looked through once: asking for each pair would take longer.
        ties = self.read(
            "SELECT t.a, t.b, t.weight FROM json_each(:places) w CROSS JOIN tie t ON t.a = w.value"
            " WHERE +t.b IN (SELECT value FROM json_each(:places)) ORDER BY t.a, t.b",
            {"places": wanted},
        )
        nodes = self.read(
            "SELECT place, coalesce(community, -1) FROM node"
            " WHERE place IN (SELECT value FROM json_each(?)) ORDER BY place",
            (wanted,),
        )
        return layout.drawn(
            [(place, community) for place, community in nodes],
            [(a, b, weight) for a, b, weight in ties],
            left_out,
        )


def _json(places: Iterable[int]) -> str:
    return json.dumps(list(places))
