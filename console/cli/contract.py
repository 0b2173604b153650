"""`contract`: make one, list them, record a purchase of incidents."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from console.cli import moments
from console.cli.options import AsJson, AsOf, Db, Reason
from console.cli.plain import Column, clean, counted, table
from console.cli.terminal import Terminal
from console.domain.errors import UserError
from console.domain.instants import format_instant
from console.domain.roles import Act, acting
from console.domain.rows import ContractRow, CustomerCard
from console.services.entitling.agreements import WantedContract

_COLUMNS = (
    Column("CONTRACT"),
    Column("CUSTOMER", elastic=True),
    Column("PLAN"),
    Column("FROM"),
    Column("TO"),
    Column("SUPPORT CODE"),
    Column("LICENCE KEY"),
    Column("PRODUCT", elastic=True),
)

Customer = Annotated[str, typer.Argument(metavar="CUSTOMER", help="The customer's number, or the whole name.")]
NewCustomer = Annotated[
    bool, typer.Option("--new-customer", help="Make the customer where there is none of this name yet.")
]
_LONGEST_NAME = 200
MaybeCustomer = Annotated[str | None, typer.Option("--customer", metavar="CUSTOMER", help="Of this customer only.")]
AnyCode = Annotated[str | None, typer.Option("--support-code", metavar="CODE", help="With this code, in any form.")]
PlanName = Annotated[str, typer.Option(metavar="PACK/PLAN", help="The plan, such as odin/gold.")]
Start = Annotated[str, typer.Option("--from", metavar="INSTANT", help="From when it holds.")]
End = Annotated[str | None, typer.Option("--to", metavar="INSTANT", help="Until when; without it open-ended.")]
SupportCode = Annotated[str | None, typer.Option(metavar="CODE", help="Such as 12345-67890 or 1234567890.")]
LicenceKey = Annotated[str | None, typer.Option(metavar="KEY", help="The licence key.")]
Product = Annotated[str | None, typer.Option(metavar="NAME", help="The product that it is about.")]
Version = Annotated[str | None, typer.Option("--product-version", metavar="VERSION", help="Its version.")]
Incidents = Annotated[int, typer.Argument(metavar="N", help="How many incidents were bought: one, or a bundle.")]
Contract = Annotated[str, typer.Option(metavar="UID", help="The contract, by the beginning of its uid.")]


def add(
    ctx: typer.Context,
    customer: Customer,
    plan: PlanName,
    start: Start,
    end: End = None,
    support_code: SupportCode = None,
    licence_key: LicenceKey = None,
    product: Product = None,
    version: Version = None,
    new_customer: NewCustomer = False,
    reason: Reason = "",
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Make a contract; archived plans take no new one."""
    terminal: Terminal = ctx.obj.told(db)
    pack, _, code = plan.partition("/")
    wanted = WantedContract(
        customer=customer,
        pack=pack,
        plan=code,
        start_at=moments.read_instant("--from", start),
        end_at=None if end is None else moments.read_instant("--to", end),
        support_code=support_code,
        licence_key=licence_key,
        product=product,
        product_version=version,
        new_customer=new_customer,
    )
    if new_customer and len(customer) > _LONGEST_NAME:
        expected = f"at most {_LONGEST_NAME} characters"
        raise UserError("option_invalid", option="CUSTOMER", found=customer, expected=expected)
    acting(terminal.actor(), Act.MAKE_CONTRACT)  # refused before a database is made
    with terminal.writing(creates=new_customer) as desk:
        actor = acting(desk.actor, Act.MAKE_CONTRACT)
        change = desk.db.write_now(lambda conn: desk.agreements.add(conn, wanted, actor, reason))
        rows = desk.db.read_now(partial(desk.agreements.list, customer=customer))
        before = desk.db.read_now(partial(desk.agreements.came_before, customer=customer))
    answer = {
        "revision": change.revision,
        "decision": change.decision_uid,
        "contracts": [_as_json(*row) for row in rows],
        "open_tickets_before": before,
    }
    said = [clean(f"Contract made: {plan} for {rows[-1][0].name}")]
    if before:
        kept = "it keeps what it came in with" if before == 1 else "they keep what they came in with"
        said.append(f"{counted(before, 'open ticket')} came in before; {kept}.")
    terminal.answer(as_json, answer, lambda: said)


def list_(
    ctx: typer.Context,
    customer: MaybeCustomer = None,
    support_code: AnyCode = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """List contracts by customer and time, or find one by its support code."""
    terminal: Terminal = ctx.obj.told(db, as_of)
    with terminal.reading() as desk:
        rows = desk.db.read_now(partial(desk.agreements.list, customer=customer, code=support_code))
    cells = [_cells(*row) for row in rows]
    tail = counted(len(rows), "contract")
    terminal.answer(
        as_json,
        {"contracts": [_as_json(*row) for row in rows]},
        lambda: [*(table(_COLUMNS, cells, terminal.width) if cells else []), tail],
    )


def buy(
    ctx: typer.Context,
    customer: Customer,
    incidents: Incidents,
    contract: Contract = "",
    reason: Reason = "",
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Record that a customer has bought incidents: one, or a bundle."""
    terminal: Terminal = ctx.obj.told(db)
    with terminal.writing() as desk:
        actor = acting(desk.actor, Act.MAKE_CONTRACT)
        change = desk.db.write_now(
            lambda conn: desk.agreements.buy(
                conn, customer, actor, incidents=incidents, words=reason, contract=contract
            )
        )
        left = desk.db.read_now(partial(desk.entitlements.of_customer, customer=customer)).balance.left
    answer = {"revision": change.revision, "decision": change.decision_uid, "incidents": incidents, "left": left}
    terminal.answer(as_json, answer, lambda: [f"Bought: {counted(incidents, 'incident')}, {left} left"])


def _as_json(card: CustomerCard, contract: ContractRow) -> dict[str, object]:
    return {
        "uid": contract.uid,
        "customer": {"number": card.number, "name": card.name},
        "pack": contract.pack,
        "plan": contract.plan,
        "from": format_instant(contract.start_at),
        "to": moments.exact(contract.end_at),
        "support_code": contract.support_code,
        "licence_key": contract.licence_key,
        "product": contract.product,
        "product_version": contract.product_version,
    }


def _cells(card: CustomerCard, contract: ContractRow) -> list[str]:
    return [
        contract.uid[:8],
        f"{card.number} {card.name}",
        f"{contract.pack}/{contract.plan}",
        moments.instant(contract.start_at),
        moments.instant(contract.end_at) or "open",
        contract.support_code or "",
        contract.licence_key or "",
        " ".join(part for part in (contract.product, contract.product_version) if part),
    ]
