"""The fold: from a ticket's facts and the policy to its state at an instant.

Live, as-of, preview and review are this one function. The fold sees the ticket's own facts and the adopted policy,
nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from console.domain.errors import InternalFault
from console.domain.facts import Fact, FactKind
from console.domain.instants import SECOND
from console.domain.machine import TicketMachine, split_plan
from console.domain.order import in_order, without_voided
from console.domain.rules import ClockKind, PolicyBook
from console.domain.sla_clock import SlaClock
from console.domain.state import ClockPhase, Group, RowState, TicketState

ENGINE = 2
"""Version of what the fold computes; derived rows of another version are folded again before they are trusted."""

_LIVE = (ClockPhase.RUNNING, ClockPhase.BREACHED, ClockPhase.PAUSED)


def fold(facts: Iterable[Fact], book: PolicyBook, now: int) -> TicketState:
    """The state at `now` (microseconds UTC) of the ticket whose facts these are, in any order of arrival.

    Facts after `now` are not seen. Raises InternalFault when none is left: the ticket does not exist yet.
    """
    machine = run(facts, book, now)
    return _state(machine, now)


def run(facts: Iterable[Fact], book: PolicyBook, now: int) -> TicketMachine:
    """The machine after all facts up to `now` and the passing of `now` itself."""
    happened = sequence(facts, book, now)
    machine = begin(happened, book)
    for fact in happened:
        machine.read(fact)
    machine.pass_to(now, inclusive=True)
    return machine


def sequence(facts: Iterable[Fact], book: PolicyBook, now: int) -> list[Fact]:
    """The facts that count up to `now`, in their order. Raises InternalFault when there is none."""
    happened = without_voided(facts, now)
    if not happened:
        raise InternalFault("no_facts", at=now)
    pack, _ = split_plan(_first(happened, FactKind.PLAN_SET), book.default_pack())
    rules = book.rules(pack, min(fact.at for fact in happened))
    return in_order(happened, {} if rules is None else rules.status_class)


def begin(happened: Sequence[Fact], book: PolicyBook) -> TicketMachine:
    """A machine at the opening. A ticket begins at its earliest fact: real logs know updates from before the instant
    they call opened. A severity that the opening does not name is the one that the first severity_set came from."""
    opened = next((fact for fact in happened if fact.kind == FactKind.OPENED), None)
    severity = None if opened is None else opened.a
    if severity is None:
        first = next((fact for fact in happened if fact.kind == FactKind.SEVERITY_SET), None)
        if first is not None:
            severity = first.a if first.b is None else first.b
    start = happened[0] if opened is None or happened[0].at < opened.at else opened
    return TicketMachine(book, start, severity, _first(happened, FactKind.PLAN_SET, at=start.at))


def history(facts: Sequence[Fact], book: PolicyBook, until: int) -> list[tuple[int, RowState]]:
    """Row states with the instant (microseconds UTC) at which each begins, up to `until`; the last is the row then.

    As it happened: each state is the fold of the facts up to its instant, so one that learns the severity later does
    not know it before.
    """
    happened = {fact.at for fact in facts if fact.at <= until}
    instants = sorted(happened | _adoptions(facts, book, until)) if happened else []
    states: list[tuple[int, RowState]] = []
    for index, instant in enumerate(instants):
        row = fold(facts, book, instant).row
        _add(states, instant, row)
        end = instants[index + 1] if index + 1 < len(instants) else until
        while row.next_at_s is not None and instant // SECOND < row.next_at_s <= end // SECOND:
            instant = row.next_at_s * SECOND
            row = fold(facts, book, instant).row
            _add(states, instant, row)
    return states


def _adoptions(facts: Sequence[Fact], book: PolicyBook, until: int) -> set[int]:
    """When other calendars were adopted, of any pack that the ticket ever had."""
    created_at = min(fact.at for fact in facts)
    packs = {split_plan(fact.t, book.default_pack())[0] for fact in facts if fact.kind == FactKind.PLAN_SET}
    found = (book.by_calendars(pack, created_at)[1:] for pack in (*packs, book.default_pack()))
    return {since for later in found for since, _ in later if created_at < since <= until}


def _add(states: list[tuple[int, RowState]], instant: int, row: RowState) -> None:
    if not states or states[-1][1] != row:
        states.append((instant, row))


def _first(facts: Iterable[Fact], kind: FactKind, at: int | None = None) -> str | None:
    return next((fact.t for fact in facts if fact.kind == kind and (at is None or fact.at == at)), None)


def _state(machine: TicketMachine, now: int) -> TicketState:
    clocks = machine.clocks.all()
    return TicketState(
        as_of=now,
        pack=machine.pack,
        plan=machine.plan,
        contract_id=machine.contract_id,
        policy_revision_id=machine.rules.revision_id,
        created_at=machine.created_at,
        severity=machine.severity,
        status=machine.status,
        status_class=machine.status_class,
        status_since=machine.status_since,
        owner_id=machine.owner_id,
        group_id=machine.group_id,
        product=machine.product,
        channel=machine.channel,
        first_contact_at=machine.first_contact_at,
        last_contact_at=machine.last_contact_at,
        last_customer_at=machine.last_customer_at,
        turn=machine.turn,
        turn_at=machine.turn_at,
        eta=machine.eta,
        promise_due_at=machine.promise_due_at,
        clocks=tuple(clock.state() for clock in clocks),
        escalation=machine.escalations.latest,
        escalations=tuple(machine.escalations.found),
        closed_at=machine.closed_at,
        row=_row(machine, clocks),
    )


def _row(machine: TicketMachine, clocks: Sequence[SlaClock]) -> RowState:
    clock = _row_clock(machine, clocks)
    group, due_s = Group.NO_CLOCK, 0
    paused = clock is not None and not clock.running
    if clock is not None and paused:
        group, due_s = Group.PAUSED, (clock.target - clock.used) // SECOND
    elif clock is not None and clock.due_at is not None:
        group, due_s = Group.RUNNING, clock.due_at // SECOND
    escalation = machine.escalations.latest
    auto_close = machine.clocks.auto_close_due()
    return RowState(
        open=machine.closed_at is None,
        group=group,
        due_s=due_s,
        left_work=None if clock is None else clock.target - clock.used,
        clock=None if clock is None else clock.kind,
        clock_plan=None if clock is None else clock.plan,
        calendar_id=None if clock is None else clock.calendar_id,
        due_at=None if clock is None else clock.due_at,
        clock_started_s=None if clock is None else clock.started_at // SECOND,
        target_work=None if clock is None else clock.target,
        paused=paused,
        breached=clock is not None and clock.breached_at is not None,
        rank=machine.rules.rank(machine.plan, machine.severity, machine.customer_priority),
        opened_s=machine.created_at // SECOND,
        severity=machine.severity,
        status=machine.status,
        group_id=machine.group_id,
        owner_id=machine.owner_id,
        plan=machine.plan,
        pack=machine.pack,
        escalation=None if escalation is None else escalation.phase,
        last_contact_s=None if machine.last_contact_at is None else machine.last_contact_at // SECOND,
        turn_s=machine.turn_at // SECOND,
        turn=machine.turn,
        next_at_s=None if auto_close is None else -(-auto_close // SECOND),
    )


def _row_clock(machine: TicketMachine, clocks: Sequence[SlaClock]) -> SlaClock | None:
    """The earliest due of the running promises; none running: the paused one with least left."""
    kinds = machine.rules.row_clocks
    live = [clock for clock in clocks if clock.kind in kinds and clock.phase() in _LIVE]

    def place(clock: SlaClock) -> tuple[int, int]:
        due = clock.due_at if clock.running and clock.due_at is not None else clock.target - clock.used
        return due, kinds.index(clock.kind)

    running = [clock for clock in live if clock.running]
    return min(running or live, key=place, default=None)


def row_clock_kinds(book: PolicyBook, pack: str, at: int) -> tuple[ClockKind, ...]:
    """Which kinds of clock a row of this pack may show, as the pack lists them."""
    rules = book.rules(pack, at)
    return () if rules is None else rules.row_clocks
