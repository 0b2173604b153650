"""Reads a small file whole."""

from __future__ import annotations

from pathlib import Path

from console.domain.errors import UserError

MOST_BYTES = 1 << 20


def read_bytes(path: Path) -> bytes:
    """The bytes of a file of at most MOST_BYTES. Raises UserError case_file_unreadable (file, why)."""
    try:
        with path.open("rb") as handle:
            data = handle.read(MOST_BYTES + 1)
    except OSError as error:
        raise UserError("case_file_unreadable", file=str(path), why=error.strerror or type(error).__name__) from error
    if len(data) > MOST_BYTES:
        raise UserError("case_file_unreadable", file=str(path), why=f"it has more than {MOST_BYTES} bytes")
    return data
