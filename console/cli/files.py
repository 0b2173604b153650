"""`backup`, `restore` and `verify`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from console.cli.options import AsJson, Db, File
from console.cli.plain import Column, clean, counted, table
from console.cli.stored_values import value_text
from console.cli.terminal import Terminal
from console.domain.roles import Act, acting
from console.services import upkeep

SHOWN = 50
_COLUMNS = (
    Column("WHERE"),
    Column("ROW"),
    Column("VALUE"),
    Column("STORED", elastic=True),
    Column("EXPECTED", elastic=True),
)

Target = Annotated[
    Path | None,
    typer.Argument(metavar="TARGET", help="A file, or a folder. Without it: the folder backups beside the database."),
]

AnchorFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="The end of the journal as it was once, such as a backup writes beside its copy."
    ),
]


def backup(ctx: typer.Context, target: Target = None, as_json: AsJson = False, db: Db = None) -> None:
    """Copy the database while it is in use; the copy is checked before it is trusted."""
    terminal: Terminal = ctx.obj.told(db)
    made = upkeep.backup(terminal.url, target, terminal.time, acting(terminal.actor(), Act.KEEP_FILES)).absolute()
    answer = {"database": str(upkeep.database_file(terminal.url)), "backup": str(made), "bytes": made.stat().st_size}
    terminal.answer(as_json, answer, lambda: [f"Copied to {clean(str(made))}"])


def restore(ctx: typer.Context, file: File, as_json: AsJson = False, db: Db = None) -> None:
    """Put a copy in the place of the database. What was there is kept beside it."""
    terminal: Terminal = ctx.obj.told(db)
    kept = upkeep.restore(terminal.url, file, terminal.time, acting(terminal.actor(), Act.KEEP_FILES))
    path = upkeep.database_file(terminal.url)
    answer = {
        "database": str(path),
        "restored_from": str(file.absolute()),
        "replaced": None if kept is None else str(kept),
    }
    said = [f"Restored {clean(str(path))}"]
    if kept is not None:
        said.append(f"What was there is in {clean(str(kept))}")
    terminal.answer(as_json, answer, lambda: said)


def verify(ctx: typer.Context, anchor: AnchorFile = None, as_json: AsJson = False, db: Db = None) -> None:
    """Check file, schema, journal and kept rows, and stored clocks against the fold. Exit code 1 on findings."""
    terminal: Terminal = ctx.obj.told(db)
    upkeep.must_exist(terminal.url)
    with terminal.unchanged() as desk:
        report = upkeep.verify(desk, anchor)
    terminal.answer(as_json, report_as_json(report), lambda: _text(report, terminal.width))
    if not report.sound:
        raise typer.Exit(1)


def report_as_json(report: upkeep.Report) -> dict[str, object]:
    """The answer of `verify --json`."""
    return {
        "sound": report.sound,
        "tickets": report.tickets,
        "to_fold_again": report.to_fold_again,
        "differences": [difference_as_json(each) for each in report.differences],
        "journal": [each._asdict() for each in report.chain],
        "schema": list(report.schema),
        "kept": [each._asdict() for each in report.kept],
        "file": list(report.file),
        "anchor": None if report.anchor is None else report.anchor._asdict(),
        "cannot_know": list(_cannot_know(report)),
    }


def difference_as_json(difference: upkeep.Difference) -> dict[str, object]:
    """A stored value that is not what the facts give."""
    return {
        "number": difference.number,
        "table": difference.table,
        "key": difference.key,
        "column": difference.column,
        "stored": _value(difference.stored),
        "computed": _value(difference.computed),
    }


def _value(found: object) -> object:
    return found if found is None or isinstance(found, bool | int | float | str) else str(found)


def _text(report: upkeep.Report, width: int | None) -> Iterator[str]:
    found = [
        *(["file", "", "", each, ""] for each in report.file),
        *(["schema", "", "", "", each] for each in report.schema),
        *(["journal", str(each.seq), each.problem, each.found, each.expected] for each in report.chain),
        *([each.table, each.key, each.problem, each.found, each.expected] for each in report.kept),
        *(
            [
                f"ticket {each.number}",
                f"{each.table} {each.key}",
                each.column,
                value_text(each.column, each.stored),
                value_text(each.column, each.computed),
            ]
            for each in report.differences
        ),
    ]
    if found:
        yield from table(_COLUMNS, found[:SHOWN], width)
        if len(found) > SHOWN:
            yield f"and {len(found) - SHOWN} more: --json has all"
    yield f"{counted(report.tickets, 'ticket')} checked, {counted(len(found), 'finding')}"
    if report.file:
        yield "The file itself is damaged, and nothing else was looked at: restore a copy from the folder backups."
    if report.to_fold_again:
        rows = counted(report.to_fold_again, "row")
        yield f"{rows} of an older engine or policy: to be folded again at the next reading"
    if not found:
        yield "File, schema, journal, kept rows and clocks hold."
    yield from _cannot_know(report)


def _cannot_know(report: upkeep.Report) -> Iterator[str]:
    """What no check from within can tell."""
    if report.anchor is None:
        yield (
            "Whether the end of the journal was cut, or the whole made anew, cannot be known without an anchor: "
            "--anchor FILE."
        )
    else:
        yield f"The anchor is of entry {report.anchor.seq}. Whether what followed it was cut cannot be known from it."
    yield "Whether the newest rows went together with all that names them cannot be known either."
