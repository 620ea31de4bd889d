"""When a proposal is clear enough to be put forward: the same for minutes and for lists."""

from collections.abc import Sequence

# Only a match that nothing speaks against is put forward as the choice; the person still accepts it.
PUT_FORWARD = 0.9
# Two candidates closer than this are a question, not a proposal.
_CLEARLY_BETTER = 0.08


def clear_choice(scores: Sequence[float]) -> int | None:
    """The place of the one candidate that may be put forward, given the scores from the best down;
    None if there is none or if it is not clear which."""
    if not scores or scores[0] < PUT_FORWARD:
        return None
    if len(scores) > 1 and scores[0] - scores[1] < _CLEARLY_BETTER:
        return None
    return 0
