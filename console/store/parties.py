"""Who and what a ticket is of: sources, organisations, customers, persons, groups, contracts, identities.

All are get-or-create inside the caller's transaction; what exists is kept as it is. The plural forms
serve imports: one look-up and one insert for many keys.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from sqlalchemy import Connection, Table, insert, select

from console.domain.errors import InternalFault, UserError
from console.domain.rows import ContractRow, CustomerCard
from console.store import sqlite
from console.store.tables import contract as contract_table
from console.store.tables import customer as customer_table
from console.store.tables import head, text
from console.store.tables import organisation as organisation_table
from console.store.tables import person as person_table
from console.store.tables import source as source_table
from console.store.tables import support_group as support_group_table
from console.store.tables import ticket as ticket_table
from console.store.texts import add_texts, clean

_NEAR = 3
MOST_NAMED = 20
"""So many customers are named at once to choose from."""


class CustomerDetails(NamedTuple):
    """What is known of a customer beside the number. `zone` is an IANA name."""

    name: str
    zone: str | None = None
    tier: str | None = None


class NewContract(NamedTuple):
    """A contract as it is recorded. Instants in microseconds UTC; `uid` names it in every database."""

    uid: str
    org_id: int
    customer_id: int
    pack: str
    plan: str
    start_at: int
    end_at: int | None = None
    support_code: str | None = None
    licence_key: str | None = None
    product: str | None = None
    product_version: str | None = None
    replaces_id: int | None = None


class NewTicket(NamedTuple):
    """The identity of a ticket. `opened_at` is microseconds UTC."""

    number: str
    opened_at: int
    customer_id: int | None = None
    source_url: str | None = None


def source(conn: Connection, kind: str, name: str) -> int:
    """The system that tickets come from, by kind ("servicenow", "demo") and name."""
    table = source_table
    known = conn.execute(select(table.c.id).where(table.c.kind == kind, table.c.name == name)).scalar()
    return known or _add(conn, table, {"uid": secrets.token_hex(16), "kind": kind, "name": name})


def organisation(conn: Connection, name: str) -> int:
    """The support organisation whose tickets these are."""
    table = organisation_table
    known = conn.execute(select(table.c.id).where(table.c.name == name)).scalar()
    return known or _add(conn, table, {"uid": secrets.token_hex(16), "name": name})


def first_organisation(conn: Connection) -> int:
    """The organisation of tickets that name none: the one made with the database."""
    found = conn.execute(select(organisation_table.c.id).order_by("id").limit(1)).scalar()
    if found is None:
        raise InternalFault("no_organisation")
    return int(found)


def customer(
    conn: Connection,
    org_id: int,
    number: str,
    name: str,
    zone: str | None = None,
    tier: str | None = None,
) -> int:
    """The customer with this number."""
    return customers(conn, org_id, {number: CustomerDetails(name, zone, tier)})[number]


def customers(conn: Connection, org_id: int, wanted: Mapping[str, CustomerDetails]) -> dict[str, int]:
    """Ids by number."""
    table = customer_table
    cleaned = {key: clean(key) for key in wanted}
    known = _ids(
        conn.execute(
            select(table.c.number, table.c.id).where(table.c.org_id == org_id, sqlite.one_of(table.c.number, "keys")),
            {"keys": sqlite.id_list(cleaned.values())},
        )
    )
    by_number = {cleaned[key]: details for key, details in wanted.items()}
    missing = {key: details for key, details in by_number.items() if key not in known}
    names = add_texts(conn, [details.name for details in missing.values()])
    rows = [
        {"org_id": org_id, "number": key, "name_text_id": name.id, "zone": of.zone, "tier": of.tier}
        for (key, of), name in zip(missing.items(), names, strict=True)
    ]
    known |= dict(zip(missing, _add_all(conn, table, rows), strict=True))
    return {key: known[spelled] for key, spelled in cleaned.items()}


def person(conn: Connection, source_id: int, name: str) -> int:
    """The person whom the source calls `name`."""
    return persons(conn, source_id, [name])[name]


def persons(conn: Connection, source_id: int, names: Iterable[str]) -> dict[str, int]:
    """Ids by name. Names are texts that can be erased, so they have no index: a call reads all of the source."""
    table = person_table
    found = conn.execute(
        select(text.c.body, table.c.id)
        .join(text, text.c.id == table.c.name_text_id)
        .where(table.c.source_id == source_id, text.c.body.is_not(None))
    )
    known = _ids(found)
    cleaned = {name: clean(name) for name in names}
    missing = [name for name in dict.fromkeys(cleaned.values()) if name not in known]
    stored = add_texts(conn, missing)
    rows = [{"uid": secrets.token_hex(16), "source_id": source_id, "name_text_id": each.id} for each in stored]
    known |= dict(zip(missing, _add_all(conn, table, rows), strict=True))
    return {name: known[spelled] for name, spelled in cleaned.items()}


def person_name(conn: Connection, person_id: int | None) -> str | None:
    """What the person is called; none for nobody and where the name was erased."""
    table = person_table
    query = select(text.c.body).join(table, table.c.name_text_id == text.c.id)
    return None if person_id is None else conn.execute(query.where(table.c.id == person_id)).scalar()


def support_group(conn: Connection, name: str) -> int:
    """The support group called `name`."""
    return support_groups(conn, [name])[name]


def support_groups(conn: Connection, names: Iterable[str]) -> dict[str, int]:
    """Ids by name."""
    table = support_group_table
    cleaned = {name: clean(name) for name in names}
    known = _ids(
        conn.execute(
            select(table.c.name, table.c.id).where(sqlite.one_of(table.c.name, "keys")),
            {"keys": sqlite.id_list(cleaned.values())},
        )
    )
    missing = [name for name in dict.fromkeys(cleaned.values()) if name not in known]
    known |= dict(zip(missing, _add_all(conn, table, [{"name": name} for name in missing]), strict=True))
    return {name: known[spelled] for name, spelled in cleaned.items()}


def support_group_name(conn: Connection, group_id: int | None) -> str | None:
    """What the group is called; none for no group."""
    table = support_group_table
    return None if group_id is None else conn.execute(select(table.c.name).where(table.c.id == group_id)).scalar()


def find_customer(conn: Connection, wanted: str) -> CustomerCard:
    """The customer with this number, else with this name, whatever its case.

    Raises UserError customer_unknown, customer_misspelled (near: names of others) or customer_ambiguous.
    """
    table, wanted = customer_table, clean(wanted)
    columns = (table.c.id, table.c.number, text.c.body, table.c.zone, table.c.tier)
    query = select(*columns).join(text, text.c.id == table.c.name_text_id).order_by(table.c.id)
    found = conn.execute(query.where(table.c.number == wanted)).all()
    if not found:
        name = wanted.strip().casefold()
        named = [row for row in conn.execute(query) if row[2] is not None]
        found = [row for row in named if row[2].casefold() == name]
        if not found:
            raise _no_customer(wanted, {row[2].casefold(): row[2] for row in named})
    if len(found) > 1:
        raise UserError("customer_ambiguous", customer=wanted, numbers=", ".join(row[1] for row in found[:MOST_NAMED]))
    number_id, number, name, zone, tier = found[0]
    return CustomerCard(number_id, number, name or "", zone, tier)


def _no_customer(wanted: str, names: Mapping[str, str]) -> UserError:
    """The error, with names that hold what is wanted or are spelled nearly so; `names` by their folded spelling."""
    name = wanted.strip().casefold()
    holding = sorted((key for key in names if name and name in key), key=lambda key: (not key.startswith(name), key))
    near = holding[:MOST_NAMED] or get_close_matches(name, names, _NEAR)
    if not near:
        return UserError("customer_unknown", customer=wanted)
    return UserError("customer_misspelled", customer=wanted, near=", ".join(names[key] for key in near))


def customers_like(conn: Connection, wanted: str) -> list[CustomerCard]:
    """At most `MOST_NAMED` customers whose name or number begins so, then those whose name holds it, by name."""
    table, name = customer_table, clean(wanted).strip().casefold()
    columns = (table.c.id, table.c.number, text.c.body, table.c.zone, table.c.tier)
    rows = conn.execute(select(*columns).join(text, text.c.id == table.c.name_text_id)) if name else ()
    cards = [CustomerCard(*row) for row in rows if row[2] is not None]
    found = [each for each in cards if name in each.name.casefold() or each.number.casefold().startswith(name)]
    found.sort(key=lambda each: (not each.name.casefold().startswith(name), each.name.casefold(), each.number))
    return found[:MOST_NAMED]


def contracts(conn: Connection, customer_id: int) -> list[ContractRow]:
    """The contracts of a customer, the one that began last at the end."""
    table = contract_table
    query = (
        select(
            table.c.id,
            table.c.uid,
            table.c.pack,
            table.c.plan,
            table.c.start_at,
            table.c.end_at,
            table.c.support_code,
            table.c.licence_key,
            table.c.product,
            table.c.product_version,
        )
        .where(table.c.customer_id == customer_id)
        .order_by(table.c.start_at, table.c.id)
    )
    return [ContractRow(*tuple(row)) for row in conn.execute(query)]


def contract_by_uid(conn: Connection, uid: str) -> int | None:
    """The contract with this uid, none when there is none."""
    known = conn.execute(select(contract_table.c.id).where(contract_table.c.uid == uid)).scalar()
    return None if known is None else int(known)


def contract(conn: Connection, wanted: NewContract) -> int:
    """The contract with this uid."""
    table = contract_table
    known = contract_by_uid(conn, wanted.uid)
    if known is not None:
        return known
    # It becomes visible with the revision that this transaction will make.
    revision = conn.execute(select(head.c.revision)).scalar_one() + 1
    return _add(conn, table, wanted._asdict() | {"revision": revision})


def ticket(
    conn: Connection,
    source_id: int,
    number: str,
    customer_id: int | None,
    opened_at: int,
    url: str | None = None,
    org_id: int | None = None,
) -> int:
    """The ticket that the source calls `number`."""
    wanted = NewTicket(number, opened_at, customer_id, url)
    return tickets(conn, source_id, [wanted], org_id)[number]


def tickets(conn: Connection, source_id: int, wanted: Sequence[NewTicket], org_id: int | None = None) -> dict[str, int]:
    """Ids by number; the first of several with one number is kept."""
    table = ticket_table
    cleaned = {each.number: clean(each.number) for each in wanted}
    known = _ids(
        conn.execute(
            select(table.c.number, table.c.id).where(
                table.c.source_id == source_id, sqlite.one_of(table.c.number, "keys")
            ),
            {"keys": sqlite.id_list(cleaned.values())},
        )
    )
    first: dict[str, NewTicket] = {}
    for each in wanted:
        number = cleaned[each.number]
        if number not in known:
            first.setdefault(number, each._replace(number=number))
    if first:
        org = org_id or first_organisation(conn)
        rows = [{"org_id": org, "source_id": source_id} | each._asdict() for each in first.values()]
        known |= dict(zip(first, _add_all(conn, table, rows), strict=True))
    return {number: known[spelled] for number, spelled in cleaned.items()}


def _ids(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    # A result has keys() of its own, which would make dict() read it as a mapping.
    return dict(iter(rows))


def _add(conn: Connection, table: Table, row: Mapping[str, object]) -> int:
    return _add_all(conn, table, [row])[0]


def _add_all(conn: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> list[int]:
    if not rows:
        return []
    first = sqlite.next_id(conn, table)
    ids = list(range(first, first + len(rows)))
    conn.execute(insert(table), [{"id": number, **row} for number, row in zip(ids, rows, strict=True)])
    return ids
