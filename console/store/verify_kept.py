"""Checks of what is kept for ever, as far as a database can know it of itself.

Known: rows get numbers without gaps and never go, so a gap is a deleted row; what a row names is there; words, policies
and calendars have digests; a decision has facts and facts of a decision an entry in the journal. Not known: whether the
newest rows of a table were deleted together with all that names them, and columns of which there is no digest, such
as the plan of a contract or the amount of a ledger entry.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, func, literal_column, select, union

from console.domain.pack_file import canonical, load_adopted
from console.domain.records import TEXT_ERASED, WITHOUT_FACTS
from console.store import sqlite
from console.store.tables import (
    KEPT,
    adoption,
    calendar_revision,
    contract,
    customer,
    evidence,
    fact,
    head,
    journal,
    ledger,
    outbox,
    person,
    policy_revision,
    text,
    ticket,
)
from console.store.texts import salted_digest

_REVISED = (fact, ledger, contract, adoption, journal)
_DECIDED = (fact, ledger, outbox)
_WORDS = (fact.c.text_id, journal.c.text_id, outbox.c.text_id, customer.c.name_text_id, person.c.name_text_id)


class KeptBreak(NamedTuple):
    """A kept row that is not as it was written: `problem` is a code, `key` says which row, or "" for the table."""

    table: str
    key: str
    problem: str
    found: str
    expected: str


def verify_kept(conn: Connection) -> Iterator[KeptBreak]:
    """What is wrong with the kept tables but for the journal's chain, table by table."""
    for table in KEPT:
        yield from _gaps(conn, table)
    for name, number, missing in sqlite.dangling(conn):
        # What the journal names is checked with its chain, which knows the number of the entry.
        if name != journal.name or missing not in (evidence.name, text.name):
            yield KeptBreak(name, str(number), "names_missing", "", missing)
    yield from _texts(conn)
    yield from _blanked(conn)
    yield from _bodies(conn)
    yield from _decisions(conn)
    yield from _revisions(conn)


def wrong_types(conn: Connection) -> Iterator[KeptBreak]:
    """Columns of numbers in which something else stands: SQLite lets it in, and nothing can be computed from it."""
    for table in KEPT:
        for column in table.columns:
            if column.type.python_type is not int:
                continue
            row: ColumnElement[int] = literal_column("rowid")
            odd = select(func.min(row), column).where(func.typeof(column).not_in(("integer", "null")))
            number, found = conn.execute(odd.select_from(table)).one()
            if number is not None:
                yield KeptBreak(table.name, str(number), "number_changed", str(found), column.name)


def _gaps(conn: Connection, table: Table) -> Iterator[KeptBreak]:
    key = table.primary_key.columns
    column = next(iter(key))
    if len(key) > 1 or table is journal or column.type.python_type is not int:
        return
    count, last = conn.execute(select(func.count(), func.max(column)).select_from(table)).one()
    if count != (last or 0):
        yield KeptBreak(table.name, "", "rows_missing", str(count), str(last or 0))


def _texts(conn: Connection) -> Iterator[KeptBreak]:
    changed = {}
    for number, salt, digest, body, erased_at in conn.execute(
        select(text.c.id, text.c.salt, text.c.sha256, text.c.body, text.c.erased_at)
    ):
        if body is not None:
            found = salted_digest(salt or "", body)
            if found != digest:
                changed[number] = (found, digest)
        elif erased_at is None:
            changed[number] = ("", digest)
    tickets = _tickets_of(conn, list(changed))
    for number, (found, digest) in changed.items():
        key = f"{number} (ticket {tickets[number]})" if number in tickets else str(number)
        yield KeptBreak("text", key, "words_changed", found, digest)


def _blanked(conn: Connection) -> Iterator[KeptBreak]:
    """Words that are blank as if they had been erased, while no entry of the journal says that they were. Reminders
    are personal and go without an entry."""
    named = union(*(select(column).where(column.is_not(None)) for column in _WORDS))
    blank = select(text.c.id, text.c.sha256).where(text.c.erased_at.is_not(None), text.c.id.in_(named))
    found = dict(iter(conn.execute(blank)))
    if not found:
        return
    for number in sorted(found.keys() - _said_to_be_erased(conn)):
        yield KeptBreak("text", str(number), "words_blanked", "", found[number])


def _said_to_be_erased(conn: Connection) -> set[int]:
    bodies = (
        select(evidence.c.body)
        .join(journal, journal.c.evidence_sha256 == evidence.c.sha256)
        .where(journal.c.kind == TEXT_ERASED)
    )
    found: set[int] = set()
    for body in conn.execute(bodies).scalars():
        try:
            found |= {each["id"] for each in json.loads(body)["texts"]}
        except (ValueError, KeyError, TypeError):
            # Changed evidence is told with the chain.
            continue
    return found


def _tickets_of(conn: Connection, text_ids: list[int]) -> dict[int, str]:
    if not text_ids:
        return {}
    query = (
        select(fact.c.text_id, func.min(ticket.c.number))
        .join(ticket, ticket.c.id == fact.c.ticket_id)
        .where(sqlite.one_of(fact.c.text_id, "ids"))
        .group_by(fact.c.text_id)
    )
    return dict(iter(conn.execute(query, {"ids": sqlite.id_list(text_ids)})))


def _bodies(conn: Connection) -> Iterator[KeptBreak]:
    policies = select(policy_revision.c.id, policy_revision.c.pack, policy_revision.c.sha256, policy_revision.c.body)
    for number, pack, digest, body in conn.execute(policies):
        found = hashlib.sha256(canonical(load_adopted(body.encode(), pack))).hexdigest()
        if found != digest:
            yield KeptBreak("policy_revision", str(number), "body_changed", found, digest)
    calendars = select(calendar_revision.c.id, calendar_revision.c.sha256, calendar_revision.c.definition)
    for number, digest, definition in conn.execute(calendars):
        found = hashlib.sha256(definition.encode()).hexdigest()
        if found != digest:
            yield KeptBreak("calendar_revision", str(number), "body_changed", found, digest)


def _decisions(conn: Connection) -> Iterator[KeptBreak]:
    of_facts = select(fact.c.decision_uid).where(fact.c.decision_uid.is_not(None))
    factual = journal.c.kind.not_in(WITHOUT_FACTS)
    for seq, uid in conn.execute(select(journal.c.seq, journal.c.uid).where(factual, journal.c.uid.not_in(of_facts))):
        yield KeptBreak("journal", str(seq), "decision_without_fact", "", uid)
    known = select(journal.c.uid)
    for table in _DECIDED:
        uid = table.c.decision_uid
        query = select(func.min(table.c.id), uid).where(uid.is_not(None), uid.not_in(known)).group_by(uid)
        for number, name in conn.execute(query):
            yield KeptBreak(table.name, str(number), "decision_unknown", name, "")


def _revisions(conn: Connection) -> Iterator[KeptBreak]:
    newest = conn.execute(select(head.c.revision)).scalar_one()
    for table in _REVISED:
        found = conn.execute(select(func.max(table.c.revision))).scalar() or 0
        # A changed byte may have made a number into something else.
        if not isinstance(found, int) or not isinstance(newest, int) or found > newest:
            yield KeptBreak(table.name, "", "revision_ahead", str(found), str(newest))
