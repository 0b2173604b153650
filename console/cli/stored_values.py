"""Values of stored columns as people read them: instants in UTC, durations as the other tables show them."""

from __future__ import annotations

from console.cli import moments
from console.domain.instants import SECOND, format_instant

_LONGEST_S = 10**9
"""No promise lasts thirty years, and no ticket is older than 2001: below it `due_s` is working time that is left."""


def value_text(column: str, value: object) -> str:
    """What a column holds: `_at` are instants in microseconds, `_s` in seconds, `_work` durations in microseconds.

    Nothing is rounded, so that values that differ never look the same; what no calendar knows stays a number.
    """
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, int):
        return str(value)
    if column.endswith("_work") or (column == "due_s" and abs(value) < _LONGEST_S):
        return _span(value if column.endswith("_work") else value * SECOND)
    if column.endswith(("_at", "_s")):
        return _instant(value if column.endswith("_at") else value * SECOND)
    return str(value)


def _span(micros: int) -> str:
    whole, rest = divmod(abs(micros), SECOND)
    sign = "-" if micros < 0 else ""
    return f"{sign}{moments.span(whole * SECOND)}{f'.{rest:06}' if rest else ''}"


def _instant(micros: int) -> str:
    try:
        return format_instant(micros)
    except (OverflowError, ValueError):
        return str(micros)
