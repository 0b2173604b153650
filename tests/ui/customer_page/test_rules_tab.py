"""Every rule that is marked as shown can be read on this page, and found."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.domain.packs import shipped
from tests.domain.test_policy_rules import PACKS, ROW, TEXT
from ui.customer_page.rules_tab import RulesTab, part_name
from ui.theme import DARK, GRID, LIGHT

SHOWN = [rule for rule, mark, _ in ROW.findall(TEXT) if mark == "shown"]

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def tab(qtbot: QtBot) -> RulesTab:
    tab = RulesTab(LIGHT)
    qtbot.addWidget(tab)
    tab.resize(1024, 560)
    tab.show_packs([shipped(name) for name in PACKS.values()], "odin")
    tab.show()
    return tab


def choose(tab: RulesTab, pack: str) -> None:
    tab.pack.setCurrentIndex(tab.pack.findData(pack))
    tab.pack.activated.emit(tab.pack.currentIndex())


@pytest.mark.parametrize("rule", SHOWN)
def test_what_is_marked_as_shown_is_on_this_page(tab: RulesTab, rule: str) -> None:
    choose(tab, PACKS[rule.split("-")[0]])
    assert any(re.fullmatch(rf"{rule}[a-z]?", each) for each in tab.rules())


def test_there_are_rules_to_show() -> None:
    assert len(SHOWN) >= 15


def test_words_and_ids_are_found(tab: RulesTab) -> None:
    whole = tab.model.rowCount()
    assert tab.said.text() == f"{whole} of {whole} entries"
    tab.find_box.setText("od-13")
    assert 0 < tab.model.rowCount() < whole
    assert all("OD-13" in line.key.split() for line in tab.model.lines())
    tab.find_box.setText("NOTHING such as this")
    assert tab.model.rowCount() == 0
    assert tab.said.text() == "Nothing in this pack has these words."
    tab.find_box.setText("permission agreement")
    assert tab.model.rowCount() == 1
    choose(tab, "community")
    assert tab.model.rowCount() == 0
    tab.find_box.clear()
    assert tab.model.rowCount() > 20


def test_another_desk_keeps_the_pack_that_is_looked_at(tab: RulesTab) -> None:
    choose(tab, "analytics")
    tab.show_packs([shipped(name) for name in PACKS.values()], "odin")
    assert tab.pack.currentData() == "analytics"


def test_every_line_is_as_high_as_its_words(tab: RulesTab) -> None:
    wide = [tab.view.rowHeight(row) for row in range(tab.model.rowCount())]
    tab.resize(700, 560)
    narrow = [tab.view.rowHeight(row) for row in range(tab.model.rowCount())]
    assert sum(narrow) > sum(wide)
    tab.set_theme(DARK)
    assert tab.said._theme is DARK


def test_each_part_has_a_name() -> None:
    parts = {line for name in PACKS.values() for line in type(shipped(name)).model_fields}
    assert all(part_name(part)[0].isupper() for part in parts)


@pytest.mark.parametrize("width", range(1000, 1120, 12))
def test_rows_hold_all_lines_of_their_words_within_the_padding_of_a_cell(tab: RulesTab, width: int) -> None:
    tab.resize(width, 560)
    QApplication.processEvents()
    metrics, within = tab.view.fontMetrics(), QRect(0, 0, tab.view.columnWidth(2) - 4 * GRID, 10_000)
    for row, line in enumerate(tab.model.lines()):
        words = line.cells[2].text
        assert tab.view.rowHeight(row) >= metrics.boundingRect(within, Qt.TextFlag.TextWordWrap, words).height(), words
