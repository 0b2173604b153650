"""When the customer hears from us next, in local time, over the nights on which clocks go back or forward."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from console.domain.instants import FURTHEST, HOUR, MINUTE, parse_instant
from tests.ui.dialogs.stage import KYIV
from tests.ui.example_card import FixedTime
from ui.dialogs.next_update import NextUpdate
from ui.theme import LIGHT, apply

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|does not support raise")


class TestNextUpdate:
    """In the night of 29 October 2017 clocks in Kyiv go back from 04:00 to 03:00; on 26 March they skip 03:00."""

    def made(self, qtbot: QtBot, now: str) -> NextUpdate:
        field = NextUpdate(LIGHT, FixedTime(parse_instant(now)), KYIV)
        qtbot.addWidget(field)
        return field

    def test_the_time_is_seen_in_the_style_of_the_window(self, qtbot: QtBot, qapp: QApplication) -> None:
        before = qapp.palette(), qapp.styleSheet()
        apply(LIGHT, qapp)
        try:
            field = self.made(qtbot, "2017-09-12T08:00:00Z")
            field.resize(400, 120)
            field.show()
            edit = field.field.findChild(QLineEdit)
            assert edit.width() > edit.fontMetrics().horizontalAdvance(field.field.text())
        finally:
            qapp.setPalette(before[0])
            qapp.setStyleSheet(before[1])

    def test_a_step_is_rounded_up_to_the_minute(self, qtbot: QtBot) -> None:
        field = self.made(qtbot, "2017-09-12T08:00:01Z")
        field.steps[0].click()
        assert field.instant() == parse_instant("2017-09-12T08:31:00Z")

    def test_a_slip_in_the_year_does_not_get_in(self, qtbot: QtBot) -> None:
        field = self.made(qtbot, "2017-09-12T08:00:00Z")
        field.field.setDateTime(QDateTime.fromString("9999-12-31T23:59:00Z", Qt.DateFormat.ISODate))
        assert field.instant() <= parse_instant("2017-09-12T08:00:00Z") + FURTHEST
        assert field.is_future()

    def test_the_hour_that_comes_twice_keeps_the_instant_that_was_meant(self, qtbot: QtBot) -> None:
        field = self.made(qtbot, "2017-10-29T00:15:00Z")
        field.steps[1].click()
        assert field.field.text() == "2017-10-29 03:15"
        assert field.instant() == parse_instant("2017-10-29T01:15:00Z")
        assert field.said.text() == "29 Oct 2017 03:15:00 +02:00, in 1 h 0 m"

    def test_a_time_that_was_skipped_is_shown_as_what_it_means(self, qtbot: QtBot) -> None:
        field = self.made(qtbot, "2017-03-26T00:00:00Z")
        field.field.setDateTime(QDateTime.fromString("2017-03-26T03:30:00Z", Qt.DateFormat.ISODate))
        assert field.instant() == parse_instant("2017-03-26T01:30:00Z")
        assert field.said.text() == "26 Mar 2017 04:30:00 +03:00, in 1 h 30 m"

    def test_typing_the_time_changes_the_promise(self, qtbot: QtBot) -> None:
        field = self.made(qtbot, "2017-09-12T08:00:00Z")
        heard: list[int] = []
        field.changed.connect(lambda: heard.append(field.instant()))
        field.field.setSelectedSection(field.field.Section.MinuteSection)
        QTest.keyClick(field.field, Qt.Key.Key_Up)
        assert heard == [parse_instant("2017-09-12T10:01:00Z")]
        assert field.instant() - parse_instant("2017-09-12T08:00:00Z") == 2 * HOUR + MINUTE
