"""The words of people that a ticket or a decision keeps, and blanking them so that nothing is left in the file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, select

from console.domain.addresses import CUSTOMER, PERSON, parted
from console.domain.facts import FactKind
from console.domain.records import TEXT_ERASED, KeptText
from console.store import addresses, sqlite
from console.store.tables import customer, fact, journal, mark, outbox, person, text
from console.store.texts import erase

_NAME = text.alias("name")


def texts_of_ticket(conn: Connection, ticket_id: int) -> list[KeptText]:
    """Subject, messages, notes, words of decisions, messages that they sent and reminders, the oldest first.

    Without the reasons of earlier erasures, which are texts of those entries.
    """
    found = [
        *_facts(conn, fact.c.ticket_id == ticket_id),
        *_words(conn, (journal.c.ticket_id == ticket_id) & (journal.c.kind != TEXT_ERASED)),
        *_sent(conn, outbox.c.ticket_id == ticket_id),
        *_reminders(conn, mark.c.ticket_id == ticket_id),
    ]
    return _once(found)


def texts_of_decision(conn: Connection, uid: str) -> list[KeptText]:
    """The words of a decision, of its facts and of its messages, the oldest first."""
    found = [
        *_facts(conn, fact.c.decision_uid == uid),
        *_words(conn, journal.c.uid == uid),
        *_sent(conn, outbox.c.decision_uid == uid),
    ]
    return _once(found)


def texts_naming(conn: Connection, to: str) -> list[KeptText]:
    """The name of the person or customer with this address, and all words that say it as it is spelled, in tickets,
    decisions, messages and reminders: the name first. Once it is erased, only the name is known."""
    kind, whom = parted(to)
    table = {PERSON: person, CUSTOMER: customer}[kind]
    query = select(text.c.id, text.c.body, text.c.sha256).join(table, table.c.name_text_id == text.c.id)
    number, name, digest = conn.execute(query.where(table.c.id == int(whom))).one()
    own = KeptText(number, f"name of a {kind}", None, None, name, digest)
    if not name:
        return [own]
    which = text.c.body.contains(name, autoescape=True)
    found = [*_facts(conn, which), *_words(conn, which), *_sent(conn, which), *_reminders(conn, which)]
    # Anna is not said where Annabel is.
    says = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    return _once([own, *(each for each in found if says.search(each.body or ""))])


def erase_texts(conn: Connection, ids: Sequence[int], now: int) -> None:
    """Blank these texts for good: overwritten in the file and in the index of words. `now` is microseconds UTC.

    What SQLite has in its log goes when the log is written back, at the latest when the last desk closes.
    """
    sqlite.overwrite_deleted(conn)
    for each in ids:
        erase(conn, each, now)
    sqlite.forget_words(conn)


def _facts(conn: Connection, which: ColumnElement[bool]) -> list[KeptText]:
    query = (
        select(text.c.id, fact.c.kind, fact.c.at, _NAME.c.body, text.c.body, text.c.sha256)
        .join(fact, fact.c.text_id == text.c.id)
        .outerjoin(person, person.c.id == fact.c.actor_id)
        .outerjoin(_NAME, _NAME.c.id == person.c.name_text_id)
        .where(which)
    )
    return [
        KeptText(number, "subject" if kind == FactKind.OPENED else FactKind(kind).name.lower(), at, who, body, digest)
        for number, kind, at, who, body, digest in conn.execute(query)
    ]


def _words(conn: Connection, which: ColumnElement[bool]) -> list[KeptText]:
    query = select(text.c.id, journal.c.kind, journal.c.at, journal.c.actor, text.c.body, text.c.sha256)
    rows = conn.execute(query.join(journal, journal.c.text_id == text.c.id).where(which))
    return [KeptText(number, f"words of {kind}", *rest) for number, kind, *rest in rows]


def _sent(conn: Connection, which: ColumnElement[bool]) -> list[KeptText]:
    query = select(text.c.id, outbox.c.channel, outbox.c.not_before, outbox.c.to, text.c.body, text.c.sha256)
    rows = conn.execute(query.join(outbox, outbox.c.text_id == text.c.id).where(which))
    found = [KeptText(number, f"{channel} to", *rest) for number, channel, *rest in rows]
    names = addresses.names(conn, [each.who or "" for each in found])
    return [each._replace(who=names[each.who or ""] or each.who) for each in found]


def _reminders(conn: Connection, which: ColumnElement[bool]) -> list[KeptText]:
    query = select(text.c.id, mark.c.at, mark.c.actor, text.c.body, text.c.sha256)
    rows = conn.execute(query.join(mark, mark.c.text_id == text.c.id).where(which))
    return [KeptText(number, "reminder", *rest) for number, *rest in rows]


def _once(found: Sequence[KeptText]) -> list[KeptText]:
    """Words that several rows name are one text."""
    by_id = {each.id: each for each in reversed(found)}
    return sorted(by_id.values(), key=lambda each: (each.at or 0, each.id))
