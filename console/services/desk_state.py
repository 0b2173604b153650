"""How the desk stands at an instant: kept as evidence by a take-over and a handover, shown on the page of the shift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.domain.instants import HOUR, SECOND
from console.domain.people import ContractUse, DueTicket, OpenEscalation
from console.services.standing import BookOf
from console.store import desk_state
from console.store.database import Connection

AT_RISK = 4 * HOUR
_LISTED = 50


@dataclass(frozen=True, slots=True)
class QuotaReached:
    """A contract whose incidents are used up; `left` is zero or below (OD-6)."""

    contract_id: int
    customer: str
    plan: str
    left: int


@dataclass(frozen=True, slots=True)
class DeskState:
    """The desk at `as_of` (microseconds UTC).

    `counts` by the code of the queue; `at_risk` are the running tickets due within `AT_RISK`, overdue ones among them,
    the first of `at_risk_total`; `escalations` are not closed, the oldest first.
    """

    as_of: int
    counts: Mapping[str, int]
    escalations: tuple[OpenEscalation, ...]
    at_risk: tuple[DueTicket, ...]
    at_risk_total: int
    quotas: tuple[QuotaReached, ...]


def state_of_desk(conn: Connection, book_of: BookOf, now: int) -> DeskState:
    """Read it at `now`, microseconds UTC."""
    now_s = now // SECOND
    counts = desk_state.counts(conn, now_s)
    due = ("overdue", "under_15m", "under_1h", "under_4h")
    return DeskState(
        as_of=now,
        counts=counts,
        escalations=tuple(desk_state.open_escalations(conn)),
        at_risk=tuple(desk_state.due_before(conn, now_s + AT_RISK // SECOND, _LISTED)),
        at_risk_total=sum(counts[code] for code in due),
        quotas=_quotas(conn, book_of, now),
    )


def _quotas(conn: Connection, book_of: BookOf, now: int) -> tuple[QuotaReached, ...]:
    book = book_of(conn)

    def granted(use: ContractUse) -> int | None:
        pack = book.pack(use.pack, now)
        plan = None if pack is None else pack.plan(use.plan)
        return None if plan is None else plan.incidents

    used = [(use, granted(use)) for use in desk_state.contracts_in_use(conn, now)]
    return tuple(
        QuotaReached(use.contract_id, use.customer, use.plan, most + use.incidents)
        for use, most in used
        if most is not None and most + use.incidents <= 0
    )


def state_as_evidence(state: DeskState) -> dict[str, object]:
    """The state in integers, strings, lists and tables."""
    return {
        "as_of": state.as_of,
        "counts": dict(state.counts),
        "escalations": [
            {
                "ticket_id": each.ticket_id,
                "number": each.number,
                "level": each.level,
                "state": each.state,
                "requested_at": each.requested_at,
            }
            for each in state.escalations
        ],
        "at_risk": [
            {"ticket_id": each.ticket_id, "number": each.number, "severity": each.severity, "due_s": each.due_s}
            for each in state.at_risk
        ],
        "at_risk_total": state.at_risk_total,
        "quotas": [
            # The name of a customer can be erased, evidence cannot: the contract says whose it is.
            {"contract_id": each.contract_id, "plan": each.plan, "left": each.left}
            for each in state.quotas
        ],
    }


def state_of_evidence(conn: Connection, kept: Mapping[str, object]) -> DeskState | None:
    """The state that evidence keeps; none where it keeps none."""
    found = kept.get("desk")
    if not isinstance(found, Mapping):
        return None
    return DeskState(
        as_of=found["as_of"],
        counts=found["counts"],
        escalations=tuple(OpenEscalation(**each) for each in found["escalations"]),
        at_risk=tuple(DueTicket(**each) for each in found["at_risk"]),
        at_risk_total=found["at_risk_total"],
        quotas=_quotas_of(conn, found["quotas"]),
    )


def _quotas_of(conn: Connection, kept: Sequence[Mapping[str, Any]]) -> tuple[QuotaReached, ...]:
    customers = desk_state.customers_of(conn, [each["contract_id"] for each in kept])
    return tuple(
        QuotaReached(each["contract_id"], customers.get(each["contract_id"], ""), each["plan"], each["left"])
        for each in kept
    )
