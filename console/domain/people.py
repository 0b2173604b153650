"""Who works at the desk and what each carries; how the desk stands as a whole. Instants in microseconds UTC."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody carries. `next_due_s`: seconds UTC of the earliest deadline that is still ahead, none without."""

    open: int = 0
    overdue: int = 0
    paused: int = 0
    next_due_s: int | None = None


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """Somebody with what they carry; `on_shift`: ticked on the list of the shift that runs."""

    person_id: int
    name: str
    on_shift: bool
    load: Load


@dataclass(frozen=True, slots=True)
class OpenEscalation:
    """An escalation that is not closed, with its ticket."""

    ticket_id: int
    number: str
    level: int
    state: str
    requested_at: int


@dataclass(frozen=True, slots=True)
class DueTicket:
    """A ticket whose deadline is near or past; `due_s` in seconds UTC."""

    ticket_id: int
    number: str
    severity: int | None
    due_s: int


@dataclass(frozen=True, slots=True)
class ContractUse:
    """A contract with open tickets: `incidents` is the sum of its ledger, below zero for those used."""

    contract_id: int
    customer: str
    pack: str
    plan: str
    incidents: int
