"""Columns are as wide as their words: dates, ids and numbers are never cut, one column takes what is left."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from models.text_table import Cell, Head, Line, TextTable
from ui.tables import fit_columns, quiet_table

HEADS = (Head("When"), Head("Handed over to the next one"), Head("Subject"), Head("Left", right=True))
DATE, ID, NUMBER = "20 Nov 2026 23:59", "WWWWWW-123456789", "1,234,567"
LONG = "Der Drucker druckt nicht " * 20


def line(date: str = DATE, name: str = ID, subject: str = LONG, number: str = NUMBER) -> Line:
    return Line((Cell(date), Cell(name), Cell(subject), Cell(number)), date)


def table(
    qtbot: QtBot, lines: list[Line], *, width: int = 700, points: int = 10, elastic: tuple[int, ...] = ()
) -> QTableView:
    view = quiet_table("Rows")
    model = TextTable(HEADS)
    model.setParent(view)
    view.setModel(model)
    qtbot.addWidget(view)
    view.setFont(QFont(view.font().family(), points))
    view.resize(width, 200)
    fit_columns(view, 2, elastic)
    view.show()
    model.show_lines(lines)
    qtbot.wait(20)
    return view


def whole(view: QTableView, column: int, rows: int = 1) -> bool:
    """Whether head and cells of a column are shown to the last letter."""
    wide = view.columnWidth(column)
    cells = [view.sizeHintForIndex(view.model().index(row, column)).width() for row in range(rows)]
    return wide >= max(view.horizontalHeader().sectionSizeHint(column), *cells)


@pytest.mark.parametrize("width", [300, 700, 1200])
@pytest.mark.parametrize("points", [8, 10, 20])
def test_dates_ids_numbers_and_heads_are_never_cut(qtbot: QtBot, width: int, points: int) -> None:
    view = table(qtbot, [line()], width=width, points=points)
    assert [column for column in (0, 1, 3) if not whole(view, column)] == []
    assert whole(view, 2) is False


@pytest.mark.parametrize("width", [700, 1200])
def test_the_long_column_takes_exactly_what_is_left(qtbot: QtBot, width: int) -> None:
    view = table(qtbot, [line(), line(subject="short")], width=width)
    assert view.horizontalHeader().length() == view.viewport().width()
    view.resize(width + 150, 200)
    assert view.horizontalHeader().length() == view.viewport().width()


def test_a_name_gives_way_down_to_its_head_where_it_may(qtbot: QtBot) -> None:
    wide = [line(name="Wolfeschlegelsteinhausenbergerdorff " * 3)]
    stiff = table(qtbot, wide, width=700)
    yielding = table(qtbot, wide, width=700, elastic=(1,))
    assert stiff.columnWidth(1) > yielding.columnWidth(1) >= yielding.horizontalHeader().sectionSizeHint(1)
    assert [column for column in (0, 3) if not whole(yielding, column)] == []


def test_letters_that_grow_widen_the_columns(qtbot: QtBot) -> None:
    view = table(qtbot, [line()], width=1200)
    before = view.columnWidth(0)
    view.setFont(QFont(view.font().family(), 20))
    qtbot.wait(20)
    assert view.columnWidth(0) > before
    assert whole(view, 0)


def test_rows_that_come_later_widen_and_rows_anew_narrow(qtbot: QtBot) -> None:
    view = table(qtbot, [line(date="1 Nov")], width=1200)
    model = view.model()
    assert isinstance(model, TextTable)
    short = view.columnWidth(0)
    model.show_lines([line(date="1 Nov"), line()])
    qtbot.wait(20)
    assert whole(view, 0, rows=2)
    model.show_lines([line(date="1 Nov")])
    qtbot.wait(20)
    assert view.columnWidth(0) == short


def test_the_row_in_sight_counts_however_far_down(qtbot: QtBot) -> None:
    lines = [line(date="1 Nov") for _ in range(1000)] + [line()]
    view = table(qtbot, lines, width=1200)
    assert not whole(view, 0, rows=1001)
    view.scrollToBottom()
    qtbot.wait(20)
    assert whole(view, 0, rows=1001)
