"""What the queue looks like, as far as pixels can tell, and how little is repainted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from console.domain.instants import SECOND
from console.domain.rows import QueueRow
from models.queue_columns import Column
from models.selection import Selection
from tests.models.desk import NOW_S, paused, ticket, without_clock
from tests.ui.queue_view.conftest import Paints, Screen
from ui.queue_view.columns import SUBJECT_AT_LEAST, ColumnChoice, enough, fit, preferred
from ui.queue_view.notices import ViewState
from ui.queue_view.painted_table import Density
from ui.queue_view.row_painter import RowPainter, share_used
from ui.shapes import draw_severity
from ui.theme import DARK, LIGHT, Theme

Open = Callable[..., Screen]


def picture(desk: Screen) -> QImage:
    desk.settle()
    return desk.view.viewport().grab().toImage()


def colours(image: QImage, area: QRect | None = None) -> set[str]:
    area = image.rect() if area is None else area.intersected(image.rect())
    return {
        image.pixelColor(x, y).name()
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    }


def cell(desk: Screen, ticket_id: int, column: Column) -> QRect:
    return desk.view.visualRect(desk.model.index(desk.model.rowOf(ticket_id), column))


ROWS = [
    ticket(1, -60, severity=1),
    ticket(2, 600, severity=2),
    ticket(3, 2000, severity=3),
    ticket(4, 90_000, severity=4),
    paused(5, 60, severity=None),
    without_clock(6),
]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_each_risk_and_severity_has_its_colour_in_each_theme(screen: Open, theme: Theme) -> None:
    desk = screen(ROWS, theme)
    image = picture(desk)
    expected = {1: theme.overdue, 2: theme.soon, 3: theme.near, 4: theme.calm, 5: theme.paused}
    for ticket_id, colour in expected.items():
        assert colour.name() in colours(image, cell(desk, ticket_id, Column.LEFT)), ticket_id
    for ticket_id in (1, 2, 3, 4):
        assert theme.severity(ticket_id).name() in colours(image, cell(desk, ticket_id, Column.SEVERITY))
    assert theme.text.name() in colours(image, cell(desk, 1, Column.SUBJECT))
    # Unknown is blank: nothing but the ground.
    assert colours(image, cell(desk, 6, Column.LEFT)) == {theme.surface.name()}


def test_a_theme_can_be_changed_while_the_queue_is_open(screen: Open) -> None:
    desk = screen(ROWS)
    desk.view.set_theme(DARK)
    assert colours(picture(desk), cell(desk, 6, Column.LEFT)) == {DARK.surface.name()}


def test_selection_mark_and_pointer_are_seen(screen: Open) -> None:
    desk = screen(ROWS)
    desk.click(2)
    QTest.mouseMove(desk.view.viewport(), cell(desk, 4, Column.SUBJECT).center())
    image = picture(desk)
    chosen = cell(desk, 2, Column.SEVERITY)
    assert image.pixelColor(chosen.left() + 1, chosen.center().y()) == LIGHT.accent
    assert image.pixelColor(chosen.right(), chosen.top() + 2) == LIGHT.selection
    assert image.pixelColor(cell(desk, 4, Column.SEVERITY).topLeft() + QPoint(1, 1)) == LIGHT.hover
    assert image.pixelColor(cell(desk, 3, Column.SEVERITY).topLeft() + QPoint(1, 1)) == LIGHT.surface


def test_a_row_without_its_content_shows_that_it_is_coming(screen: Open) -> None:
    desk = screen(ROWS)
    desk.model.setFirstRows([])
    desk.rows.clear()
    desk.model.rowsWanted.disconnect()
    desk.model.select(Selection())
    desk.change(ticket(70, -900))
    assert desk.model.rowData(0) is None
    assert LIGHT.line.name() in colours(picture(desk), cell(desk, 70, Column.SUBJECT))


def test_changed_content_is_painted_anew(screen: Open) -> None:
    desk = screen(ROWS)
    before = picture(desk)
    desk.change(ticket(3, 2000, severity=3, subject="Quite another subject"))
    after = picture(desk)
    place = cell(desk, 3, Column.SUBJECT)
    assert before.copy(place) != after.copy(place)
    assert before.copy(cell(desk, 2, Column.SUBJECT)) == after.copy(cell(desk, 2, Column.SUBJECT))


def test_the_bar_grows_with_the_share_used() -> None:
    now = NOW_S * SECOND
    row = ticket(1, 3600)
    assert share_used(row, now) == 0.5
    assert share_used(row, now + 1800 * SECOND) == 0.75
    assert (share_used(row, now + 9999 * SECOND), share_used(row, now - 9999 * SECOND)) == (1.0, 0.0)
    assert share_used(paused(1, 1800), now) == 0.75
    assert share_used(paused(1, -5), now) == 1.0
    assert share_used(without_clock(1), now) is None


def test_severities_differ_by_shape_and_not_only_by_colour(qapp: QApplication) -> None:
    images = []
    for severity in (1, 2, 3, 4, None):
        image = QImage(16, 16, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        draw_severity(painter, QRectF(2, 2, 12, 12), severity, QColor("black"))
        painter.end()
        images.append(image)
    assert all(colours(image) == {"#000000", "#ffffff"} or len(colours(image)) > 1 for image in images)
    assert all(one != other for at, one in enumerate(images) for other in images[at + 1 :])


# How little is repainted


def test_a_tick_repaints_the_time_column_and_nothing_else(screen: Open, qtbot: QtBot) -> None:
    desk = screen(ROWS)
    desk.time.now_s += 0.9
    paints = Paints(desk.view)
    desk.view.viewport().repaint()
    paints.areas.clear()
    before = picture(desk)
    desk.time.now_s += 1
    paints.areas.clear()
    qtbot.waitUntil(lambda: bool(paints.areas), timeout=10_000)
    desk.settle()
    left = QRect(desk.view.columnViewportPosition(Column.LEFT), 0, desk.view.columnWidth(Column.LEFT), 400)
    assert paints.areas
    assert all(left.contains(area) for area in paints.areas)
    after = picture(desk)
    assert before.copy(cell(desk, 2, Column.LEFT)) != after.copy(cell(desk, 2, Column.LEFT))


def test_nothing_is_repainted_before_a_text_changes(screen: Open) -> None:
    desk = screen([ticket(1, 7200 - 1)])
    desk.settle()
    paints = Paints(desk.view)
    QTest.qWait(1200)
    assert paints.areas == []


def test_nothing_ticks_where_nobody_looks(screen: Open, qtbot: QtBot) -> None:
    desk = screen([ticket(1, 300)])
    desk.view.hide()
    assert [each for each in desk.view.findChildren(QTimer) if each.isActive()] == []
    paints = Paints(desk.view)
    desk.time.now_s += 5
    QTest.qWait(1200)
    assert paints.areas == []
    desk.view.show()
    QTest.qWait(50)
    paints.areas.clear()
    qtbot.waitUntil(lambda: bool(paints.areas), timeout=10_000)


def test_only_rows_that_changed_are_drawn_anew(screen: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = screen(ROWS)
    drawn: list[int] = []
    draw = RowPainter._draw

    def note(painter: RowPainter, row: QueueRow, *rest: object) -> object:
        drawn.append(row.ticket_id)
        return draw(painter, row, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(RowPainter, "_draw", note)
    desk.change(ticket(3, 10), ticket(4, 20, severity=4))
    desk.settle()
    assert sorted(drawn) == [3, 4]
    # More height is no reason to draw a row anew.
    desk.view.resize(desk.view.width(), desk.view.height() + 100)
    desk.view.viewport().repaint()
    assert sorted(drawn) == [3, 4]


def test_moving_to_the_next_row_repaints_two_rows(screen: Open) -> None:
    desk = screen([ticket(each, 100_000) for each in range(1, 12)])
    desk.click(1)
    QTest.mouseMove(desk.view.horizontalHeader().viewport(), QPoint(3, 3))
    desk.settle()
    paints = Paints(desk.view)
    desk.press(Qt.Key.Key_Down)
    desk.settle()
    assert paints.areas
    assert all(area.height() <= 2 * Density.NORMAL for area in paints.areas)


# What stands there instead of rows


def test_empty_loading_and_stale_have_their_own_look(screen: Open) -> None:
    desk = screen([])
    desk.view.set_empty("Nothing here", "All quiet")
    empty = picture(desk)
    desk.view.set_empty("", "")
    bare = picture(desk)
    desk.view.set_state(ViewState.LOADING)
    loading = picture(desk)
    assert colours(bare) == {LIGHT.surface.name()}
    assert LIGHT.text.name() in colours(empty)
    assert loading not in (empty, bare)


def test_the_stale_strip_hides_no_row_for_good(screen: Open) -> None:
    desk = screen([ticket(each, each) for each in range(1, 60)])
    top = desk.view.verticalScrollBar().maximum()
    desk.view.set_state(ViewState.STALE, "No connection since 02:14")
    image = picture(desk)
    assert LIGHT.near.name() in colours(image, QRect(0, image.height() - 28, image.width(), 28))
    assert desk.view.verticalScrollBar().maximum() == top + 28
    desk.view.set_state(ViewState.READY)
    assert desk.view.verticalScrollBar().maximum() == top


# Columns


@pytest.mark.parametrize("room", [300, 600, 700, 900, 1100, 1400, 2000])
def test_columns_give_way_before_the_subject_does(qapp: QApplication, room: int) -> None:
    wide, narrow = preferred(QFontMetrics(qapp.font())), enough(QFontMetrics(qapp.font()))
    shown = fit(room, wide, narrow, asked=False).widths
    assert {Column.SEVERITY, Column.NUMBER, Column.SUBJECT, Column.LEFT} <= set(shown)
    assert Column.ASKED not in shown
    if room >= 600:
        assert sum(shown.values()) == room
        assert shown[Column.SUBJECT] >= SUBJECT_AT_LEAST
    assert all(narrow[each] <= shown[each] <= wide[each] for each in shown if each is not Column.SUBJECT)


def test_a_window_of_1280_shows_plan_left_and_due_and_a_wide_one_everything(qapp: QApplication) -> None:
    wide, narrow = preferred(QFontMetrics(qapp.font())), enough(QFontMetrics(qapp.font()))
    assert {Column.CUSTOMER, Column.PLAN, Column.DUE} <= set(fit(760, wide, narrow, asked=False).widths)
    everything = set(Column) - {Column.ASKED, Column.WORK_LEFT}
    assert set(fit(1400, wide, narrow, asked=False).widths) == everything


def test_chosen_columns_stay_and_are_remembered(qapp: QApplication) -> None:
    wide, narrow = preferred(QFontMetrics(qapp.font())), enough(QFontMetrics(qapp.font()))
    choice = ColumnChoice().with_column(Column.WORK_LEFT, shown=True).with_column(Column.CUSTOMER, shown=False)
    assert ColumnChoice.read(choice.as_text()) == choice
    shown = fit(300, wide, narrow, asked=False, choice=choice).widths
    assert Column.WORK_LEFT in shown
    assert sum(shown.values()) > 300
    assert Column.CUSTOMER not in fit(3000, wide, narrow, asked=False, choice=choice).widths
    assert ColumnChoice.read("+left -subject +nonsense -owner") == ColumnChoice(hidden=frozenset({Column.OWNER}))


def test_numbers_of_tickets_are_never_cut(screen: Open) -> None:
    desk = screen([ticket(1, 60), ticket(2, 90, number="EMEA-SUPPORT-2026-0000048213")])
    desk.settle()
    needed = QFontMetrics(desk.view.font()).horizontalAdvance("EMEA-SUPPORT-2026-0000048213")
    assert desk.view.columnWidth(Column.NUMBER) > needed


def test_density_sets_the_height_of_rows(screen: Open) -> None:
    desk = screen(ROWS)
    for density, height in ((Density.COMPACT, 24), (Density.COMFORTABLE, 34)):
        desk.view.set_density(density)
        desk.settle()
        assert cell(desk, 2, Column.SUBJECT).top() == height
        assert LIGHT.soon.name() in colours(picture(desk), cell(desk, 2, Column.LEFT))


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_tool_tip_tells_what_was_cut_off_as_plain_text(screen: Open) -> None:
    words = "<b>Import</b> & more " * 20
    desk = screen([ticket(1, 60, subject=words.strip()), ticket(2, 90)])

    def hover(ticket_id: int) -> str:
        at = cell(desk, ticket_id, Column.SUBJECT).center()
        event = QHelpEvent(QEvent.Type.ToolTip, at, desk.view.viewport().mapToGlobal(at))
        QApplication.sendEvent(desk.view.viewport(), event)
        return QToolTip.text()

    assert hover(1).startswith("<qt>&lt;b&gt;Import&lt;/b&gt; &amp; more")
    QToolTip.hideText()
    QTest.qWait(400)
    assert hover(2) == ""
