"""Putting a policy pack in force: its holidays become dates, pack and calendars are copied into the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from console.domain.decisions import Actor
from console.domain.instants import TimeSource
from console.domain.policy import Pack
from console.domain.roles import Act, require
from console.services.holidays import read_pack
from console.store import head, policies, tickets
from console.store.database import Connection, Database
from console.store.refold import refold_stale

_BATCH = 1000

Progress = Callable[[int, int], None]
"""So many are done of so many."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """What was put in force, at what instant (microseconds UTC), as what revision, with how many holidays.

    `adopted_at` is none when the very same was in force already: then nothing was written.
    """

    pack: str
    adopted_at: int | None
    revision: int
    holidays: int


@dataclass(frozen=True, slots=True)
class Refolded:
    """How many stored rows of an older policy were folded again, and how many of them say something else now."""

    rows: int
    changed: int


def adopt_pack(db: Database, time: TimeSource, path: Path, *, actor: Actor) -> Adoption:
    """Put the pack in the file `path` in force from now on, see `adopt`.

    Raises UserError role_may_not, pack_unreadable, pack_invalid, holidays_invalid; nothing is written then.
    """
    return adopt(db, time, *read_pack(path), actor=actor)


def adopt(db: Database, time: TimeSource, pack: Pack, data: bytes, at: int | None = None, *, actor: Actor) -> Adoption:
    """Put a pack, whose holidays are dates, with the TOML it was read from in force from now on.

    Tickets keep the promises of the version at their creation; other calendars change open clocks from now on, and
    neither met nor breached ones. Stored rows are of an older adoption then: see `fold_again`. What is in force
    already is not adopted again. `at` (microseconds UTC) is that of a preview which somebody has just seen.
    Raises UserError role_may_not.
    """
    require(actor, Act.ADOPT_POLICY)
    days = sum(len(entry.hours.holidays) for entry in pack.calendars)

    def write(conn: Connection) -> Adoption:
        if policies.is_in_force(conn, pack, data):
            return Adoption(pack.code, None, head.revision(conn), days)
        begins = instant_of_next(conn, time.now() if at is None else at)
        return Adoption(pack.code, begins, policies.adopt(conn, [(pack, data)], begins), days)

    return db.write_now(write)


def instant_of_next(conn: Connection, now: int) -> int:
    """When the next adoption begins: now, or after the latest where another desk's time is ahead."""
    return max([now, *(each.adopted_at + 1 for each in policies.adoptions(conn))])


def fold_again(db: Database, time: TimeSource, on_progress: Progress = lambda done, total: None) -> Refolded:
    """Fold all stored rows of an older policy as of now, a batch in a transaction. May be stopped: readers go on.

    Where the policy begins later, by the time of a desk that is ahead, rows are folded once more when it does.
    """

    def batch(conn: Connection) -> tuple[int, int]:
        return refold_stale(conn, db.book(conn), time.now(), _BATCH)

    total = db.read_now(tickets.count)
    rows = changed = 0
    while rows <= total:
        looked_at, differed = db.write_now(batch)
        rows, changed = rows + looked_at, changed + differed
        on_progress(rows, total)
        if looked_at < _BATCH:
            break
    return Refolded(rows, changed)
