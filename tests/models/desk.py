"""A small desk for the tests of the queue: tickets, the index made of them and the store's part played in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from console.domain.index_columns import NEVER, IndexColumns, IndexNames, RowChanges
from console.domain.instants import SECOND
from console.domain.rows import QueueRow
from models.live_index import LiveIndex
from models.queue_columns import Column
from models.time_text import TimeWords

NOW_S = 1_780_000_000
STATUSES = ("", "new", "open", "waiting")
PLANS = ("", "odin/gold", "odin/silver")
GROUPS = ("", "Mail", "Billing")
OWNERS = ("", "Ada", "Grace")
ESCALATIONS = ("", "requested", "under_review", "accepted")
NAMES = IndexNames(STATUSES, PLANS, GROUPS, OWNERS, ESCALATIONS)


@dataclass
class StillTime:
    """Time that only a test moves on."""

    now_s: float = NOW_S

    def now(self) -> int:
        return int(self.now_s * SECOND)


class Words:
    """Names that show which code they stand for."""

    time = TimeWords()

    def header(self, column: Column) -> str:
        return column.name.title()

    def severity(self, pack: str, severity: int | None) -> str:
        return "" if severity is None else ("Urgent", "High", "Medium", "Low")[severity - 1]

    def severity_spoken(self, pack: str, severity: int | None) -> str:
        return (
            "Severity unknown" if severity is None else f"Severity {severity} {self.severity(pack, severity).lower()}"
        )

    def plan(self, pack: str, plan: str | None) -> str:
        return (plan or "").title()

    def status(self, pack: str, status: str) -> str:
        return status.title()

    def clock(self, kind: str | None) -> str:
        return (kind or "").replace("_", " ").capitalize()

    def quota(self, mark: str | None) -> tuple[str, str]:
        return ("", "") if mark is None else ("!", mark.replace("_", " "))

    def review(self, text: str) -> str:
        return f"review {text}"

    def left_spoken(self, text: str, risk: str) -> str:
        return f"{risk} {text}"


def ticket(ticket_id: int, left_s: int = 3600, **values: object) -> QueueRow:
    """An open ticket with so many seconds left, as the store would give it."""
    row = QueueRow(
        ticket_id=ticket_id,
        number=f"T{ticket_id}",
        subject=f"Subject of {ticket_id}",
        customer="Northwind",
        severity=2,
        pack="odin",
        plan="gold",
        status="open",
        support_group="Mail",
        owner="Ada",
        clock="first_response",
        group=0,
        due_s=NOW_S + left_s,
        left_work=None,
        clock_started_s=NOW_S - 3600,
        target_work=7200 * SECOND,
        calendar_id=1,
        paused=False,
        breached=False,
        opened_s=NOW_S - 3600,
        last_contact_s=None,
        escalation=None,
        revision=1,
    )
    return replace(row, **values)  # type: ignore[arg-type]


def paused(ticket_id: int, left_s: int, **values: object) -> QueueRow:
    """A ticket whose clock is paused with so much working time left."""
    values = {"group": 1, "due_s": left_s, "left_work": left_s * SECOND, "paused": True, **values}
    return ticket(ticket_id, **values)  # type: ignore[arg-type]


def without_clock(ticket_id: int, **values: object) -> QueueRow:
    """A ticket that nothing was promised for."""
    values = {"group": 2, "due_s": 0, "clock": None, "clock_started_s": None, "target_work": None, **values}
    return ticket(ticket_id, **values)  # type: ignore[arg-type]


def columns_of(
    rows: Iterable[QueueRow],
    revision: int = 1,
    names: IndexNames = NAMES,
    parked: Mapping[int, int] = MappingProxyType({}),
) -> IndexColumns:
    """The columns that the store would give for these tickets; `parked` has the second by ticket."""
    rows = list(rows)

    def column(values: Iterable[int | None], dtype: type) -> np.ndarray:
        return np.array([value or 0 for value in values], dtype=dtype)

    def codes(known: tuple[str, ...], words: Iterable[str | None], dtype: type) -> np.ndarray:
        return column((known.index(word or "") for word in words), dtype)

    plans = [f"{row.pack}/{row.plan}" if row.plan else "" for row in rows]
    return IndexColumns(
        ticket_id=column((row.ticket_id for row in rows), np.int32),
        group=column((row.group for row in rows), np.int8),
        due_s=column((row.due_s for row in rows), np.int64),
        rank=column((row.severity for row in rows), np.int16),
        opened_s=column((row.opened_s for row in rows), np.int64),
        severity=column((row.severity for row in rows), np.int8),
        status=codes(names.status, (row.status for row in rows), np.int16),
        plan=codes(names.plan, plans, np.int16),
        support_group=codes(names.support_group, (row.support_group for row in rows), np.int32),
        owner=codes(names.owner, (row.owner for row in rows), np.int32),
        escalation=codes(names.escalation, (row.escalation for row in rows), np.int8),
        parked_s=column((parked.get(row.ticket_id, NEVER) for row in rows), np.int64),
        revision=revision,
    )


def index_of(rows: Iterable[QueueRow]) -> LiveIndex:
    return LiveIndex(columns_of(rows), NAMES)


def changes_of(rows: Iterable[QueueRow], closed: Sequence[int] = (), revision: int = 2) -> RowChanges:
    rows = [replace(row, revision=revision) for row in rows]
    return RowChanges(columns_of(rows, revision), np.array(closed, dtype=np.int32), NAMES)
