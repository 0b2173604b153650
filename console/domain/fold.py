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
from console.domain.rules import WAITING_CLASSES, PolicyBook
from console.domain.sla_clock import SlaClock
from console.domain.state import EscalationState, Group, RowState, TicketState

# Bound once: on Python 3.11 naming a member of an enumeration costs as much as seven attributes.
_OPENED, _PLAN_SET, _SEVERITY_SET = FactKind.OPENED, FactKind.PLAN_SET, FactKind.SEVERITY_SET
_RUNNING, _PAUSED, _NO_CLOCK = Group
_NEW = tuple.__new__

ENGINE = 4
"""Version of what the fold computes; derived rows of another version are folded again before they are trusted."""


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
    machine.read(happened)
    machine.pass_to(now, inclusive=True)
    return machine


def sequence(facts: Iterable[Fact], book: PolicyBook, now: int) -> list[Fact]:
    """The facts that count up to `now`, in their order. Raises InternalFault when there is none."""
    happened = without_voided(facts, now)
    if not happened:
        raise InternalFault("no_facts", at=now)
    happened.sort()
    planned = _first(happened, _PLAN_SET)
    pack, _ = split_plan(None if planned is None else planned.t, book.default_pack())
    rules = book.by_calendars(pack, happened[0].at)
    return in_order(happened, rules[-1][1].status_class if rules else {})


def begin(happened: Sequence[Fact], book: PolicyBook) -> TicketMachine:
    """A machine at the opening. A ticket begins at its earliest fact: real logs know updates from before the instant
    they call opened. A severity that the opening does not name is the one that the first severity_set came from."""
    opened = _first(happened, _OPENED)
    severity = None if opened is None else opened.a
    if severity is None:
        first = _first(happened, _SEVERITY_SET)
        if first is not None:
            severity = first.a if first.b is None else first.b
    start = happened[0] if opened is None or happened[0].at < opened.at else opened
    planned = _first(happened, _PLAN_SET)
    return TicketMachine(book, start, severity, planned.t if planned is not None and planned.at == start.at else None)


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
    packs = {split_plan(fact.t, book.default_pack())[0] for fact in facts if fact.kind == _PLAN_SET}
    found = (book.by_calendars(pack, created_at)[1:] for pack in (*packs, book.default_pack()))
    return {since for later in found for since, _ in later if created_at < since <= until}


def _add(states: list[tuple[int, RowState]], instant: int, row: RowState) -> None:
    if not states or states[-1][1] != row:
        states.append((instant, row))


def _first(happened: Sequence[Fact], kind: FactKind) -> Fact | None:
    for fact in happened:
        if fact.kind == kind:
            return fact
    return None


def _state(machine: TicketMachine, now: int) -> TicketState:
    clocks = machine.clocks.all()
    escalation = machine.escalations.latest
    # Past the constructor, which is three times faster: in the order of the fields.
    return _NEW(
        TicketState,
        (
            now,
            machine.pack,
            machine.plan,
            machine.contract_id,
            machine.rules.revision_id,
            machine.created_at,
            machine.severity,
            machine.status,
            machine.status_class,
            machine.status_since,
            machine.owner_id,
            machine.group_id,
            machine.product,
            machine.channel,
            machine.first_contact_at,
            machine.last_contact_at,
            machine.last_customer_at,
            machine.unanswered_at,
            machine.turn,
            machine.turn_at,
            machine.eta,
            machine.promise_due_at,
            tuple([clock.state() for clock in clocks]),
            escalation,
            tuple(machine.escalations.found),
            machine.closed_at,
            _row(machine, clocks, escalation),
        ),
    )


def _row(machine: TicketMachine, clocks: Sequence[SlaClock], escalation: EscalationState | None) -> RowState:
    clock = _row_clock(machine, clocks)
    kind = plan = calendar_id = due_at = started_s = target = left = None
    group, due_s, paused, breached = _NO_CLOCK, 0, False, False
    if clock is not None:
        kind, plan, calendar_id, due_at = clock.kind, clock.plan, clock.calendar_id, clock.due_at
        started_s, target, left = clock.started_at // SECOND, clock.target, clock.target - clock.used
        paused, breached = not clock.running, clock.breached_at is not None
        if paused:
            group, due_s = _PAUSED, left // SECOND
        elif due_at is not None:
            group, due_s = _RUNNING, due_at // SECOND
    last_contact_at, auto_close = machine.last_contact_at, machine.clocks.auto_close_due()
    return _NEW(
        RowState,
        (
            machine.closed_at is None,
            group,
            due_s,
            left,
            kind,
            plan,
            calendar_id,
            due_at,
            started_s,
            target,
            paused,
            breached,
            machine.rules.rank(machine.plan, machine.severity, machine.customer_priority),
            machine.created_at // SECOND,
            machine.severity,
            machine.status,
            machine.group_id,
            machine.owner_id,
            machine.plan,
            machine.pack,
            None if escalation is None else escalation.phase,
            None if last_contact_at is None else last_contact_at // SECOND,
            machine.turn_at // SECOND,
            machine.turn,
            None if auto_close is None else -(-auto_close // SECOND),
            None if group is _RUNNING else _parked_s(machine, clock, left),
        ),
    )


def _parked_s(machine: TicketMachine, clock: SlaClock | None, left: int | None) -> int | None:
    """The second from which a ticket without a running clock counts as parked."""
    rules = machine.rules.parked
    if rules is None or (clock is None and machine.status_class not in WAITING_CLASSES):
        return None
    since = machine.status_since if clock is None else clock.since
    return min(at for _, at in rules.begin(since, left, machine.unanswered_at)) // SECOND


def _row_clock(machine: TicketMachine, clocks: Sequence[SlaClock]) -> SlaClock | None:
    """The earliest due of the running promises; none running: the paused one with least left."""
    kinds = machine.rules.row_clocks
    # One that runs towards no deadline, as its calendar is never open again, is none to order a queue by.
    live = [
        clock
        for clock in clocks
        if not clock.stopped and clock.kind in kinds and (clock.due_at is not None or not clock.running)
    ]
    if len(live) < 2:
        return live[0] if live else None

    def place(clock: SlaClock) -> tuple[int, int]:
        due = clock.due_at if clock.running and clock.due_at is not None else clock.target - clock.used
        return due, kinds.index(clock.kind)

    running = [clock for clock in live if clock.running]
    return min(running or live, key=place)
