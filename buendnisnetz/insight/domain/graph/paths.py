"""Who connects one body with another: the shortest ways through the network."""

from collections.abc import Iterator
from itertools import islice

from buendnisnetz.insight.domain.graph.seen import Seen

MOST_WAYS = 5


def shortest_ways(seen: Seen, start: int, goal: int, most: int = MOST_WAYS) -> list[list[int]]:
    """At most so many of the shortest ways between two places, those with the strongest ties first.

    No way: an empty list. Ways are walked towards the goal one by one, because their number can
    grow without bounds.
    """
    if seen.component_of(start) != seen.component_of(goal):
        return []
    return list(islice(_ways(seen, [start], goal, _steps_left(seen, start, goal)), most))


def _steps_left(seen: Seen, start: int, goal: int) -> dict[int, int]:
    """How many steps it is to the goal, of all that lie on a shortest way and perhaps some others.

    Walked from both ends at once, always on the side that has reached fewer last.
    """
    levels: tuple[list[set[int]], list[set[int]]] = [{start}], [{goal}]
    reached = {start}, {goal}
    forth, back = levels
    while not forth[-1] & back[-1]:
        side = int(len(forth[-1]) > len(back[-1]))
        levels[side].append(set(seen.next_to(levels[side][-1])) - reached[side])
        reached[side].update(levels[side][-1])
    left = {place: steps for steps, places in enumerate(back) for place in places}
    # Of what was reached from the start only that counts from where it goes on to the goal.
    on_way = forth.pop() & back[-1]
    for steps, places in enumerate(reversed(forth), start=len(back)):
        on_way = places.intersection(seen.next_to(on_way))
        left |= dict.fromkeys(on_way, steps)
    return left


def _ways(seen: Seen, way: list[int], goal: int, left: dict[int, int]) -> Iterator[list[int]]:
    here = way[-1]
    if here == goal:
        yield way
        return
    for next_one in seen.neighbours(here):
        if left.get(next_one) == left[here] - 1:
            yield from _ways(seen, [*way, next_one], goal, left)
