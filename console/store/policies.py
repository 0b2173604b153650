"""Policy packs and calendars as they were adopted: copied in, so that an upgrade cannot change the past."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, func, insert, select

from console.domain.axis import AxisCache
from console.domain.calendar import Calendar
from console.domain.compile import AdoptedCalendar, AdoptedPack, CompiledBook
from console.domain.errors import UserError
from console.domain.pack_file import canonical, load_adopted
from console.domain.policy import Pack
from console.domain.zones import tzdata_version
from console.store import sqlite
from console.store.head import next_revision
from console.store.tables import (
    adoption,
    adoption_calendar,
    calendar_revision,
    policy_revision,
)

PackFile = tuple[str, bytes]
"""The name of a pack's file, for messages, and its TOML."""


def newest_adoption(conn: Connection, until_revision: int | None = None) -> int:
    """The number of the newest adoption, of those up to a revision if one is given; 0 without any. What is compiled is
    current while it stays."""
    query = select(func.max(adoption.c.seq))
    if until_revision is not None:
        query = query.where(adoption.c.revision <= until_revision)
    return int(conn.execute(query).scalar() or 0)


def adopt(conn: Connection, packs: Iterable[tuple[Pack, bytes]], now: int) -> int:
    """Put packs (with the TOML they were read from) in force at `now`, microseconds UTC; the new revision.

    Rows that were folded under older adoptions are to be folded again afterwards. Raises UserError holidays_not_dated
    for a pack that still names where its holidays come from instead of their dates; nothing is written then.
    """
    packs = list(packs)
    for pack, _ in packs:
        for entry in pack.calendars:
            if entry.holidays_of:
                raise UserError("holidays_not_dated", pack=pack.code, calendar=entry.code)
    taken = next_revision(conn)
    for pack, toml in packs:
        seq = newest_adoption(conn) + 1
        conn.execute(
            insert(adoption).values(
                seq=seq,
                pack=pack.code,
                policy_revision_id=_keep_policy(conn, pack, toml),
                adopted_at=now,
                revision=taken,
            )
        )
        for entry in pack.calendars:
            kept = _keep_calendar(conn, entry.hours)
            conn.execute(insert(adoption_calendar).values(seq=seq, calendar_revision_id=kept))
    return taken


def read_book(conn: Connection, axes: AxisCache, until_seq: int) -> CompiledBook:
    """The adoptions up to that number, compiled."""
    return CompiledBook(adoptions(conn, until_seq), axes)


def adoptions(conn: Connection, until_seq: int | None = None) -> list[AdoptedPack]:
    """All adoptions, or those up to a number, the oldest first."""
    calendars = _calendars(conn)
    query = (
        select(
            adoption.c.seq,
            adoption.c.pack,
            adoption.c.policy_revision_id,
            adoption.c.adopted_at,
            policy_revision.c.body,
        )
        .join(policy_revision, policy_revision.c.id == adoption.c.policy_revision_id)
        .order_by(adoption.c.seq)
    )
    if until_seq is not None:
        query = query.where(adoption.c.seq <= until_seq)
    return [
        AdoptedPack(
            pack=load_adopted(row.body.encode(), f"{row.pack} (adoption {row.seq})"),
            revision_id=row.policy_revision_id,
            adopted_at=row.adopted_at,
            calendars=calendars[row.seq],
        )
        for row in conn.execute(query)
    ]


def is_in_force(conn: Connection, pack: Pack, toml: bytes) -> bool:
    """Whether this very pack, with these dates of holidays, is the one of its code that was adopted last."""
    query = (
        select(adoption.c.seq, policy_revision.c.sha256)
        .join(policy_revision, adoption.c.policy_revision_id == policy_revision.c.id)
        .where(adoption.c.pack == pack.code)
        .order_by(adoption.c.seq.desc())
        .limit(1)
    )
    newest = conn.execute(query).one_or_none()
    if newest is None or newest.sha256 != _digest(pack.code, toml):
        return False
    adopted = {code: found.calendar for code, found in _calendars(conn)[newest.seq].items()}
    return adopted == {entry.code: entry.hours for entry in pack.calendars}


def _digest(name: str, toml: bytes) -> str:
    """Of the pack as its file says it: the dates of its holidays are in the calendar revisions."""
    return hashlib.sha256(canonical(load_adopted(toml, name))).hexdigest()


def _calendars(conn: Connection) -> dict[int, dict[str, AdoptedCalendar]]:
    query = select(
        adoption_calendar.c.seq,
        calendar_revision.c.id,
        calendar_revision.c.code,
        calendar_revision.c.definition,
    ).join(calendar_revision, calendar_revision.c.id == adoption_calendar.c.calendar_revision_id)
    found: dict[int, dict[str, AdoptedCalendar]] = defaultdict(dict)
    for row in conn.execute(query):
        calendar = Calendar.model_validate_json(row.definition)
        found[row.seq][row.code] = AdoptedCalendar(row.id, calendar)
    return found


def _keep_policy(conn: Connection, pack: Pack, toml: bytes) -> int:
    digest = _digest(pack.code, toml)
    table = policy_revision
    query = select(table.c.id).where(table.c.pack == pack.code, table.c.sha256 == digest)
    known = conn.execute(query).scalar()
    if known is not None:
        return int(known)
    number = sqlite.next_id(conn, table)
    conn.execute(insert(table).values(id=number, pack=pack.code, sha256=digest, body=toml.decode()))
    return number


def _keep_calendar(conn: Connection, calendar: Calendar) -> int:
    definition = json.dumps(calendar.canonical(), sort_keys=True, separators=(",", ":"))
    row = {
        "code": calendar.code,
        "sha256": hashlib.sha256(definition.encode()).hexdigest(),
        "tzdata": tzdata_version(),
    }
    table = calendar_revision
    known = conn.execute(select(table.c.id).filter_by(**row)).scalar()
    if known is not None:
        return int(known)
    number = sqlite.next_id(conn, table)
    conn.execute(insert(table).values(id=number, definition=definition, **row))
    return number
