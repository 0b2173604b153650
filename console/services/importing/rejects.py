"""The rejects file: bad rows as they stood, with line and reason. Mended, it can be imported itself: it has encoding
and delimiter of its source."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TextIO

from console.domain.errors import EnvironmentFault
from console.services.importing.problems import BadRow
from console.services.importing.rows import Row, harmless
from console.services.importing.source_file import LINE_COLUMN, REASON_COLUMN, SourceFile

RAW_KEY = "import_raw"
MAX_RAW = 100_000


class Rejects:
    """Writes the file with the first bad row; without one there is no file.

    A file of an earlier import is never written over, somebody may be mending it: the next one is called `NAME-2`,
    and `path` says so. CSV: the columns of the source, then `import_line` and `import_reason`; a row that has no
    columns stands in the first one. JSON Lines: the object with these two keys, or the line as `import_raw`.
    """

    def __init__(self, file: SourceFile, path: Path) -> None:
        self.path = path
        self.count = 0
        self._file = file
        self._handle: TextIO | None = None
        # A reader of UTF-8 takes it with the mark and without.
        self._encoding = "utf-8" if file.encoding == "utf-8-sig" else file.encoding
        self._write_row: Callable[[Row, str], None] = self._json if file.jsonl else self._csv
        self._header = [name for name in file.header if name not in (LINE_COLUMN, REASON_COLUMN)]
        self._places = [place for place, name in enumerate(file.header) if name in self._header]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle is not None:
            self._handle.close()

    def add(self, row: Row, problem: BadRow) -> None:
        """Write one bad row. Raises EnvironmentFault import_rejects_unwritable."""
        try:
            if self._handle is None:
                self._begin()
            self._write_row(row, problem.reason())
        except OSError as error:
            why = error.strerror or str(error)
            raise EnvironmentFault("import_rejects_unwritable", file=str(self.path), why=why) from error
        self.count += 1

    def flush(self) -> None:
        """Make sure that what was rejected so far can be read."""
        if self._handle is not None:
            self._handle.flush()

    def _begin(self) -> None:
        self.path, self._handle = self._new_file()
        if not self._file.jsonl:
            self._line([*self._header, LINE_COLUMN, REASON_COLUMN])

    def _new_file(self) -> tuple[Path, TextIO]:
        path, number = self.path, 1
        # A device or a pipe is never new.
        mode: Literal["w", "x"] = "w" if path.exists() and not path.is_file() else "x"
        while True:
            try:
                # Written as it was read: bytes that are no letters come out as they went in.
                return path, path.open(mode, encoding=self._encoding, errors="surrogateescape", newline="")
            except FileExistsError:
                number += 1
                path = self.path.with_name(f"{self.path.stem}-{number}{self.path.suffix}")

    def _line(self, cells: list[str]) -> None:
        assert self._handle is not None
        csv.writer(self._handle, delimiter=self._file.delimiter).writerow(cells)

    def _csv(self, row: Row, reason: str) -> None:
        if isinstance(row.original, str):
            cells = [row.original.rstrip("\r\n")[:MAX_RAW]]
        elif len(row.original) == len(self._file.header):
            cells = [row.original[place] for place in self._places]
        else:
            cells = list(row.original)
        cells = [harmless(cell) for cell in cells]
        cells += [""] * (len(self._header) - len(cells))
        # The reason has letters of ours and of the mapping, which the encoding of the source may not have.
        reason = reason.encode(self._encoding, "backslashreplace").decode(self._encoding)
        self._line([*cells, str(row.line), harmless(reason)])

    def _json(self, row: Row, reason: str) -> None:
        assert self._handle is not None
        text = row.original if isinstance(row.original, str) else ""
        marks: dict[str, object] = {LINE_COLUMN: row.line, REASON_COLUMN: reason}
        try:
            tree = json.loads(text)
        except (ValueError, RecursionError):
            tree = None
        entry = {**tree, **marks} if isinstance(tree, dict) else {RAW_KEY: text[:MAX_RAW], **marks}
        self._handle.write(json.dumps(entry) + "\n")
