"""The commands, put together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from console.cli import (
    clock_check,
    contract,
    credit,
    customer,
    desk_data,
    erase,
    escalation,
    escalation_decide,
    explain,
    files,
    journal,
    outbox,
    plan,
    plan_compare,
    policy_check,
    queue,
    rebuild,
    review,
    severity,
    shift,
    undo,
)
from console.cli.options import AsOf, Db, RoleName, RolesFile
from console.cli.terminal import Terminal
from console.version import VERSION

# Each paragraph keeps its lines: what a window takes is read before the library of the commands is loaded.
_WINDOW = """\b
The window (no command) also takes:
  --as-of INSTANT            The desk as it was then, read-only.
  --theme light|dark|system  Colours; else those of last time, or the system's.
  --compact                  Lower rows.
  --fresh                    Make the demo desk anew.

\b
Also: snapshot --page NAME --out FILE.png   Draw a page of the window; see snapshot --help."""


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"Shift Console {VERSION}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", help="Say the version and end.", is_eager=True, callback=_say_version)
]


def application(terminal: Terminal) -> typer.Typer:
    """The program's commands; each finds its `Terminal` in the context."""
    app = _group("The support desk. Without a command the window opens.", _WINDOW)
    app.callback()(_common(terminal))
    app.command("queue")(queue.queue)
    app.command("explain")(explain.explain)
    app.add_typer(_plan(), name="plan")
    app.command("customer")(customer.customer)
    app.add_typer(_contract(), name="contract")
    app.command("credit")(credit.credit)
    app.command("tam")(credit.tam)
    app.command("quota")(credit.quota)
    app.command("severity")(severity.severity)
    app.add_typer(_escalation(), name="escalation")
    app.add_typer(_shift(), name="shift")
    app.add_typer(review.application(), name="review")
    app.command("undo")(undo.undo)
    app.command("outbox")(outbox.outbox)
    app.add_typer(clock_check.application(), name="clock")
    app.add_typer(policy_check.application(), name="policy")
    app.command("journal")(journal.journal)
    app.command("erase")(erase.erase)
    app.command("import")(desk_data.import_file)
    app.command("generate")(desk_data.generate)
    app.command("backup")(files.backup)
    app.command("restore")(files.restore)
    app.command("verify")(files.verify)
    app.command("rebuild")(rebuild.rebuild)
    return app


def _common(terminal: Terminal) -> Callable[..., None]:
    def common(
        ctx: typer.Context,
        db: Db = None,
        as_of: AsOf = None,
        role: RoleName = None,
        roles: RolesFile = None,
        version: Version = False,
    ) -> None:
        ctx.obj = terminal.told(db, as_of, role, roles)

    return common


def _escalation() -> typer.Typer:
    group = _group("Escalations: what waits for a decision, and deciding it.")
    group.command("list")(escalation.waiting)
    group.command("request")(escalation.request)
    group.command("review")(escalation_decide.review)
    group.command("accept")(escalation_decide.accept)
    group.command("reject")(escalation_decide.reject)
    group.command("withdraw")(escalation_decide.withdraw)
    group.command("close")(escalation_decide.close)
    return group


def _shift() -> typer.Typer:
    group = _group("Shifts: who is on duty, taking over and handing over.")
    group.command("show")(shift.show)
    group.command("take")(shift.take)
    group.command("hand-over")(shift.hand_over)
    group.command("list")(shift.list_)
    return group


def _plan() -> typer.Typer:
    group = typer.Typer(
        cls=plan.PlanGroup,
        help="A customer's plan (plan CUSTOMER), or plans side by side.",
        add_completion=False,
        rich_markup_mode=None,
        no_args_is_help=False,
    )
    group.command("show")(plan.plan)
    group.command("compare")(plan_compare.compare)
    return group


def _contract() -> typer.Typer:
    group = _group("Contracts: what customers have bought.")
    group.command("add")(contract.add)
    group.command("list")(contract.list_)
    group.command("buy")(contract.buy)
    return group


def _group(help_text: str, epilog: str | None = None) -> typer.Typer:
    return typer.Typer(
        help=help_text, epilog=epilog, add_completion=False, rich_markup_mode=None, no_args_is_help=False
    )
