"""The demo desk: made on the first start, kept until it is asked for anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from console.domain.decisions import Actor
from console.domain.errors import EnvironmentFault
from console.domain.instants import TimeSource
from console.domain.reviews import DecisionFilter
from console.domain.roles import Role
from console.services.desk import Desk, open_desk
from console.services.escalating.messages import MessageTemplates
from console.services.generate import generate
from console.services.generating.cases import CommunityCases
from console.services.generating.decided import DecidedPast
from console.services.generating.people import PACK
from console.store import tickets
from console.store.backup import must_be_unused
from console.store.database import Connection

TICKETS = 2_000
SEED = 1
DECISIONS = 60
"""Decisions of the last weeks beside the tickets, at most one for ten of them."""

_NAME = "demo.db"
_WITH_A_PAST = 100  # tickets: a smaller desk is made for its tickets alone
_WITH_A_NEIGHBOUR = 1_000  # tickets: beside them a few of another organisation are seen, and in the way of none
# Whoever starts the program first gets the demo desk, in whichever role.
_PROGRAM = Actor("Shift Console", Role.ADMINISTRATOR)
_BESIDE = ("", "-wal", "-shm")


def demo_path(folder: Path) -> Path:
    """Where the demo desk lies in the user's data folder."""
    return folder / _NAME


def open_demo(
    folder: Path,
    time: TimeSource,
    policies: Path,
    *,
    actor: Actor | None = None,
    fresh: bool = False,
    tickets: int = TICKETS,
    on_progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Desk:
    """Open the demo desk in `folder`, made first where there is none or with `fresh`.

    It is made in a file beside and moved into place whole: a start that is broken off leaves the old one, or none.
    Raises EnvironmentFault `folder_unwritable`, `demo_in_use`, `database_in_use` when `fresh` and another desk has it
    open, or `demo_stopped` when `stop` said so.
    """
    path = demo_path(folder)
    if fresh or not path.exists():
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EnvironmentFault("folder_unwritable", path=str(folder), reason=error.strerror) from error
        if path.exists():
            must_be_unused(path)
        _make(path, time, policies, tickets, on_progress, stop)
    return open_desk(_url(path), time, policies, actor)


def fill_past(desk: Desk) -> Callable[[Connection], int]:
    """A job that gives the demo desk shifts and decisions of the last weeks, once; how many decisions were added.

    It takes as long as a good part of making the tickets: a window does it after it has opened.
    """
    past = DecidedPast(desk.db.book, desk.time, SEED, desk.escalations, desk.tickets, desk.actor.name)

    def fill(conn: Connection) -> int:
        found = tickets.count(conn)
        if found < _WITH_A_PAST or desk.review.find(conn, DecisionFilter(packs=(PACK,))).numbers:
            return 0
        return past.fill(conn, min(DECISIONS, found // 10))

    return fill


def _make(
    path: Path,
    time: TimeSource,
    policies: Path,
    tickets: int,
    on_progress: Callable[[int, int], None] | None,
    stop: Callable[[], bool] | None,
) -> None:
    # The process number keeps two first starts apart.
    making = path.with_name(f"{path.name}.{os.getpid()}.making")
    try:
        desk = open_desk(_url(making), time, policies)
        try:
            generate(desk.db, time, actor=_PROGRAM, tickets=tickets, seed=SEED, on_progress=on_progress, stop=stop)
            if tickets >= _WITH_A_NEIGHBOUR and not (stop is not None and stop()):
                CommunityCases(desk.db, time, MessageTemplates(policies.parent / "messages")).run()
        finally:
            desk.close_now()
        if stop is not None and stop():
            raise EnvironmentFault("demo_stopped")
        _move(making, path)
    finally:
        _remove(making)


def _move(making: Path, path: Path) -> None:
    if path.exists():
        # Who has it open would go on writing into a file without a name.
        must_be_unused(path)
    try:
        # The log of the old file must not be read into the new one.
        for suffix in _BESIDE[1:]:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        os.replace(making, path)
    except OSError as error:
        raise EnvironmentFault("demo_in_use", path=str(path), reason=error.strerror) from error


def _remove(making: Path) -> None:
    for suffix in _BESIDE:
        making.with_name(making.name + suffix).unlink(missing_ok=True)


def _url(path: Path) -> str:
    return f"sqlite:///{path}"
