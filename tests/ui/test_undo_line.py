"""The line under the queue: what was decided and, for ten minutes, a button that takes it back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.domain.instants import MINUTE, SECOND
from ui.theme import DARK, LIGHT
from ui.undo_line import UndoLine

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
NOW = 1_700_000_000 * SECOND


@pytest.fixture
def line(qapp: QApplication) -> Iterator[UndoLine]:
    found = UndoLine(LIGHT)
    yield found
    found.deleteLater()


def test_nothing_to_say_takes_no_room(line: UndoLine) -> None:
    assert (line.text(), line.isHidden(), line.offered) == ("", True, False)


def test_what_can_be_undone_has_a_button_and_the_time_that_is_left(line: UndoLine) -> None:
    pressed: list[bool] = []
    line.undoAsked.connect(lambda: pressed.append(True))
    line.say("48213 raised to severity 1")
    assert line.button.isHidden()
    line.offer(NOW + 10 * MINUTE, NOW)
    assert (line.text(), line.left.text(), line.button.isHidden()) == ("48213 raised to severity 1", "10 m left", False)
    line.show_left(NOW + 9 * MINUTE + SECOND)
    assert line.left.text() == "59 s left"
    QTest.mouseClick(line.button, Qt.MouseButton.LeftButton)
    assert pressed == [True]


def test_after_ten_minutes_it_goes(line: UndoLine) -> None:
    line.say("48213 raised to severity 1")
    line.offer(NOW + 10 * MINUTE, NOW)
    line.show_left(NOW + 10 * MINUTE - 1)
    assert line.offered
    line.show_left(NOW + 10 * MINUTE)
    assert (line.text(), line.offered, line.isHidden()) == ("", False, True)


def test_another_queue_takes_away_only_what_cannot_be_undone(line: UndoLine) -> None:
    line.say("48213 raised to severity 1")
    line.offer(NOW + 10 * MINUTE, NOW)
    line.leave()
    assert line.text() == "48213 raised to severity 1"
    line.say("Undone")
    line.leave()
    assert line.text() == ""


def test_other_words_stand_above_what_can_be_undone(line: UndoLine) -> None:
    line.say("48213 raised to severity 1")
    line.offer(NOW + 10 * MINUTE, NOW)
    line.tell("The ticket is closed: its severity stays.")
    assert line.text().splitlines() == [
        "The ticket is closed: its severity stays.",
        "Undo takes back: 48213 raised to severity 1",
    ]
    assert not line.button.isHidden()
    line.leave()
    assert line.text() == "48213 raised to severity 1"


def test_below_a_final_decision_the_one_before_is_still_offered(line: UndoLine) -> None:
    line.say("48377: incident credited. This is final.")
    line.offer(NOW + 10 * MINUTE, NOW, older="48213 raised to severity 1", number="48213")
    assert line.text().splitlines() == [
        "48377: incident credited. This is final.",
        "Undo takes back: 48213 raised to severity 1",
    ]
    assert (line.button.text(), line.button.accessibleName()) == (
        "Undo 48213  Ctrl+Z",
        "Undo takes back: 48213 raised to severity 1",
    )
    line.tell("48400 pinned")
    assert line.text().splitlines() == ["48400 pinned", "Undo takes back: 48213 raised to severity 1"]
    assert line.button.text() == "Undo 48213  Ctrl+Z"
    line.leave()
    assert (line.text(), line.button.text()) == ("48213 raised to severity 1", "Undo  Ctrl+Z")


def test_a_new_decision_takes_the_place_of_the_one_before(line: UndoLine) -> None:
    line.say("48213 raised to severity 1")
    line.offer(NOW + 10 * MINUTE, NOW)
    line.say("48377 reduced to severity 4")
    assert (line.text(), line.offered, line.button.isHidden()) == ("48377 reduced to severity 4", False, True)


def test_words_from_outside_stay_words(line: UndoLine) -> None:
    line.say("<b>48213</b> raised", more="<img src=x>\nT2 & T3")
    assert line.words.textFormat() is Qt.TextFormat.PlainText
    assert line.words.toolTip() == "<qt>&lt;img src=x&gt;<br>T2 &amp; T3</qt>"
    line.set_theme(DARK)
    assert line.text() == "<b>48213</b> raised"
