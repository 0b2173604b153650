"""What presses on a made-up desk right now: dates that are just missed or fall due within hours.

Left to chance a desk of well-kept promises would show next to none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from console.domain.facts import ActorKind, FactKind
from console.domain.instants import HOUR, MINUTE
from console.services.generating import letters
from console.services.generating.story import Story

UNANSWERED_SHARE = 0.014
UNANSWERED = (0.5, 1.09)  # of the promised time to the first response has passed
_STEP = 5 * MINUTE
# (share of the tickets, least, most): an update is promised for now + something between the two.
_BANDS = (
    (0.0034, -4 * HOUR, -4 * MINUTE),
    (0.0015, 2 * MINUTE, 14 * MINUTE),
    (0.0050, 16 * MINUTE, 58 * MINUTE),
    (0.0130, 62 * MINUTE, 235 * MINUTE),
)


def press(rng: Random, stories: Sequence[Story], now: int) -> None:
    """Let engineers promise updates in some of the open tickets, for instants around `now`."""
    free = [story for story in stories if _in_work(story)]
    rng.shuffle(free)
    for share, least, most in _BANDS:
        for _ in range(int(len(stories) * share + rng.random())):
            due = now + rng.randrange(least, most)
            due -= due % MINUTE
            chosen = next((story for story in free if story.facts[-1].at + _STEP < min(due, now) - 6 * _STEP), None)
            if chosen is None:
                continue
            free.remove(chosen)
            _promise(rng, chosen, due, now)


def _in_work(story: Story) -> bool:
    return (
        story.answered_at is not None
        and not story.waiting
        and not story.closed
        and all(fact.kind != FactKind.SOLUTION_GIVEN for fact in story.facts)
    )


def _promise(rng: Random, story: Story, due: int, now: int) -> None:
    begin, end = story.facts[-1].at + _STEP, min(due, now) - _STEP
    at = rng.randrange(max(begin, end - 8 * HOUR), end)
    at -= at % MINUTE
    text = story.writer.of_support(story.engineer, letters.UPDATES)
    story.add(at, FactKind.MESSAGE, ActorKind.AGENT, a=1, text=text)
    story.add(at, FactKind.ETA_SET, ActorKind.AGENT, a=due, t="update")
    story.in_order()
