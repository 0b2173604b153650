"""Engines of SQLAlchemy: one that writes, one that reads, each transaction begun in our own words."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from console.domain.errors import UserError
from console.store import sqlite

_SQLITE = "sqlite:///"


def database_path(url: str) -> Path:
    """The file that `sqlite:///PATH` names; a relative path counts from the working directory.

    Raises UserError("database_url") for any other kind of URL.
    """
    if not url.startswith(_SQLITE) or url == _SQLITE or ":memory:" in url:
        raise UserError("database_url", found=url, expected="sqlite:///PATH")
    return Path(url.removeprefix(_SQLITE)).expanduser()


def sqlite_engine(path: Path, *, writes: bool) -> Engine:
    """An engine on the file. A writer takes the lock when it begins, so that what it reads stays true."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=NullPool,
        connect_args={"check_same_thread": False, "timeout": sqlite.BUSY_SECONDS},
    )
    begin = sqlite.BEGIN_WRITE if writes else sqlite.BEGIN_READ

    def set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        sqlite.prepare(connection, writes=writes)

    def begin_transaction(conn: Connection) -> None:
        conn.exec_driver_sql(begin)

    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", begin_transaction)
    return engine
