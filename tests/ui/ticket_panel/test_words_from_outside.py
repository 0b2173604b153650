"""Words, names and addresses of people: plain, whole, and never in the way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from console.domain.facts import ActorKind
from console.domain.rows import Message
from tests.ui.example_card import FixedTime, K, at, card, fact, message, opened
from tests.ui.ticket_panel.talk import KYIV, TALK, settle
from ui.text_label import TextLabel
from ui.theme import LIGHT
from ui.ticket_panel.panel import TicketPanel

# Of the offscreen platform, about each window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

HOSTILE = "<b>bold</b> &amp; \u202eabc مرحبا 🔥 " + "x" * 5000


def test_the_last_words_of_both_come_first_and_notes_apart(panel: TicketPanel, time: FixedTime) -> None:
    panel.show_card(card(opened(2), at(60), conversation=TALK))
    latest = panel.conversation.latest.shown
    assert [(each.heading.text(), each.body.text()) for each in latest] == [
        ("Last reply", "ETA follows"),
        ("Last customer message", "Any news?"),
    ]
    assert latest[0].when.text() == "11:30 · 30 m ago"
    time.instant = at(100)
    panel.tick()
    assert latest[0].when.text() == "11:30 · 1 h 10 m ago"
    assert [each.body.text() for each in panel.conversation.notes.shown] == ["Known bug"]
    assert panel.conversation.earlier.shown == ()
    QTest.keyClick(panel.conversation.more, Qt.Key.Key_Space)
    assert [each.body.text() for each in panel.conversation.earlier.shown] == ["We look at it", "First words"]


def test_older_notes_wait_behind_a_button(panel: TicketPanel) -> None:
    notes = [message(number, ActorKind.AGENT, "Ivan", f"note {number}", note=True) for number in range(5)]
    panel.show_card(card(opened(2), at(60), conversation=notes))
    talk = panel.conversation
    assert talk.none.isVisibleTo(panel)
    assert [each.body.text() for each in talk.notes.shown] == ["note 4", "note 3", "note 2"]
    assert talk.more_notes.text() == "2 older notes"
    QTest.keyClick(talk.more_notes, Qt.Key.Key_Space)
    assert [each.body.text() for each in talk.notes.shown][3:] == ["note 1", "note 0"]


def test_an_erased_text_says_so(panel: TicketPanel) -> None:
    panel.show_card(card(opened(2), at(60), subject="", conversation=[message(0, ActorKind.CUSTOMER, "Anna", None)]))
    assert panel.header.subject.text() == "The subject was erased"
    shown = panel.conversation.latest.shown[0]
    assert shown.body.text() == "This text was erased"
    assert not shown.expander.isVisibleTo(panel)


def test_a_decision_without_words_does_not_say_that_they_were_erased(panel: TicketPanel) -> None:
    decided = Message(at(30), K.ETA_SET, False, False, ActorKind.MANAGER, "Mara", None, "d1", at(90), wordless=True)
    panel.show_card(card(opened(2), at(60), conversation=[decided]))
    shown = panel.conversation.latest.shown[0]
    assert (shown.act.text() != "", shown.body.text(), shown.body.isVisibleTo(panel)) == (True, "", False)
    panel.show_card(card(opened(2), at(60), conversation=[replace(decided, wordless=False)]))
    assert panel.conversation.latest.shown[0].body.text() == "This text was erased"
    assert panel.conversation.latest.shown[0].body.isVisibleTo(panel)


def test_a_long_text_opens_whole_and_can_be_copied(panel: TicketPanel) -> None:
    long = "\n".join(f"line {number} <a href='https://evil.example'>x</a>" for number in range(200))
    panel.show_card(card(opened(2), at(60), conversation=[message(0, ActorKind.CUSTOMER, "Anna", long)]))
    shown = panel.conversation.latest.shown[0]
    QTest.keyClick(shown.expander, Qt.Key.Key_Space)
    assert isinstance(shown.whole, QPlainTextEdit)
    assert shown.whole.toPlainText() == long
    assert shown.whole.isReadOnly()
    assert not shown.body.isVisibleTo(panel)


def test_hostile_words_stay_words_and_do_not_widen_the_panel(panel: TicketPanel, qtbot: QtBot) -> None:
    talk = [message(0, ActorKind.CUSTOMER, "<img src=x>" + "n" * 500, HOSTILE)]
    panel.show_card(card(opened(2), at(60), subject=HOSTILE, customer="W" * 900, number="9" * 80, conversation=talk))
    settle(qtbot)
    assert panel.width() == 360
    assert panel._content.width() <= 360
    assert panel.header.subject.height() < 80
    for label in panel.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert not label.openExternalLinks()
    assert panel.header.subject.text() == HOSTILE
    assert panel.header.number.heightForWidth(panel.header.number.width()) <= panel.header.number.height()


def test_a_long_text_opened_whole_does_not_turn_its_letters_round(panel: TicketPanel) -> None:
    text = "Open \u202egnp.exe\u202c and \u2066run\u2069 it\x1b\n" + "again\n" * 20
    panel.show_card(card(opened(2), at(60), conversation=[message(0, ActorKind.CUSTOMER, "Anna", text)]))
    body = panel.conversation.latest.shown[0]
    QTest.keyClick(body.expander, Qt.Key.Key_Space)
    assert isinstance(body.whole, QPlainTextEdit)
    assert body.whole.toPlainText() == "Open gnp.exe and run it\ufffd\n" + "again\n" * 20


def test_letters_twice_as_large_still_fit(qtbot: QtBot, time: FixedTime) -> None:
    panel = TicketPanel(LIGHT, time, KYIV)
    qtbot.addWidget(panel)
    font = panel.font()
    font.setPixelSize(26)
    panel.setFont(font)
    panel.resize(360, 700)
    panel.show()
    panel.show_card(card([*opened(1), fact(30, K.ESCALATION_REQUESTED, a=1, t="phone")], at(60), conversation=TALK))
    settle(qtbot)
    assert panel.width() == 360
    for button in (panel.actions_bar.severity, panel.actions_bar.escalation, panel.actions_bar.plan):
        assert button.width() >= button.sizeHint().width()
    cut = [each.text() for each in panel.findChildren(TextLabel) if each.isVisibleTo(panel) and each.cut]
    assert cut == []


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", None])
def test_a_zone_that_nobody_knows_is_no_zone(panel: TicketPanel, zone: str | None) -> None:
    panel.show_card(card(opened(2), at(60), zone=zone))
    assert panel.header.local_time.text() == "The customer's time zone is not known"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "", None, "https://", "http://[", "https://a.example/\nx"]
)
def test_only_addresses_of_the_web_are_opened(panel: TicketPanel, url: str | None) -> None:
    asked: list[str] = []
    panel.openRequested.connect(asked.append)
    panel.show_card(card(opened(2), at(60), url=url))
    panel.ask_open()
    assert asked == []
    assert not panel.actions_bar.open.isEnabled()
    assert panel.actions_bar.open.toolTip() == "The ticket came without a web address."
