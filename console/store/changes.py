"""Hears that someone committed: a number to ask often and a file to watch. SQLite only, no SQLAlchemy."""

from __future__ import annotations

from pathlib import Path

from console.store.inspection import log_path, open_read_only
from console.store.sqlite_faults import translated

__all__ = ["CommitProbe", "log_path"]


class CommitProbe:
    """Tells that any connection, of this process or another, has committed. For one thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with translated(str(path)):
            self._connection = open_read_only(path)

    def data_version(self) -> int:
        """A number that differs from the last one when there was a commit since. Takes some microseconds."""
        with translated(str(self._path)):
            row: tuple[int] = self._connection.execute("PRAGMA data_version").fetchone()
        return row[0]

    def close(self) -> None:
        """Let go of the file."""
        with translated(str(self._path)):
            self._connection.close()
