"""The rejects file: bad rows as they stood, with line and reason. Mended, it can be imported itself."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from console.domain.errors import EnvironmentFault
from console.services.importing.problems import BadRow
from console.services.importing.rows import Row, harmless
from console.services.importing.source_file import LINE_COLUMN, REASON_COLUMN, SourceFile

RAW_KEY = "import_raw"
MAX_RAW = 100_000


class Rejects:
    """Writes the file with the first bad row; without one there is no file.

    A file of an earlier import at the same path is replaced. CSV: the columns of the source, then `import_line` and
    `import_reason`; a row that has no columns stands in the first one. JSON Lines: the object with these two keys, or
    the line as `import_raw`.
    """

    def __init__(self, file: SourceFile, path: Path) -> None:
        self.path = path
        self.count = 0
        self._file = file
        self._handle: TextIO | None = None
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
        # Written as it was read: bytes that are no letters come out as they went in.
        self._handle = self.path.open("w", encoding="utf-8", errors="surrogateescape", newline="")
        if not self._file.jsonl:
            csv.writer(self._handle).writerow([*self._header, LINE_COLUMN, REASON_COLUMN])

    def _csv(self, row: Row, reason: str) -> None:
        assert self._handle is not None
        if isinstance(row.original, str):
            cells = [row.original.rstrip("\r\n")[:MAX_RAW]]
        elif len(row.original) == len(self._file.header):
            cells = [row.original[place] for place in self._places]
        else:
            cells = list(row.original)
        cells = [harmless(cell) for cell in cells]
        cells += [""] * (len(self._header) - len(cells))
        csv.writer(self._handle).writerow([*cells, str(row.line), harmless(reason)])

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
