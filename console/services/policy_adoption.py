"""Putting a policy pack in force: its holidays become dates, pack and calendars are copied into the database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from console.domain.instants import TimeSource
from console.services.holidays import read_pack
from console.store import policies
from console.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Adoption:
    """What was put in force, at what instant (microseconds UTC), as what revision, with how many holidays."""

    pack: str
    adopted_at: int
    revision: int
    holidays: int


def adopt_pack(db: Database, time: TimeSource, path: Path) -> Adoption:
    """Put the pack in the file `path` in force from now on.

    Tickets keep the promises of the version at their creation; other calendars change open clocks from now on, and
    neither met nor breached ones. Stored rows are of an older adoption then and are folded again by `refold_due`.
    Raises UserError pack_unreadable, pack_invalid, holidays_invalid; nothing is written then.
    """
    pack, data = read_pack(path)
    now = time.now()

    def write(conn: Connection) -> int:
        return policies.adopt(conn, [(pack, data)], now)

    days = sum(len(entry.hours.holidays) for entry in pack.calendars)
    return Adoption(pack.code, now, db.write_now(write), days)
