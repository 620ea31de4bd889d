"""A network as a file: all that pages show of it, so that no web process ever holds a network.

The file is an SQLite database with the figures of every body and every tie, indexed as the pages ask.
It is written beside and renamed: it is there as a whole, or not at all, and never changes.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from buendnisnetz.insight.domain.graph.breaks import Breaks, breaks_of
from buendnisnetz.insight.domain.graph.figures import Figures, figures_of
from buendnisnetz.insight.domain.graph.layout import layout_of
from buendnisnetz.insight.domain.graph.network import Network
from buendnisnetz.insight.domain.graph.statements import kind_of

# Another number where the tables change: what was written before counts as not there.
EDITION = 2
DRAFT = ".draft"
# ``place`` is where a body stands in the network, ``rank`` its place by name, the same for equal
# names; ``body`` is 0 for an organisation, 1 for an alliance, 2 for a working group. ``lost_…`` is
# what is cut off without it. Ties carry the ranks of both bodies, to be sorted by them; days are
# numbers, as ``date.toordinal`` counts.
_TABLES = """
CREATE TABLE about (
    edition INTEGER, made_at TEXT, exact INTEGER, modularity REAL, density REAL, bodies INTEGER,
    isolated INTEGER, ties INTEGER, parts INTEGER, communities INTEGER, bubbles INTEGER,
    left_out INTEGER
);
CREATE TABLE node (
    place INTEGER PRIMARY KEY, number INTEGER, name TEXT, address TEXT, sort_key TEXT, side TEXT,
    kind TEXT, ags TEXT, body INTEGER, rank INTEGER, degree INTEGER, strength INTEGER, betweenness REAL,
    share REAL, component INTEGER, community INTEGER, lost_nodes INTEGER, lost_alliances INTEGER
);
CREATE TABLE tie (
    a INTEGER, b INTEGER, weight INTEGER, kinds INTEGER, first_day INTEGER, last_day INTEGER,
    rank_a INTEGER, rank_b INTEGER, lost_nodes INTEGER, lost_alliances INTEGER, rests_on TEXT,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE TABLE spot (place INTEGER, x REAL, y REAL, size INTEGER, community INTEGER);
CREATE TABLE line (a INTEGER, b INTEGER, weight INTEGER);
"""
_INDEXES = """
CREATE UNIQUE INDEX node_number ON node (number);
CREATE INDEX node_address ON node (address);
CREATE INDEX node_degree ON node (degree, rank DESC);
CREATE INDEX node_community ON node (community, degree DESC);
CREATE INDEX node_lonely ON node (body, rank) WHERE degree = 0;
CREATE INDEX node_lost ON node (lost_alliances DESC, lost_nodes DESC, rank)
    WHERE lost_nodes IS NOT NULL;
CREATE INDEX tie_back ON tie (b, a, weight);
CREATE INDEX tie_weight ON tie (weight, rank_a DESC, rank_b DESC);
CREATE INDEX tie_one ON tie (rank_a, rank_b);
CREATE INDEX tie_other ON tie (rank_b, rank_a);
CREATE INDEX tie_kinds ON tie (kinds, rank_a);
CREATE INDEX tie_first ON tie (first_day, rank_a);
CREATE INDEX tie_last ON tie (last_day, rank_a);
CREATE INDEX tie_lost ON tie (lost_alliances DESC, lost_nodes DESC) WHERE lost_nodes > 1;
"""


def write(path: Path, network: Network, made_at: datetime) -> None:
    """Reckon all figures of a network and put them into the file, which nobody else may read."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=DRAFT)
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            # Nobody sees the draft; what is left of one after a crash is thrown away.
            connection.executescript(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES
            )
            connection.execute("BEGIN")
            _fill(connection, network, made_at)
            connection.execute("COMMIT")
            connection.executescript(_INDEXES)
        os.fsync(descriptor)
        os.utime(draft, (made_at.timestamp(), made_at.timestamp()))
        Path(draft).replace(path)
    finally:
        os.close(descriptor)
        Path(draft).unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, network: Network, made_at: datetime) -> None:
    figures, breaks = figures_of(network), breaks_of(network)
    layout = layout_of(network, figures)
    order = {key: rank for rank, key in enumerate(sorted({n.sort_key for n in network.nodes}))}
    ranks = [order[node.sort_key] for node in network.nodes]
    about = (
        EDITION, made_at.isoformat(), figures.exact, figures.modularity, figures.density,
        len(network.nodes), len(figures.isolated), len(network.ties), figures.components,
        figures.communities, layout.bubbles, layout.left_out,
    )  # fmt: skip
    spots = ((s.place, s.x, s.y, s.size, s.community) for s in layout.spots)
    lines = ((line.a, line.b, line.weight) for line in layout.lines)
    _insert(connection, "about", 12, iter([about]))
    _insert(connection, "node", 18, _nodes(network, figures, breaks, ranks))
    _insert(connection, "tie", 11, _ties(network, breaks, ranks))
    _insert(connection, "spot", 5, spots)
    _insert(connection, "line", 3, lines)


def _insert(
    connection: sqlite3.Connection, table: str, columns: int, rows: Iterator[tuple[Any, ...]]
) -> None:
    places = ", ".join("?" * columns)
    connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608 -- our own names


def _nodes(
    network: Network, figures: Figures, breaks: Breaks, ranks: list[int]
) -> Iterator[tuple[Any, ...]]:
    others = max(len(network.nodes) - 1, 0)
    most = others * (others - 1) / 2
    for place, node in enumerate(network.nodes):
        loss, between = breaks.nodes.get(place), figures.betweenness[place]
        community = figures.community[place]
        yield (
            place, *node, kind_of(node.number), ranks[place], figures.degree[place],
            figures.strength[place], between, between / most if most else 0.0,
            figures.component[place], None if community < 0 else community,
            loss and loss.nodes, loss and loss.alliances,
        )  # fmt: skip


def _ties(network: Network, breaks: Breaks, ranks: list[int]) -> Iterator[tuple[Any, ...]]:
    for tie in network.ties:
        loss = breaks.ties.get((tie.a, tie.b))
        yield (
            tie.a, tie.b, tie.weight, tie.kinds,
            tie.first_day and tie.first_day.toordinal(), tie.last_day and tie.last_day.toordinal(),
            ranks[tie.a], ranks[tie.b], loss and loss.nodes, loss and loss.alliances, tie.rests_on,
        )  # fmt: skip
