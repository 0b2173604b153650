"""Who may change a severity, and what a manager's reduction has to name (OD-2)."""

from __future__ import annotations

import pytest

from console.domain.rules import StatusClass
from console.domain.severity import may_change, reason_refusal, reasons
from tests.domain.packs import odin

PACK = odin()
MANAGER, ENGINEER = "shift_manager", "support_engineer"


@pytest.mark.parametrize(
    ("role", "from_", "to", "confirmed", "refusal"),
    [
        (MANAGER, 3, 1, False, None),
        (MANAGER, 1, 3, False, None),
        (MANAGER, None, 2, False, None),
        (ENGINEER, 1, 3, False, "severity_needs_confirmation"),
        (ENGINEER, 1, 3, True, None),
        (ENGINEER, 3, 1, True, "severity_role_not_up"),
        (ENGINEER, None, 1, True, "severity_role_not_up"),
        ("customer", 3, 1, True, "severity_role_not_up"),
        ("team_lead", 3, 1, False, "severity_role_not_up"),
        ("team_lead", 1, 3, True, "severity_role_not_down"),
        (MANAGER, 2, 2, False, "severity_same"),
        (MANAGER, 2, 5, False, "severity_unknown"),
    ],
)
def test_who_may_change(role: str, from_: int | None, to: int, confirmed: bool, refusal: str | None) -> None:
    assert may_change(PACK, role, from_, to, status_class=StatusClass.OPEN, customer_confirmed=confirmed) == refusal


@pytest.mark.parametrize("status_class", list(StatusClass))
def test_a_closed_ticket_keeps_its_severity(status_class: StatusClass) -> None:
    expected = "severity_closed" if status_class is StatusClass.CLOSED else None
    assert may_change(PACK, MANAGER, 2, 1, status_class=status_class) == expected


@pytest.mark.parametrize(
    ("role", "from_", "to", "reason", "refusal"),
    [
        (MANAGER, 1, 3, "not_urgent", None),
        (MANAGER, 1, 3, "not_high", "severity_definition_missing"),
        (MANAGER, 1, 3, None, "severity_definition_missing"),
        (MANAGER, 2, 3, "not_high", None),
        (MANAGER, 3, 4, "underrated", "severity_definition_missing"),
        (MANAGER, 3, 1, "underrated", None),
        (MANAGER, 3, 1, None, None),
        (MANAGER, 3, 1, "not_normal", "severity_reason_unknown"),
        (ENGINEER, 1, 3, None, None),
        (ENGINEER, 1, 3, "unheard-of", "severity_reason_unknown"),
    ],
)
def test_a_managers_reduction_names_the_definition_that_is_not_met(
    role: str, from_: int, to: int, reason: str | None, refusal: str | None
) -> None:
    assert reason_refusal(PACK, role, from_, to, reason) == refusal


def test_only_fitting_reasons_are_offered() -> None:
    assert [reason.code for reason in reasons(PACK, 2, 4)] == ["not_high"]
    assert [reason.code for reason in reasons(PACK, 4, 2)] == ["underrated", "impact_grew"]
