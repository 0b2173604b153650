"""A customer's page for tests of the window: the real rules on the shipped pack, no database."""

from __future__ import annotations

from console.domain.compile import CompiledBook
from console.domain.policy import Pack
from console.domain.programmes import SurveyRate
from console.domain.quota import beyond, mark, warning
from console.services.entitling.customer_page import (
    CustomerPage,
    Surveys,
    WayHours,
    coverage_of,
    manager_week,
    term_of,
    updates_of,
    ways_of,
)
from console.services.entitling.entitlements import Entitlements
from tests.domain.packs import odin, odin_book


def customer_page(found: Entitlements, now: int) -> CustomerPage:
    """The page as the service makes it, with two of four surveys answered."""
    pack, book, contract = odin(), odin_book(), found.contract
    plan = None if contract is None else pack.plan(contract.plan)
    ids = beyond(plan, found.lines) if contract is not None else ()
    numbers = {line.ticket_id: line.ticket_number or "" for line in found.lines}
    marks = {each: mark(pack, plan, is_beyond=True) for each in ids}
    assert pack.incidents is not None
    return CustomerPage(
        entitlements=found,
        pack=pack,
        as_of=now,
        terms=tuple(term_of(book, each, now) for each in found.contracts),
        ways=ways_of(book, pack, None if plan is None else plan.code, now),
        manager=manager_week(pack, contract, found.lines, now),
        warning=warning(pack.incidents.warn_at, found.balance),
        beyond=tuple((each, numbers[each], its) for each in sorted(ids) if (its := marks[each]) is not None),
        coverage=None if contract is None else coverage_of(pack, contract, now),
        updates=None if contract is None else updates_of(pack, contract, found.contracts, now),
        surveys=Surveys(SurveyRate(4, 2), 0, now, ("OD-14",)),
        mark=None,
    )


def office_ways(book: CompiledBook, pack: Pack, now: int) -> tuple[WayHours, ...]:
    """The ways of a plan with office hours."""
    return ways_of(book, pack, "reports_attribution", now)
