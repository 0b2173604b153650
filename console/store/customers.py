"""Reading customers beside their tickets: the list to choose from, contracts by id, what surveys need."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from console.domain.facts import Fact, FactKind
from console.domain.rows import ContractRow, CustomerCard
from console.store import sqlite
from console.store.tables import contract, customer, fact, queue_row, text, ticket

_CONTRACT = (
    contract.c.id,
    contract.c.uid,
    contract.c.pack,
    contract.c.plan,
    contract.c.start_at,
    contract.c.end_at,
    contract.c.support_code,
    contract.c.licence_key,
    contract.c.product,
    contract.c.product_version,
)
_SURVEYED = (FactKind.STATUS_SET, FactKind.SURVEY_ANSWERED, FactKind.VOID)


def contracts_by_id(conn: Connection, ids: Collection[int]) -> dict[int, ContractRow]:
    """The contracts with these ids."""
    query = select(*_CONTRACT).where(sqlite.one_of(contract.c.id, "ids"))
    rows = conn.execute(query, {"ids": sqlite.id_list(ids)})
    return {row[0]: ContractRow(*tuple(row)) for row in rows}


def all_contracts(conn: Connection) -> list[tuple[CustomerCard, ContractRow]]:
    """Every contract with its customer, by the customer's number and then in order of time."""
    who = (customer.c.id, customer.c.number, text.c.body, customer.c.zone, customer.c.tier)
    query = (
        select(*who, *_CONTRACT)
        .join(customer, customer.c.id == contract.c.customer_id)
        .join(text, text.c.id == customer.c.name_text_id)
        .order_by(customer.c.number, contract.c.start_at, contract.c.id)
    )
    return [
        (CustomerCard(row[0], row[1], row[2] or "", row[3], row[4]), ContractRow(*tuple(row)[len(who) :]))
        for row in conn.execute(query)
    ]


def contracts_after(conn: Connection, pack: str, last: int) -> list[tuple[int, ContractRow]]:
    """The contracts of a pack that were made after the one with the id `last`, each with the id of its customer."""
    query = select(contract.c.customer_id, *_CONTRACT).where(contract.c.id > last, contract.c.pack == pack)
    return [(row[0], ContractRow(*tuple(row)[1:])) for row in conn.execute(query.order_by(contract.c.id))]


def support_codes(conn: Connection, code: str) -> list[int]:
    """The customers whose contracts have this support code, in the form in which it is stored."""
    query = select(contract.c.customer_id).where(contract.c.support_code == code).distinct()
    return [int(found) for found in conn.execute(query).scalars()]


def open_tickets(conn: Connection, customer_id: int) -> int:
    """How many tickets of the customer are open."""
    query = select(func.count()).select_from(queue_row).where(queue_row.c.open, queue_row.c.customer_id == customer_id)
    return conn.execute(query).scalar_one()


def card(conn: Connection, customer_id: int) -> CustomerCard:
    """The customer with this id."""
    row = conn.execute(
        select(customer.c.id, customer.c.number, text.c.body, customer.c.zone, customer.c.tier)
        .join(text, text.c.id == customer.c.name_text_id)
        .where(customer.c.id == customer_id)
    ).one()
    return CustomerCard(row[0], row[1], row[2] or "", row[3], row[4])


def survey_facts(conn: Connection, customer_id: int) -> list[list[Fact]]:
    """What surveys and statuses say of each of the customer's tickets, voids among it; other kinds are left out."""
    query = (
        select(
            fact.c.ticket_id,
            fact.c.at,
            fact.c.ord,
            fact.c.uid,
            fact.c.kind,
            fact.c.a,
            fact.c.b,
            fact.c.t,
            fact.c.actor_kind,
        )
        .join(ticket, ticket.c.id == fact.c.ticket_id)
        .where(ticket.c.customer_id == customer_id, fact.c.kind.in_(_SURVEYED))
        .order_by(fact.c.ticket_id, fact.c.at, fact.c.ord)
    )
    found: dict[int, list[Fact]] = {}
    for row in conn.execute(query):
        found.setdefault(row[0], []).append(Fact(*tuple(row)[1:]))
    return list(found.values())
