"""Everything about one customer, as of an instant: surveys, hours, lifecycle, update service, contracts over time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from console.domain.errors import UserError
from console.domain.facts import FactKind
from console.domain.instants import DAY, parse_instant
from console.services.entitling.customer_page import CustomerPage
from console.store import parties
from console.store.database import Connection
from tests.services.served_desk import ServedDesk, at


def page(served: ServedDesk, since: int | None = None, contract_uid: str | None = None) -> CustomerPage:
    return served.desk.db.read_now(lambda conn: served.desk.customers.of_customer(conn, "C-1", since, contract_uid))


def contract(served: ServedDesk, uid: str, start: str, end: str | None, **more: Any) -> None:
    def write(conn: Connection) -> None:
        org = parties.first_organisation(conn)
        customer = parties.customer(conn, org, "C-1", "Northwind", "Europe/Kyiv")
        begin = parse_instant(f"{start}T00:00:00Z")
        until = None if end is None else parse_instant(f"{end}T00:00:00Z")
        parties.contract(conn, parties.NewContract(uid, org, customer, "odin", "gold", begin, until, **more))

    served.desk.db.write_now(write)


def test_od_14_the_survey_rate_of_a_period(served: ServedDesk) -> None:
    first, second, third = (served.ticket(f"T{number}", "10T08:00") for number in (1, 2, 3))
    served.time.at = at("14T08:00")
    for ticket_id, when in ((first, "11T08:00"), (second, "12T08:00"), (third, "13T08:00")):
        served.tell(ticket_id, when, FactKind.STATUS_SET, t="resolved")
    served.tell(second, "13T09:00", FactKind.SURVEY_ANSWERED)
    found = page(served)
    assert found.surveys is not None
    assert (found.surveys.rate.pending, found.surveys.rate.answered) == (3, 1)
    later = page(served, since=at("12T00:00"))
    assert later.surveys is not None
    assert (later.surveys.rate.pending, later.surveys.rate.share) == (2, 0.5)
    never = page(served, since=at("13T10:00"))
    assert never.surveys is not None
    assert never.surveys.rate.share is None


def test_a_survey_that_was_voided_was_not_answered(served: ServedDesk) -> None:
    ticket_id = served.ticket("T1", "10T08:00")
    served.time.at = at("14T08:00")
    served.tell(ticket_id, "11T08:00", FactKind.STATUS_SET, t="resolved")
    served.tell(ticket_id, "11T09:00", FactKind.SURVEY_ANSWERED, uid="wrong")
    served.tell(ticket_id, "11T10:00", FactKind.VOID, t="wrong")
    found = page(served)
    assert found.surveys is not None
    assert (found.surveys.rate.pending, found.surveys.rate.answered) == (1, 0)


@pytest.mark.parametrize(
    ("now", "valid", "percent", "last", "renewals"),
    [
        ("2017-09-30", True, 25, date(2017, 9, 30), 0),
        ("2017-10-02", True, 25, date(2018, 9, 30), 1),
        ("2018-10-01", False, 65, date(2018, 9, 30), 1),
    ],
)
def test_od_17_each_contract_of_a_licence_renews_its_update_service(
    served: ServedDesk, now: str, valid: bool, percent: int, last: date, renewals: int
) -> None:
    contract(served, "K1", "2016-10-01", "2017-10-01", licence_key="L1", product="H-Sphere")
    contract(served, "K2", "2017-10-01", "2018-10-01", licence_key="L1", product="H-Sphere")
    served.time.at = parse_instant(f"{now}T12:00:00Z")
    found = page(served).updates
    assert found is not None
    service = found.service
    assert (service.valid, service.percent, service.last_day, found.renewals) == (valid, percent, last, renewals)
    assert found.bought == date(2016, 10, 1)


def test_contracts_over_time_say_what_serves(served: ServedDesk) -> None:
    contract(served, "K1", "2016-01-01", "2017-01-01", product="Plesk Automation", product_version="11.0")
    contract(served, "K2", "2017-01-01", None, product="Business Automation Standard", product_version="4.8")
    contract(served, "K3", "2030-01-01", None)
    served.time.at = parse_instant("2026-11-20T00:00:00Z")
    found = page(served)
    assert [(term.contract.uid, term.in_force.notice, term.in_force.plan) for term in found.terms] == [
        ("K1", "contract_ended", "none"),
        ("K2", None, "gold"),
        ("K3", "contract_not_begun", "none"),
    ]
    assert found.entitlements.contract is not None
    assert found.entitlements.contract.uid == "K2"
    assert found.coverage is not None
    assert found.coverage.covered
    older = page(served, contract_uid="K1")
    assert older.entitlements.notice is not None
    assert older.entitlements.notice.code == "contract_ended"
    assert older.coverage is not None
    assert (older.coverage.version, older.coverage.covered) == ("11.0", True)


def test_the_ways_of_a_plan_and_its_week(served: ServedDesk) -> None:
    served.ticket(plan="limited_free")
    found = page(served)
    assert [way.hours.contact for way in found.ways] == ["web_form", "chat"]
    assert all(way.always and way.hours.open for way in found.ways)
    assert found.manager is None


def test_a_customer_that_nobody_knows_is_refused(served: ServedDesk) -> None:
    with pytest.raises(UserError, match="customer_unknown"):
        page(served)


def test_what_comes_later_is_not_on_a_page_of_the_past(served: ServedDesk) -> None:
    contract(served, "K1", "2016-01-01", None)
    served.time.at = parse_instant("2015-12-31T00:00:00Z")
    found = page(served)
    assert found.entitlements.contract is None
    assert found.as_of == served.time.at
    assert found.terms[0].in_force.notice == "contract_not_begun"
    assert found.as_of + DAY == parse_instant("2016-01-01T00:00:00Z")
