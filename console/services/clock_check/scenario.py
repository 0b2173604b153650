"""Runs a scenario through the fold and holds the clocks after each event against what is expected."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from console.domain.axis import Axis
from console.domain.explain import ClockStory, SegmentKind, explain
from console.domain.rules import ClockKind
from console.domain.state import ClockPhase
from console.services.clock_check.answers import Answers, Question
from console.services.clock_check.case import NotApplicable
from console.services.clock_check.compared import (
    Compared,
    Theirs,
    compare_durations,
    compare_instants,
    compare_plain,
    instant,
)
from console.services.clock_check.fields import BadCase, Fields
from console.services.clock_check.scenario_rules import (
    FIRST,
    RESOLUTION,
    RESPONSE,
    RESPONSES,
    TOGETHER,
    UPDATE,
    UPDATES,
    OneVersion,
    Promises,
    Scenario,
    facts_of,
    name_of,
    read_scenario,
    rules_of,
)

_PACKS: Mapping[str, tuple[ClockKind, Promises]] = MappingProxyType(
    {
        FIRST: (ClockKind.FIRST_RESPONSE, TOGETHER),
        RESOLUTION: (ClockKind.WORKAROUND, TOGETHER),
        UPDATE: (ClockKind.NEXT_RESPONSE, UPDATES),
        RESPONSE: (ClockKind.NEXT_RESPONSE, RESPONSES),
    }
)
_VALUES = ("due", "used_seconds", "left_seconds", "paused_seconds", "status")

_RUNNING, _LATE = frozenset({ClockPhase.RUNNING}), frozenset({ClockPhase.BREACHED, ClockPhase.MISSED})
_PHASES: Mapping[str, frozenset[ClockPhase]] = MappingProxyType(
    {
        "running": _RUNNING,
        "open": _RUNNING,
        "ongoing": _RUNNING,
        "in_progress": _RUNNING,
        "due": _RUNNING,
        "first_response_due": _RUNNING,
        "resolution_due": _RUNNING,
        "paused": frozenset({ClockPhase.PAUSED}),
        "on_hold": frozenset({ClockPhase.PAUSED}),
        "suspended": frozenset({ClockPhase.PAUSED}),
        "breached": _LATE,
        "overdue": _LATE,
        "failed": _LATE,
        "violated": _LATE,
        "missed": _LATE,
        "met": frozenset({ClockPhase.MET}),
        "fulfilled": frozenset({ClockPhase.MET}),
        "achieved": frozenset({ClockPhase.MET}),
        "completed": frozenset({ClockPhase.MET, ClockPhase.MISSED}),
        "stopped": frozenset({ClockPhase.STOPPED, ClockPhase.MET, ClockPhase.MISSED}),
        "cancelled": frozenset({ClockPhase.STOPPED}),
    }
)


def scenario_answers(question: Question) -> Answers:
    """Every expected value that version 1 can have an opinion on. Raises BadCase, and NotApplicable when it has none
    on any of them."""
    scenario = read_scenario(question.given)
    start = min(event.at for event in scenario.events)
    axis = question.calendars.wall(start) if scenario.wall else question.axis(start)
    lives = _Lives(scenario, axis)
    found: Answers = []
    unknown: list[str] = []
    for fields in question.case.expected:
        try:
            found.extend(_expectation(fields, lives))
        except NotApplicable as reason:
            unknown.append(reason.why)
    if not found:
        raise NotApplicable(unknown[0])
    return found


class _Lives:
    """The ticket folded after any event, under the pack that makes the promise in question."""

    def __init__(self, scenario: Scenario, axis: Axis) -> None:
        self.scenario = scenario
        self.axis = axis

    def after(self, index: int, name: str, at: int | None) -> ClockStory | None:
        """The newest clock of a target after the event of this index, seen at `at` or at the last event."""
        kind, promises = _PACKS[name]
        facts = facts_of(self.scenario, len(self.scenario.events) if index < 0 else index + 1)
        if not facts:
            return None
        now = max(fact.at for fact in facts) if at is None else at
        _, stories = explain(facts, OneVersion(rules_of(self.scenario, promises, self.axis)), now)
        return next((story for story in reversed(stories) if story.clock.kind is kind), None)


def _expectation(fields: Fields, lives: _Lives) -> Answers:
    index = fields.count("after", -1, len(lives.scenario.events) - 1) if fields.has("after") else -1
    target = fields.text("target")
    name = name_of(target)
    if name is None:
        raise NotApplicable(f"version 1 has no clock for the target {target[:40]!r} (CR-23)")
    values = [key for key in _VALUES if key in fields.values]
    if not values:
        raise BadCase(fields.name, sorted(fields.values), f"at least one of {', '.join(_VALUES)}")
    story = lives.after(index, name, fields.instant("at") if fields.has("at") else None)
    where = f"{target} after event {index if index >= 0 else len(lives.scenario.events) - 1}: "
    return [_value(fields, key, where + key, story, lives.axis) for key in values]


def _value(fields: Fields, key: str, what: str, story: ClockStory | None, axis: Axis) -> Compared:
    if key == "due":
        return _due(what, fields.instant(key) if fields.has(key) else None, story, axis)
    if key == "status":
        return _status(what, fields.text(key), story)
    expected = fields.seconds(key) if fields.has(key) else None
    ours = None if story is None else _durations(story, axis)[key]
    if expected is None or ours is None:
        return compare_plain(what, None if expected is None else expected / 1_000_000, ours)
    return compare_durations(what, expected, ours)


def _due(what: str, expected: int | None, story: ClockStory | None, axis: Axis) -> Compared:
    """A clock has a due while it counts; a paused or ended one has none."""
    if story is None:
        return compare_instants(what, expected, None)
    clock = story.clock
    counts = clock.phase in (ClockPhase.RUNNING, ClockPhase.BREACHED)
    given = clock.started_at
    found = compare_instants(what, expected, clock.due_at if counts else None, axis=axis, given=given)
    left_behind = {clock.due_at, clock.original_due_at, story.if_resumed_due_at}
    if not counts and expected is not None and expected in left_behind:
        return Compared(what, instant(expected), None, False, frozenset({Theirs.KEPT}))
    return found


def _durations(story: ClockStory, axis: Axis) -> dict[str, int]:
    paused = (segment for segment in story.segments if segment.kind is SegmentKind.PAUSED)
    return {
        "used_seconds": story.elapsed_work,
        "left_seconds": story.clock.target_work - story.elapsed_work,
        "paused_seconds": sum(axis.work(segment.from_at, segment.to_at) for segment in paused),
    }


def _status(what: str, expected: str, story: ClockStory | None) -> Compared:
    phases = _PHASES.get(expected.strip().lower().replace(" ", "_").replace("-", "_"))
    if phases is None:
        raise NotApplicable(f"the state {expected[:40]!r} of a clock is not one of ours")
    ours = None if story is None else story.clock.phase
    return Compared(what, expected, None if ours is None else ours.value, ours in phases)
