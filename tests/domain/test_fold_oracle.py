"""The fold against an oracle that reads the rules of `docs/clock-rules.md` over masks made from the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.axis import Axis, compile_axis
from console.domain.calendar import Calendar
from console.domain.explain import explain
from console.domain.facts import ActorKind, Fact, FactKind
from console.domain.rules import ClockKind, ClockRules, Met, Rules
from tests.domain.axis_oracle import DAY_MINUTES, MINUTE_US, open_minutes
from tests.domain.axis_strategies import SCENES, calendar_fields
from tests.domain.fold_oracle import OUTSIDE, Desk, Mask, Reading, Terms, Told
from tests.domain.small_policy import ALWAYS, SmallBook, rules

PLANS = ("one", "other", "always")
WHAT = (
    *("status", "status", "status", "severity", "plan", "customer", "customer"),
    *("support", "workaround", "solution", "eta"),
)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
STATUSES = ("new", "open", "waiting", "resolved", "closed")
BEFORE, DAYS = 1, 11
KINDS = ("first_response", "next_response", "workaround", "eta")
SECONDS = 60


@dataclass(frozen=True)
class Drawn:
    """A pack for the oracle and for the fold, and the facts of a ticket opened at `begin`."""

    terms: Terms
    axes: dict[str, Axis]
    origin_us: int
    step_us: int
    begin: int
    severity: int
    plan: str
    told: list[Told]

    def us(self, step: int) -> int:
        return self.origin_us + step * self.step_us


def _hours(fields: dict[str, Any], first: date, days: int) -> tuple[Mask, Axis]:
    axis = compile_axis(Calendar.model_validate(fields), first.year, first.year)
    return open_minutes(fields, first, days)[0], axis


@st.composite
def drawn(draw: st.DrawFn, steps_a_minute: int = 1, days: int = DAYS) -> Drawn:
    zone, scene = draw(st.sampled_from(SCENES))
    first = scene - timedelta(days=BEFORE)
    masks: dict[str, Mask] = {"always": np.ones(days * DAY_MINUTES, dtype=np.bool_)}
    axes = {"always": ALWAYS}
    for plan in PLANS[:2]:
        masks[plan], axes[plan] = _hours(draw(calendar_fields(zone, scene)), first, days)
    masks = {plan: np.repeat(mask, steps_a_minute) for plan, mask in masks.items()}
    # Half hours often: then facts fall on dues, and on openings and closings.
    unit = 30 * steps_a_minute
    target = st.integers(1, 24).map(lambda n: n * unit) | st.integers(1, 600 * steps_a_minute)
    targets = {
        plan: {
            kind: draw(st.dictionaries(st.integers(1, 3), target, max_size=3))
            for kind in ("first_response", "next_response", "workaround")
        }
        for plan in PLANS
    }
    some = st.sampled_from([frozenset(), frozenset({"resolved"}), frozenset({"closed"}), frozenset(STATUSES[3:])])
    paused = st.frozensets(st.sampled_from(STATUSES[2:4]))
    met_by = {
        "first_response": frozenset({"contact"}) | draw(some),
        "next_response": frozenset({"contact"}),
        "workaround": frozenset({"workaround", "solution"}) | draw(some),
        "eta": draw(some),
    }
    terms = Terms(
        hours=masks,
        targets=targets,
        met_by=met_by,
        pauses={kind: draw(paused) if kind != "eta" else frozenset() for kind in KINDS},
        reopens=draw(st.frozensets(st.sampled_from(STATUSES[2:]))),
    )
    begin = BEFORE * DAY_MINUTES * steps_a_minute
    span = (days - 2 * BEFORE) * DAY_MINUTES * steps_a_minute
    ahead = st.integers(1, 60).map(lambda n: n * unit).filter(lambda n: n < span) | st.integers(0, span)
    instants = sorted(draw(st.lists(ahead, max_size=12)))
    # Begins with a message, because of the second of the expected failures below.
    told = [Told(begin, "customer"), *(draw(_told(begin + instant, unit)) for instant in instants)]
    origin = (first.toordinal() - date(1970, 1, 1).toordinal()) * DAY_MINUTES * MINUTE_US
    step_us = MINUTE_US // steps_a_minute
    return Drawn(terms, axes, origin, step_us, begin, draw(st.integers(1, 3)), draw(st.sampled_from(PLANS)), told)


@st.composite
def _told(draw: st.DrawFn, at: int, unit: int) -> Told:
    what = draw(st.sampled_from(WHAT))
    value: Any = None
    if what == "status":
        # None answers, because of the first of the expected failures below.
        value = draw(st.sampled_from(STATUSES)), False
    elif what == "severity":
        value = draw(st.integers(1, 3))
    elif what == "plan":
        value = draw(st.sampled_from(PLANS))
    elif what == "eta":
        value = at + draw(st.integers(1, 30)) * unit, draw(st.sampled_from(["update", "resolution"]))
    return Told(at, what, value)


def _facts(case: Drawn) -> list[Fact]:
    customer, agent = ActorKind.CUSTOMER, ActorKind.AGENT
    start = case.us(case.begin)
    facts = [
        Fact(start, -2, "opened", FactKind.OPENED, a=case.severity, actor_kind=customer),
        Fact(start, -1, "planned", FactKind.PLAN_SET, t=f"small/{case.plan}"),
    ]
    for number, (step, what, value) in enumerate(case.told):
        fact = Fact(case.us(step), number, f"f{number:02}", FactKind.NOTE, actor_kind=agent)
        match what, value:
            case "status", (status, answered):
                fact = fact._replace(kind=FactKind.STATUS_SET, t=status, a=int(answered))
            case "severity", _:
                fact = fact._replace(kind=FactKind.SEVERITY_SET, a=value)
            case "plan", _:
                fact = fact._replace(kind=FactKind.PLAN_SET, t=f"small/{value}")
            case "customer", _:
                fact = fact._replace(kind=FactKind.MESSAGE, a=1, b=0, actor_kind=customer)
            case "support", _:
                fact = fact._replace(kind=FactKind.MESSAGE, a=1, b=0)
            case "workaround", _:
                fact = fact._replace(kind=FactKind.WORKAROUND_GIVEN)
            case "solution", _:
                fact = fact._replace(kind=FactKind.SOLUTION_GIVEN)
            case "eta", (due, promise):
                fact = fact._replace(kind=FactKind.ETA_SET, a=case.us(due), t=promise)
        facts.append(fact)
    return facts


def _rules(case: Drawn) -> Rules:
    terms = case.terms
    by_plan = {
        plan: {kind: case.axes[plan] if kind is not ClockKind.ETA else ALWAYS for kind in ClockKind} for plan in PLANS
    }
    return rules(
        reopens_on_message=terms.reopens,
        clocks={
            ClockKind(kind): ClockRules(ClockKind(kind), frozenset(map(Met, terms.met_by[kind])), terms.pauses[kind])
            for kind in KINDS
        },
        targets={
            plan: {
                ClockKind(kind): {level: steps * case.step_us for level, steps in by_level.items()}
                for kind, by_level in by_kind.items()
            }
            for plan, by_kind in terms.targets.items()
        },
        base_targets={},
        axes={"": dict.fromkeys(ClockKind, ALWAYS), **by_plan},
        calendar_ids={plan: dict.fromkeys(ClockKind, number) for number, plan in enumerate(("", *PLANS))},
    )


def agree(case: Drawn, now: int) -> None:
    """The fold's clocks at step `now` are those of the oracle."""
    expected = Desk(case.terms, case.severity, case.plan, case.begin).read(case.told, now)
    _, stories = explain(_facts(case), SmallBook(_rules(case)), case.us(now))
    found = {(story.clock.kind.value, story.clock.cycle): story for story in stories}
    wanted = {(kind, cycle): clock for kind, cycles in expected.items() for cycle, clock in enumerate(cycles)}
    assert found.keys() == wanted.keys()
    last = len(case.terms.hours["always"])

    def step(us: int | None) -> float | None:
        if us is None:
            return None
        steps = (us - case.origin_us) / case.step_us
        return OUTSIDE if steps > last else steps

    for key, clock in wanted.items():
        state = found[key].clock
        ours = (step(state.started_at), state.phase.value, found[key].elapsed_work / case.step_us)
        assert (*ours, step(state.breached_at)) == (clock.start, clock.phase, clock.used, clock.breach), key
        if clock.live:
            assert state.target_work == clock.target * case.step_us, key
        assert step(state.original_due_at) == clock.first_due, key
        _same_due(clock, now, step(state.due_at))


def _same_due(clock: Reading, now: int, due: float | None) -> None:
    if clock.how == "pause" and clock.breach is None:
        assert due is None
    elif clock.breached_at_change:
        assert due is not None
        assert clock.breach is not None
        assert due <= clock.breach
    elif clock.breach is not None:
        assert due == clock.breach
    elif clock.how == "run":
        assert due == clock.due(now)


@given(drawn(), st.data())
def test_the_fold_agrees_with_the_oracle_to_the_minute(case: Drawn, data: st.DataObject) -> None:
    end = (DAYS - BEFORE) * DAY_MINUTES
    after = case.told[-1].at if case.told else case.begin
    agree(case, data.draw(st.integers(case.begin, end) | st.integers(after, end), label="now"))


@pytest.mark.long
@given(drawn(SECONDS, 4), st.data())
@settings(max_examples=settings().max_examples // 10)
def test_the_fold_agrees_with_the_oracle_to_the_second(case: Drawn, data: st.DataObject) -> None:
    end = 3 * DAY_MINUTES * SECONDS
    agree(case, data.draw(st.integers(case.begin, end), label="now"))


def _told_case(plan: str, targets: dict[str, dict[str, dict[int, int]]], *told: Told) -> Drawn:
    """A ticket of severity 1 opened at 00:00 UTC; 'one' has an hour a day from then on, 'always' all hours."""
    first = date(2026, 1, 5)
    fields = {"code": "hour", "zone": "Asia/Kolkata", "week": dict.fromkeys(WEEK, (("05:30", "06:30"),))}
    empty = {"holidays": (), "recurring_holidays": (), "shifts": {}, "breaks": {}, "holiday_cancels_shift": False}
    mask, axis = _hours({**fields, **empty}, first, DAYS)
    terms = Terms(
        hours={"always": np.ones_like(mask), "one": mask, "other": mask},
        targets={name: targets.get(name, {}) for name in PLANS},
        met_by={
            "first_response": frozenset({"contact"}),
            "next_response": frozenset({"contact"}),
            "workaround": frozenset({"workaround", "solution"}),
            "eta": frozenset(),
        },
        pauses=dict.fromkeys(KINDS, frozenset()),
        reopens=frozenset(),
    )
    origin = (first.toordinal() - date(1970, 1, 1).toordinal()) * DAY_MINUTES * MINUTE_US
    told = tuple(one._replace(at=DAY_MINUTES + one.at) for one in told)
    return Drawn(
        terms, {"always": ALWAYS, "one": axis, "other": axis}, origin, MINUTE_US, DAY_MINUTES, 1, plan, [*told]
    )


_HOURS = {1: 60, 2: 120}
LETTER = _told_case("always", {"one": {"next_response": _HOURS}}, Told(30, "plan", "one"))
RETURNED = _told_case(
    "always",
    {"always": {"workaround": _HOURS}},
    *(Told(30, "status", ("closed", False)), Told(40, "severity", 2), Told(50, "status", ("resolved", False))),
)
AT_THE_DUE = _told_case(
    "one",
    {"one": {"workaround": _HOURS}},
    *(Told(60, "status", ("closed", False)), Told(70, "severity", 2), Told(90, "status", ("open", False))),
)
ANSWERED = _told_case("always", {"always": {"first_response": _HOURS}}, Told(30, "status", ("open", True)))


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(ANSWERED, id="a-status-that-answers"),
        pytest.param(LETTER, id="the-letter-that-opened-waits-when-an-answer-begins-to-be-promised"),
        pytest.param(RETURNED, id="returns-from-closed-to-resolved-with-the-promise-of-now"),
        pytest.param(AT_THE_DUE, id="closed-at-the-due-and-reopened-to-a-longer-promise"),
    ],
)
def test_told_cases(case: Drawn) -> None:
    for now in (10, 55, 90, 100, 200, 1500, 3000):
        agree(case, DAY_MINUTES + now)
