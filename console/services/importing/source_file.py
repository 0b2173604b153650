"""Is a file what it says? Looked at as a whole before anything is written."""

from __future__ import annotations

import codecs
import csv
import json
import stat
from dataclasses import dataclass
from pathlib import Path

from console.domain.errors import EnvironmentFault, UserError
from console.services.importing.mapping import Mapping
from console.services.importing.problems import shown

SAMPLE = 65_536
CHUNK = 1 << 20
MAX_HEADER = 1 << 20
LOOKED_AT = 100  # lines of a JSON Lines file
DELIMITERS = ",;\t|"
LINE_COLUMN = "import_line"
REASON_COLUMN = "import_reason"
_CSV_NAMES = (".csv", ".tsv")
_JSONL_NAMES = (".jsonl", ".ndjson")
_MAGIC = (
    (b"PK\x03\x04", "a ZIP archive or Excel workbook"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"%PDF-", "a PDF document"),
    (b"\x7fELF", "a program"),
    (b"\x89PNG", "a picture"),
)
_WIDE = ("utf-16", "utf-32")
_WIDE_MARKS = ((codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that can be read. `header` and `delimiter` are empty for JSON Lines.

    `damaged`: it is text, but some lines hold bytes that are not of the encoding. `ours`: it is a rejects file of an
    earlier import, in which cells that a spreadsheet would run were made harmless.
    """

    path: Path
    jsonl: bool
    encoding: str
    size: int
    delimiter: str
    header: tuple[str, ...]
    damaged: bool
    ours: bool


def examine(path: Path, mapping: Mapping) -> SourceFile:
    """Look at the whole file once. Raises UserError import_file_* (file, found, expected), EnvironmentFault."""
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            found = "a directory" if stat.S_ISDIR(mode) else "no regular file"
            raise refused(path, found, "a CSV or JSON Lines file")
        size = path.stat().st_size
        with path.open("rb") as handle:
            head = handle.read(SAMPLE)
        encoding = _encoding(path, head, mapping)
        damaged = _check_text(path, encoding)
        first = _first_line(path, encoding)
    except FileNotFoundError as error:
        raise UserError("import_file_missing", file=str(path)) from error
    except OSError as error:
        raise EnvironmentFault("import_file_unreadable", file=str(path), why=error.strerror or str(error)) from error
    jsonl = _is_jsonl(path, first)
    if jsonl:
        _check_objects(path, encoding, mapping)
        return SourceFile(path, True, encoding, size, "", (), damaged, False)
    delimiter, header = _header(path, first, mapping)
    ours = LINE_COLUMN in header and REASON_COLUMN in header
    return SourceFile(path, False, encoding, size, delimiter, header, damaged, ours)


def refused(path: Path, found: str, expected: str) -> UserError:
    """The error of a file that is not what it says."""
    return UserError("import_file_refused", file=str(path), found=found, expected=expected)


def _encoding(path: Path, head: bytes, mapping: Mapping) -> str:
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise refused(path, what, "a CSV or JSON Lines file")
    encoding = codecs.lookup(mapping.file.encoding).name
    if encoding.startswith(_WIDE):
        return encoding
    for mark, name in _WIDE_MARKS:
        if head.startswith(mark):
            raise refused(path, f"{name} text", mapping.file.encoding)
    return "utf-8-sig" if encoding == "utf-8" else encoding


def _check_text(path: Path, encoding: str) -> bool:
    """Whether some lines are damaged. Refuses what is binary or in another encoding.

    One byte cut out of the middle of a letter damages a row; where more lines are wrong than hold a letter beyond
    ASCII that is right, the encoding is another one.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    text, empty = True, True
    with path.open("rb") as handle:
        try:
            while chunk := handle.read(CHUNK):
                piece = decoder.decode(chunk, final=False)
                empty = empty and not piece.strip()
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            text = False
    if text and empty:
        raise refused(path, "an empty file", "a header line and rows, or JSON objects")
    return not text and _mostly_text(path, encoding)


def _mostly_text(path: Path, encoding: str) -> bool:
    if encoding.startswith(_WIDE):
        raise refused(path, f"text that is not {encoding}", "text in the encoding of the mapping")
    wrong, first_wrong, right = 0, 0, 0
    with path.open("rb") as handle:
        for number, line in enumerate(iter(lambda: handle.readline(CHUNK), b""), start=1):
            if line.isascii():
                continue
            try:
                line.decode(encoding)
                right += 1
            except UnicodeDecodeError:
                wrong += 1
                first_wrong = first_wrong or number
                if b"\x00" in line:
                    raise refused(path, "a binary file", "a CSV or JSON Lines file") from None
    if wrong > right:
        found = f"line {first_wrong} is not {encoding.removesuffix('-sig')}"
        raise refused(path, found, "text in the encoding of the mapping")
    return True


def _first_line(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as handle:
        while line := handle.readline(MAX_HEADER):
            if line.strip():
                if "\x00" in line:
                    raise refused(path, "a binary file", "a CSV or JSON Lines file")
                return line
    raise refused(path, "an empty file", "a header line and rows, or JSON objects")


def _is_jsonl(path: Path, first: str) -> bool:
    named = path.suffix.lower()
    start = first.lstrip()
    if start.startswith("["):
        raise refused(path, "one JSON list", "JSON Lines: one object a line")
    looks = start.startswith("{")
    if looks and named in _CSV_NAMES:
        raise refused(path, "JSON", "CSV, as its name says")
    if not looks and named in _JSONL_NAMES:
        raise refused(path, f"a line that is no JSON object: {shown(first.rstrip())}", "JSON Lines, as its name says")
    return looks


def _check_objects(path: Path, encoding: str, mapping: Mapping) -> None:
    """One of the first lines has to be an object with number and dates, or this is another kind of log."""
    needed = (mapping.columns.number, mapping.columns.opened, mapping.columns.at)
    found = "no JSON object"
    with path.open(encoding=encoding, errors="surrogateescape", newline="\n") as handle:
        for _ in range(LOOKED_AT):
            try:
                tree = json.loads(handle.readline(MAX_HEADER))
            except (ValueError, RecursionError):
                continue
            if isinstance(tree, dict):
                if all(name in tree or name.split(".")[0] in tree for name in needed):
                    return
                found = ", ".join(map(str, tree))
    raise UserError("import_columns_missing", file=str(path), missing=", ".join(needed), found=shown(found))


def _header(path: Path, first: str, mapping: Mapping) -> tuple[str, tuple[str, ...]]:
    """Delimiter and columns: the delimiter by which most of the mapping's columns are found."""
    needed = mapping.columns.names()
    choices = mapping.file.delimiter or DELIMITERS
    best: tuple[int, str, tuple[str, ...]] = (-1, ",", ())
    for delimiter in choices:
        try:
            cells = next(csv.reader([first], delimiter=delimiter, strict=True))
        except (csv.Error, StopIteration):
            continue
        header = tuple(cell.strip() for cell in cells)
        hits = len(set(needed) & set(header))
        if hits > best[0]:
            best = (hits, delimiter, header)
    header = best[2]
    missing = [name for name in needed if name not in header]
    if missing:
        found = ", ".join(header[:60]) if header else first.rstrip()
        raise UserError("import_columns_missing", file=str(path), missing=", ".join(missing), found=shown(found))
    twice = [name for name in needed if header.count(name) > 1]
    if twice:
        raise UserError("import_columns_twice", file=str(path), columns=", ".join(twice))
    return best[1], header
