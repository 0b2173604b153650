"""A rule of the domain that no service asks would be dead, however well it is tested."""

from __future__ import annotations

import ast

import pytest

from tests.rig.shared import ROOT

RULES = (
    "survey_rate",
    "supported_releases",
    "is_covered",
    "coverage",
    "update_service",
    "contact_hours",
    "credit_refusal",
    "credit",
    "deduction",
    "purchase_refusal",
    "read_support_code",
    "new_contract_refusal",
    "make_contract",
    "strip_credentials",
    "rejection_replies",
    "audience",
    "finish_refusal",
    "beyond",
    "warning",
    "side_by_side",
)


def called() -> set[str]:
    """The names that services, commands and screens call, and those that what they call in the domain calls."""
    found = set()
    for folder in ("console/services", "console/cli", "ui", "console/domain"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    found.add((folder, node.func.id))
    by_domain = {"supported_releases", "is_covered"}
    return {name for folder, name in found if folder != "console/domain" or name in by_domain}


@pytest.fixture(scope="module")
def names() -> set[str]:
    return called()


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_asked_by_somebody(rule: str, names: set[str]) -> None:
    assert rule in names
