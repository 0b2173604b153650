"""People with what they carry: to choose one, or to tick those who work on a shift."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from console.domain.people import Load, PersonLoad
from models.people_model import PERSON_ROLE, PeopleColumn, PeopleModel, PeopleWords

WORDS = PeopleWords(
    headers=("Name", "Shift", "Open", "Overdue", "Next due"),
    on_shift="on shift",
    due=lambda seconds: f"at {seconds}",
    spoken=lambda person: f"{person.name} carries {person.load.open}",
)
ANN = PersonLoad(1, "Ann", True, Load(3, 1, 0, 500))
BO = PersonLoad(2, "Bo", True, Load())
ZOE = PersonLoad(3, "Zoë", False, Load(1, 0, 1, None))


@pytest.fixture
def model() -> PeopleModel:
    found = PeopleModel(WORDS, checkable=True)
    found.show_people((ANN, BO, ZOE), ticked=(1, 2))
    return found


def shown(model: PeopleModel, column: PeopleColumn) -> list[str]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


def tick(model: PeopleModel, row: int, on: bool) -> bool:
    state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
    return model.setData(model.index(row, PeopleColumn.NAME), state, Qt.ItemDataRole.CheckStateRole)


def test_each_stands_with_what_they_carry(model: PeopleModel, qtmodeltester: ModelTester) -> None:
    assert shown(model, PeopleColumn.NAME) == ["Ann", "Bo", "Zoë"]
    assert shown(model, PeopleColumn.SHIFT) == ["on shift", "on shift", ""]
    assert shown(model, PeopleColumn.OPEN) == ["3", "0", "1"]
    assert shown(model, PeopleColumn.OVERDUE) == ["1", "", ""]
    assert shown(model, PeopleColumn.NEXT_DUE) == ["at 500", "", ""]
    assert model.headerData(PeopleColumn.OPEN, Qt.Orientation.Horizontal) == "Open"
    spoken = model.index(0, PeopleColumn.NAME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Ann carries 3"
    assert model.index(2, 0).data(PERSON_ROLE) == 3
    qtmodeltester.check(model)


def test_ticks_are_told_and_kept_while_names_are_filtered(model: PeopleModel) -> None:
    told: list[bool] = []
    model.ticked.connect(lambda: told.append(True))
    assert tick(model, 2, True)
    assert tick(model, 0, False)
    assert (model.ticked_ids(), len(told)) == ((2, 3), 2)
    model.set_filter("  ZO ")
    assert shown(model, PeopleColumn.NAME) == ["Zoë"]
    assert (model.ticked_ids(), model.row_of(1), model.row_of(3)) == ((2, 3), -1, 0)
    model.set_filter("")
    assert model.rowCount() == 3
    assert model.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked


def test_only_names_are_ticked_and_only_where_it_is_asked_for(model: PeopleModel) -> None:
    state = Qt.CheckState.Checked
    assert not model.setData(model.index(2, PeopleColumn.OPEN), state, Qt.ItemDataRole.CheckStateRole)
    assert not model.setData(model.index(2, PeopleColumn.NAME), "Zed")
    plain = PeopleModel(WORDS)
    plain.show_people((ANN,))
    assert plain.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) is None
    assert not tick(plain, 0, True)
    assert plain.ticked_ids() == ()


def test_other_people_replace_them(model: PeopleModel, qtmodeltester: ModelTester) -> None:
    model.show_people((), ())
    assert (model.rowCount(), model.person(0), model.ticked_ids()) == (0, None, ())
    qtmodeltester.check(model)
