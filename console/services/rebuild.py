"""Mending the stored clocks, escalations and rows of a desk from its facts, part by part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from console.domain.decisions import Actor
from console.domain.roles import Act, require
from console.services.desk import Desk
from console.store import rebuild as rows
from console.store.database import Connection
from console.store.tickets import count
from console.store.verify import Difference

__all__ = ["Difference", "RebuildReport", "rebuild"]

PART = 1000
"""Tickets that are compared in one view and mended in one transaction."""


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """Tickets looked at, tickets mended and values that differed; the revision afterwards."""

    tickets: int
    mended: int
    differences: int
    revision: int


def rebuild(
    desk: Desk,
    tell: Callable[[Difference], None],
    on_progress: Callable[[int, int], None] | None = None,
    part: int = PART,
    *,
    actor: Actor,
) -> RebuildReport:
    """Compare every stored value with the fold of the facts and mend what differs; `tell` hears each as it is mended.

    Sound parts are only read, so others write meanwhile, and a desk without differences is not changed at all: no
    revision. A part that differs is compared and mended in one transaction. What time alone has changed since a row
    was folded is no difference. Raises UserError role_may_not, and EnvironmentFault as every write does; parts mended
    by then stay.
    """
    require(actor, Act.KEEP_FILES)
    db = desk.db
    done = mended = differences = after = 0
    total = db.read_now(count)
    while ids := db.read_now(partial(rows.ids_after, after=after, limit=part)):
        found = _mend(desk, ids)
        for each in found.differences:
            tell(each)
        done, after = done + len(ids), ids[-1]
        mended, differences = mended + found.tickets, differences + len(found.differences)
        if on_progress is not None:
            on_progress(done, max(total, done))
    if db.read_now(rows.unfounded):
        dropped = db.write_now(rows.drop_unfounded)
        for each in dropped.differences:
            tell(each)
        mended, differences = mended + dropped.tickets, differences + len(dropped.differences)
    return RebuildReport(done, mended, differences, db.read_now(db.revision))


def _mend(desk: Desk, ids: list[int]) -> rows.Mended:
    db = desk.db

    def sound(conn: Connection) -> bool:
        return rows.sound(conn, db.book(conn), ids)

    def mend(conn: Connection) -> rows.Mended:
        return rows.mend(conn, db.book(conn), ids, desk.time.now())

    return rows.NOTHING if db.read_now(sound) else db.write_now(mend)
