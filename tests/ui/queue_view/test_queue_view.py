"""The queue under somebody's hands: keys, clicks, and rows that change meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from models import ordered_rows
from models.queue_columns import Column
from models.selection import Selection, SortKey
from tests.models.desk import paused, ticket
from tests.ui.queue_view.conftest import Screen, heard
from ui.queue_view.columns import ColumnChoice
from ui.queue_view.tips import tip
from ui.queue_view.view import QueueView

Open = Callable[..., Screen]
KEY = Qt.Key


def many(count: int = 200) -> list:  # type: ignore[type-arg]
    return [ticket(each, each * 100) for each in range(1, count + 1)]


def test_the_keyboard_walks_the_queue_and_opens_a_ticket(screen: Open) -> None:
    desk = screen(many())
    current, opened = heard(desk.view.ticketCurrent), heard(desk.view.ticketActivated)
    for key in (KEY.Key_Home, KEY.Key_Down, KEY.Key_Down, KEY.Key_Up, KEY.Key_End, KEY.Key_Home):
        desk.press(key)
    assert current == [1, 2, 3, 2, 200, 1]
    desk.press(KEY.Key_PageDown)
    assert 5 < desk.view.current_ticket() < 20
    desk.press(KEY.Key_Return)
    assert opened == [desk.view.current_ticket()]


def test_enter_without_a_ticket_opens_nothing(screen: Open) -> None:
    desk = screen(many())
    opened = heard(desk.view.ticketActivated)
    desk.press(KEY.Key_Return)
    assert opened == []


def test_letters_do_not_search_the_rows(screen: Open) -> None:
    desk = screen(many())
    desk.click(5)
    QTest.keyClicks(desk.view, "T9")
    assert desk.view.current_ticket() == 5


def test_several_rows_are_selected_whole_and_told_from_the_top(screen: Open) -> None:
    desk = screen(many())
    desk.click(4)
    desk.press(KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    desk.press(KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert desk.view.selected_tickets() == [4, 5, 6]
    assert desk.view.current_ticket() == 6


def test_a_double_click_opens(screen: Open) -> None:
    desk = screen(many())
    opened = heard(desk.view.ticketActivated)
    at = desk.view.visualRect(desk.model.index(2, 2)).center()
    QTest.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened == [3]


@pytest.mark.parametrize("reset_above", [0, 1000])
def test_selection_and_current_ticket_survive_changes_and_resets(
    screen: Open, monkeypatch: pytest.MonkeyPatch, reset_above: int
) -> None:
    monkeypatch.setattr(ordered_rows, "RESET_ABOVE", reset_above)
    desk = screen(many(30))
    desk.click(4)
    desk.press(KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    current = heard(desk.view.ticketCurrent)
    desk.change(ticket(5, 1), ticket(77, 2), ticket(9, 90_000), closed=(1, 2))
    assert desk.view.selected_tickets() == [5, 4]
    assert desk.view.current_ticket() == 5
    assert current == []


@pytest.mark.parametrize("reset_above", [0, 1000])
def test_when_the_current_ticket_leaves_its_place_is_kept(
    screen: Open, monkeypatch: pytest.MonkeyPatch, reset_above: int
) -> None:
    monkeypatch.setattr(ordered_rows, "RESET_ABOVE", reset_above)
    desk = screen(many(30))
    desk.click(4)
    current = heard(desk.view.ticketCurrent)
    desk.change(closed=(4,))
    assert (desk.view.current_ticket(), desk.view.selected_tickets()) == (0, [])
    desk.press(KEY.Key_Down)
    assert desk.view.current_ticket() == 5
    assert current == [0, 5]


def test_who_scrolled_down_keeps_seeing_the_same_tickets(screen: Open) -> None:
    desk = screen(many())
    desk.view.verticalScrollBar().setValue(28 * 50 + 9)
    desk.settle()
    before = desk.view.visible_rows()
    first = desk.model.ticketAt(before.start)
    desk.change(ticket(900, 1), ticket(901, 2), closed=(3,))
    assert desk.view.verticalScrollBar().value() == 28 * 51 + 9
    assert desk.model.ticketAt(desk.view.visible_rows().start) == first
    # The one that leaves does not take the others along.
    desk.change(ticket(first, 19_000))
    assert desk.view.verticalScrollBar().value() == 28 * 50 + 9
    assert desk.model.ticketAt(desk.view.visible_rows().start + 1) == first + 1


def test_who_is_at_the_top_sees_what_is_new_there(screen: Open) -> None:
    desk = screen(many())
    desk.change(ticket(900, 1))
    assert desk.view.verticalScrollBar().value() == 0
    assert desk.model.ticketAt(0) == 900


def test_no_row_moves_between_pressing_and_releasing(screen: Open) -> None:
    desk = screen(many(20))
    at = desk.view.visualRect(desk.model.index(3, 2)).center()
    QTest.mousePress(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    desk.change(ticket(20, 1))
    assert desk.model.ticketAt(0) == 1
    assert desk.model.pending == 1
    QTest.mouseRelease(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert desk.model.ticketAt(0) == 20
    assert desk.view.current_ticket() == 4


def test_a_menu_is_asked_for_with_ticket_and_place(screen: Open) -> None:
    desk = screen(many(20))
    desk.click(3)
    asked = heard(desk.view.menuRequested)
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(desk.view.viewport(), QContextMenuEvent(reason, QPoint(1, 1), QPoint(1, 1)))
    ((number, at),) = asked
    row = desk.view.visualRect(desk.model.index(2, 0))
    assert number == 3
    assert desk.view.viewport().mapFromGlobal(at).y() == row.bottom()


def test_heads_sort_and_show_it(screen: Open) -> None:
    desk = screen([ticket(1, 10, severity=3), ticket(2, 20, severity=1), paused(3, 5)])
    heads = desk.view.horizontalHeader()
    assert (heads.sortIndicatorSection(), heads.isSortIndicatorShown()) == (Column.LEFT, True)

    def click(column: Column) -> None:
        at = QPoint(heads.sectionViewportPosition(column) + 5, heads.height() // 2)
        QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=at)

    click(Column.SEVERITY)
    assert desk.model.ticketsAt(0, 9) == [2, 3, 1]
    assert heads.sortIndicatorSection() == Column.SEVERITY
    click(Column.SEVERITY)
    assert desk.model.ticketsAt(0, 9) == [1, 3, 2]
    assert heads.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    click(Column.SUBJECT)
    assert desk.model.selection.sort is SortKey.SEVERITY
    assert heads.sortIndicatorSection() == Column.SEVERITY


def test_sorting_shows_the_top_and_keeps_the_chosen_ticket(screen: Open) -> None:
    desk = screen([ticket(each, each, severity=1 + each % 4) for each in range(1, 200)])
    assert desk.view.go_to(150)
    desk.settle()
    assert desk.view.visible_rows().start > 0
    heads = desk.view.horizontalHeader()
    at = QPoint(heads.sectionViewportPosition(Column.SEVERITY) + 5, heads.height() // 2)
    for _ in range(2):
        QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=at)
        desk.settle()
        assert desk.view.visible_rows().start == 0
        assert desk.view.current_ticket() == 150
        desk.view.verticalScrollBar().setValue(2000)


def test_the_age_of_a_request_is_shown_where_it_is_to_be_decided(screen: Open) -> None:
    desk = screen([ticket(1, 10), ticket(2, 20, escalation="requested", escalation_s=1)])
    assert desk.view.isColumnHidden(Column.ASKED)
    desk.model.select(Selection("decide"))
    assert not desk.view.isColumnHidden(Column.ASKED)
    desk.model.select(Selection("open"))
    assert desk.view.isColumnHidden(Column.ASKED)


def test_another_queue_begins_at_its_top_or_at_the_chosen_ticket(screen: Open) -> None:
    rows = [ticket(each, each * 100, support_group="Mail" if each % 2 else "Billing") for each in range(1, 200)]
    desk = screen(rows)
    assert desk.view.go_to(101)
    desk.model.select(Selection("group:Mail"))
    assert desk.view.current_ticket() == 101
    assert desk.model.rowOf(101) in desk.view.visible_rows()
    desk.model.select(Selection("group:Billing"))
    assert desk.view.current_ticket() == 0
    assert desk.view.visible_rows().start == 0


def test_a_ticket_of_another_queue_cannot_be_gone_to(screen: Open) -> None:
    desk = screen(many(5))
    assert not desk.view.go_to(99)


def test_rows_around_those_in_sight_are_fetched_and_no_others(screen: Open) -> None:
    desk = screen(many(2000))
    desk.view.verticalScrollBar().setValue(28 * 1000)
    desk.view.viewport().repaint()
    desk.settle()
    seen = desk.view.visible_rows()
    page = len(seen)
    known = [row for row in range(2000) if desk.model.rowData(row) is not None]
    expected = {*range(0, 2 * page), *range(seen.start - page, seen.stop + page)}
    assert set(known) <= expected
    assert set(seen) <= set(known)


def test_a_screen_reader_hears_rows_in_words(screen: Open) -> None:
    desk = screen([ticket(1, -60, severity=1)])
    view: QueueView = desk.view
    table = QAccessible.queryAccessibleInterface(view)
    assert view.accessibleName() == "Queue"
    assert table.role() == QAccessible.Role.Table
    spoken = [
        desk.model.data(desk.model.index(0, column), Qt.ItemDataRole.AccessibleTextRole)
        for column in (Column.SEVERITY, Column.LEFT)
    ]
    assert spoken == ["Severity 1 urgent", "overdue 1 m"]


@pytest.mark.qt_log_ignore("propagateSizeHints|does not support")
def test_columns_are_chosen_by_keys_and_then_stay(screen: Open) -> None:
    desk = screen([ticket(1, 60), ticket(2, 90)], size=(700, 400))
    chosen = heard(desk.view.choiceChanged)
    assert desk.view.isColumnHidden(Column.OWNER)
    desk.view.choose_columns()
    (menu,) = desk.view.findChildren(QMenu)
    owner = next(act for act in menu.actions() if act.text() == "Owner")
    assert (owner.isCheckable(), owner.isChecked()) == (True, False)
    owner.trigger()
    menu.close()
    assert not desk.view.isColumnHidden(Column.OWNER)
    assert [choice.as_text() for choice in chosen] == ["+owner"]
    desk.view.resize(400, 400)
    desk.settle()
    assert not desk.view.isColumnHidden(Column.OWNER)
    # Chosen columns that do not fit are reached by scrolling; without them nothing scrolls sideways.
    assert desk.view.horizontalScrollBar().maximum() > 0
    desk.view.set_choice(ColumnChoice())
    desk.settle()
    assert desk.view.isColumnHidden(Column.OWNER)


def test_the_time_cell_says_the_clock_and_its_working_time(screen: Open) -> None:
    desk = screen([ticket(1, 3600)])
    desk.model.cells.work_left_of = lambda row, now: 65 * 60_000_000
    row = desk.model.rowData(0)
    assert row is not None
    said = tip(desk.model.cells, row, Column.LEFT, "", desk.model.now())
    assert said == "<qt>First response<br>due 29 May 00:26<br>working time left 1 h 5 m</qt>"
