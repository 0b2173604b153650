"""What a plan entitles to: the table of its promises, incidents and their ledger (OD-3 to OD-6)."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.decisions import LedgerEntry, NewLedger
from console.domain.entitlements import (
    INCIDENT,
    TAM_MINUTES,
    Standing,
    balance,
    credit,
    credit_refusal,
    deduction,
    matrix,
)
from console.domain.instants import HOUR, MINUTE
from console.domain.policy import Plan
from console.domain.rules import ClockKind
from tests.domain.odin_story import OdinStory, state_at
from tests.domain.packs import changed, odin, odin_book
from tests.domain.small_policy import at

PACK = odin()
NOW = at("12T08:00")


def plan(code: str) -> Plan:
    found = PACK.plan(code)
    assert found is not None
    return found


def recorded(*given: NewLedger | None) -> list[LedgerEntry]:
    return [
        LedgerEntry(f"l{n}", new.contract_id, new.ticket_id, None, new.kind, new.amount, new.rule, new.at, None, n)
        for n, new in enumerate(given)
        if new is not None
    ]


def opened(code: str, ticket_id: int, channel: str = "chat", when: int = NOW) -> NewLedger | None:
    return deduction(PACK, plan(code), contract_id=1, ticket_id=ticket_id, channel=channel, at=when)


def refusal(entries: list[LedgerEntry], code: str = "gold", **changes: Any) -> str | None:
    given: dict[str, Any] = {
        "role": "shift_manager",
        "ticket_id": 41,
        "created_at": NOW,
        "reason": "unfixed_bug",
        "bug_id": "PPA-7",
        "fixed_at": None,
    }
    return credit_refusal(PACK, plan(code), entries, **(given | changes))


def test_od_6_a_ticket_takes_one_incident_and_only_an_unfixed_bug_gives_it_back_once() -> None:
    entries = recorded(*(opened("gold", number) for number in range(1, 41)), opened("gold", 41))
    assert balance(plan("gold"), entries, NOW).left == 59
    assert refusal(entries, reason="article") == "credit_reason"
    assert refusal(entries) is None
    given = credit(contract_id=1, ticket_id=41, reason="unfixed_bug", bug_id="PPA-7", at=NOW)
    assert "PPA-7" in given.rule
    entries += recorded(given)
    assert balance(plan("gold"), entries, NOW).left == 60
    assert refusal(entries) == "credit_twice"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"reason": "fixed_in_release"}, "credit_reason"),
        ({"reason": "solved_without_support"}, "credit_reason"),
        ({"reason": "unheard-of"}, "credit_reason"),
        ({"bug_id": None}, "credit_bug_missing"),
        ({"bug_id": "  "}, "credit_bug_missing"),
        ({"fixed_at": NOW}, "credit_bug_fixed"),
        ({"fixed_at": NOW + 1}, None),
        ({"role": "support_engineer"}, "credit_role"),
        ({"ticket_id": 42}, "credit_not_deducted"),
        ({"code": "per_incident"}, "credit_never"),
        ({"code": "limited_free"}, "credit_never"),
        ({"code": "diamond"}, "credit_never"),
    ],
)
def test_od_6_when_an_incident_is_not_credited(changes: dict[str, Any], expected: str | None) -> None:
    assert refusal(recorded(opened("gold", 41)), **changes) == expected


@pytest.mark.parametrize(
    ("code", "channel", "amount"),
    [
        ("gold", "chat", -1),
        ("gold", "phone", -1),
        ("gold", "web", -1),
        ("gold", "online_sales", None),
        ("per_incident", "web", -1),
        ("limited_free", "web", -1),
        ("diamond", "web", None),
        ("none", "web", None),
    ],
)
def test_od_6_what_creating_a_ticket_deducts(code: str, channel: str, amount: int | None) -> None:
    found = opened(code, 1, channel)
    assert (None if found is None else found.amount) == amount
    if found is not None:
        assert (found.kind, found.at, found.ticket_id, found.contract_id) == (INCIDENT, NOW, 1, 1)


def test_free_incidents_are_credited_where_the_pack_says_so() -> None:
    pack = changed(lambda values: values["incidents"]["fundings"].append("licence"))
    entries = recorded(opened("limited_free", 41))
    found = credit_refusal(
        pack,
        pack.plan("limited_free"),
        entries,
        role="shift_manager",
        ticket_id=41,
        created_at=NOW,
        reason="unfixed_bug",
        bug_id="PPA-7",
    )
    assert found is None


def bought(amount: int) -> NewLedger:
    return NewLedger(1, None, INCIDENT, amount, "OD-5:purchase", NOW)


@pytest.mark.parametrize(
    ("code", "entries", "standing", "left"),
    [
        ("gold", [], Standing.OPEN, 100),
        ("silver_plus", [opened("silver_plus", n) for n in range(50)], Standing.EXHAUSTED, 0),
        ("silver_plus", [opened("silver_plus", n) for n in range(51)], Standing.OVERDRAWN, -1),
        ("diamond", [], Standing.UNLIMITED, None),
        ("per_incident", [bought(10), opened("per_incident", 1)], Standing.OPEN, 9),
        ("per_incident", [bought(1), opened("per_incident", 1)], Standing.EXHAUSTED, 0),
        ("per_incident", [], Standing.NOT_ENTITLED, 0),
        ("none", [], Standing.NOT_ENTITLED, 0),
    ],
)
def test_the_balance_says_how_it_stands(
    code: str, entries: list[NewLedger | None], standing: Standing, left: int | None
) -> None:
    found = balance(plan(code), recorded(*entries), NOW)
    assert (found.standing, found.left) == (standing, left)


def test_without_a_contract_or_after_its_end_nobody_is_entitled() -> None:
    assert balance(None, [], NOW).standing is Standing.NOT_ENTITLED
    assert balance(plan("gold"), [], NOW, in_term=False).standing is Standing.NOT_ENTITLED


def test_entries_after_the_instant_of_the_question_do_not_count() -> None:
    entries = recorded(opened("gold", 1), opened("gold", 2, when=NOW + 1))
    assert balance(plan("gold"), entries, NOW).left == 99


def test_the_account_managers_time_is_of_the_iso_week_and_not_carried_over() -> None:
    # 2017-09-11 is a Monday.
    def spent(when: str, minutes: int) -> NewLedger:
        return NewLedger(1, None, TAM_MINUTES, -minutes, "OD-3", at(when))

    entries = recorded(spent("10T23:59", 300), spent("11T00:00", 90), spent("17T23:59", 30))
    assert balance(plan("gold"), entries, at("12T08:00")).tam_left == 10 * HOUR - 90 * MINUTE
    assert balance(plan("gold"), entries, at("17T23:59:59")).tam_left == 8 * HOUR
    assert balance(plan("gold"), entries, at("18T00:00")).tam_left == 10 * HOUR
    assert balance(plan("none"), entries, at("12T08:00")).tam_left is None


def test_a_plan_is_a_table_of_severities_and_clocks_with_the_tickets_cell_marked() -> None:
    story = OdinStory("12T08:00", severity=2)
    table = matrix(PACK, "gold", state_at(story, "12T09:00", odin_book()))
    assert table is not None
    assert [kind for kind, _ in table.clocks] == [ClockKind.FIRST_RESPONSE, ClockKind.WORKAROUND]
    hours = [[None if cell.target is None else cell.target // HOUR for cell in row.cells] for row in table.rows]
    assert hours == [[2, 6], [4, 12], [6, 48], [12, None]]
    marked = [(row.severity, cell.clock) for row in table.rows for cell in row.cells if cell.marked]
    assert marked == [(2, ClockKind.FIRST_RESPONSE)]
    assert [row.severity for row in table.rows if row.current] == [2]
    assert (table.incidents, table.tam_week, table.base) == (100, 10 * HOUR, False)
    story.support("12T09:30")
    table = matrix(PACK, "gold", state_at(story, "12T10:00", odin_book()))
    assert table is not None
    marked = [(row.severity, cell.clock) for row in table.rows for cell in row.cells if cell.marked]
    assert marked == [(2, ClockKind.WORKAROUND)]


@pytest.mark.parametrize(
    ("code", "name"), [("per_incident", "Per-incident support"), (None, "No plan"), ("unheard-of", None)]
)
def test_od_4_others_see_the_base_promises(code: str | None, name: str | None) -> None:
    table = matrix(PACK, code, None)
    assert table is not None
    assert (table.name.en if table.name else None, table.base) == (name, True)
    hours = [[None if cell.target is None else cell.target // HOUR for cell in row.cells] for row in table.rows]
    assert hours == [[2, None]] * 4
