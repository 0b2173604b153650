"""Contracts of a few customers, as tests of imports make them."""

from __future__ import annotations

from typing import NamedTuple

from console.domain.instants import parse_instant
from console.store import parties
from console.store.database import Connection, Database
from console.store.parties import NewContract

CODE, OTHER_CODE, OLD_CODE = "12345-67890", "22222-33333", "99999-00000"
LICENCE = "PLSK.00012345-0000"
UID = "abcdef0123456789abcdef0123456789"


class Term(NamedTuple):
    """A contract to make."""

    uid: str
    customer: str
    plan: str
    start: str = "2025-01-01T00:00:00Z"
    end: str | None = "2026-01-01T00:00:00Z"
    code: str | None = None
    licence: str | None = None
    product: str | None = None


HARBOUR = Term(UID, "Harbour", "gold", code=CODE)
TERMS = (
    HARBOUR,
    Term("b" * 32, "Northwind", "diamond", code=OTHER_CODE, licence=LICENCE),
    Term("c" * 32, "Expired", "gold", "2023-01-01T00:00:00Z", "2024-01-01T00:00:00Z", OLD_CODE),
    Term("d" * 32, "Later", "gold", "2025-06-01T00:00:00Z"),
)


def make(db: Database, *terms: Term) -> None:
    def write(conn: Connection) -> None:
        org = parties.first_organisation(conn)
        for term in terms:
            new = NewContract(
                uid=term.uid,
                org_id=org,
                customer_id=parties.customer(conn, org, term.customer, term.customer),
                pack="odin",
                plan=term.plan,
                start_at=parse_instant(term.start),
                end_at=None if term.end is None else parse_instant(term.end),
                support_code=term.code,
                licence_key=term.licence,
                product=term.product,
            )
            parties.contract(conn, new)

    db.write_now(write)
