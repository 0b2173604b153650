"""A progress bar of one line."""

from __future__ import annotations

from typing import TextIO

_CELLS = 30


class Bar:
    """Draws how much is done; nothing where there is no stream to draw on."""

    def __init__(self, stream: TextIO | None, what: str) -> None:
        self._stream = stream
        self._what = what
        self._drawn = ""

    def show(self, done: int, total: int) -> None:
        """So much of so much is done."""
        if self._stream is None:
            return
        share = min(1.0, done / total) if total > 0 else 1.0
        filled = int(share * _CELLS)
        line = f"{self._what} [{'#' * filled}{'.' * (_CELLS - filled)}] {int(share * 100):3} %"
        if line != self._drawn:
            self._drawn = line
            self._stream.write("\r" + line)
            self._stream.flush()

    def end(self) -> None:
        """Take the line away: what follows is the answer."""
        if self._stream is not None and self._drawn:
            self._stream.write("\r" + " " * len(self._drawn) + "\r")
            self._stream.flush()
            self._drawn = ""
