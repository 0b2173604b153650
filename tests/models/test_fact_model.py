"""The facts of a ticket as a list: what cannot be chosen is there and says why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from console.domain.fact_line import FactLine, VoidableFact
from models.fact_model import FactColumn, FactListWords, FactModel

WORDS = FactListWords(
    headers=("When", "Entry", "By"),
    when=lambda at: f"at {at}",
    what=lambda line: line.words or "",
    who=lambda line: line.actor or "",
    refused=lambda code: f"No: {code}",
)


def fact(uid: str, words: str, refusal: str | None = None) -> VoidableFact:
    line = FactLine(uid, 5, 2, 1, 0, None, 2, "Ann", words, None, None, None, None, None, 1)
    return VoidableFact(line, refusal)


def test_facts_stand_in_their_order_and_some_cannot_be_chosen(qtmodeltester: ModelTester) -> None:
    model = FactModel(WORDS)
    model.show_facts((fact("b", "<b>bold</b>"), fact("a", "opened", "void_opening")))
    assert [model.index(row, FactColumn.WHAT).data() for row in range(2)] == ["<b>bold</b>", "opened"]
    assert [model.index(0, column).data() for column in (FactColumn.WHEN, FactColumn.WHO)] == ["at 5", "Ann"]
    first, second = model.index(0, 0), model.index(1, 0)
    assert model.flags(first) & Qt.ItemFlag.ItemIsSelectable
    assert not model.flags(second) & (Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
    assert first.data(Qt.ItemDataRole.ToolTipRole) == "<qt>&lt;b&gt;bold&lt;/b&gt;</qt>"
    assert second.data(Qt.ItemDataRole.ToolTipRole) == "<qt>opened<br>No: void_opening</qt>"
    assert second.data(Qt.ItemDataRole.AccessibleTextRole) == "at 5. No: void_opening"
    assert (model.row_of("a"), model.row_of("c"), model.fact(7)) == (1, -1, None)
    qtmodeltester.check(model)


def test_other_facts_replace_them(qtmodeltester: ModelTester) -> None:
    model = FactModel(WORDS)
    model.show_facts((fact("a", "x"),))
    model.show_facts(())
    assert model.rowCount() == 0
    assert model.headerData(FactColumn.WHEN, Qt.Orientation.Horizontal) == "When"
    qtmodeltester.check(model)
