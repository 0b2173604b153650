"""What SQLite's errors mean to a user: each becomes a fault with a code, never a raw traceback."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from console.domain.errors import ConsoleError, EnvironmentFault, InternalFault

_CODES = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_BUSY: "database_locked",
    sqlite3.SQLITE_LOCKED: "database_locked",
    sqlite3.SQLITE_CORRUPT: "database_damaged",
    sqlite3.SQLITE_NOTADB: "database_damaged",
    sqlite3.SQLITE_READONLY: "database_read_only",
    sqlite3.SQLITE_PERM: "database_read_only",
    sqlite3.SQLITE_IOERR: "disk_error",
    sqlite3.SQLITE_CANTOPEN: "database_cannot_open",
    sqlite3.SQLITE_INTERRUPT: "database_interrupted",
}
_FILE_CODES = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EROFS: "database_read_only",
    errno.EACCES: "database_read_only",
    errno.EPERM: "database_read_only",
}


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Raise what SQLite or the system says of the file `path` as a fault of ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise fault(error, path) from error
    except OSError as error:
        raise file_fault(error, path) from error


def fault(error: sqlite3.Error, path: str) -> ConsoleError:
    """The error of ours for one of SQLite's: `path` and `detail` are its values."""
    number = getattr(error, "sqlite_errorcode", None)
    code = None if number is None else _CODES.get(number & 0xFF)
    if code is None:
        return InternalFault("database_rule_broken", path=path, detail=str(error))
    return EnvironmentFault(code, path=path, detail=str(error))


def file_fault(error: OSError, path: str) -> EnvironmentFault:
    """The fault for what the system says of a file."""
    code = _FILE_CODES.get(error.errno or 0, "database_cannot_open")
    return EnvironmentFault(code, path=path, detail=error.strerror or str(error))
