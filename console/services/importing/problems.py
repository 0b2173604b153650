"""What is wrong with one row: a code and values. A bad row goes to the rejects file and stops nothing."""

from __future__ import annotations

from console.words import fill, template

MAX_SHOWN = 80


class BadRow(Exception):
    """One row that cannot be taken over. Never leaves the import.

    `found` is text of the row, `detail` what we or a library say of it.
    """

    def __init__(self, code: str, *, column: str = "", found: str = "", detail: str = "", expected: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.values = {"column": column, "found": shown(found), "detail": detail, "expected": expected}

    def reason(self) -> str:
        """What is wrong, in one sentence on one line."""
        return " ".join(fill(template(self.code), self.values).split())


def shown(text: str) -> str:
    """A text from outside, short, on one line and printable."""
    return repr(text) if len(text) <= MAX_SHOWN else repr(text[: MAX_SHOWN - 1] + "…")
