"""`customer`: everything about one customer, as the page of the window has it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Annotated

import typer

from console.cli import moments
from console.cli.customer_json import page_as_json
from console.cli.options import AsJson, AsOf, Db
from console.cli.plain import Column, clean, table
from console.cli.plan import entitlements_text
from console.cli.terminal import Terminal
from console.domain.contact_hours import week_hours, week_of
from console.domain.errors import UserError
from console.domain.zones import zone
from console.services.desk import LANGUAGE, Desk
from console.services.entitling.customer_page import CustomerPage, WayHours

_WAYS = (Column("WAY"), Column("NOW"), Column("CHANGES AT"), Column("HOURS", elastic=True), Column("SOURCE"))
_RELEASES = (Column("RELEASE"), Column("OUT SINCE"), Column("STATE"))
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

Name = Annotated[str, typer.Argument(metavar="CUSTOMER", help="Number, whole name or support code in any form.")]
Since = Annotated[
    str | None, typer.Option(metavar="INSTANT", help="Survey rate from then on; else of the last 90 days.")
]
Contract = Annotated[
    str | None, typer.Option(metavar="UID", help="Of this contract (the beginning of its uid); else of the newest.")
]
Price = Annotated[
    str | None, typer.Option(metavar="AMOUNT", help="The price that the update service's share is of, such as 1200.")
]


def customer(
    ctx: typer.Context,
    name: Name,
    since: Since = None,
    contract: Contract = None,
    price: Price = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Show a customer: contracts, promises, hours, incidents, account manager, lifecycle, updates, surveys."""
    terminal: Terminal = ctx.obj.told(db, as_of)
    begin = None if since is None else moments.read_instant("--since", since)
    of = None if price is None else read_price(price)
    with terminal.reading() as desk:
        page = read_page(desk, name, begin, contract)
    terminal.answer(as_json, page_as_json(page, of), lambda: _text(page, of, terminal.width))


def read_page(desk: Desk, name: str, since: int | None, contract: str | None) -> CustomerPage:
    """The page of a customer by number, name or support code. Raises UserError contract_unknown for another uid."""
    card = desk.db.read_now(partial(desk.agreements.customer_of, wanted=name))
    page = desk.db.read_now(partial(desk.customers.of_customer, customer=card.number, since=since))
    if contract is None:
        return page
    for term in page.terms:
        if contract and term.contract.uid.startswith(contract):
            read = partial(desk.customers.of_customer, customer=card.number, since=since)
            return desk.db.read_now(partial(read, contract_uid=term.contract.uid))
    raise UserError("contract_unknown", field="contract", customer=card.name)


def read_price(text: str) -> Decimal:
    """An amount of money. Raises UserError option_invalid."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal(-1)
    if not found.is_finite() or found < 0:
        raise UserError("option_invalid", option="--price", found=text, expected="an amount such as 1200 or 99.50")
    return found


def _text(page: CustomerPage, price: Decimal | None, width: int | None) -> Iterator[str]:
    yield from entitlements_text(page.entitlements, page.as_of, width)
    if page.warning is not None:
        yield f"WARNING: {page.warning} % of the incidents are used"
    for _, number, mark in page.beyond:
        yield clean(f"Ticket {number} came in beyond the incidents: {mark.value.replace('_', ' ')}")
    if page.manager is not None:
        week = page.manager
        used, left, granted = (moments.span(each) for each in (week.used, week.left, week.granted))
        yield f"Account manager this week: {used} used, {left} left of {granted}"
    if page.ways:
        yield ""
        yield from table(_WAYS, [_way(way, page) for way in page.ways], width)
    yield from _lifecycle(page, width)
    yield from _updates(page, price)
    if page.surveys is not None:
        rate = page.surveys.rate
        share = "-" if rate.share is None else f"{rate.share:.0%}"
        said = f"{rate.answered} of {rate.pending} tickets since {moments.instant(page.surveys.begin)}"
        yield f"Survey rate {share}: {said} ({', '.join(page.surveys.source)})"


def _way(way: WayHours, page: CustomerPage) -> list[str]:
    return [
        way.hours.name.say(LANGUAGE),
        "open" if way.hours.open else "closed",
        moments.instant(way.hours.next_change),
        _hours(way, page),
        ", ".join(way.source),
    ]


def _hours(way: WayHours, page: CustomerPage) -> str:
    if way.always:
        return "24 × 7"
    said = [f"{_week(way, page.as_of, 'UTC')} UTC"]
    customer = page.entitlements.customer
    if customer is not None and customer.zone:
        try:
            said.append(f"{_week(way, page.as_of, customer.zone)} {customer.zone}")
        except ValueError:
            said.append(f"{customer.zone} is no zone")
    return "; ".join(said)


def _week(way: WayHours, now: int, name: str) -> str:
    where = UTC if name == "UTC" else zone(name)
    parts = []
    for hours in week_hours(way.spans, week_of(now, where)[0], where):
        days = _DAYS[hours.first] if hours.first == hours.last else f"{_DAYS[hours.first]}-{_DAYS[hours.last]}"
        parts.append(f"{days} {'+'.join('-'.join(window) for window in hours.windows)}")
    return ", ".join(parts) or "closed"


def _lifecycle(page: CustomerPage, width: int | None) -> Iterator[str]:
    found = page.coverage
    if found is None:
        return
    state = {True: "supported", False: "NOT SUPPORTED", None: "version not known"}[found.covered]
    end = "" if found.end_of_support is None else f", support ends {found.end_of_support}"
    yield ""
    yield clean(f"{found.product.say(LANGUAGE)} {found.version or ''}: {state}{end} ({', '.join(found.source)})")
    rows = [
        [each.version, str(each.released), f"{'supported' if each.supported else 'no longer'}{', its own' * each.own}"]
        for each in found.releases
    ]
    yield from table(_RELEASES, rows, width)


def _updates(page: CustomerPage, price: Decimal | None) -> Iterator[str]:
    found = page.updates
    if found is None:
        return
    state = "valid through" if found.service.valid else "EXPIRED, was valid through"
    yield f"Update service, bought: {state} {found.service.last_day} ({', '.join(found.source)})"
    what = "of the retail price to renew" if found.service.valid else "of the licence key's price to reinstate"
    cost = "" if price is None else f": {found.service.price(price):f}"
    yield f"  {found.service.percent} % {what}{cost}"
