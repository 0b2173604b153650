"""The list of decisions: numbers at once, rows when somebody looks."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from console.domain.reviews import DecisionRow
from models.decision_model import DecisionColumn, DecisionModel, DecisionWords

WORDS = DecisionWords(
    headers=("When", "Ticket", "Decision", "Manager", "Review"),
    when=lambda at: f"at {at}",
    decision=lambda row: row.kind,
    manager=lambda row: row.actor,
    review=lambda row: row.review or "",
    reading="reading",
)


def row(seq: int, actor: str = "Mara") -> DecisionRow:
    return DecisionRow(
        seq=seq,
        uid=f"u{seq}",
        at=seq,
        kind="escalation_accepted",
        ticket_id=seq,
        number=f"T{seq}",
        customer=None,
        pack="odin",
        plan=None,
        severity=2,
        level=1,
        channel="phone",
        asked_at=0,
        review_due_at=None,
        allowed=None,
        to_severity=None,
        reason_code=None,
        asked_because=None,
        actor=actor,
        os_user="",
    )


@pytest.fixture
def model() -> DecisionModel:
    return DecisionModel(WORDS)


def shown(model: DecisionModel, place: int) -> list[str]:
    return [model.index(place, column).data() for column in DecisionColumn]


def test_rows_are_asked_for_once_by_pages_and_then_shown(model: DecisionModel, qtmodeltester: ModelTester) -> None:
    model.show_numbers(range(1000, 0, -1))
    assert model.rowCount() == 1000
    assert shown(model, 0) == ["reading", "", "", "", ""]
    wanted = model.want(0, 20)
    assert wanted == list(range(1000, 900, -1))
    assert model.want(5, 30) == []
    model.put([row(number) for number in wanted])
    assert shown(model, 0) == ["at 1000", "T1000", "escalation_accepted", "Mara", ""]
    assert model.want(50, 150) == list(range(900, 800, -1))
    qtmodeltester.check(model)


def test_a_hundred_thousand_decisions_are_numbers_only(model: DecisionModel) -> None:
    model.show_numbers(range(100_000))
    assert len(model.want(99_950, 99_999)) == 100
    assert model.number(99_999) == 99_999
    assert (model.number(100_000), model.number(-1)) == (None, None)


def test_rows_of_a_list_that_is_gone_are_left_out(model: DecisionModel) -> None:
    model.show_numbers([1, 2])
    model.show_numbers([3])
    model.put([row(1), row(3)])
    assert model.rowCount() == 1
    assert (model.row(1), model.place(1), model.place(3)) == (None, -1, 0)
    assert model.want(0, 0) == []


def test_a_row_that_is_read_again_is_repainted(model: DecisionModel, qtmodeltester: ModelTester) -> None:
    model.show_rows([row(2), row(1)])
    changed: list[int] = []
    model.dataChanged.connect(lambda top, bottom: changed.extend(range(top.row(), bottom.row() + 1)))
    model.put([row(1, "Otto")])
    assert changed == [1]
    assert shown(model, 1)[DecisionColumn.MANAGER] == "Otto"
    assert model.headerData(3, Qt.Orientation.Horizontal) == "Manager"
    qtmodeltester.check(model)


def test_any_course_keeps_the_model_whole(model: DecisionModel, qtmodeltester: ModelTester) -> None:
    chance = random.Random(5)
    for _ in range(40):
        numbers = chance.sample(range(300), chance.randrange(0, 200))
        model.show_numbers(numbers)
        for _ in range(3):
            first = chance.randrange(200)
            model.put([row(number) for number in model.want(first, first + chance.randrange(40))])
        qtmodeltester.check(model)


def test_nothing_is_told_beside_the_text(model: DecisionModel) -> None:
    model.show_rows([row(1).blind()])
    roles = (Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole, Qt.ItemDataRole.UserRole)
    for column in DecisionColumn:
        index = model.index(0, column)
        assert [index.data(role) for role in roles] == [None, None, None]
        assert index.data(Qt.ItemDataRole.ToolTipRole) == index.data()
        assert "Mara" not in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
