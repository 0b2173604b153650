"""Copies of the database file, made while it is in use, checked before they are trusted.

Nothing half-written ever has the name of a copy: a copy is written aside, checked, then renamed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from console.domain.errors import EnvironmentFault, UserError
from console.domain.instants import DAY, from_micros, parse_instant
from console.store.inspection import check_integrity, open_read_only, same_file, schema_of
from console.store.sqlite_faults import translated

KEPT_COPIES = 7
_STAMP = "%Y%m%dT%H%M%SZ"


def backup(path: Path, target: Path) -> None:
    """Copy the database `path` to `target`, replacing it only when the copy is sound.

    Raises UserError when `path` is no database of ours or both are one file, EnvironmentFault otherwise.
    """
    _must_be_ours(path)
    if same_file(path, target):
        raise UserError("backup_onto_itself", path=str(path))
    if target.is_dir():
        raise UserError("database_is_folder", path=str(target))
    with _written_aside(target) as aside:
        _copy(path, aside, target)
        check_integrity(aside)
        with translated(str(target)):
            aside.replace(target)


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
    with _written_aside(target) as aside:
        _copy(source, aside, target)
        check_integrity(aside)
        kept = _set_aside(target, now)
        with translated(str(target)):
            aside.replace(target)
    return kept


def keep_daily(path: Path, now: int) -> Path | None:
    """Make the copy of the day in `backups/` beside the file when the newest is a day old; none was due: None."""
    newest = max((each[0] for each in _copies(path)), default=None)
    if newest is not None and now - newest < DAY:
        return None
    return keep_copy(path, now)


def keep_copy(path: Path, now: int) -> Path:
    """Make a copy in `backups/` beside the file, named by `now` (microseconds UTC); the newest seven are kept."""
    folder = _folder(path)
    target = folder / f"{path.stem}-{from_micros(now):{_STAMP}}.db"
    with translated(str(folder)):
        folder.mkdir(exist_ok=True)
    backup(path, target)
    for _, old in sorted(_copies(path), reverse=True)[KEPT_COPIES:]:
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


def _copy(source: Path, aside: Path, target: Path) -> None:
    # Everything up to the last commit, one consistent state; writers are not held up.
    with (
        translated(str(target)),
        closing(open_read_only(source)) as reading,
        closing(sqlite3.connect(aside)) as writing,
    ):
        reading.backup(writing)
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
    _must_be_unused(target)
    kept = target.with_name(f"{target.stem}-replaced-{from_micros(now):{_STAMP}}{target.suffix}")
    with translated(str(target)):
        if kept.exists():
            raise EnvironmentFault("restore_name_taken", path=str(kept))
        for suffix in ("-wal", "-shm"):
            part = target.with_name(target.name + suffix)
            if part.exists():
                part.replace(kept.with_name(kept.name + suffix))
        _keep_as(target, kept)
    return kept


def _keep_as(target: Path, kept: Path) -> None:
    """Give the file a second name, so that there is a desk under the first at every instant."""
    try:
        os.link(target, kept)
    except OSError:
        # Not every file system knows two names for one file.
        target.replace(kept)


def _must_be_unused(target: Path) -> None:
    """SQLite leaves write-ahead logging only for the one who has the file alone; then all is in one file."""
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
