"""`rebuild`."""

from __future__ import annotations

import typer

from console.cli.files import difference_as_json
from console.cli.options import AsJson, Db
from console.cli.plain import clean
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
    said = difference_as_json(difference)
    place = " ".join(str(said[key]) for key in ("table", "key", "column") if said[key])
    return clean(f"ticket {difference.number}: {place}: {said['stored']} -> {said['computed']}")


def _text(report: RebuildReport) -> str:
    if not report.differences:
        return f"{report.tickets} tickets computed: nothing differs, nothing was written."
    return f"{report.tickets} tickets computed, {report.differences} values of {report.mended} tickets mended."
