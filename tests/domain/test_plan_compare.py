"""Plans side by side, and what differs between two of them (OD-3 to OD-5, OW-1, OW-2)."""

from __future__ import annotations

import pytest

from console.domain.plan_compare import side_by_side, two_of
from tests.domain.packs import shipped


def said(pack: str, one: str, other: str) -> list[tuple[str, int | None]]:
    found = two_of(side_by_side(shipped(pack)), one, other)
    return [(row.part, row.severity) for row in found.rows]


def test_every_plan_is_a_column_and_every_promise_a_row() -> None:
    pack = shipped("odin")
    found = side_by_side(pack)
    assert [head.code for head in found.heads] == [plan.code for plan in pack.plans]
    targets = {(row.clock, row.severity) for row in found.rows if row.part == "target"}
    assert len(targets) == 8
    assert all(len(row.values) == len(pack.plans) for row in found.rows)
    assert [head.code for head in found.heads if head.base] == ["none", "limited_free", "per_incident"]


@pytest.mark.parametrize(
    ("pack", "one", "other", "found"),
    [
        ("odin", "gold", "gold", []),
        (
            "odin",
            "gold",
            "platinum",
            [("target", 2), ("target", 3), ("target", 4), ("incidents", None), ("tam_week", None)],
        ),
        ("odin", "limited_free", "per_incident", [("incidents", None), ("bundle", None), ("funding", None)]),
        ("analytics", "enterprise", "enterprise-archived", [("archived", None)]),
    ],
)
def test_only_rows_that_differ_are_left(pack: str, one: str, other: str, found: list[tuple[str, int | None]]) -> None:
    assert said(pack, one, other) == found
    whole = two_of(side_by_side(shipped(pack)), one, other, only_differing=False)
    assert len(whole.rows) == len(side_by_side(shipped(pack)).rows)
    assert [head.code for head in whole.heads] == [one, other]


def test_the_other_way_round_differs_in_the_same_rows() -> None:
    assert said("odin", "silver_plus", "diamond") == said("odin", "diamond", "silver_plus")


def test_ways_to_reach_support_differ_between_analytics_plans() -> None:
    assert ("contacts", None) in said("analytics", "enterprise", "marketing_data")


def test_a_pack_that_promises_nothing_still_has_its_plans() -> None:
    found = side_by_side(shipped("community"))
    assert not [row for row in found.rows if row.part == "target"]
    assert len(found.heads) == len(shipped("community").plans)
