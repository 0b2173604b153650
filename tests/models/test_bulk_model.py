"""The tickets of a bulk: what would become of each, then what has."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.modeltest import ModelTester

from models.bulk_model import BulkColumn, BulkModel, BulkRow

RED = QColor("red")


@pytest.fixture
def model() -> BulkModel:
    return BulkModel(("Ticket", "Subject", "Severity", "What happens"), {"overdue": RED})


def rows(*ids: int, note: str = "", tone: str = "text") -> list[BulkRow]:
    return [BulkRow(each, f"T{each}", "Mail <b>stuck</b>", "● 3 → ◆ 1", note, tone) for each in ids]


def column(model: BulkModel, which: BulkColumn) -> list[str]:
    return [model.index(row, which).data() for row in range(model.rowCount())]


def test_tickets_come_in_chunks_and_stay_in_their_order(model: BulkModel, qtmodeltester: ModelTester) -> None:
    model.add_rows(rows(7, 3))
    model.add_rows(rows(5))
    model.add_rows([])
    assert column(model, BulkColumn.NUMBER) == ["T7", "T3", "T5"]
    assert column(model, BulkColumn.SUBJECT) == ["Mail <b>stuck</b>"] * 3
    assert model.headerData(BulkColumn.NOTE, Qt.Orientation.Horizontal) == "What happens"
    qtmodeltester.check(model)


def test_what_became_of_them_takes_their_places(model: BulkModel, qtmodeltester: ModelTester) -> None:
    model.add_rows(rows(7, 3, 5))
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last, _roles: changed.append((first.row(), last.row())))
    model.replace_rows(rows(3, 99, note="Changed"))
    assert column(model, BulkColumn.NOTE) == ["", "Changed", ""]
    assert changed == [(1, 1)]
    assert model.row(1).note == "Changed"
    qtmodeltester.check(model)


def test_only_the_note_has_a_tone(model: BulkModel) -> None:
    model.add_rows(rows(1, note="Workaround breached at once", tone="overdue"))
    colours = [model.index(0, each).data(Qt.ItemDataRole.ForegroundRole) for each in BulkColumn]
    assert colours == [None, None, None, RED]


def test_random_changes_keep_the_model_whole(model: BulkModel, qtmodeltester: ModelTester) -> None:
    chance = random.Random(4)
    qtmodeltester.check(model)
    for step in range(60):
        ids = [step * 10 + each for each in range(chance.randint(0, 5))]
        act = chance.choice(["add", "add", "replace", "clear"])
        if act == "add":
            model.add_rows(rows(*ids))
        elif act == "replace":
            known = [model.row(each).ticket_id for each in range(model.rowCount())]
            model.replace_rows(rows(*chance.sample(known, min(2, len(known))), note=str(step)))
        elif chance.random() < 0.2:
            model.clear()
        assert len(set(column(model, BulkColumn.NUMBER))) == model.rowCount()
    qtmodeltester.check(model)
