"""Plain text for a terminal: words from outside made harmless, widths as a terminal counts them, tables."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

REPLACED = "\N{REPLACEMENT CHARACTER}"
GAP = "  "
LONGEST = 100
"""Columns of an elastic column where no terminal says how wide it is."""

_NARROWEST = 10
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. An elastic one gives way when the line is too long; others are never cut."""

    title: str
    right: bool = False
    elastic: bool = False


def clean(text: str) -> str:
    """Text from outside on one line, without anything that a terminal would obey: escapes, controls, bidi marks."""
    return "".join(_shown(sign) for sign in text)


def width(text: str) -> int:
    """Cells of a terminal that clean text takes."""
    return sum(_cells(sign) for sign in text)


def clip(text: str, cells: int) -> str:
    """The text, cut with an ellipsis where it takes more than `cells`."""
    if width(text) <= cells:
        return text
    kept, used = [], 0
    for sign in text:
        used += _cells(sign)
        if used > cells - 1:
            break
        kept.append(sign)
    return "".join(kept) + "…"


def counted(number: int, noun: str) -> str:
    """`1 ticket`, `2 tickets`; for nouns that take an s."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], line: int | None = None) -> list[str]:
    """The lines of a table with its head. `line` is the width of the terminal, none where there is none.

    Cells are cleaned here.
    """
    cells = [[clean(text) for text in row] for row in rows]
    widths = [max([width(column.title), *(width(row[place]) for row in cells)]) for place, column in enumerate(columns)]
    _fit(columns, widths, line)
    head = [column.title for column in columns]
    return [_line(columns, widths, row) for row in [head, *cells]]


def _fit(columns: Sequence[Column], widths: list[int], line: int | None) -> None:
    """Narrow the elastic columns, the widest first, until the line fits or all are at their narrowest."""
    elastic = [place for place, column in enumerate(columns) if column.elastic]
    if line is None:
        for place in elastic:
            widths[place] = min(widths[place], LONGEST)
        return
    over = sum(widths) + len(GAP) * (len(widths) - 1) - line
    while over > 0 and elastic:
        widest = max(elastic, key=lambda place: widths[place])
        if widths[widest] <= _NARROWEST:
            return
        widths[widest] -= 1
        over -= 1


def _line(columns: Sequence[Column], widths: Sequence[int], row: Sequence[str]) -> str:
    parts = []
    for column, cells, text in zip(columns, widths, row, strict=True):
        shown = clip(text, cells)
        space = " " * (cells - width(shown))
        parts.append(space + shown if column.right else shown + space)
    return GAP.join(parts).rstrip()


def _shown(sign: str) -> str:
    if sign == " " or sign.isprintable():
        return sign
    category = unicodedata.category(sign)
    if sign in "\t\n\r" or category in ("Zl", "Zp", "Zs"):
        return " "
    if sign in _JOINERS or category == "Co":
        return sign
    return REPLACED


def _cells(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1
