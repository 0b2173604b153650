"""`credit`, `tam`, `quota`: give an incident back, book the account manager's time, decide beyond the quota."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from console.cli import moments
from console.cli.options import AsJson, Db, Reason, Ticket, must_say_why
from console.cli.plain import clean
from console.cli.terminal import Terminal
from console.domain.decisions import Change
from console.domain.errors import UserError
from console.domain.instants import MINUTE
from console.domain.roles import Act, acting, may
from console.services.desk import Desk
from console.store import door

Bug = Annotated[str, typer.Option(metavar="ID", help="The bug that was confirmed.")]
CreditCode = Annotated[str, typer.Option("--code", metavar="CODE", help="The reason by its code in the policy pack.")]
FixedAt = Annotated[
    str | None, typer.Option("--fixed-at", metavar="INSTANT", help="When a release with its fix came out, if one did.")
]
Propose = Annotated[bool, typer.Option("--propose", help="Only propose it: a note for the manager.")]
Customer = Annotated[str, typer.Argument(metavar="CUSTOMER", help="The customer's number, or the whole name.")]
Minutes = Annotated[int, typer.Option(metavar="N", help="Whole minutes of the technical account manager.")]
Serve = Annotated[bool, typer.Option("--serve/--refuse", help="Serve all the same, or sales talk to the customer.")]


def credit(
    ctx: typer.Context,
    ticket: Ticket,
    bug: Bug = "",
    reason: Reason = "",
    code: CreditCode = "unfixed_bug",
    fixed_at: FixedAt = None,
    propose: Propose = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Give a ticket's incident back for a bug that no release has fixed, or propose it."""
    terminal: Terminal = ctx.obj.told(db)
    must_say_why(reason)
    if not bug.strip():
        raise UserError("credit_bug_missing", field="bug")
    fixed = None if fixed_at is None else moments.read_instant("--fixed-at", fixed_at)
    with terminal.writing() as desk:
        ticket_id, base = _ticket(desk, ticket)
        change = _proposed(desk, ticket_id, base, bug, reason) if propose else None
        if change is None:
            actor = acting(desk.actor, Act.CREDIT_INCIDENT)
            change = desk.db.write_now(
                lambda conn: desk.credits.credit(
                    conn,
                    ticket_id,
                    actor,
                    base_revision=base,
                    reason_code=code,
                    bug_id=bug,
                    words=reason,
                    fixed_at=fixed,
                )
            )
        left = desk.db.read_now(partial(desk.entitlements.of_ticket, ticket_id=ticket_id)).balance.left
    answer = {"ticket": ticket, "bug": bug, "proposed": propose, "left": left, **_recorded(change)}
    what = "Proposed" if propose else "Credited"
    terminal.answer(as_json, answer, lambda: [clean(f"{what}: ticket {ticket}, bug {bug}; {left} incidents left")])


def tam(
    ctx: typer.Context,
    customer: Customer,
    minutes: Minutes,
    reason: Reason = "",
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Book minutes of the technical account manager for a customer."""
    terminal: Terminal = ctx.obj.told(db)
    must_say_why(reason)
    with terminal.writing() as desk:
        actor = acting(desk.actor, Act.CREDIT_INCIDENT)
        change = desk.db.write_now(
            lambda conn: desk.credits.spend(conn, customer, actor, minutes=minutes, words=reason)
        )
        left = desk.db.read_now(partial(desk.entitlements.of_customer, customer=customer)).balance.tam_left
    seconds = None if left is None else moments.seconds(left)
    answer = {"customer": customer, "minutes": minutes, "left_seconds": seconds, **_recorded(change)}
    said = f"Booked: {moments.span(minutes * MINUTE)}; {moments.span(left)} left of this week"
    terminal.answer(as_json, answer, lambda: [said])


def quota(
    ctx: typer.Context,
    ticket: Ticket,
    serve: Serve = True,
    reason: Reason = "",
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Decide whether a ticket beyond the incidents of its contract is served all the same."""
    terminal: Terminal = ctx.obj.told(db)
    must_say_why(reason)
    with terminal.writing() as desk:
        ticket_id, base = _ticket(desk, ticket)
        actor = acting(desk.actor, Act.DECIDE_QUOTA)
        change = desk.db.write_now(
            lambda conn: desk.quota.decide(conn, ticket_id, actor, base_revision=base, served=serve, words=reason)
        )
        mark = desk.db.read_now(partial(desk.quota.of_ticket, ticket_id=ticket_id))
    answer = {"ticket": ticket, "mark": None if mark is None else mark.value, **_recorded(change)}
    said = "is served all the same" if serve else "is not served before sales have talked to the customer"
    terminal.answer(as_json, answer, lambda: [clean(f"Ticket {ticket} {said}")])


def _ticket(desk: Desk, number: str) -> tuple[int, int]:
    return desk.db.read_now(lambda conn: (desk.tickets.find(conn, number), door.revision(conn)))


def _proposed(desk: Desk, ticket_id: int, base: int, bug: str, reason: str) -> Change:
    actor = desk.actor if may(desk.actor.role, Act.WRITE_NOTE) else acting(desk.actor, Act.WRITE_NOTE)
    return desk.db.write_now(
        lambda conn: desk.credits.propose(conn, ticket_id, actor, base_revision=base, bug_id=bug, words=reason)
    )


def _recorded(change: Change) -> dict[str, object]:
    return {"revision": change.revision, "decision": change.decision_uid}
