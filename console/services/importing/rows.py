"""Rows of a checked file, one after the other, in bounded memory."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import TextIOWrapper
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from console.services.importing.problems import BadRow
from console.services.importing.source_file import SourceFile

MAX_RECORD = 32 << 20  # characters of one row; longer: a quote that is never closed
_HARMLESS = "'"
_JSON_NAMES: Mapping[type, str] = MappingProxyType(
    {dict: "an object", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number"}
)
RUNS_IN_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


class Row(NamedTuple):
    """A row: its first line in the file, the cells of the wanted columns or what is wrong, and all as it stood."""

    line: int
    cells: Sequence[str]
    problem: BadRow | None
    original: Sequence[str] | str


def read_rows(file: SourceFile, handle: TextIOWrapper, wanted: Sequence[str]) -> Iterator[Row]:
    """The rows of `file`, opened as `handle` by `open_source`; cells in the order of `wanted`."""
    return _json_rows(file, handle, wanted) if file.jsonl else _csv_rows(file, handle, wanted)


def open_source(file: SourceFile) -> TextIOWrapper:
    """Open for `read_rows`. Bytes that are not of the encoding are kept and make their own row a bad one."""
    # CSV has to see line ends as they are; in JSON Lines a line ends at LF only.
    newline = "\n" if file.jsonl else ""
    return file.path.open(encoding=file.encoding, errors="surrogateescape", newline=newline)


class _Lines:
    """Feeds lines to a CSV reader, remembers those of the present row and can go back to its second line."""

    def __init__(self, handle: TextIOWrapper) -> None:
        self._handle = handle
        self._again: list[str] = []
        self._row: list[str] = []
        self._length = 0
        self.line = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._length > MAX_RECORD:
            raise _TooLong
        text = self._again.pop() if self._again else self._handle.readline(MAX_RECORD + 1)
        if not text:
            raise StopIteration
        self._row.append(text)
        self._length += len(text)
        self.line += 1
        return text

    def begin(self) -> None:
        self._row.clear()
        self._length = 0

    def keep_first(self) -> str:
        """Only the first line belonged to the row: give the others out again."""
        first, *others = self._row
        self._again.extend(reversed(others))
        self.line -= len(others)
        return first


class _TooLong(Exception):
    """A row goes on for more than MAX_RECORD characters."""


def _csv_rows(file: SourceFile, handle: TextIOWrapper, wanted: Sequence[str]) -> Iterator[Row]:
    # The limit of the csv module is 128 KB and one for the whole process; ours is MAX_RECORD, by the lines.
    csv.field_size_limit(2 * MAX_RECORD)
    lines = _Lines(handle)
    pick = _picker([file.header.index(name) for name in wanted])
    width = len(file.header)
    reader = csv.reader(lines, delimiter=file.delimiter, strict=True)
    header_seen = False
    while True:
        lines.begin()
        line = lines.line + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _TooLong) as error:
            # A stray quote swallows what follows: give up its own line only, and go on with the next one.
            why = "row too long" if isinstance(error, _TooLong) else str(error)
            original = lines.keep_first()
            reader = csv.reader(lines, delimiter=file.delimiter, strict=True)
            yield Row(line, (), BadRow("csv_invalid", detail=why), original)
            continue
        if not cells or not (header_seen or "".join(cells).strip()):
            continue
        if not header_seen:
            header_seen = True
            continue
        if file.ours:
            cells = [_as_it_was(cell) for cell in cells]
        if len(cells) != width:
            problem = BadRow("cells_count", detail=str(len(cells)), expected=str(width))
            yield Row(line, (), problem, cells)
            continue
        picked = pick(cells)
        yield Row(line, picked, _unfit(picked, file.damaged), cells)


def _json_rows(file: SourceFile, handle: TextIOWrapper, wanted: Sequence[str]) -> Iterator[Row]:
    paths = [(name, name.split(".")) for name in wanted]
    number = 0
    while text := handle.readline(MAX_RECORD + 1):
        number += 1
        line = number
        if len(text) > MAX_RECORD and not text.endswith("\n"):
            yield Row(line, (), BadRow("row_too_long", expected=f"{MAX_RECORD} characters"), text[:1000])
            while text and not text.endswith("\n"):
                text = handle.readline(MAX_RECORD)
            continue
        if not text.strip():
            continue
        text = text.rstrip("\r\n")
        try:
            cells = _json_cells(text, paths)
        except BadRow as problem:
            yield Row(line, (), problem, text)
        else:
            yield Row(line, cells, _unfit(cells, file.damaged or "\\u" in text), text)


def _json_cells(text: str, paths: Sequence[tuple[str, list[str]]]) -> list[str]:
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadRow("json_invalid", detail=str(error)) from error
    if not isinstance(tree, dict):
        raise BadRow("json_invalid", detail=_JSON_NAMES.get(type(tree), "null"))
    return [_json_cell(tree, name, path) for name, path in paths]


def _json_cell(tree: dict[str, object], name: str, path: list[str]) -> str:
    """A flat key wins over a path through nested objects. A missing key and null are unknown: an empty cell."""
    value: object = tree
    if name in tree:
        value = tree[name]
    else:
        for step in path:
            if not isinstance(value, dict) or step not in value:
                return ""
            value = value[step]
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, (bool, int)):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    raise BadRow("cell_invalid", column=name, detail=_JSON_NAMES.get(type(value), "null"))


def _unfit(cells: Sequence[str], look_closer: bool) -> BadRow | None:
    """Texts that no database can keep: NUL, and bytes or escapes that are no letters."""
    joined = "".join(cells)
    if "\x00" in joined:
        return BadRow("text_invalid", detail="a NUL byte")
    if look_closer:
        try:
            joined.encode()
        except UnicodeEncodeError:
            return BadRow("text_invalid", detail="bytes that are no letters")
    return None


def _picker(places: Sequence[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    # itemgetter takes a tuple of cells in one call; with a single place it would give no tuple.
    get: Callable[[Sequence[str]], tuple[str, ...]] = itemgetter(*places, places[0])
    return get


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows and does not run. `read_rows` of a rejects file takes it back."""
    return _HARMLESS + cell if _runs(cell) else cell


def _as_it_was(cell: str) -> str:
    return cell[1:] if cell.startswith(_HARMLESS) and _runs(cell) else cell


def _runs(cell: str) -> bool:
    return cell.lstrip(_HARMLESS).startswith(RUNS_IN_SPREADSHEETS)
