"""Contracts that are made, and tickets and customers outside of their term."""

from __future__ import annotations

import pytest

from console.cli.plan import entitlements_as_json, notice_text
from console.domain.errors import UserError
from console.domain.facts import FactKind, NewFact
from console.services.entitling.contracts import make_contract, pack_of, plan_fact
from console.services.entitling.entitlements import Entitlements, PlanNotice
from console.services.policy_adoption import adopt_pack
from console.services.tickets import TicketCard
from console.store import door, parties
from console.store.database import Connection
from console.store.parties import NewContract
from tests.domain.packs import POLICIES
from tests.services.served_desk import ServedDesk, at
from tests.store.desk import ADMIN

BEGIN, END = at("01T00:00"), at("11T00:00")


@pytest.fixture(autouse=True)
def analytics(served: ServedDesk) -> None:
    """The desk also serves the analytics vendor."""
    adopt_pack(served.desk.db, served.time, POLICIES / "analytics.toml", actor=ADMIN)


def wanted(conn: Connection, pack: str, plan: str, end: int | None = END) -> NewContract:
    org = parties.first_organisation(conn)
    customer = parties.customer(conn, org, "C-1", "Northwind", "Europe/Kyiv")
    return NewContract(f"K-{pack}-{plan}", org, customer, pack, plan, BEGIN, end)


def made(served: ServedDesk, pack: str, plan: str, end: int | None = END) -> int:
    def write(conn: Connection) -> int:
        return make_contract(conn, served.desk.db.book(conn), wanted(conn, pack, plan, end), served.time.at)

    return served.desk.db.write_now(write)


def ticket(served: ServedDesk, opened: str, pack: str, plan: str) -> TicketCard:
    """A severity 3 ticket that comes in under the contract."""

    def write(conn: Connection) -> int:
        book, contract = served.desk.db.book(conn), wanted(conn, pack, plan)
        contract_id = parties.contract(conn, contract)
        source = parties.source(conn, "test", "test")
        ticket_id = parties.ticket(conn, source, f"T-{opened}", contract.customer_id, at(opened))
        facts = [
            NewFact(ticket_id, at(opened), FactKind.OPENED, a=3, text="Help"),
            plan_fact(pack_of(book, pack, at(opened)), ticket_id, contract_id, contract, at(opened)),
        ]
        door.record(conn, book, facts, at(opened))
        return ticket_id

    return served.card(served.desk.db.write_now(write), served.time.at)


def of_customer(served: ServedDesk) -> Entitlements:
    return served.desk.db.read_now(lambda conn: served.desk.entitlements.of_customer(conn, "C-1"))


def first_response(card: TicketCard) -> int:
    return next(clock.target_work for clock in card.state.clocks if clock.kind == "first_response") // 3_600_000_000


def test_od_4_a_ticket_after_the_end_of_the_contract_has_the_promises_of_the_base_and_says_so(
    served: ServedDesk,
) -> None:
    made(served, "odin", "gold")
    within = ticket(served, "10T23:59", "odin", "gold")
    after = ticket(served, "11T00:00", "odin", "gold")
    assert (within.state.plan, first_response(within)) == ("gold", 6)
    assert (after.state.plan, after.state.contract_id) == ("none", within.state.contract_id)
    assert first_response(after) == 2
    notice = after.entitlements.notice
    assert notice is not None
    assert (notice.code, notice.at, notice.served and notice.served.en) == ("contract_ended", END, "No plan")
    assert after.entitlements.balance.standing == "not_entitled"


def test_od_4_a_contract_that_ends_takes_no_promise_back_and_says_that_it_has_ended(served: ServedDesk) -> None:
    made(served, "odin", "gold")
    open_one = ticket(served, "10T23:59", "odin", "gold")
    notice = open_one.entitlements.notice
    assert notice is not None
    assert (notice.code, notice.served and notice.served.en, notice.kept) == ("contract_ended", "Gold", True)
    kept = "this ticket came in under it and keeps"
    assert notice_text(notice) == f"CONTRACT EXPIRED since 2017-09-11T00:00:00Z: {kept} its plan Gold"
    later = ticket(served, "11T00:00", "odin", "gold").entitlements.notice
    assert later is not None
    assert not later.kept
    assert "served by" in notice_text(later)


def test_a_customer_whose_contract_has_ended_is_shown_what_serves_instead(served: ServedDesk) -> None:
    made(served, "odin", "gold")
    found = of_customer(served)
    assert found.notice is not None
    assert found.plan_table is not None
    assert found.plan_table.plan == "none"
    assert notice_text(found.notice) == "CONTRACT EXPIRED since 2017-09-11T00:00:00Z: served by plan No plan"
    assert entitlements_as_json(found, served.time.at)["notice"] == {
        "code": "contract_ended",
        "at": "2017-09-11T00:00:00Z",
        "served_as": "No plan",
        "kept": False,
    }


def test_ow_9_without_its_contract_nothing_is_promised(served: ServedDesk) -> None:
    made(served, "analytics", "enterprise")
    card = ticket(served, "12T08:00", "analytics", "enterprise")
    assert (card.state.pack, card.state.plan, card.state.clocks) == ("analytics", None, ())
    assert card.entitlements.notice == PlanNotice("contract_ended", END, None)
    assert "nothing is promised" in notice_text(card.entitlements.notice)


def test_ow_1_an_archived_plan_serves_existing_contracts_and_no_new_one(served: ServedDesk) -> None:
    with pytest.raises(UserError, match="plan_archived"):
        made(served, "analytics", "basic", None)
    served.desk.db.write_now(lambda conn: parties.contract(conn, wanted(conn, "analytics", "basic", None)))
    made(served, "analytics", "basic", None)
    found = of_customer(served)
    assert found.plan_table is not None
    assert found.plan_table.archived
    assert found.notice == PlanNotice("plan_archived", None, found.plan_table.name)
    assert len(found.contracts) == 1


@pytest.mark.parametrize(
    ("pack", "plan", "end", "code"),
    [
        ("odin", "copper", END, "plan_unknown"),
        ("nobody", "gold", END, "pack_unknown"),
        ("odin", "gold", BEGIN, "contract_term"),
    ],
)
def test_a_contract_that_cannot_be_is_refused(served: ServedDesk, pack: str, plan: str, end: int, code: str) -> None:
    with pytest.raises(UserError, match=code):
        made(served, pack, plan, end)
    assert served.desk.db.read_now(lambda conn: parties.contracts(conn, 1)) == []
