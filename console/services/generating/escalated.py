"""Escalations on a made-up desk: some wait for a decision now, some were decided before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from random import Random

from console.domain.facts import ActorKind, FactKind
from console.domain.instants import HOUR, MINUTE, SECOND
from console.services.generating import letters
from console.services.generating.people import MANAGERS
from console.services.generating.story import Story

WAITING_SHARE = 7 / 2_000
DECIDED_SHARE = 16 / 2_000
_REJECTIONS = ("not_yet_available", "waiting_for_requestor", "work_on_schedule", "separate_issue")
_ACCEPTED_SHARE = 0.6


def escalate(rng: Random, stories: Sequence[Story], now: int) -> None:
    """Add escalations to `stories`: three or four undecided ones for 1,000 tickets, at least one."""
    hot = [story for story in stories if _may_wait(story, now)]
    wanted = max(1, int(len(stories) * WAITING_SHARE + rng.random()))
    # The graver and the longer without an answer, the likelier that somebody asks.
    hot.sort(key=lambda story: (story.severity, story.opened))
    chosen = hot[: wanted // 2]
    rest = hot[wanted // 2 :]
    chosen += rng.sample(rest, min(len(rest), wanted - len(chosen)))
    for story in chosen:
        _ask(rng, story, now)
    taken = set(map(id, chosen))
    calm = [story for story in stories if id(story) not in taken and may_have_waited(story)]
    rng.shuffle(calm)
    # Half of them in work still, so that an accepted escalation can be seen in the queue.
    calm.sort(key=_solved)
    wanted = round(len(stories) * DECIDED_SHARE)
    for story in (*calm[: wanted // 2], *calm[len(calm) - wanted + wanted // 2 :]):
        _decided(rng, story, now)


def _may_wait(story: Story, now: int) -> bool:
    return (
        story.severity < 4
        and not story.closed
        and not story.waiting
        and not _solved(story)
        and now - story.facts[-1].at > 40 * MINUTE
        and now - story.opened > 90 * MINUTE
    )


def _solved(story: Story) -> bool:
    return any(fact.kind == FactKind.SOLUTION_GIVEN for fact in story.facts)


def may_have_waited(story: Story) -> bool:
    """Whether there was a time in which an escalation could have been asked for and decided."""
    return story.severity < 4 and story.answered_at is not None and quiet_time(story) is not None


def quiet_time(story: Story) -> tuple[int, int] | None:
    """The longest time in which nothing happened between the first answer and the solution."""
    marks = [fact.at for fact in story.facts if story.answered_at is not None and fact.at >= story.answered_at]
    for place, fact in enumerate(story.facts):
        if fact.kind == FactKind.SOLUTION_GIVEN:
            marks = [at for at in marks if at <= story.facts[place].at]
            break
    gaps = [(later - before, before, later) for before, later in pairwise(marks)]
    longest = max(gaps, default=(0, 0, 0))
    return None if longest[0] < 3 * HOUR else longest[1:]


def _ask(rng: Random, story: Story, now: int) -> None:
    last = story.facts[-1].at
    earliest = max(last + 10 * MINUTE, now - 5 * HOUR)
    at = min(rng.randrange(earliest, now), now - 4 * MINUTE) // SECOND * SECOND
    _request(rng, story, at)


def _request(rng: Random, story: Story, at: int) -> None:
    channel = "phone" if story.severity == 1 else rng.choices(("button", "phone", "chat"), (65, 25, 10))[0]
    text = story.writer.of_customer(letters.ESCALATIONS)
    story.add(at, FactKind.ESCALATION_REQUESTED, ActorKind.CUSTOMER, a=1, t=channel, text=text)
    story.in_order()


def _decided(rng: Random, story: Story, now: int) -> None:
    quiet = quiet_time(story)
    if quiet is None:
        return
    begin, end = quiet
    asked = (begin + int((end - begin) * rng.uniform(0.3, 0.6))) // SECOND * SECOND
    decided = asked + rng.randrange(6, 55) * MINUTE
    if decided >= min(end, now):
        return
    manager = rng.choice(MANAGERS)
    _request(rng, story, asked)
    if rng.random() < _ACCEPTED_SHARE:
        update = decided + rng.randrange(1, 5) * HOUR
        text = story.writer.words(letters.PLANS_OF_ACTION)
        _manager(story, manager, decided, FactKind.ESCALATION_ACCEPTED, a=update, text=text)
        story.add(decided, FactKind.ETA_SET, ActorKind.MANAGER, a=update, t="update", person=manager)
        news = story.writer.of_support(story.engineer, letters.UPDATES)
        story.add(update - rng.randrange(4, 40) * MINUTE, FactKind.MESSAGE, ActorKind.AGENT, a=1, text=news)
        ended = min(update, end)
        story.add(ended, FactKind.ESCALATION_CLOSED, t="solved")
    else:
        code, text = rng.choice(_REJECTIONS), story.writer.words(letters.REFUSALS)
        _manager(story, manager, decided, FactKind.ESCALATION_REJECTED, t=code, text=text)
    story.in_order()


def _manager(
    story: Story, manager: str, at: int, kind: FactKind, *, text: str, a: int | None = None, t: str | None = None
) -> None:
    story.add(at, kind, ActorKind.MANAGER, a=a, t=t, text=text, person=manager)
