"""Copies of the database file, made while it is in use, checked before they are trusted.

Nothing half-written ever has the name of a copy: a copy is written aside, checked, then renamed. A file that is in
use is read through SQLite alone, see `inspection`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from console.domain.errors import EnvironmentFault, UserError
from console.domain.instants import DAY, from_micros, parse_instant
from console.store import anchor
from console.store.inspection import check_integrity, open_read_only, same_file, schema_of
from console.store.sqlite_faults import translated

KEPT_COPIES = 7
_STAMP = "%Y%m%dT%H%M%SZ"
_PAGES = 2_000
"""Copied between two looks at whether to go on."""
_BESIDE = ("-wal", "-shm", "-journal")

Stop = Callable[[], bool]


def go_on() -> bool:
    """Nobody asks to stop."""
    return False


def backup(path: Path, target: Path, stop: Stop = go_on) -> None:
    """Copy the database `path`, which others may use meanwhile, to `target`; an older copy there is replaced.

    Beside it lies its anchor, see `console.store.anchor`: what it is worth depends on being kept elsewhere.

    `stop` is asked now and then, on this thread. Raises UserError when `path` or what is at `target` is no database
    of ours or both are one file, EnvironmentFault backup_stopped, database_in_use when somebody works with `target`,
    database_damaged and what the disk says. Then `target` is as it was.
    """
    _must_be_ours(path)
    if same_file(path, target):
        raise UserError("backup_onto_itself", path=str(path))
    _must_be_replaceable(target)
    with _written_aside(target) as aside:
        _copy(path, aside, target, stop)
        check_integrity(aside, stop)
        if target.exists():
            must_be_unused(target)
        with translated(str(target)):
            for suffix in _BESIDE:
                _beside(target, suffix).unlink(missing_ok=True)
            # At no instant does a copy have the anchor of another one.
            anchor.forget(target)
            aside.replace(target)
    anchor.write_beside(target)


def restore(source: Path, target: Path, now: int) -> Path | None:
    """Put the copy `source` in the place of the database `target`; where the replaced file was kept, if any.

    Raises UserError when `source` is not ours or too new, EnvironmentFault database_damaged, and
    database_in_use when another process has `target` open. Then `target` is as it was.
    """
    _must_be_ours(source)
    if same_file(source, target):
        raise UserError("backup_onto_itself", path=str(source))
    if target.is_dir():
        raise UserError("database_is_folder", path=str(target))
    check_integrity(source)
    if target.exists():
        must_be_unused(target)
    with _written_aside(target) as aside:
        _copy(source, aside, target, go_on)
        check_integrity(aside)
        kept = _set_aside(target, now)
        with translated(str(target)):
            aside.replace(target)
    return kept


def keep_daily(path: Path, now: int, stop: Stop = go_on) -> Path | None:
    """Make the copy of the day in `backups/` beside the file when the newest is a day old; none was due: None.

    Raises what `backup` raises.
    """
    newest = max((each[0] for each in _copies(path)), default=None)
    if newest is not None and now - newest < DAY:
        return None
    return keep_copy(path, now, stop)


def keep_copy(path: Path, now: int, stop: Stop = go_on) -> Path:
    """Make a copy in `backups/` beside the file, named by `now` (microseconds UTC); the newest seven are kept."""
    folder = _folder(path)
    target = folder / f"{path.stem}-{from_micros(now):{_STAMP}}.db"
    with translated(str(folder)):
        folder.mkdir(exist_ok=True)
    backup(path, target, stop)
    for _, old in sorted(_copies(path), reverse=True)[KEPT_COPIES:]:
        anchor.forget(old)
        with translated(str(old)):
            old.unlink(missing_ok=True)
    return target


def _folder(path: Path) -> Path:
    return path.parent / "backups"


def _copies(path: Path) -> Iterator[tuple[int, Path]]:
    for each in _folder(path).glob("*.db"):
        stem, _, stamp = each.stem.rpartition("-")
        if stem != path.stem:
            continue
        try:
            yield parse_instant(stamp), each
        except ValueError:
            continue  # a file of someone else


def _must_be_ours(path: Path) -> None:
    if not path.exists():
        raise UserError("database_missing", path=str(path))
    if schema_of(path) == 0:
        raise UserError("database_not_ours", path=str(path))


def _must_be_replaceable(target: Path) -> None:
    """A copy takes the place of nothing but an older copy, of whichever state that is."""
    try:
        schema_of(target)
    except EnvironmentFault as error:
        if error.code != "database_damaged":
            raise


def _copy(source: Path, aside: Path, target: Path, stop: Stop) -> None:
    def look(_status: int, _left: int, _total: int) -> None:
        if stop():
            raise EnvironmentFault("backup_stopped", path=str(target))

    # Everything up to the last commit; writers are not held up.
    with (
        translated(str(target)),
        closing(open_read_only(source)) as reading,
        closing(sqlite3.connect(aside)) as writing,
    ):
        # In one transaction, or each commit meanwhile would begin the copy anew.
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
        reading.backup(writing, pages=_PAGES, progress=look)
        # One file, without a -wal beside it.
        writing.execute("PRAGMA journal_mode = DELETE")
    with translated(str(target)):
        descriptor = os.open(aside, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _written_aside(target: Path) -> Iterator[Path]:
    aside = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        yield aside
    finally:
        for each in (aside, aside.with_name(f"{aside.name}-journal")):
            each.unlink(missing_ok=True)


def _set_aside(target: Path, now: int) -> Path | None:
    if not target.exists():
        return None
    must_be_unused(target)
    kept = target.with_name(f"{target.stem}-replaced-{from_micros(now):{_STAMP}}{target.suffix}")
    with translated(str(target)):
        if kept.exists():
            raise EnvironmentFault("restore_name_taken", path=str(kept))
        for suffix in _BESIDE:
            part = _beside(target, suffix)
            if part.exists():
                part.replace(_beside(kept, suffix))
        _keep_as(target, kept)
    return kept


def _keep_as(target: Path, kept: Path) -> None:
    """Give the file a second name, so that there is a desk under the first at every instant."""
    try:
        os.link(target, kept)
    except OSError:
        # Not every file system knows two names for one file.
        target.replace(kept)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def must_be_unused(target: Path) -> None:
    """Raises EnvironmentFault database_in_use when anyone, this process included, has the file open.

    SQLite leaves write-ahead logging only for the one who has the file alone; then all is in one file.
    """
    try:
        with closing(sqlite3.connect(target, timeout=0.5, isolation_level=None)) as connection:
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        raise EnvironmentFault("database_in_use", path=str(target), detail=str(error)) from error
    except sqlite3.DatabaseError:
        return  # damaged: that is why one restores
    if mode != "delete":
        raise EnvironmentFault("database_in_use", path=str(target), detail=f"journal_mode {mode}")
