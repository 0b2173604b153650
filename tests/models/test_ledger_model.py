"""The ledger: newest first, with what was left after each entry."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from models.ledger_model import LedgerColumn, LedgerModel, LedgerWords
from tests.ui.example_card import ledger

WORDS = LedgerWords(
    headers=("Date", "Ticket", "Amount", "Left", "Rule"),
    date=lambda at: f"day {at // 86_400_000_000}",
    amount=lambda kind, amount: f"{kind} {amount}",
    rule=lambda rule: rule.lower(),
)


@pytest.fixture
def model() -> LedgerModel:
    return LedgerModel(WORDS)


def column(model: LedgerModel, which: LedgerColumn) -> list[str]:
    return [model.index(row, which).data() for row in range(model.rowCount())]


def test_newest_first_with_what_was_left(model: LedgerModel, qtmodeltester: ModelTester) -> None:
    model.show_entries(ledger([-1, -1, 1]), granted=2)
    assert column(model, LedgerColumn.TICKET) == ["3", "2", "1"]
    assert column(model, LedgerColumn.AMOUNT) == ["incident 1", "incident -1", "incident -1"]
    assert column(model, LedgerColumn.LEFT) == ["1", "0", "1"]
    assert column(model, LedgerColumn.RULE) == ["od-6:unfixed_bug:bug-3", "od-6:opened", "od-6:opened"]
    assert model.headerData(LedgerColumn.RULE, Qt.Orientation.Horizontal) == "Rule"
    qtmodeltester.check(model)


def test_below_zero_is_said(model: LedgerModel) -> None:
    model.show_entries(ledger([-1, -1]), granted=1)
    assert column(model, LedgerColumn.LEFT) == ["−1", "0"]


def test_unlimited_and_other_kinds_have_no_rest(model: LedgerModel) -> None:
    model.show_entries(ledger([-1]), granted=None)
    assert column(model, LedgerColumn.LEFT) == [""]
    hours = ledger([-30])[0]._replace(kind="tam_minutes")
    model.show_entries([hours, *ledger([-1])], granted=5)
    assert column(model, LedgerColumn.LEFT) == ["4", ""]


def test_another_ledger_replaces_it(model: LedgerModel, qtmodeltester: ModelTester) -> None:
    model.show_entries(ledger([-1] * 50), granted=100)
    model.show_entries([], granted=100)
    assert model.rowCount() == 0
    qtmodeltester.check(model)
