"""`rebuild`."""

from __future__ import annotations

import typer

from console.cli.files import difference_as_json
from console.cli.options import AsJson, Db
from console.cli.plain import clean, counted
from console.cli.stored_values import value_text
from console.cli.terminal import Terminal
from console.domain.roles import Act, acting
from console.services.rebuild import Difference, RebuildReport
from console.services.rebuild import rebuild as mend


def rebuild(ctx: typer.Context, as_json: AsJson = False, db: Db = None) -> None:
    """Compute all stored clocks, escalations and rows from the facts; say and mend what differs."""
    terminal: Terminal = ctx.obj.told(db)
    found: list[dict[str, object]] = []
    bar = terminal.bar("Rebuilding")

    def tell(difference: Difference) -> None:
        if as_json:
            found.append(difference_as_json(difference))
        else:
            bar.end()
            terminal.say(_line(difference))

    with terminal.writing() as desk:
        try:
            report = mend(desk, tell, bar.show, actor=acting(desk.actor, Act.KEEP_FILES))
        finally:
            bar.end()
    terminal.answer(as_json, _as_json(report, found), lambda: [_text(report)])


def _as_json(report: RebuildReport, found: list[dict[str, object]]) -> dict[str, object]:
    return {
        "tickets": report.tickets,
        "mended": report.mended,
        "differences": found,
        "revision": report.revision,
    }


def _line(difference: Difference) -> str:
    column = difference.column
    place = " ".join(part for part in (difference.table, difference.key, column) if part)
    stored, computed = value_text(column, difference.stored), value_text(column, difference.computed)
    return clean(f"ticket {difference.number}: {place}: {stored} -> {computed}")


def _text(report: RebuildReport) -> str:
    computed = f"{counted(report.tickets, 'ticket')} computed"
    if not report.differences:
        return f"{computed}: nothing differs, nothing was written."
    return f"{computed}, {counted(report.differences, 'value')} of {counted(report.mended, 'ticket')} mended."
