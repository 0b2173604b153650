"""The message of a row: who wrote what, for whom."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from console.domain.facts import ActorKind, FactKind
from console.services.importing.mapping import Mapping as ImportMapping
from console.services.importing.problems import BadRow

MAX_MESSAGE = 200_000
MAX_NAME = 200

Cell = Callable[[Sequence[str]], str]


class Said(NamedTuple):
    """A message (public) or note (internal) before its author has an id; `automatic` 0 or 1."""

    kind: FactKind
    automatic: int
    actor_kind: ActorKind
    author: str | None
    text: str


class MessageReader:
    """Reads the message columns; `of` gives the cell of a column, `unknown` are cells that say nothing."""

    def __init__(self, mapping: ImportMapping, of: Callable[[str], Cell], unknown: Collection[str]) -> None:
        """For a mapping that names a column of messages."""
        columns, spec = mapping.columns, mapping.message
        assert columns.message is not None
        self._columns = columns
        self._unknown = unknown
        self._text = of(columns.message)
        author = columns.message_author or columns.actor
        self._author_column = author or ""
        self._author = None if author is None else of(author)
        self._side = _choice(columns.message_side, of, unknown, spec.sides, spec.side)
        self._visibility = _choice(columns.message_visibility, of, unknown, spec.visibilities, spec.visibility)

    def read(self, cells: Sequence[str]) -> Said | None:
        """What the row says; none where it has no text. Raises BadRow."""
        text = self._text(cells).strip()
        if text in self._unknown:
            return None
        if len(text) > MAX_MESSAGE:
            raise BadRow("too_long", column=self._columns.message or "", expected=f"{MAX_MESSAGE} characters")
        side = self._side(cells)
        kind = FactKind.MESSAGE if self._visibility(cells) == "public" else FactKind.NOTE
        actor_kind = {"customer": ActorKind.CUSTOMER, "agent": ActorKind.AGENT}.get(side, ActorKind.SYSTEM)
        return Said(kind, int(side == "automatic"), actor_kind, self._name(cells), text)

    def _name(self, cells: Sequence[str]) -> str | None:
        name = "" if self._author is None else self._author(cells).strip()
        if name in self._unknown:
            return None
        if len(name) > MAX_NAME:
            raise BadRow("too_long", column=self._author_column, expected=f"{MAX_NAME} characters")
        return name


def _choice(
    column: str | None,
    of: Callable[[str], Cell],
    unknown: Collection[str],
    values: Mapping[str, str],
    default: str | None,
) -> Callable[[Sequence[str]], str]:
    """Reads a column of words; cells that say nothing are `default`, and bad ones where there is none."""
    get = None if column is None else of(column)

    def read(cells: Sequence[str]) -> str:
        cell = "" if get is None else get(cells).strip()
        found = values.get(cell)
        if found is None and (get is None or cell in unknown):
            found = default
        if found is None:
            raise BadRow("value_unknown", column=column or "", found=cell, expected=", ".join(values))
        return found

    return read
