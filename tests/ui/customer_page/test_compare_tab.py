"""Plans of a pack beside each other, and two of them with what differs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.domain.packs import shipped
from ui.customer_page.compare_tab import CompareTab
from ui.theme import DARK, LIGHT

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def tab(qtbot: QtBot) -> CompareTab:
    tab = CompareTab(LIGHT)
    qtbot.addWidget(tab)
    tab.resize(1024, 560)
    tab.show_packs([shipped("odin"), shipped("analytics")], "odin")
    tab.show()
    return tab


def heads(tab: CompareTab) -> list[str]:
    model = tab.model
    return [model.headerData(place, Qt.Orientation.Horizontal) for place in range(1, model.columnCount())]


def lines(tab: CompareTab) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in tab.model.lines()]


def test_all_plans_are_columns(tab: CompareTab, qtmodeltester: ModelTester) -> None:
    assert heads(tab) == [
        "Silver+", "Gold", "Platinum", "Diamond", "No plan", "Limited free\nsupport", "Per-incident\nsupport",
    ]  # fmt: skip
    assert lines(tab)[0] == ["First response  ◆ 1 Urgent", "4 h", "2 h", "2 h", "1 h", "2 h", "2 h", "2 h"]
    assert ["Incidents", "50", "100", "200", "unlimited", "0", "10", "as bought"] in lines(tab)
    assert not tab.all.isEnabled()
    qtmodeltester.check(tab.model)


def test_two_plans_show_only_what_differs(tab: CompareTab, qtmodeltester: ModelTester) -> None:
    tab.choose("gold", "platinum")
    assert heads(tab) == ["Gold", "Platinum"]
    assert lines(tab) == [
        ["≠ First response  ▲ 2 High", "4 h", "2 h"],
        ["≠ First response  ● 3 Normal", "6 h", "4 h"],
        ["≠ First response  ○ 4 Minor", "12 h", "8 h"],
        ["≠ Incidents", "100", "200"],
        ["≠ Account manager a week", "10 h", "20 h"],
    ]
    assert tab.said.text() == "These two plans differ in 5 rows; what is the same is left out."
    first = tab.model.index(0, 0)
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "First response  ▲ 2 High, differs"
    qtmodeltester.check(tab.model)


def test_plans_are_chosen_by_keys_and_all_come_back(tab: CompareTab) -> None:
    tab.one.setFocus()
    QTest.keyClicks(tab.one, "gol")
    tab.one.activated.emit(tab.one.currentIndex())
    tab.other.setFocus()
    QTest.keyClicks(tab.other, "dia")
    tab.other.activated.emit(tab.other.currentIndex())
    assert tab.chosen() == ("gold", "diamond")
    assert heads(tab) == ["Gold", "Diamond"]
    tab.all.click()
    assert len(heads(tab)) == 7


def test_the_same_plan_twice_is_all_plans(tab: CompareTab) -> None:
    tab.choose("gold", "gold")
    assert len(heads(tab)) == 7


def test_archived_plans_say_so_and_another_pack_forgets_the_choice(tab: CompareTab) -> None:
    tab.choose("gold", "diamond")
    tab.pack.setCurrentIndex(1)
    tab.pack.activated.emit(1)
    assert tab.chosen() == (None, None)
    assert [head for head in heads(tab) if head.endswith("\narchived")]
    tab.choose("enterprise", "enterprise-archived")
    assert lines(tab) == [["≠ Sold", "yes", "no longer, archived"]]


def test_what_is_looked_at_stays_when_it_is_read_again(tab: CompareTab) -> None:
    tab.choose("gold", "diamond")
    tab.show_packs([shipped("odin"), shipped("analytics")], "analytics")
    assert tab.chosen() == ("gold", "diamond")
    tab.set_theme(DARK)
    assert tab._delegate._theme is DARK


@pytest.mark.parametrize("width", [1024, 1280])
def test_every_column_is_in_sight(tab: CompareTab, width: int) -> None:
    tab.resize(width, 560)
    QTest.qWait(0)
    header = tab.view.horizontalHeader()
    assert header.length() <= tab.view.viewport().width()
