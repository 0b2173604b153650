"""Contracts are made and incidents bought by an administrator; a support code is read in any form (OD-5, OW-1)."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.decisions import Change
from console.domain.errors import UserError
from console.services.entitling.agreements import WantedContract
from tests.services.served_desk import MANAGER, ServedDesk, at

ADMINISTRATOR = MANAGER._replace(role="administrator")


def add(served: ServedDesk, actor: Any = ADMINISTRATOR, **changes: Any) -> Change:
    given: dict[str, Any] = {
        "customer": "C-1",
        "pack": "odin",
        "plan": "platinum",
        "start_at": at("01T00:00"),
        "support_code": "12345 67890",
        "product": "H-Sphere",
        **changes,
    }
    wanted = WantedContract(**given)
    return served.desk.db.write_now(lambda conn: served.desk.agreements.add(conn, wanted, actor, "signed"))


@pytest.fixture
def known(served: ServedDesk) -> ServedDesk:
    """A desk with a customer who has a plan without an end."""
    served.ticket(plan="gold")
    return served


def test_a_contract_is_made_and_stands_in_the_journal(known: ServedDesk) -> None:
    change = add(known)
    page = known.desk.db.read_now(lambda conn: known.desk.customers.of_customer(conn, "Northwind"))
    contract = page.entitlements.contract
    assert contract is not None
    assert (contract.plan, contract.support_code, contract.product) == ("platinum", "12345-67890", "H-Sphere")
    (entry,) = known.journal()
    assert (entry.kind, entry.words, entry.subject_uid) == ("contract_made", "signed", contract.uid)
    assert entry.uid == change.decision_uid
    assert known.evidence(entry)["plan"] == "platinum"
    assert len(page.terms) == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"actor": MANAGER}, "role_may_not"),
        ({"customer": "nobody"}, "customer_unknown"),
        ({"pack": "nothing"}, "pack_unknown"),
        ({"plan": "copper"}, "plan_unknown"),
        ({"end_at": at("01T00:00")}, "contract_term"),
        ({"support_code": "123"}, "support_code_invalid"),
    ],
)
def test_a_contract_that_cannot_be_leaves_nothing(known: ServedDesk, changes: dict[str, Any], code: str) -> None:
    before = known.everything()
    with pytest.raises(UserError, match=code):
        add(known, **changes)
    assert known.everything() == before


def test_the_same_contract_twice_is_refused(known: ServedDesk) -> None:
    add(known)
    with pytest.raises(UserError, match="contract_twice"):
        add(known)


@pytest.mark.parametrize("form", ["12345-67890", "1234567890", " 12345 67890 "])
def test_od_5_a_support_code_is_read_in_any_form(known: ServedDesk, form: str) -> None:
    add(known)
    found = known.desk.db.read_now(lambda conn: known.desk.agreements.list(conn, code=form))
    assert [contract.plan for _, contract in found] == ["platinum"]
    assert known.desk.db.read_now(lambda conn: known.desk.agreements.customer_of(conn, form)).number == "C-1"


def test_a_code_that_nobody_has_is_told(known: ServedDesk) -> None:
    with pytest.raises(UserError, match="support_code_unknown"):
        known.desk.db.read_now(lambda conn: known.desk.agreements.list(conn, code="99999-99999"))
    with pytest.raises(UserError, match="customer_unknown"):
        known.desk.db.read_now(lambda conn: known.desk.agreements.customer_of(conn, "99999-99999"))
    assert known.desk.db.read_now(lambda conn: known.desk.agreements.customer_of(conn, "northwind")).number == "C-1"


def buy(served: ServedDesk, incidents: int, actor: Any = ADMINISTRATOR, contract: str = "") -> Change:
    return served.desk.db.write_now(
        lambda conn: served.desk.agreements.buy(conn, "C-1", actor, incidents=incidents, contract=contract)
    )


@pytest.mark.parametrize(
    ("incidents", "code"),
    [(1, None), (10, None), (25, None), (2, "bundle_too_small"), (9, "bundle_too_small"), (0, "incidents_not_sold")],
)
def test_od_5_one_incident_is_sold_or_a_bundle(served: ServedDesk, incidents: int, code: str | None) -> None:
    served.ticket(plan="per_incident")
    if code is not None:
        with pytest.raises(UserError, match=code):
            buy(served, incidents)
        assert served.journal() == []
        return
    buy(served, incidents)
    balance = served.desk.db.read_now(lambda conn: served.desk.entitlements.of_customer(conn, "C-1")).balance
    assert (balance.bought, balance.left) == (incidents, incidents)
    assert [entry.kind for entry in served.journal()] == ["incidents_bought"]


def test_incidents_are_sold_with_some_plans_only_and_by_an_administrator(known: ServedDesk) -> None:
    with pytest.raises(UserError, match="incidents_not_sold"):
        buy(known, 10)
    with pytest.raises(UserError, match="contract_unknown"):
        buy(known, 10, contract="zzz")
    with pytest.raises(UserError, match="role_may_not"):
        buy(known, 10, MANAGER)
