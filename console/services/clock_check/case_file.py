"""Reads a file of cases line by line: memory stays that of one line, whatever the file holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from console.domain.errors import UserError
from console.services.clock_check.case import Case, read_case
from console.services.clock_check.fields import BadCase

LONGEST_LINE = 1 << 20
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is not a case: where, which field, what was found and what was expected."""

    file: str
    line: int
    field: str
    found: str
    expected: str


def read_cases(path: Path) -> Iterator[Case | BadLine]:
    """The cases of a JSON Lines file in UTF-8, in their order; blank lines pass.

    Raises UserError case_file_unreadable (file, why).
    """
    try:
        with path.open("rb") as handle:
            yield from _read(handle, path.name)
    except OSError as error:
        raise UserError("case_file_unreadable", file=str(path), why=error.strerror or type(error).__name__) from error


def _read(handle: BinaryIO, file: str) -> Iterator[Case | BadLine]:
    number = 0
    while line := handle.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = handle.readline(LONGEST_LINE)
            yield BadLine(file, number, "line", "a longer one", f"at most {LONGEST_LINE} bytes")
            continue
        line = line.removeprefix(_BOM) if number == 1 else line
        if line.strip():
            yield parse_line(line, file, number)


def parse_line(line: bytes, file: str, number: int) -> Case | BadLine:
    """The case in one line, or what is wrong with it."""
    try:
        return read_case(json.loads(line.decode("utf-8"), parse_constant=_no_number), file, number)
    except BadCase as error:
        return BadLine(file, number, error.field, error.found, error.expected)
    except UnicodeDecodeError as error:
        return BadLine(file, number, f"byte {error.start}", "what is not UTF-8", "JSON in UTF-8")
    except json.JSONDecodeError as error:
        return BadLine(file, number, f"column {error.colno}", error.msg, "a JSON object on one line")
    except (ValueError, RecursionError):
        # Numbers of thousands of digits and lists in lists in lists.
        return BadLine(file, number, "line", "JSON beyond all bounds", "a case")


def _no_number(found: str) -> float:
    raise BadCase("line", found, "numbers that JSON knows")
