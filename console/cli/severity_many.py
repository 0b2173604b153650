"""`severity` for several tickets: what would change and what is refused, then one decision each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from console.cli.names import severity_text
from console.cli.plain import Column, clean, table
from console.domain.errors import UserError
from console.domain.roles import Act, acting
from console.services.desk import Desk
from console.services.severities.severity import Wish
from console.services.severities.severity_bulk import CHUNK, BulkLine, BulkResult
from console.store.database import Connection
from console.words import say

_COLUMNS = (Column("NUMBER"), Column("BEFORE"), Column("AFTER"), Column("NOTE", elastic=True))


@dataclass(frozen=True, slots=True)
class ManyTold:
    """The lines of a dry run and what became of each; without results nothing was written."""

    wish: Wish
    lines: tuple[BulkLine, ...]
    results: tuple[BulkResult, ...] | None

    @property
    def refusals(self) -> tuple[UserError | None, ...]:
        """Why a line did not change, in the order of the lines."""
        return tuple(each.refusal for each in (self.lines if self.results is None else self.results))


def change_many(desk: Desk, numbers: Sequence[str], wish: Wish, dry_run: bool) -> ManyTold:
    """A chunk of tickets in each transaction. Raises UserError ticket_unknown before anything is written."""
    actor, bulk = acting(desk.actor, Act.CHANGE_SEVERITY), desk.severity_bulk

    def look(conn: Connection) -> tuple[BulkLine, ...]:
        return bulk.dry_run(conn, [desk.tickets.find(conn, number) for number in numbers], wish, actor)

    lines = desk.db.read_now(look)
    if dry_run:
        return ManyTold(wish, lines, None)
    results: list[BulkResult] = []
    for start in range(0, len(lines), CHUNK):
        chunk = lines[start : start + CHUNK]
        results += desk.db.write_now(partial(bulk.change, lines=chunk, wish=wish, actor=actor))
    return ManyTold(wish, lines, tuple(results))


def many_as_json(told: ManyTold) -> dict[str, object]:
    """The answer of `severity --json` for several tickets."""
    refusals = told.refusals
    results = told.results or (None,) * len(told.lines)
    return {
        "to": told.wish.to,
        "dry_run": told.results is None,
        "bulk": None if told.results is None else told.wish.bulk_uid,
        "changes": sum(refusal is None for refusal in refusals),
        "refused": sum(refusal is not None for refusal in refusals),
        "tickets": [
            {
                "ticket": line.number,
                "from": line.before,
                "to": line.to,
                "refusal": None if refusal is None else refusal.code,
                "why": None if refusal is None else say(refusal),
                "breached_at_once": [kind.value for kind in line.breached_at_once],
                "decision_uid": None if result is None else result.decision_uid,
            }
            for line, refusal, result in zip(told.lines, refusals, results, strict=True)
        ],
    }


def many_as_text(told: ManyTold, width: int | None) -> Iterator[str]:
    """The same as a table, counts on top."""
    refused = sum(refusal is not None for refusal in told.refusals)
    changed = len(told.lines) - refused
    would = "would change" if told.results is None else "changed"
    yield f"{changed} {would}, {refused} refused"
    yield from table(_COLUMNS, [_cells(line, why) for line, why in zip(told.lines, told.refusals, strict=True)], width)
    if told.results is None:
        yield "Nothing was written."


def _cells(line: BulkLine, refusal: UserError | None) -> list[str]:
    before = severity_text(line.before)
    if refusal is not None:
        return [clean(line.number), before, before, clean(say(refusal))]
    kinds = ", ".join(kind.value.replace("_", " ") for kind in line.breached_at_once)
    return [clean(line.number), before, str(line.to), f"{kinds} breached at once" if kinds else ""]
