"""The words of people that a ticket or a decision keeps, and blanking them so that nothing is left in the file."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, select

from console.domain.facts import FactKind
from console.domain.records import TEXT_ERASED, KeptText
from console.store import sqlite
from console.store.tables import fact, journal, mark, outbox, person, text
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
        *_reminders(conn, ticket_id),
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
    return [KeptText(number, f"{channel} to", *rest) for number, channel, *rest in rows]


def _reminders(conn: Connection, ticket_id: int) -> list[KeptText]:
    query = select(text.c.id, mark.c.at, mark.c.actor, text.c.body, text.c.sha256)
    rows = conn.execute(query.join(mark, mark.c.text_id == text.c.id).where(mark.c.ticket_id == ticket_id))
    return [KeptText(number, "reminder", *rest) for number, *rest in rows]


def _once(found: Sequence[KeptText]) -> list[KeptText]:
    """Words that several rows name are one text."""
    by_id = {each.id: each for each in reversed(found)}
    return sorted(by_id.values(), key=lambda each: (each.at, each.id))
