"""`plan`: what a customer is entitled to, and what is used of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from console.cli import moments
from console.cli.options import AsJson, AsOf, Db
from console.cli.plain import Column, clean, table
from console.cli.terminal import Terminal
from console.domain.decisions import LedgerEntry
from console.domain.entitlements import Balance, PlanTable
from console.domain.instants import format_instant
from console.domain.rows import ContractRow
from console.services.desk import LANGUAGE
from console.services.entitling.entitlements import Entitlements, PlanNotice

_CONTRACTS = (
    Column("CONTRACT"),
    Column("PLAN"),
    Column("FROM"),
    Column("TO"),
    Column("SUPPORT CODE"),
    Column("PRODUCT", elastic=True),
)
_LEDGER = (
    Column("AT"),
    Column("KIND"),
    Column("AMOUNT", right=True),
    Column("TICKET"),
    Column("RULE", elastic=True),
)

Customer = Annotated[str, typer.Argument(metavar="CUSTOMER", help="The customer's number, or the whole name.")]


class PlanGroup(TyperGroup):
    """`plan CUSTOMER` shows a plan without another word; the commands of the group are words of their own."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What is no command is the customer."""
        own = bool(args) and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, args if own else ["show", *args])


def plan(ctx: typer.Context, customer: Customer, as_of: AsOf = None, as_json: AsJson = False, db: Db = None) -> None:
    """Show a customer's plan: promises by severity, incidents used and left with their ledger."""
    terminal: Terminal = ctx.obj.told(db, as_of)
    with terminal.reading() as desk:
        now = desk.time.now()
        found = desk.db.read_now(partial(desk.entitlements.of_customer, customer=customer))
    answer = entitlements_as_json(found, now)
    terminal.answer(as_json, answer, lambda: entitlements_text(found, now, terminal.width))


def entitlements_as_json(found: Entitlements, now: int) -> dict[str, object]:
    """The answer of `plan --json`."""
    customer, promised = found.customer, found.plan_table
    return {
        "as_of": format_instant(now),
        "customer": None
        if customer is None
        else {"number": customer.number, "name": customer.name, "zone": customer.zone, "tier": customer.tier},
        "pack": found.pack,
        "plan": None if found.contract is None else found.contract.plan,
        "notice": None if found.notice is None else _notice_as_json(found.notice),
        "targets": [] if promised is None else _targets(promised),
        "incidents": _incidents(found.balance),
        "account_manager_left_seconds": None
        if found.balance.tam_left is None
        else moments.seconds(found.balance.tam_left),
        "contracts": [_contract(contract) for contract in found.contracts],
        "ledger": [_entry(entry) for entry in found.lines if entry.at <= now],
    }


def _notice_as_json(notice: PlanNotice) -> dict[str, object]:
    return {
        "code": notice.code,
        "at": moments.exact(notice.at),
        "served_as": None if notice.served is None else notice.served.say(LANGUAGE),
        "kept": notice.kept,
    }


def _targets(promised: PlanTable) -> list[dict[str, object]]:
    return [
        {
            "severity": row.severity,
            "name": row.name.say(LANGUAGE),
            "clocks": {
                cell.clock.value: None if cell.target is None else moments.seconds(cell.target) for cell in row.cells
            },
        }
        for row in promised.rows
    ]


def _incidents(balance: Balance) -> dict[str, object]:
    return {
        "standing": balance.standing.value,
        "granted": balance.granted,
        "bought": balance.bought,
        "used": balance.used,
        "credited": balance.credited,
        "left": balance.left,
    }


def _contract(contract: ContractRow) -> dict[str, object]:
    return {
        "uid": contract.uid,
        "pack": contract.pack,
        "plan": contract.plan,
        "from": format_instant(contract.start_at),
        "to": moments.exact(contract.end_at),
        "support_code": contract.support_code,
        "product": contract.product,
        "product_version": contract.product_version,
    }


def _entry(entry: LedgerEntry) -> dict[str, object]:
    return {
        "at": format_instant(entry.at),
        "kind": entry.kind,
        "amount": entry.amount,
        "ticket": entry.ticket_number,
        "rule": entry.rule,
    }


def entitlements_text(found: Entitlements, now: int, width: int | None) -> Iterator[str]:
    """The answer of `plan` in lines."""
    customer, promised = found.customer, found.plan_table
    if customer is not None:
        yield clean(f"{customer.name} ({customer.number}){f', {customer.zone}' if customer.zone else ''}")
    if found.notice is not None:
        yield notice_text(found.notice)
    if promised is not None:
        yield from _promises(promised, width)
    yield f"Incidents: {_balance_text(found.balance)}"
    if found.balance.tam_left is not None:
        yield f"Account manager: {moments.span(found.balance.tam_left)} left of this week"
    if found.contracts:
        yield ""
        yield from table(_CONTRACTS, [_contract_cells(contract) for contract in found.contracts], width)
    lines = [entry for entry in found.lines if entry.at <= now]
    if lines:
        yield ""
        yield from table(_LEDGER, [_ledger_cells(entry) for entry in lines], width)
    yield f"As of {moments.instant(now)}"


def notice_text(notice: PlanNotice) -> str:
    """What is the matter with the contract, and what serves instead."""
    served = "no plan: nothing is promised" if notice.served is None else f"plan {notice.served.say(LANGUAGE)}"
    match notice.code:
        case "contract_ended" if notice.kept:
            since = moments.instant(notice.at)
            said = f"CONTRACT EXPIRED since {since}: this ticket came in under it and keeps its {served}"
        case "contract_ended":
            said = f"CONTRACT EXPIRED since {moments.instant(notice.at)}: served by {served}"
        case "contract_not_begun":
            said = f"CONTRACT NOT BEGUN before {moments.instant(notice.at)}: served by {served}"
        case "plan_archived":
            said = "ARCHIVED PLAN: it serves the contracts that have it, and no new one"
        case _:
            said = f"PLAN NOT KNOWN to the policy: served by {served}"
    return clean(said)


def _promises(promised: PlanTable, width: int | None) -> Iterator[str]:
    name = promised.plan or "none" if promised.name is None else promised.name.say(LANGUAGE)
    yield clean(f"Plan {name}, {promised.calendar.say(LANGUAGE)}{', archived' if promised.archived else ''}")
    columns = [Column("SEVERITY"), *(Column(clean(name.say(LANGUAGE)).upper()) for _, name in promised.clocks)]
    rows = [
        [f"{row.severity} {row.name.say(LANGUAGE)}", *(moments.span(cell.target) or "-" for cell in row.cells)]
        for row in promised.rows
    ]
    yield from table(columns, rows, width)


def _balance_text(balance: Balance) -> str:
    standing = balance.standing.value.replace("_", " ")
    if balance.left is None:
        return f"{standing}, {balance.used} used"
    bought = f" + {balance.bought} bought" if balance.bought else ""
    credited = f", {balance.credited} credited" if balance.credited else ""
    return f"{balance.left} left of {balance.granted or 0}{bought} ({standing}), {balance.used} used{credited}"


def _contract_cells(contract: ContractRow) -> list[str]:
    return [
        contract.uid[:8],
        f"{contract.pack}/{contract.plan}",
        moments.instant(contract.start_at),
        moments.instant(contract.end_at) or "open",
        contract.support_code or "",
        " ".join(part for part in (contract.product, contract.product_version) if part),
    ]


def _ledger_cells(entry: LedgerEntry) -> list[str]:
    return [moments.instant(entry.at), entry.kind, f"{entry.amount:+}", entry.ticket_number or "", entry.rule]
