"""`policy adopt`: put a policy pack in force in a database, and say what it moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Annotated

import typer

from console.cli import moments
from console.cli.options import AsJson, Db
from console.cli.pack_name import PackName, pack_file
from console.cli.plain import Column, clean, counted, table
from console.cli.severity import DryRun, side_as_json, side_text
from console.cli.terminal import Terminal
from console.domain.errors import UserError
from console.domain.policy import Pack
from console.domain.roles import Act, acting
from console.services import adoption_preview
from console.services.adoption_preview import AdoptionPreview, HolidayChange, Move
from console.services.desk import Desk
from console.services.holidays import read_pack
from console.services.more_holidays import with_more
from console.services.policy_adoption import Adoption, Refolded, adopt, fold_again, instant_of_next
from console.services.upkeep import must_exist
from console.store.database import Connection

_MOVES = (Column("TICKET"), Column("CLOCK"), Column("BEFORE"), Column("AFTER"), Column("NOTE"))
_ENTRIES = (Column("PART"), Column("ENTRY"), Column(""), Column("SAYS", elastic=True))
_SHOWN = 20

Holidays = Annotated[
    list[str] | None,
    typer.Option(
        metavar="CALENDAR=WHAT",
        help="More holidays of a calendar: a date, DE-BY:2026-2028, or FILE.ics:2026. May be said several times.",
    ),
]
NewDatabase = Annotated[bool, typer.Option("--new-database", help="Make the database where there is none.")]
Limit = Annotated[int, typer.Option(min=1, metavar="N", help="Show so many of the clocks that move.")]


@dataclass(frozen=True, slots=True)
class _Done:
    seen: AdoptionPreview
    adoption: Adoption | None
    refolded: Refolded | None


def policy_adopt(
    ctx: typer.Context,
    pack: PackName,
    holidays: Holidays = None,
    limit: Limit = _SHOWN,
    dry_run: DryRun = False,
    new_database: NewDatabase = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Put a policy pack in force, and say which open deadlines move. What is in force already is not adopted again."""
    terminal: Terminal = ctx.obj.told(db)
    if not dry_run:
        acting(terminal.actor(), Act.ADOPT_POLICY)
    found, data = read_pack(pack_file(terminal.resources / "policies", pack))
    creates = new_database and not dry_run
    if creates:
        with_more(found, holidays or (), None)  # refused before a database is made
    else:
        _must_exist(terminal)
    with terminal.writing(creates=creates) as desk:
        adopted = desk.db.read_now(partial(adoption_preview.newest_pack, code=found.code))
        wanted = with_more(found, holidays or (), adopted)
        done = _adopt(terminal, desk, wanted, data, limit, dry_run)
    terminal.answer(as_json, _as_json(done, dry_run), lambda: _text(done, terminal.width))


def _must_exist(terminal: Terminal) -> None:
    try:
        must_exist(terminal.url)
    except UserError as error:
        if error.code == "database_missing":
            raise UserError("database_missing_to_adopt", **error.values) from error
        raise


def _adopt(terminal: Terminal, desk: Desk, pack: Pack, data: bytes, limit: int, dry_run: bool) -> _Done:
    bar = terminal.bar("Comparing")
    try:
        seen = desk.db.read_now(partial(_preview, desk=desk, pack=pack, data=data, limit=limit, bar=bar.show))
    finally:
        bar.end()
    if dry_run or seen.in_force:
        return _Done(seen, None, None)
    adoption = adopt(desk.db, desk.time, pack, data, seen.at, actor=acting(desk.actor, Act.ADOPT_POLICY))
    bar = terminal.bar("Folding again")
    try:
        return _Done(seen, adoption, fold_again(desk.db, desk.time, bar.show))
    finally:
        bar.end()


def _preview(
    conn: Connection, desk: Desk, pack: Pack, data: bytes, limit: int, bar: Callable[[int, int], None]
) -> AdoptionPreview:
    return adoption_preview.preview(conn, pack, data, instant_of_next(conn, desk.time.now()), limit, bar)


def _as_json(done: _Done, dry_run: bool) -> dict[str, object]:
    seen, adoption = done.seen, done.adoption
    return {
        "pack": seen.pack,
        "dry_run": dry_run,
        "in_force_already": seen.in_force,
        "adopted_at": None if adoption is None else moments.exact(adoption.adopted_at),
        "revision": None if adoption is None else adoption.revision,
        "entries": [each._asdict() for each in seen.entries],
        "holidays": [
            {
                "calendar": each.calendar,
                "added": [day.isoformat() for day in each.added],
                "removed": [day.isoformat() for day in each.removed],
            }
            for each in seen.holidays
        ],
        "open_tickets": seen.tickets,
        "tickets_moved": seen.moved_tickets,
        "clocks_moved": seen.moved,
        "breached_at_once": seen.breached,
        "clocks": [_move_as_json(move) for move in seen.moves],
        "folded_again": None if done.refolded is None else done.refolded.rows,
    }


def _move_as_json(move: Move) -> dict[str, object]:
    line = move.clock
    return {
        "ticket": move.number,
        "kind": line.kind.value,
        "cycle": line.cycle,
        "before": side_as_json(line.before_phase, line.before_due),
        "after": side_as_json(line.after_phase, line.after_due),
        "breached_at_once": line.breached_at_once,
    }


def _text(done: _Done, width: int | None) -> Iterator[str]:
    seen = done.seen
    if seen.in_force:
        yield clean(f"{seen.pack}: this very pack is in force already. Nothing was written.")
        return
    if seen.entries:
        yield from table(_ENTRIES, list(_entry_cells(seen)), width)
    for each in seen.holidays:
        yield from _holiday_text(each)
    moves = "moves" if seen.moved == 1 else "move"
    moved = f"{counted(seen.moved, 'clock')} of {counted(seen.moved_tickets, 'ticket')} {moves}"
    breached = f", {seen.breached} breached at once" if seen.breached else ""
    yield f"{clean(seen.pack)}: {counted(seen.tickets, 'open ticket')} looked at, {moved}{breached}"
    if seen.moves:
        yield from table(_MOVES, [_move_cells(move) for move in seen.moves], width)
    if seen.moved > len(seen.moves):
        yield f"and {seen.moved - len(seen.moves)} more: see --limit"
    if done.adoption is None or done.refolded is None:
        yield "Nothing was written."
        return
    since = moments.instant(done.adoption.adopted_at)
    rows = f"{counted(done.refolded.rows, 'ticket')} folded again, of which otherwise now: {done.refolded.changed}"
    yield f"In force since {since}, revision {done.adoption.revision}; {rows}."


def _entry_cells(seen: AdoptionPreview) -> Iterator[list[str]]:
    for each in seen.entries:
        head = [each.part, each.entry]
        for sign, says in (("-", each.before), ("+", each.after)):
            if says is not None:
                yield [*head, sign, says]
                head = ["", ""]


def _holiday_text(change: HolidayChange) -> Iterator[str]:
    for days, said in ((change.added, "closed now"), (change.removed, "not closed any more")):
        if days:
            shown = ", ".join(day.isoformat() for day in days[:_SHOWN])
            more = f" and {len(days) - _SHOWN} more" if len(days) > _SHOWN else ""
            yield clean(f"calendar {change.calendar}: {said}: {shown}{more}")


def _move_cells(move: Move) -> list[str]:
    line = move.clock
    cycle = f" {line.cycle + 1}" if line.cycle else ""
    return [
        move.number,
        line.kind.value.replace("_", " ") + cycle,
        side_text(line.before_phase, line.before_due),
        side_text(line.after_phase, line.after_due),
        "breached at once" if line.breached_at_once else "",
    ]
