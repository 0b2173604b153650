"""Anchors: the end of the journal at some instant, kept where the database is not.

A chain of hashes shows a change within it. That its end was cut together with the head, or that the whole was made
anew, shows only beside something that was kept elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import Connection, select

from console.domain.errors import UserError
from console.domain.records import SHIFT_HANDED_OVER, Anchor
from console.store.inspection import open_read_only
from console.store.journal import ChainBreak
from console.store.sqlite_faults import translated
from console.store.tables import evidence, head, journal

_FORMAT = 1
_TYPES = MappingProxyType({"database_uid": str, "seq": int, "hash": str, "at": int})
_SUFFIX = ".anchor.json"
_MOST_BYTES = 100_000
_TAKE = """SELECT h.database_uid, h.journal_seq, h.journal_hash,
    coalesce((SELECT j.at FROM journal j WHERE j.seq = h.journal_seq), 0) FROM head h"""


def take(conn: Connection) -> Anchor:
    """The end of the journal that this transaction sees."""
    return Anchor._make(conn.exec_driver_sql(_TAKE).one())


def take_from(path: Path) -> Anchor:
    """The end of the journal in a database file. Raises EnvironmentFault."""
    with translated(str(path)), closing(open_read_only(path)) as connection:
        return Anchor._make(connection.execute(_TAKE).fetchone())


def beside(path: Path) -> Path:
    """Where the anchor of a copy lies: FILE.anchor.json."""
    return path.with_name(path.name + _SUFFIX)


def as_json(anchor: Anchor) -> dict[str, object]:
    """An anchor as evidence and files keep it."""
    return {"format": _FORMAT, **anchor._asdict()}


def write(anchor: Anchor, path: Path) -> None:
    """Write an anchor into a file. Raises EnvironmentFault when the disk says no."""
    with translated(str(path)):
        path.write_text(json.dumps(as_json(anchor), indent=2) + "\n", encoding="ascii")


def read(path: Path) -> Anchor:
    """The anchor in a file. Raises UserError anchor_unreadable, and anchor_invalid with file, key, found, expected."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES)
    except OSError as error:
        raise UserError("anchor_unreadable", file=str(path), why=error.strerror or str(error)) from error
    try:
        found = json.loads(data)
    except ValueError as error:
        raise _invalid(path, "the file", "no JSON", "an anchor as backup writes it") from error
    if not isinstance(found, dict) or found.get("format") != _FORMAT:
        raise _invalid(path, "format", found.get("format") if isinstance(found, dict) else found, str(_FORMAT))
    for key, expected in _TYPES.items():
        if not isinstance(found.get(key), expected) or isinstance(found.get(key), bool):
            raise _invalid(path, key, found.get(key), "text" if expected is str else "a whole number")
    return Anchor(**{key: found[key] for key in _TYPES})


def check(conn: Connection, anchor: Anchor) -> list[ChainBreak]:
    """What the journal says otherwise than when the anchor was taken: another database, a cut end, a chain made
    anew."""
    now = conn.execute(select(head.c.database_uid)).scalar_one()
    if now != anchor.database_uid:
        return [ChainBreak(0, "anchor_database", now, anchor.database_uid)]
    if anchor.seq == 0:
        return []
    found = conn.execute(select(journal.c.hash).where(journal.c.seq == anchor.seq)).scalar()
    if found is None:
        last = conn.execute(select(journal.c.seq).order_by(journal.c.seq.desc()).limit(1)).scalar()
        return [ChainBreak(anchor.seq, "anchor_cut", str(last or 0), str(anchor.seq))]
    return [] if found == anchor.hash else [ChainBreak(anchor.seq, "anchor_entry", found, anchor.hash)]


def kept_in_handovers(conn: Connection) -> Iterator[Anchor]:
    """The anchors that handovers of shifts keep: whoever makes the chain anew has to change these as well."""
    query = (
        select(evidence.c.body)
        .join(journal, journal.c.evidence_sha256 == evidence.c.sha256)
        .where(journal.c.kind == SHIFT_HANDED_OVER)
        .order_by(journal.c.seq)
    )
    for body in conn.execute(query).scalars():
        try:
            kept = json.loads(body)["anchor"]
            yield Anchor(**{key: _TYPES[key](kept[key]) for key in _TYPES})
        except (ValueError, KeyError, TypeError):
            # Changed evidence is told with the chain; handovers of old keep none.
            continue


def write_beside(copy: Path) -> None:
    """Write the anchor of a copy beside it."""
    write(take_from(copy), beside(copy))


def forget(copy: Path) -> None:
    """Take away the anchor of a copy that goes."""
    path = beside(copy)
    with translated(str(path)):
        path.unlink(missing_ok=True)


def _invalid(path: Path, key: str, found: object, expected: str) -> UserError:
    return UserError("anchor_invalid", file=str(path), key=key, found=found, expected=expected)
