"""The journal of decisions: a chain of hashes, its evidence and the messages that go out.

An entry's hash is SHA-256 over "hash_version\\n" and the JSON of all its columns but `hash`: keys
sorted, no spaces, UTF-8, integers and strings; columns without a value are left out.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, Select, func, insert, or_, select, update

from console.domain.decisions import JournalEntry, NewDecision
from console.domain.records import SHIFT_TAKEN, JournalFilter
from console.store.shifts import open_shift
from console.store.tables import evidence, head, journal, outbox, text
from console.store.texts import add_texts, salted_digest

HASH_VERSION = 1
FIRST_HASH = "0" * 64
"""Stands before the first entry."""

_EVIDENCE = select(evidence.c.sha256, evidence.c.body)


class ChainBreak(NamedTuple):
    """Where the chain does not hold: `problem` is a code, `seq` the entry, with what was found and expected."""

    seq: int
    problem: str
    found: str
    expected: str


def append(conn: Connection, decision: NewDecision, policy_revision_id: int | None, revision: int, now: int) -> None:
    """Add a decision to the journal, with its evidence. Only the door calls this."""
    actor = decision.actor
    words = add_texts(conn, [decision.words])[0] if decision.words else None
    last = conn.execute(select(head.c.journal_seq, head.c.journal_hash)).one()
    row: dict[str, object] = {
        "seq": last.journal_seq + 1,
        "uid": decision.uid,
        "revision": revision,
        "at": now,
        "kind": decision.kind,
        "ticket_id": decision.ticket_id,
        "subject_uid": decision.subject_uid,
        "actor": actor.name,
        "role": actor.role,
        "os_user": actor.os_user,
        "db_user": actor.db_user,
        "desk_uid": actor.desk_uid,
        "policy_revision_id": policy_revision_id,
        "base_revision": decision.base_revision,
        "reason_code": decision.reason_code,
        "text_id": None if words is None else words.id,
        "text_sha256": None if words is None else words.sha256,
        "evidence_sha256": _keep_evidence(conn, decision.evidence),
        "hash_version": HASH_VERSION,
        "prev_hash": last.journal_hash,
        "shift_uid": _shift_of(conn, decision),
    }
    row["hash"] = entry_hash(row)
    conn.execute(insert(journal).values(row))
    conn.execute(update(head).values(journal_seq=row["seq"], journal_hash=row["hash"]))


def send(conn: Connection, decision: NewDecision) -> None:
    """Put the decision's messages into the outbox, in their order. Only the door calls this."""
    if not decision.messages:
        return
    last = select(func.max(outbox.c.n)).where(outbox.c.ticket_id == decision.ticket_id)
    first = int(conn.execute(last).scalar() or 0) + 1
    words = add_texts(conn, [message.text for message in decision.messages])
    rows = [
        {
            "uid": secrets.token_hex(16),
            "decision_uid": decision.uid,
            "ticket_id": decision.ticket_id,
            "n": number,
            "channel": message.channel,
            "to": message.to,
            "text_id": stored.id,
            "not_before": message.not_before,
            "state": "waiting",
            "attempts": 0,
        }
        for number, (message, stored) in enumerate(zip(decision.messages, words, strict=True), start=first)
    ]
    conn.execute(insert(outbox), rows)


def entry_hash(row: Mapping[str, object]) -> str:
    """The hash of an entry given as its columns."""
    values = {key: value for key, value in row.items() if key != "hash" and value is not None}
    return hashlib.sha256(f"{row['hash_version']}\n{_json(values)}".encode()).hexdigest()


def entries(
    conn: Connection,
    ticket_id: int | None = None,
    after_seq: int = 0,
    limit: int | None = None,
    newest_first: bool = False,
) -> list[JournalEntry]:
    """Entries of one ticket or of all, oldest first unless asked otherwise."""
    query = _entries().where(journal.c.seq > after_seq).limit(limit)
    if ticket_id is not None:
        query = query.where(journal.c.ticket_id == ticket_id)
    query = query.order_by(journal.c.seq.desc() if newest_first else journal.c.seq)
    return [JournalEntry._make(row) for row in conn.execute(query)]


def find(conn: Connection, wanted: JournalFilter) -> list[JournalEntry]:
    """The entries that the filter asks for."""
    query = _entries().limit(wanted.limit)
    if wanted.kinds:
        query = query.where(journal.c.kind.in_(wanted.kinds))
    if wanted.actors:
        query = query.where(journal.c.actor.in_(wanted.actors))
    if wanted.since is not None:
        query = query.where(journal.c.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(journal.c.at < wanted.until)
    for column in (journal.c.ticket_id, journal.c.shift_uid, journal.c.subject_uid):
        value = getattr(wanted, column.name)
        if value is not None:
            query = query.where(column == value)
    query = query.order_by(journal.c.seq.desc() if wanted.newest_first else journal.c.seq)
    return [JournalEntry._make(row) for row in conn.execute(query)]


def entry(conn: Connection, uid: str) -> JournalEntry | None:
    """The entry with this uid, none where there is none."""
    row = conn.execute(_entries().where(journal.c.uid == uid)).one_or_none()
    return None if row is None else JournalEntry._make(row)


def actors_as(conn: Connection, role: str, until: int | None = None) -> list[str]:
    """Who decided in a role or took a shift, before `until` (microseconds UTC)."""
    query = select(journal.c.actor).distinct().where(or_(journal.c.role == role, journal.c.kind == SHIFT_TAKEN))
    if until is not None:
        query = query.where(journal.c.at < until)
    return list(conn.execute(query).scalars())


def evidence_of(conn: Connection, sha256: str) -> Mapping[str, object]:
    """The evidence that an entry names."""
    body = conn.execute(select(evidence.c.body).where(evidence.c.sha256 == sha256)).scalar_one()
    found: dict[str, object] = json.loads(body)
    return found


def verify_chain(conn: Connection) -> list[ChainBreak]:
    """Where the journal does not hold, oldest first; empty when it does.

    Without an anchor from elsewhere a chain that was made anew as a whole cannot be told from a true one.
    """
    found = list(_chain_breaks(conn))
    last = conn.execute(select(journal.c.seq, journal.c.hash).order_by(journal.c.seq.desc()).limit(1))
    seq, digest = next(iter(last), (0, FIRST_HASH))
    kept = conn.execute(select(head.c.journal_seq, head.c.journal_hash)).one()
    if (seq, digest) != (kept.journal_seq, kept.journal_hash):
        expected = f"{kept.journal_seq} {kept.journal_hash}"
        found.append(ChainBreak(seq, "journal_tail", f"{seq} {digest}", expected))
    return found


def _chain_breaks(conn: Connection) -> Iterator[ChainBreak]:
    before, number = FIRST_HASH, 0
    kept = {digest: hashlib.sha256(body.encode()).hexdigest() for digest, body in conn.execute(_EVIDENCE)}
    named = set()
    for row in conn.execute(select(journal).order_by(journal.c.seq)).mappings():
        number += 1
        if row["seq"] != number:
            yield ChainBreak(row["seq"], "journal_gap", str(row["seq"]), str(number))
            number = row["seq"]
        if row["prev_hash"] != before:
            yield ChainBreak(row["seq"], "journal_link", row["prev_hash"], before)
        computed = entry_hash(dict(row))
        if computed != row["hash"]:
            yield ChainBreak(row["seq"], "journal_entry", row["hash"], computed)
        before = row["hash"]
        yield from _changed_words(conn, row["seq"], row["text_id"], row["text_sha256"])
        digest = row["evidence_sha256"]
        named.add(digest)
        if digest is not None and kept.get(digest) != digest:
            yield ChainBreak(row["seq"], "journal_evidence", kept.get(digest, ""), digest)
    for digest, computed in kept.items():
        if computed != digest and digest not in named:
            yield ChainBreak(0, "evidence", computed, digest)


def _changed_words(conn: Connection, seq: int, text_id: int | None, sha256: str | None) -> Iterator[ChainBreak]:
    if text_id is None or sha256 is None:
        return
    query = select(text.c.salt, text.c.body, text.c.sha256, text.c.erased_at).where(text.c.id == text_id)
    kept = conn.execute(query).one_or_none()
    if kept is None:
        yield ChainBreak(seq, "journal_words", "", sha256)
    elif kept.body is not None:
        found = salted_digest(kept.salt or "", kept.body)
        if found != sha256:
            yield ChainBreak(seq, "journal_words", found, sha256)
    elif kept.erased_at is None or kept.sha256 != sha256:
        yield ChainBreak(seq, "journal_words", kept.sha256 if kept.erased_at else "", sha256)


def _shift_of(conn: Connection, decision: NewDecision) -> str | None:
    """Taking a shift begins it: that entry is its first."""
    if decision.kind == SHIFT_TAKEN:
        return decision.uid
    running = open_shift(conn)
    return None if running is None else running.uid


def _entries() -> Select[tuple[object, ...]]:
    columns = [column for column in journal.c if column is not journal.c.shift_uid]
    return select(*columns, text.c.body, journal.c.shift_uid).outerjoin(text, text.c.id == journal.c.text_id)


def _keep_evidence(conn: Connection, found: Mapping[str, object]) -> str:
    body = _json(found)
    digest = hashlib.sha256(body.encode()).hexdigest()
    known = select(evidence.c.sha256).where(evidence.c.sha256 == digest)
    if conn.execute(known).scalar() is None:
        conn.execute(insert(evidence).values(sha256=digest, body=body))
    return digest


def _json(values: Mapping[str, object]) -> str:
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
