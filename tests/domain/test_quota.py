"""Beyond the quota: which tickets the incidents do not reach for, and when a warning is due (OD-6)."""

from __future__ import annotations

import pytest

from console.domain.decisions import LedgerEntry
from console.domain.entitlements import INCIDENT, TAM_MINUTES, Balance, Standing, balance
from console.domain.policy import Plan
from console.domain.quota import QuotaMark, beyond, mark, used_percent, warning
from tests.domain.packs import odin, shipped

PACK = odin()


def plan(code: str) -> Plan:
    found = PACK.plan(code)
    assert found is not None
    return found


def entries(*told: tuple[int | None, int], kind: str = INCIDENT) -> list[LedgerEntry]:
    """(ticket, amount) in order of time."""
    return [
        LedgerEntry(f"l{n}", 1, ticket, None, kind, amount, "OD-6:opened", n, None, n)
        for n, (ticket, amount) in enumerate(told)
    ]


@pytest.mark.parametrize(
    ("code", "told", "found"),
    [
        ("silver_plus", [(None, -49), (1, -1)], set()),
        ("silver_plus", [(None, -49), (1, -1), (2, -1), (3, -1)], {2, 3}),
        ("silver_plus", [(None, -50), (1, -1), (1, 1)], set()),
        # A credit or a purchase makes room for the oldest.
        ("silver_plus", [(None, -49), (1, -1), (2, -1), (3, -1), (1, 1)], {3}),
        ("per_incident", [(1, -1), (2, -1)], {1, 2}),
        ("per_incident", [(1, -1), (2, -1), (None, 1)], {2}),
        ("diamond", [(number, -1) for number in range(900)], set()),
    ],
)
def test_od_6_the_latest_tickets_are_beyond_the_quota(
    code: str, told: list[tuple[int | None, int]], found: set[int]
) -> None:
    assert beyond(plan(code), entries(*told)) == found


def test_a_plan_that_nobody_knows_has_no_incidents_and_minutes_are_none() -> None:
    assert beyond(None, entries((1, -1))) == {1}
    assert beyond(None, entries((1, -1), kind=TAM_MINUTES)) == frozenset()


@pytest.mark.parametrize(("used", "share"), [(0, None), (39, None), (40, 80), (44, 80), (45, 90), (50, 100), (53, 100)])
def test_warnings_come_at_the_shares_of_the_pack(used: int, share: int | None) -> None:
    assert PACK.incidents is not None
    assert PACK.incidents.warn_at == (80, 90, 100)
    found = balance(plan("silver_plus"), entries((None, -used)), 99)
    assert warning(PACK.incidents.warn_at, found) == share


def test_what_was_bought_counts_and_without_incidents_there_is_no_share() -> None:
    assert used_percent(Balance(Standing.OPEN, 50, 50, 50, 10, 60, None)) == 40
    assert used_percent(Balance(Standing.UNLIMITED, None, 0, 5, 0, None, None)) is None
    assert used_percent(Balance(Standing.NOT_ENTITLED, 0, 0, 0, 0, 0, None)) is None


@pytest.mark.parametrize(
    ("pack", "code", "is_beyond", "found"),
    [
        ("odin", "gold", False, None),
        ("odin", "gold", True, QuotaMark.EXHAUSTED),
        ("odin", "none", False, QuotaMark.NOT_ENTITLED),
        ("odin", "unheard-of", False, QuotaMark.NOT_ENTITLED),
        # A pack that counts no incidents judges nobody.
        ("analytics", "basic", True, None),
        ("community", "unheard-of", True, None),
    ],
)
def test_the_mark_of_a_ticket(pack: str, code: str, is_beyond: bool, found: QuotaMark | None) -> None:
    rules = shipped(pack)
    assert mark(rules, rules.plan(code), is_beyond=is_beyond) is found
