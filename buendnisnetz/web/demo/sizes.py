"""How large an invented world is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Numbers of rows, about; ``level`` is the key of the state, empty for all Germany."""

    state: str
    alliances: int
    organisations: int
    people: int
    meetings: int
    tasks: int
    first_year: int = 2004
    first_meeting_year: int = 2016


DEMO = Sizes("16", alliances=22, organisations=350, people=900, meetings=60, tasks=400)
GERMANY = Sizes(
    "", alliances=600, organisations=20_000, people=60_000, meetings=10_000, tasks=100_000
)


def scaled(sizes: Sizes, factor: float) -> Sizes:
    """The same world, larger or smaller."""
    return Sizes(
        sizes.state,
        *(
            max(1, round(number * factor))
            for number in (
                sizes.alliances,
                sizes.organisations,
                sizes.people,
                sizes.meetings,
                sizes.tasks,
            )
        ),
    )
