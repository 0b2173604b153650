"""Messages of a batch -> facts: only what is not there yet; a text that was changed replaces the one before.

A uid made from a text would say what an erased text was. So uids number the messages of one event, and texts are
compared with those that are kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from console.domain.credentials import strip_credentials
from console.domain.facts import Fact, FactKind, NewFact
from console.domain.policy_terms import Credential
from console.services.importing.messages import Said
from console.services.importing.translate import RowDraft, fact_uid
from console.store import spoken
from console.store.database import Connection
from console.store.spoken import Spoken
from console.store.texts import clean

_Event = tuple[int, int, int]  # ticket id, at, ord


class NewMessages(NamedTuple):
    """Facts whose author has still to get an id, by name, the voids of what they replace, and how many credentials
    were taken out of them."""

    facts: list[tuple[NewFact, str | None]]
    voids: list[NewFact]
    stripped: int


def new_messages(
    conn: Connection,
    rows: Sequence[RowDraft],
    ids: Mapping[str, int],
    known: Mapping[int, Sequence[Fact]],
    patterns: Sequence[Credential],
    start: int,
) -> NewMessages:
    """What the rows say that is not recorded. Only what was there at the revision `start`, before this import, is
    replaced, and only where the batch does not say it any more."""
    said, numbers = _events(rows, ids)
    if not said:
        return NewMessages([], [], 0)
    kept: dict[_Event, list[Spoken]] = defaultdict(list)
    for each in spoken.by_sources(conn, sorted({event[0] for event in said} & known.keys())):
        kept[each[:3]].append(each)
    found = NewMessages([], [], 0)
    for event, messages in said.items():
        found = _of_event(found, event, numbers[event], messages, kept.get(event, []), known, patterns, start)
    return found


def _events(rows: Sequence[RowDraft], ids: Mapping[str, int]) -> tuple[dict[_Event, list[Said]], dict[_Event, str]]:
    said: dict[_Event, list[Said]] = defaultdict(list)
    numbers = {}
    for row in rows:
        if row.message is not None:
            event = (ids[row.ticket.number], row.at, row.ord)
            said[event].append(row.message)
            numbers[event] = row.ticket.opened_uid
    return said, numbers


def _of_event(
    found: NewMessages,
    event: _Event,
    opened_uid: str,
    messages: Sequence[Said],
    kept: Sequence[Spoken],
    known: Mapping[int, Sequence[Fact]],
    patterns: Sequence[Credential],
    start: int,
) -> NewMessages:
    ticket_id, at, order = event
    taken, count, still = found.stripped, len(kept), set()
    added: dict[Said, None] = {}
    for message in messages:
        text, stripped = strip_credentials(patterns, message.text)
        whole = message._replace(text=clean(text), author=None if message.author is None else clean(message.author))
        same = [each.uid for each in kept if _is_same(each, whole)]
        still.update(same)
        if same or whole in added:
            continue
        added[whole] = None
        taken += stripped
        uid = fact_uid(opened_uid, "message", at, order, count)
        count += 1
        public = 1 if whole.kind == FactKind.MESSAGE else None
        fact = NewFact(
            ticket_id,
            at,
            whole.kind,
            public,
            whole.automatic,
            None,
            whole.actor_kind,
            None,
            whole.text,
            order,
            uid,
        )
        found.facts.append((fact, whole.author))
    if added:
        apart = {fact.t for fact in known.get(ticket_id, ()) if fact.kind == FactKind.VOID}
        for each in kept:
            if each.revision <= start and each.uid not in still and each.uid not in apart:
                uid = fact_uid("void", each.uid)
                found.voids.append(NewFact(ticket_id, at, FactKind.VOID, t=each.uid, ord=order, uid=uid))
    return found._replace(stripped=taken)


def _is_same(kept: Spoken, said: Said) -> bool:
    """Whether it is this message; what was erased of it does not come back under another import."""
    if (kept.kind, kept.b or 0, kept.actor_kind) != (said.kind, said.automatic, said.actor_kind):
        return False
    author = kept.author == said.author or (kept.has_author and kept.author is None and said.author is not None)
    return author and (kept.body == said.text or (kept.has_body and kept.body is None))
