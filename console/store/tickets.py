"""Reading a ticket: its identity, its facts, its conversation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from console.domain.errors import InternalFault, UserError
from console.domain.facts import Fact, FactKind
from console.domain.rows import CustomerCard, Message, TicketIdentity
from console.store import sqlite
from console.store.tables import customer, fact, journal, person, queue_row, source, text, ticket
from console.store.texts import clean

_FACT = (
    fact.c.at,
    fact.c.ord,
    fact.c.uid,
    fact.c.kind,
    fact.c.a,
    fact.c.b,
    fact.c.t,
    fact.c.actor_kind,
    fact.c.actor_id,
    fact.c.text_id,
    fact.c.decision_uid,
    fact.c.revision,
    fact.c.recorded_at,
)
_NAMED = select(ticket.c.id, ticket.c.number, source.c.kind, source.c.name).join(
    source, source.c.id == ticket.c.source_id
)
_LONGEST = 500
_SPOKEN = (FactKind.MESSAGE, FactKind.NOTE)
_DECIDED = (
    FactKind.ESCALATION_ACCEPTED,
    FactKind.ESCALATION_REJECTED,
    FactKind.ESCALATION_WITHDRAWN,
    FactKind.ESCALATION_CLOSED,
    FactKind.SEVERITY_SET,
)
_ACTS = (FactKind.ETA_SET, FactKind.OWNER_SET, FactKind.VOID)
_ACT_KINDS = ("eta_set", "owner_set", "fact_voided")


def find(conn: Connection, number: str) -> int:
    """The id of the ticket with this number. Where several sources have it: SOURCE/NUMBER, or KIND/SOURCE/NUMBER where
    two kinds of source have one name.

    Raises UserError ticket_unknown, or ticket_ambiguous with what to write instead.
    """
    number = clean(number)
    found = list(conn.execute(_NAMED.where(ticket.c.number == number)))
    # No kind, name and number together are longer.
    for place in [place for place, sign in enumerate(number[:_LONGEST]) if sign == "/"]:
        named = (source.c.name == number[:place]) | (source.c.kind + "/" + source.c.name == number[:place])
        found += conn.execute(_NAMED.where(named, ticket.c.number == number[place + 1 :]))
    if not found:
        raise UserError("ticket_unknown", number=number)
    if len(found) > 1:
        choices = " or ".join(_choices(number, [(row.kind, row.name, row.number) for row in found]))
        raise UserError("ticket_ambiguous", number=number, count=len(found), choices=choices)
    return int(found[0].id)


def _choices(number: str, found: Sequence[tuple[str, str, str]]) -> list[str]:
    """What names each of these tickets (kind and name of the source, number) and no other of them."""
    short = [f"{name}/{each}" for _, name, each in found]
    return sorted(
        text if text != number and short.count(text) == 1 else f"{kind}/{text}"
        for text, (kind, _, _) in zip(short, found, strict=True)
    )


def numbers(conn: Connection, ids: Collection[int]) -> dict[int, str]:
    """The numbers of these tickets by their ids."""
    query = select(ticket.c.id, ticket.c.number).where(sqlite.one_of(ticket.c.id, "ids"))
    return {row[0]: row[1] for row in conn.execute(query, {"ids": sqlite.id_list(list(ids))})}


def count(conn: Connection) -> int:
    """How many tickets there are, of all sources."""
    return conn.execute(select(func.count()).select_from(ticket)).scalar_one()


def identity(conn: Connection, ticket_id: int) -> TicketIdentity:
    """What never changes of a ticket; the subject is empty where it was erased or never given."""
    subject, name = text.alias("subject"), text.alias("name")
    row = conn.execute(
        select(
            ticket.c.number,
            subject.c.body.label("subject"),
            source.c.name.label("source"),
            ticket.c.source_url,
            ticket.c.opened_at,
            customer.c.id.label("customer_id"),
            customer.c.number.label("customer_number"),
            name.c.body.label("customer_name"),
            customer.c.zone,
            customer.c.tier,
        )
        .join(source, source.c.id == ticket.c.source_id)
        .outerjoin(queue_row, queue_row.c.ticket_id == ticket.c.id)
        .outerjoin(subject, subject.c.id == queue_row.c.subject_text_id)
        .outerjoin(customer, customer.c.id == ticket.c.customer_id)
        .outerjoin(name, name.c.id == customer.c.name_text_id)
        .where(ticket.c.id == ticket_id)
    ).one_or_none()
    if row is None:
        raise InternalFault("ticket_id_unknown", ticket_id=ticket_id)
    card = None
    if row.customer_id is not None:
        card = CustomerCard(row.customer_id, row.customer_number, row.customer_name or "", row.zone, row.tier)
    return TicketIdentity(ticket_id, row.number, row.subject or "", row.source, row.source_url, row.opened_at, card)


def facts(conn: Connection, ticket_id: int, until_revision: int | None = None) -> list[Fact]:
    """The facts of a ticket in the order of (at, ord); only those up to `until_revision` when given."""
    query = select(*_FACT).where(fact.c.ticket_id == ticket_id).order_by(fact.c.at, fact.c.ord)
    if until_revision is not None:
        query = query.where(fact.c.revision <= until_revision)
    return [Fact._make(row) for row in conn.execute(query)]


def facts_of(conn: Connection, ids: Collection[int], until: int | None = None) -> dict[int, list[Fact]]:
    """The facts of many tickets; tickets without facts (up to `until`, microseconds UTC) are left out."""
    query = _by_ticket(until).where(sqlite.one_of(fact.c.ticket_id, "ids"))
    found: dict[int, list[Fact]] = defaultdict(list)
    for row in conn.execute(query, {"ids": sqlite.id_list(ids)}):
        found[row[0]].append(Fact._make(row[1:]))
    return dict(found)


def all_facts(conn: Connection, until: int | None = None, batch: int = 2000) -> Iterator[tuple[int, list[Fact]]]:
    """Every ticket with its facts (up to `until`, microseconds UTC) by ascending id, read `batch` tickets at once.

    Batches are queries of their own, so the caller may write between them.
    """
    after = 0
    while True:
        ids = list(
            conn.execute(select(ticket.c.id).where(ticket.c.id > after).order_by(ticket.c.id).limit(batch)).scalars()
        )
        if not ids:
            return
        query = _by_ticket(until).where(fact.c.ticket_id.between(ids[0], ids[-1]))
        for ticket_id, rows in groupby(conn.execute(query), key=lambda row: int(row[0])):
            yield ticket_id, [Fact._make(row[1:]) for row in rows]
        after = ids[-1]


def conversation(
    conn: Connection, ticket_id: int, until: int | None = None, until_revision: int | None = None
) -> list[Message]:
    """Messages, notes and the decisions taken here, oldest first, up to `until` (microseconds UTC) of what was recorded
    up to `until_revision`. Voided ones are left out."""
    name, body = text.alias("name"), text.alias("body")
    owner, owner_name = person.alias("owner"), text.alias("owner_name")
    voided = _voided(conn, ticket_id, until, until_revision)
    query = (
        select(
            fact.c.at,
            fact.c.kind,
            fact.c.a,
            fact.c.b,
            fact.c.actor_kind,
            name.c.body.label("actor"),
            body.c.body.label("body"),
            fact.c.text_id.is_(None).label("wordless"),
            fact.c.decision_uid,
            fact.c.uid,
            func.coalesce(owner_name.c.body, fact.c.t).label("named"),
            journal.c.actor.label("decider"),
            journal.c.reason_code,
        )
        .outerjoin(journal, journal.c.uid == fact.c.decision_uid)
        .outerjoin(person, person.c.id == fact.c.actor_id)
        .outerjoin(name, name.c.id == person.c.name_text_id)
        .outerjoin(body, body.c.id == fact.c.text_id)
        .outerjoin(owner, and_(fact.c.kind == FactKind.OWNER_SET, owner.c.id == fact.c.a))
        .outerjoin(owner_name, owner_name.c.id == owner.c.name_text_id)
        .where(fact.c.ticket_id == ticket_id, fact.c.uid.not_in(voided))
        .where(
            or_(
                fact.c.kind.in_(_SPOKEN),
                fact.c.kind.in_(_DECIDED) & fact.c.decision_uid.is_not(None),
                # Facts of these kinds come with other decisions too, and from sources.
                fact.c.kind.in_(_ACTS) & journal.c.kind.in_(_ACT_KINDS),
            )
        )
        .order_by(fact.c.at, fact.c.ord, fact.c.id)
    )
    if until is not None:
        query = query.where(fact.c.at <= until)
    if until_revision is not None:
        query = query.where(fact.c.revision <= until_revision)
    return [
        Message(
            at=row.at,
            kind=row.kind,
            public=row.kind == FactKind.MESSAGE and bool(row.a),
            automatic=row.kind in _SPOKEN and bool(row.b),
            actor_kind=row.actor_kind,
            actor=row.actor or row.decider,
            body=row.body,
            decision_uid=row.decision_uid,
            value=row.a,
            before=row.b,
            reason=row.reason_code,
            uid=row.uid,
            named=row.named,
            wordless=bool(row.wordless),
        )
        for row in conn.execute(query)
    ]


def _voided(conn: Connection, ticket_id: int, until: int | None, until_revision: int | None) -> list[str]:
    """The uids of facts that do not count: a void can be voided, the latest speaks first, as in `order`."""
    query = select(fact.c.at, fact.c.uid, fact.c.t).where(fact.c.ticket_id == ticket_id, fact.c.kind == FactKind.VOID)
    if until is not None:
        query = query.where(fact.c.at <= until)
    if until_revision is not None:
        query = query.where(fact.c.revision <= until_revision)
    found: set[str] = set()
    for _, uid, voided in sorted((tuple(row) for row in conn.execute(query)), reverse=True):
        if uid not in found:
            found.add(voided)
    return sorted(found)


def text_and_author(conn: Connection, spoken: Fact) -> tuple[str | None, str | None]:
    """The words of a fact and the name of who said them; none where there are none or they were erased."""
    body = None
    if spoken.text_id is not None:
        body = conn.execute(select(text.c.body).where(text.c.id == spoken.text_id)).scalar()
    author = None
    if spoken.actor_id is not None:
        name = select(text.c.body).join(person, person.c.name_text_id == text.c.id)
        author = conn.execute(name.where(person.c.id == spoken.actor_id)).scalar()
    return body, author


def _by_ticket(until_at: int | None) -> Select[Any]:
    query = select(fact.c.ticket_id, *_FACT).order_by(fact.c.ticket_id, fact.c.at, fact.c.ord)
    return query if until_at is None else query.where(fact.c.at <= until_at)
