"""What is wrong with one row: a code and values. A bad row goes to the rejects file and stops nothing."""

from __future__ import annotations

MAX_SHOWN = 80


class BadRow(Exception):
    """One row that cannot be taken over. Never leaves the import."""

    def __init__(self, code: str, *, column: str = "", found: str = "", expected: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.column = column
        self.found = found
        self.expected = expected

    def reason(self) -> str:
        """One line: the code, then what is known of column, found and expected."""
        parts = [self.code]
        if self.column:
            parts.append(f"column {self.column}")
        if self.found:
            parts.append(f"found {shown(self.found)}")
        if self.expected:
            parts.append(f"expected {self.expected}")
        return "; ".join(parts)


def shown(text: str) -> str:
    """A text from outside, short, on one line and printable."""
    return repr(text) if len(text) <= MAX_SHOWN else repr(text[: MAX_SHOWN - 1] + "…")
