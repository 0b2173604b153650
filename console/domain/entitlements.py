"""What a plan entitles to: targets by severity, incidents with their ledger, hours of the account manager (OD-3..6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from console.domain.decisions import LedgerEntry, NewLedger
from console.domain.instants import MINUTE, from_micros, to_micros
from console.domain.policy import Pack, Plan
from console.domain.policy_values import Text
from console.domain.rules import ClockKind
from console.domain.state import TicketState

INCIDENT = "incident"
TAM_MINUTES = "tam_minutes"
_OPENED = "OD-6:opened"


@dataclass(frozen=True, slots=True)
class PlanCell:
    """A promise in working microseconds, none where nothing is promised; `marked`: the ticket's row counts by it."""

    clock: ClockKind
    target: int | None
    marked: bool


@dataclass(frozen=True, slots=True)
class PlanTableRow:
    """The promises for one severity; `current`: the ticket has this severity."""

    severity: int
    name: Text
    definition: Text
    current: bool
    cells: tuple[PlanCell, ...]


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A plan as a table severity x clock. `base`: its promises are those of tickets without a plan (OD-4).

    `plan` is the code asked for, `name` none when the pack does not know it. `incidents` none: unlimited. `tam_week`
    in microseconds a week.
    """

    plan: str | None
    name: Text | None
    base: bool
    archived: bool
    calendar: Text
    clocks: tuple[tuple[ClockKind, Text], ...]
    rows: tuple[PlanTableRow, ...]
    incidents: int | None
    tam_week: int | None
    source: tuple[str, ...]


class Standing(StrEnum):
    """Whether incidents are left. A ticket comes in all the same and is marked."""

    OPEN = "open"
    UNLIMITED = "unlimited"
    EXHAUSTED = "exhausted"  # none left
    OVERDRAWN = "overdrawn"  # more used than granted
    NOT_ENTITLED = "not_entitled"


@dataclass(frozen=True, slots=True)
class Balance:
    """Incidents of one contract term. `granted` and `left` are none when unlimited; `left` may be below zero.

    `tam_left`: what is left of the technical account manager's time of this ISO week (from Monday 00:00 UTC, nothing
    is carried over), microseconds; none where the plan has none.
    """

    standing: Standing
    granted: int | None
    bought: int
    used: int
    credited: int
    left: int | None
    tam_left: int | None


def matrix(pack: Pack, plan: str | None, ticket: TicketState | None) -> PlanTable | None:
    """The promises of `plan`, with the cell that the ticket's row counts by; none when the pack promises nothing."""
    found = pack.plan_or_base(plan)
    if found is None:
        return None
    targets = pack.targets(found)
    kinds = tuple(clock for clock in pack.clocks if clock.kind in targets)
    rows = []
    for severity in sorted(pack.severities, key=lambda entry: entry.level):
        current = ticket is not None and ticket.severity == severity.level
        cells = tuple(
            PlanCell(
                clock.kind,
                targets[clock.kind].get(severity.level),
                current and ticket is not None and ticket.row.clock == clock.kind,
            )
            for clock in kinds
        )
        rows.append(PlanTableRow(severity.level, severity.name, severity.definition, current, cells))
    known = pack.plan(plan)
    calendar = next(entry for entry in pack.calendars if entry.code == (found.calendar or pack.calendar))
    return PlanTable(
        plan=plan,
        name=found.name if plan is None or known is not None else None,
        base=known is None or known.targets is None or known.code == pack.base_plan,
        archived=found.archived,
        calendar=calendar.name,
        clocks=tuple((clock.kind, clock.name) for clock in kinds),
        rows=tuple(rows),
        incidents=found.incidents,
        tam_week=found.tam_week,
        source=found.source,
    )


def balance(plan: Plan | None, entries: Sequence[LedgerEntry], now: int, *, in_term: bool = True) -> Balance:
    """The balance at `now` (microseconds UTC) of a contract of `plan` with these entries; later ones are ignored.

    Incidents count per contract term, and each term is a contract of its own. A purchase is an entry without a ticket.
    """
    seen = [entry for entry in entries if entry.at <= now]
    amounts = [entry for entry in seen if entry.kind == INCIDENT]
    used = -sum(entry.amount for entry in amounts if entry.amount < 0)
    bought = sum(entry.amount for entry in amounts if entry.amount > 0 and entry.ticket_id is None)
    credited = sum(entry.amount for entry in amounts if entry.amount > 0 and entry.ticket_id is not None)
    granted = plan.incidents if plan is not None else 0
    left = None if granted is None else granted + bought - used + credited
    entitled = plan is not None and plan.funding != "none" and in_term
    return Balance(
        standing=_standing(left, bool(granted or bought)) if entitled else Standing.NOT_ENTITLED,
        granted=granted,
        bought=bought,
        used=used,
        credited=credited,
        left=left,
        tam_left=_tam_left(plan, seen, now),
    )


def deduction(
    pack: Pack, plan: Plan | None, *, contract_id: int, ticket_id: int, channel: str | None, at: int
) -> NewLedger | None:
    """The entry for creating a ticket, at its creation: one incident, questions too (OD-6).

    None where nothing is deducted: incidents without limit, a plan without incidents, a channel that is free.
    """
    if pack.incidents is None or plan is None or plan.incidents is None or plan.funding == "none":
        return None
    if channel in pack.incidents.free_channels:
        return None
    return NewLedger(contract_id, ticket_id, INCIDENT, -1, _OPENED, at)


def credit(*, contract_id: int, ticket_id: int, reason: str, bug_id: str, at: int) -> NewLedger:
    """The entry that gives an incident back; ask `credit_refusal` before. It carries the bug's id."""
    return NewLedger(contract_id, ticket_id, INCIDENT, 1, f"OD-6:{reason}:{bug_id}", at)


def credit_refusal(
    pack: Pack,
    plan: Plan | None,
    entries: Sequence[LedgerEntry],
    *,
    role: str,
    ticket_id: int,
    created_at: int,
    reason: str,
    bug_id: str | None,
    fixed_at: int | None = None,
) -> str | None:
    """None when the ticket's incident may be credited (OD-6), else the code of the refusal.

    `entries` are those of the contract; `fixed_at` when the bug's fix was released, if it was: a bug counts as unfixed
    as of the ticket's creation. Codes: credit_role, credit_never, credit_reason, credit_bug_missing, credit_bug_fixed,
    credit_not_deducted, credit_twice.
    """
    rules = pack.incidents
    if rules is None or plan is None or plan.incidents is None or plan.funding not in rules.fundings:
        return "credit_never"
    if role not in rules.entered_by:
        return "credit_role"
    if reason not in rules.credited:
        return "credit_reason"
    if not (bug_id and bug_id.strip()):
        return "credit_bug_missing"
    if fixed_at is not None and fixed_at <= created_at:
        return "credit_bug_fixed"
    mine = [entry.amount for entry in entries if entry.ticket_id == ticket_id and entry.kind == INCIDENT]
    if not any(amount < 0 for amount in mine):
        return "credit_not_deducted"
    return "credit_twice" if any(amount > 0 for amount in mine) else None


def _standing(left: int | None, ever: bool) -> Standing:
    if left is None:
        return Standing.UNLIMITED
    if left > 0:
        return Standing.OPEN
    if left < 0:
        return Standing.OVERDRAWN
    return Standing.EXHAUSTED if ever else Standing.NOT_ENTITLED


def _tam_left(plan: Plan | None, entries: Sequence[LedgerEntry], now: int) -> int | None:
    if plan is None or plan.tam_week is None:
        return None
    today = from_micros(now).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = to_micros(today - timedelta(days=today.weekday()))
    minutes = sum(entry.amount for entry in entries if entry.kind == TAM_MINUTES and entry.at >= monday)
    return plan.tam_week + minutes * MINUTE
