"""Keeping the database: copies, putting a copy in its place, checking that it holds together."""

from __future__ import annotations

from pathlib import Path

from console.domain.decisions import Actor
from console.domain.errors import UserError
from console.domain.instants import TimeSource, from_micros
from console.domain.roles import Act, require
from console.services.desk import Desk
from console.store import anchor as anchors
from console.store import backup as copies
from console.store.database import Connection
from console.store.engine import database_path
from console.store.inspection import schema_of
from console.store.verify import Difference, Report
from console.store.verify import verify as check

__all__ = ["Difference", "Report", "backup", "database_file", "must_exist", "restore", "verify"]


def database_file(url: str) -> Path:
    """The absolute path of the file that the URL names. Raises UserError database_url."""
    return database_path(url).absolute()


def must_exist(url: str) -> None:
    """Raises UserError database_missing where there is no database yet, and what `schema_of` raises."""
    path = database_file(url)
    if schema_of(path) == 0:
        raise UserError("database_missing", path=str(path))


def backup(url: str, target: Path | None, time: TimeSource, actor: Actor) -> Path:
    """Copy the database, which may be in use, to `target`; where the copy is.

    Without a target it goes into the folder `backups` beside the file, of whose copies the newest seven are kept. A
    target that is a folder gets a file named by the instant. Raises UserError role_may_not, database_missing,
    database_not_ours, backup_onto_itself and EnvironmentFault.
    """
    require(actor, Act.KEEP_FILES)
    path = database_file(url)
    must_exist(url)
    if target is None:
        return copies.keep_copy(path, time.now())
    if target.is_dir():
        target = target / f"{path.stem}-{from_micros(time.now()):%Y%m%dT%H%M%SZ}.db"
    copies.backup(path, target)
    return target


def restore(url: str, source: Path, time: TimeSource, actor: Actor) -> Path | None:
    """Put the copy `source` in the place of the database; where the replaced file was kept, none when there was none.

    Raises UserError role_may_not, and as `console.store.backup.restore` does; the database is then as it was.
    """
    require(actor, Act.KEEP_FILES)
    return copies.restore(source, database_file(url), time.now())


def verify(desk: Desk, anchor: Path | None = None) -> Report:
    """Journal chain, schema fingerprint and every derived row against the fold, in one view of the database.

    With the file of an `anchor` also whether the journal is still the one of then. Raises UserError anchor_unreadable
    and anchor_invalid.
    """
    kept = None if anchor is None else anchors.read(anchor)

    def job(conn: Connection) -> Report:
        return check(conn, desk.db.book(conn), kept)

    return desk.db.read_now(job)


def write_anchor(desk: Desk, path: Path) -> None:
    """Write the end of the journal, as it is now, into a file. Raises UserError anchor_exists for one that is there
    already, EnvironmentFault when the disk says no."""
    if path.exists():
        raise UserError("anchor_exists", file=str(path))
    anchors.write(desk.db.read_now(anchors.take), path)
