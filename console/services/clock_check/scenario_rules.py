"""The targets, pauses and stops of a scenario as the rules of a policy pack, and its events as facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypedDict

from console.domain.axis import Axis
from console.domain.facts import ActorKind, Fact, FactKind
from console.domain.rules import ClockKind, ClockRules, Met, Rules, StatusClass
from console.services.clock_check.fields import BadCase, Fields

PACK = "case"
_CREATED_STATUS, _OPEN = "new", "open"
# No product has a status of this name: a close that names none meets the resolution and leaves the others running.
_SOLVED = "(close)"

FIRST, UPDATE, RESPONSE, RESOLUTION = "first_response", "update", "response", "resolution"
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys((FIRST, "first_reply", "response_time", "tto", "time_to_own"), FIRST),
        **dict.fromkeys((UPDATE, "next_response", "next_reply"), UPDATE),
        RESPONSE: RESPONSE,
        **dict.fromkeys((RESOLUTION, "solution", "resolve", "workaround", "ttr", "time_to_resolve"), RESOLUTION),
    }
)

Promises = Mapping[ClockKind, str]
TOGETHER: Promises = MappingProxyType({ClockKind.FIRST_RESPONSE: FIRST, ClockKind.WORKAROUND: RESOLUTION})
UPDATES: Promises = MappingProxyType({ClockKind.NEXT_RESPONSE: UPDATE})
RESPONSES: Promises = MappingProxyType({ClockKind.NEXT_RESPONSE: RESPONSE})
"""What one pack promises. First response and resolution stand in one; answers to each message in one of their own,
because ours begin after the first response where that is promised too. "response" is one target for every answer, the
first as well, and is given as the first response."""

_MET_BY: Mapping[ClockKind, frozenset[Met]] = MappingProxyType(
    {
        ClockKind.FIRST_RESPONSE: frozenset({Met.CONTACT, Met.CLOSED}),
        ClockKind.NEXT_RESPONSE: frozenset({Met.CONTACT, Met.RESOLVED, Met.CLOSED}),
        ClockKind.WORKAROUND: frozenset({Met.RESOLVED, Met.CLOSED}),
    }
)
_EVENTS: Mapping[str, str] = MappingProxyType(
    {
        "created": "the ticket",
        "status": "a status",
        "first_response": "a public answer",
        "agent_contact": "a public answer",
        "customer_contact": "a message of the customer",
        "retarget": "other targets",
        "close": "the solution",
    }
)
_BY_SUPPORT = frozenset({"agent", "support", "system"})


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a scenario; `targets` of created and retarget, by name in working microseconds."""

    at: int
    kind: str
    status: str | None
    by_customer: bool
    targets: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class Scenario:
    """What a scenario gives. `pause_on`: the statuses in which a target pauses. `wall`: clocks run round the clock."""

    events: tuple[Event, ...]
    pause_on: Mapping[str, frozenset[str]]
    stop_on: tuple[str, ...]
    wall: bool


def name_of(target: str) -> str | None:
    """Our name of a target; none: version 1 has no clock for it."""
    return _NAMES.get(target)


def read_scenario(given: Fields) -> Scenario:
    """The input of a scenario. Raises BadCase."""
    first = _targets(given.table("targets"))
    events = tuple(_event(fields, first) for fields in given.tables("events"))
    if sum(event.kind == "created" for event in events) != 1:
        raise BadCase(given.place("events"), f"{len(events)} events", 'exactly one of type "created"')
    clock = given.choice("clock", {"business": None, "wall": None}, "business")
    return Scenario(events, _pauses(given), given.texts("stop_on"), clock == "wall")


def _pauses(given: Fields) -> dict[str, frozenset[str]]:
    """One list of statuses for all targets, or a table with a list for each target that pauses (CR-13)."""
    names = dict.fromkeys(_NAMES.values())
    if not isinstance(given.values.get("pause_on"), Mapping):
        return dict.fromkeys(names, frozenset(given.texts("pause_on")))
    table = given.table("pause_on")
    return {_NAMES[target]: frozenset(table.texts(target)) for target in table.values if target in _NAMES}


def _event(fields: Fields, first: Mapping[str, int]) -> Event:
    kind = fields.choice("type", _EVENTS)
    status = fields.text("status") if kind == "status" or fields.has("status") else None
    targets = first if kind == "created" else None
    if kind == "retarget":
        targets = _targets(fields.table("targets"))
    return Event(fields.instant("at"), kind, status, fields.text("by", "customer") not in _BY_SUPPORT, targets)


def _targets(fields: Fields) -> dict[str, int]:
    """Targets by our names; those of 0 and null are no targets, those without a clock of ours are left out."""
    known = [target for target in fields.values if target in _NAMES and fields.has(target)]
    found = {_NAMES[target]: _target(fields, target) for target in known}
    found.setdefault(RESPONSE, found.get(FIRST, 0))
    return {name: target for name, target in found.items() if target}


def _target(fields: Fields, name: str) -> int:
    target = fields.seconds(name)
    if target < 0:
        raise BadCase(fields.place(name), fields.values[name], "a target that is not negative")
    return target


class OneVersion:
    """A policy book with one version of one pack."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules

    def rules(self, pack: str, at: int) -> Rules | None:
        """The rules of the case."""
        return self._rules if pack == PACK else None

    def by_calendars(self, pack: str, at: int) -> tuple[tuple[int, Rules], ...]:
        """The rules of the case: its calendar is never edited."""
        return ((at, self._rules),) if pack == PACK else ()

    def default_pack(self) -> str:
        """The pack of the case."""
        return PACK


def rules_of(scenario: Scenario, promises: Promises, axis: Axis) -> Rules:
    """A pack with these promises and the scenario's targets; every set of targets is a plan."""
    sets = [event.targets for event in scenario.events if event.targets is not None]
    created = next(event for event in scenario.events if event.kind == "created")
    by_kind = dict.fromkeys(ClockKind, axis)
    return Rules(
        pack=PACK,
        revision_id=1,
        initial_status=created.status or _CREATED_STATUS,
        closed_status=_SOLVED,
        reopen_status=_OPEN,
        status_class=_classes(scenario),
        reopens_on_message=frozenset(),
        clocks={
            kind: ClockRules(kind, _MET_BY[kind], scenario.pause_on.get(name, frozenset()))
            for kind, name in promises.items()
        },
        targets={
            _plan(number): {kind: {1: targets[name]} for kind, name in promises.items() if name in targets}
            for number, targets in enumerate(sets)
        },
        base_targets={},
        axes={"": by_kind},
        calendar_ids={"": dict.fromkeys(ClockKind, 1)},
        auto_close=None,
        row_clocks=tuple(promises),
    )


def facts_of(scenario: Scenario, count: int) -> list[Fact]:
    """The facts of the first `count` events; events of one instant keep their order."""
    facts: list[Fact] = []
    plans = 0
    stopped = False
    for event in scenario.events[:count]:
        for kind, values in _told(event, _plan(plans), stopped):
            number = len(facts)
            facts.append(_fact(event.at, number, kind, **values))
        plans += event.targets is not None
        if event.status is not None:
            stopped = event.status in scenario.stop_on or event.kind == "close"
    return facts


def _fact(
    at: int, number: int, kind: FactKind, a: int | None = None, t: str | None = None, by: ActorKind = ActorKind.SYSTEM
) -> Fact:
    return Fact(at, number, f"{number:06}", kind, a, 0, t, by)


class _Values(TypedDict, total=False):
    a: int
    t: str
    by: ActorKind


def _told(event: Event, plan: str, stopped: bool) -> Iterator[tuple[FactKind, _Values]]:
    if event.kind == "created":
        yield FactKind.OPENED, {"a": 1}
    if event.targets is not None:
        yield FactKind.PLAN_SET, {"t": f"{PACK}/{plan}"}
    if event.kind in ("first_response", "agent_contact"):
        yield FactKind.MESSAGE, {"a": 1, "by": ActorKind.AGENT}
    elif event.kind in ("created", "customer_contact") and event.by_customer:
        yield FactKind.MESSAGE, {"a": 1, "by": ActorKind.CUSTOMER}
    if event.status is not None and event.kind != "created":
        yield FactKind.STATUS_SET, {"t": event.status}
    elif event.kind == "close" and not stopped:
        yield FactKind.STATUS_SET, {"t": _SOLVED}


def _plan(number: int) -> str:
    return f"targets{number}"


def _classes(scenario: Scenario) -> dict[str, StatusClass]:
    classes = {event.status: StatusClass.OPEN for event in scenario.events if event.status is not None}
    classes |= {status: StatusClass.WAITING for statuses in scenario.pause_on.values() for status in statuses}
    classes |= dict.fromkeys(scenario.stop_on, StatusClass.CLOSED)
    classes |= {event.status: StatusClass.CLOSED for event in scenario.events if event.kind == "close" and event.status}
    classes[_SOLVED] = StatusClass.RESOLVED
    return classes
