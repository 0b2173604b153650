"""The desk that was asked for when the program was started: a database, or the demo desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from console.domain.decisions import Actor
from console.domain.errors import UserError
from console.domain.instants import TimeSource
from console.services.demo_desk import open_demo
from console.services.desk import Desk, open_desk
from console.services.upkeep import must_exist


def open_chosen(
    db: str | None,
    folder: Path,
    policies: Path,
    time: TimeSource,
    *,
    actor: Actor | None = None,
    fresh: bool = False,
    creates: bool = True,
    on_progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Desk:
    """Open the database at the URL `db`, made where there is none if it `creates`; none: the demo desk in `folder`.

    Raises UserError `fresh_needs_demo`, `database_missing`, and what opening raises.
    """
    if db is None:
        return open_demo(folder, time, policies, actor=actor, fresh=fresh, on_progress=on_progress, stop=stop)
    if fresh:
        raise UserError("fresh_needs_demo", db=db)
    if not creates:
        must_exist(db)
    return open_desk(db, time, policies, actor)
