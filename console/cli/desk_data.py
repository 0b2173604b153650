"""`import` and `generate`: where tickets come from."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from console.cli import moments
from console.cli.options import AsJson, Db, File
from console.cli.plain import clean, counted
from console.cli.terminal import Terminal
from console.domain.instants import SECOND
from console.domain.roles import Act, acting
from console.services.desk import Desk
from console.services.generating.generator import GenerateReport, Generator
from console.services.generating.living import LivingDesk, check_rate
from console.services.importing.importer import Importer
from console.services.importing.mapping import load_mapping
from console.services.importing.prepare import prepare
from console.services.importing.report import ImportReport

MappingName = Annotated[
    str,
    typer.Option("--mapping", metavar="NAME|FILE", help="A mapping that ships with the program, or a mapping file."),
]
Rejects = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Where bad rows go. Without it: NAME.rejects.csv beside the database."),
]
Tickets = Annotated[int, typer.Option(min=0, metavar="N", help="How many tickets of the last days to make.")]
Rate = Annotated[
    float | None, typer.Option(metavar="R", help="Then go on with so many facts a minute until Ctrl-C or --for.")
]
Seed = Annotated[int, typer.Option(metavar="S", help="The same seed makes the same tickets.")]
For = Annotated[str | None, typer.Option("--for", metavar="DURATION", help="How long --rate goes on, such as 90s, 2h.")]


def import_file(
    ctx: typer.Context,
    file: File,
    mapping: MappingName,
    rejects: Rejects = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Import tickets from CSV or JSON Lines. Importing the same file again adds nothing."""
    terminal: Terminal = ctx.obj.told(db)
    actor = acting(terminal.actor(), Act.IMPORT)
    chosen = load_mapping(mapping, terminal.resources / "mappings")
    source = prepare(file, chosen, terminal.url, terminal.policies, terminal.time, rejects)
    bar = terminal.bar("Importing")
    with terminal.writing(creates=True) as desk:
        try:
            report = Importer(desk.db, terminal.time, actor).run(source, chosen, bar.show, rejects)
        finally:
            bar.end()
    terminal.answer(as_json, report.as_json(), lambda: _import_text(report))


def _import_text(report: ImportReport) -> list[str]:
    rows, tickets = counted(report.rows, "row"), counted(report.tickets, "ticket")
    said = [f"{rows} of {tickets}, {counted(report.facts_added, 'fact')} added"]
    if report.corrected:
        said.append(f"{counted(report.corrected, 'earlier fact')} corrected by the source")
    if report.stripped:
        said.append(f"{counted(report.stripped, 'credential')} taken out of what people wrote")
    if report.unknown_contracts:
        said.append(f"{counted(report.unknown_contracts, 'ticket')} with a contract that is not known here")
    if report.rejected:
        said.append(f"{counted(report.rejected, 'row')} rejected, see {clean(str(report.rejects_path))}")
    return said


def generate(
    ctx: typer.Context,
    tickets: Tickets = 0,
    rate: Rate = None,
    seed: Seed = 1,
    lasts: For = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Make realistic tickets of customers on all plans; with a rate, keep them living."""
    terminal: Terminal = ctx.obj.told(db)
    actor = acting(terminal.actor(), Act.IMPORT)
    limit = None if lasts is None else moments.read_span("--for", lasts)
    if rate is not None:
        check_rate(rate)
    bar = terminal.bar("Generating")
    with terminal.writing(creates=True) as desk:
        generator = Generator(desk.db, terminal.time, seed, actor)
        try:
            report = generator.run(tickets, bar.show)
        finally:
            bar.end()
        if rate is not None:
            report = report.plus(_keep_living(terminal, desk, generator, seed, rate, limit))
    terminal.answer(as_json, report.as_json(), lambda: _generate_text(report))


def _keep_living(
    terminal: Terminal, desk: Desk, generator: Generator, seed: int, rate: float, limit: int | None
) -> GenerateReport:
    living = LivingDesk(desk.db, terminal.time, generator, seed, rate)
    began = time.monotonic()

    def over() -> bool:
        return limit is not None and time.monotonic() - began >= limit / SECOND

    return living.run(over, time.sleep)


def _generate_text(report: GenerateReport) -> list[str]:
    tickets, customers = counted(report.tickets, "ticket"), counted(report.customers, "customer")
    return [f"{tickets} of {customers}, {counted(report.facts_added, 'fact')} added"]
