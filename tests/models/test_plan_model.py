"""The plan as a table: what is promised, and the cell that the ticket counts by."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from console.domain.entitlements import PlanTable, matrix
from console.domain.explain import explain
from models.plan_model import CURRENT, MARKED, PlanModel, PlanWords
from tests.domain.packs import odin, odin_book
from tests.ui.example_card import at, opened

WORDS = PlanWords(
    text=lambda text: text.en,
    duration=lambda micros: f"{micros // 3_600_000_000} h",
    severity=lambda level, name: f"{level} {name}",
    severity_header="Severity",
    nothing="none",
    this_ticket="this ticket",
)


def table(plan: str | None, severity: int | None = None) -> PlanTable | None:
    state = None if severity is None else explain(opened(severity, plan or ""), odin_book(), at(10))[0]
    return matrix(odin(), plan, state)


@pytest.fixture
def model() -> PlanModel:
    return PlanModel(WORDS)


def shown(model: PlanModel) -> list[list[str]]:
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def test_the_promises_of_gold(model: PlanModel, qtmodeltester: ModelTester) -> None:
    model.show_table(table("gold", 2))
    headers = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(3)]
    assert headers == ["Severity", "First response", "Workaround"]
    assert shown(model) == [
        ["1 Urgent", "2 h", "6 h"],
        ["2 High", "▸ 4 h", "12 h"],
        ["3 Normal", "6 h", "48 h"],
        ["4 Minor", "12 h", "none"],
    ]
    qtmodeltester.check(model)


def test_only_the_ticket_s_cell_is_marked_in_shape_weight_and_words(model: PlanModel) -> None:
    model.show_table(table("gold", 2))
    marked = [(row, column) for row in range(4) for column in range(3) if model.index(row, column).data(MARKED)]
    assert marked == [(1, 1)]
    assert [row for row in range(4) if model.index(row, 0).data(CURRENT)] == [1]
    assert model.index(1, 1).data(Qt.ItemDataRole.FontRole).bold()
    assert model.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "First response, 4 h, this ticket"
    assert model.index(2, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "First response, 6 h"


def test_without_a_ticket_nothing_is_marked(model: PlanModel) -> None:
    model.show_table(table("gold"))
    assert not any("▸" in text for line in shown(model) for text in line)


def test_another_plan_replaces_the_table_and_none_empties_it(model: PlanModel, qtmodeltester: ModelTester) -> None:
    model.show_table(table("gold"))
    model.show_table(table("diamond"))
    assert shown(model)[0] == ["1 Urgent", "1 h", "2 h"]
    qtmodeltester.check(model)
    model.show_table(None)
    assert (model.rowCount(), model.columnCount()) == (0, 0)
    assert model.headerData(0, Qt.Orientation.Horizontal) is None
    qtmodeltester.check(model)


def test_numbers_stand_right_and_names_left(model: PlanModel) -> None:
    model.show_table(table("gold"))
    for column, side in ((0, Qt.AlignmentFlag.AlignLeft), (1, Qt.AlignmentFlag.AlignRight)):
        assert model.index(0, column).data(Qt.ItemDataRole.TextAlignmentRole) & side
        assert model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole) & side
