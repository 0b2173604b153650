"""The page of a customer in JSON."""

from __future__ import annotations

from decimal import Decimal

from console.cli import moments
from console.cli.plan import entitlements_as_json
from console.domain.instants import format_instant
from console.services.desk import LANGUAGE
from console.services.entitling.customer_page import ContractTerm, CustomerPage, WayHours


def page_as_json(page: CustomerPage, price: Decimal | None) -> dict[str, object]:
    """The answer of `customer --json`: what `plan --json` has, and the rest of the page."""
    return entitlements_as_json(page.entitlements, page.as_of) | {
        "terms": [_term(term) for term in page.terms],
        "warning_percent": page.warning,
        "beyond": [{"ticket": number, "mark": mark.value} for _, number, mark in page.beyond],
        "account_manager": _manager(page),
        "ways": [_way(way) for way in page.ways],
        "lifecycle": _lifecycle(page),
        "update_service": _updates(page, price),
        "surveys": _surveys(page),
    }


def _term(term: ContractTerm) -> dict[str, object]:
    return {
        "uid": term.contract.uid,
        "plan": term.contract.plan,
        "served_as": term.in_force.plan,
        "notice": term.in_force.notice,
        "licence_key": term.contract.licence_key,
    }


def _manager(page: CustomerPage) -> dict[str, object] | None:
    week = page.manager
    if week is None:
        return None
    return {
        "week_from": format_instant(week.begin),
        "granted_seconds": moments.seconds(week.granted),
        "used_seconds": moments.seconds(week.used),
        "left_seconds": moments.seconds(week.left),
    }


def _way(way: WayHours) -> dict[str, object]:
    return {
        "way": way.hours.contact,
        "name": way.hours.name.say(LANGUAGE),
        "open": way.hours.open,
        "changes_at": moments.exact(way.hours.next_change),
        "always": way.always,
        "source": list(way.source),
    }


def _lifecycle(page: CustomerPage) -> dict[str, object] | None:
    found = page.coverage
    if found is None:
        return None
    return {
        "product": found.product.say(LANGUAGE),
        "version": found.version,
        "supported": found.covered,
        "end_of_support": None if found.end_of_support is None else found.end_of_support.isoformat(),
        "releases": [
            {"version": each.version, "released": each.released.isoformat(), "supported": each.supported}
            for each in found.releases
        ],
    }


def _updates(page: CustomerPage, price: Decimal | None) -> dict[str, object] | None:
    found = page.updates
    if found is None:
        return None
    return {
        "bought": found.bought.isoformat(),
        "renewals": found.renewals,
        "valid": found.service.valid,
        "last_day": found.service.last_day.isoformat(),
        "percent": found.service.percent,
        "price": None if price is None else f"{found.service.price(price):f}",
    }


def _surveys(page: CustomerPage) -> dict[str, object] | None:
    found = page.surveys
    if found is None:
        return None
    return {
        "from": format_instant(found.begin),
        "to": format_instant(found.end),
        "pending": found.rate.pending,
        "answered": found.rate.answered,
        "share": found.rate.share,
    }
