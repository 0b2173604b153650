"""The desk as a whole at an instant: how many tickets stand where, what is near, what is escalated."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from console.domain.people import ContractUse, DueTicket, OpenEscalation
from console.domain.queues import QUEUES
from console.store import queue_rows, sqlite

_ESCALATED = """SELECT e.ticket_id, t.number, e.level, e.state, e.requested_at FROM escalation e
    JOIN ticket t ON t.id = e.ticket_id JOIN queue_row q ON q.ticket_id = e.ticket_id
    WHERE e.state IN ('requested', 'under_review', 'accepted') AND q.open
    ORDER BY e.requested_at, e.ticket_id"""
_DUE = """SELECT q.ticket_id, t.number, q.severity, q.due_s
    FROM (SELECT * FROM queue_row WHERE open AND grp = 0 AND due_s < :until ORDER BY due_s, rank, opened_s, ticket_id
    LIMIT :limit) q JOIN ticket t ON t.id = q.ticket_id ORDER BY q.due_s, q.rank, q.opened_s, q.ticket_id"""
_USE = """SELECT k.id, coalesce(x.body, ''), k.pack, k.plan,
    coalesce((SELECT sum(l.amount) FROM ledger l
        WHERE l.contract_id = k.id AND l.kind = 'incident' AND l.at <= :now), 0)
    FROM contract k JOIN customer c ON c.id = k.customer_id LEFT JOIN text x ON x.id = c.name_text_id
    WHERE k.id IN (SELECT contract_id FROM queue_row WHERE open)
    AND k.start_at <= :now AND (k.end_at IS NULL OR k.end_at > :now) ORDER BY k.id"""

_WHOSE = """SELECT k.id, coalesce(x.body, '') FROM contract k JOIN customer c ON c.id = k.customer_id
    LEFT JOIN text x ON x.id = c.name_text_id WHERE k.id IN (SELECT value FROM json_each(?))"""


def counts(conn: Connection, now_s: int) -> dict[str, int]:
    """How many tickets are in each queue that every desk has, by code, at `now_s` (seconds UTC); closed ones apart."""
    open_queues = [code for code in QUEUES if code != "closed"]
    return {code: queue_rows.count(conn, now_s, code) for code in open_queues}


def open_escalations(conn: Connection) -> list[OpenEscalation]:
    """Those that wait or were accepted and are not closed, the oldest first."""
    return [OpenEscalation(*row) for row in conn.exec_driver_sql(_ESCALATED)]


def due_before(conn: Connection, until_s: int, limit: int) -> list[DueTicket]:
    """The running tickets due before `until_s` (seconds UTC), overdue ones first; at most `limit`."""
    return [DueTicket(*row) for row in conn.exec_driver_sql(_DUE, {"until": until_s, "limit": limit})]


def contracts_in_use(conn: Connection, now: int) -> list[ContractUse]:
    """The contracts in their term at `now` (microseconds UTC) that serve open tickets."""
    return [ContractUse(*row) for row in conn.exec_driver_sql(_USE, {"now": now})]


def customers_of(conn: Connection, contract_ids: Collection[int]) -> dict[int, str]:
    """Whose these contracts are, by contract: blank where the name was erased."""
    if not contract_ids:
        return {}
    return {row[0]: row[1] for row in conn.exec_driver_sql(_WHOSE, (sqlite.id_list(contract_ids),))}
