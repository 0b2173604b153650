"""A manager looks at a ticket: what burns, why, what may be done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.cli.explain_text import card_as_text
from console.domain.facts import ActorKind
from console.domain.instants import MINUTE, SECOND
from tests.ui.example_card import FixedTime, K, at, card, fact, ledger, message, opened
from tests.ui.ticket_panel.talk import TALK, settle, texts
from ui.text_label import TextLabel
from ui.theme import DARK
from ui.ticket_panel.panel import TicketPanel

# Of the offscreen platform, about each window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_the_ticket_says_what_it_is_and_what_is_left(panel: TicketPanel) -> None:
    panel.show_card(card(opened(2), at(60), conversation=TALK))
    said = texts(panel)
    assert said[:6] == [
        "48213",
        "▲ 2 High",
        "Mail queue stuck after upgrade",
        "Northwind · Gold · Anna",
        "Customer's time 12:00 +03:00",
        "New · Ivan Koval · Mail",
    ]
    row = panel.clocks.cards.shown[0]
    assert (row.name.text(), row.left.text(), row.due.text()) == ("First response", "3 h 0 m", "due 15:00")


def test_the_clock_of_the_row_is_first_and_larger(panel: TicketPanel) -> None:
    panel.show_card(card(opened(2), at(60)))
    first, second = panel.clocks.cards.shown
    assert (first.name.text(), second.name.text()) == ("First response", "Workaround")
    assert first.left.sizeHint().height() > second.left.sizeHint().height()


def test_what_is_left_ticks_only_while_it_is_seen(panel: TicketPanel, time: FixedTime, qtbot: QtBot) -> None:
    panel.show_card(card(opened(2), at(60)))
    left = panel.clocks.cards.shown[0].left
    time.instant = at(240) - 10 * MINUTE + SECOND
    qtbot.waitUntil(lambda: left.text() == "9 m 59 s", timeout=3000)
    assert left.tone == "soon"
    panel.hide()
    time.instant = at(240) + 8 * MINUTE
    qtbot.wait(1200)
    assert left.text() == "9 m 59 s"
    panel.show()
    assert (left.text(), left.tone) == ("−8 m", "overdue")
    assert panel.clocks.cards.shown[0].due.text() == "overdue, was due 15:00"


def test_a_paused_clock_says_what_is_left_and_what_if(panel: TicketPanel, time: FixedTime, qtbot: QtBot) -> None:
    time.instant = at(180)
    waiting = [*opened(2), fact(30, K.MESSAGE, a=1, b=0), fact(120, K.STATUS_SET, t="waiting")]
    panel.show_card(card(waiting, at(180)))
    workaround = panel.clocks.cards.shown[0]
    assert workaround.left.text() == "‖ 10 h 0 m"
    assert workaround.due.text() == "paused with 10 h 0 m of working time left; due 13 Sep 00:00 if resumed now"
    assert "paused 1 h (status Waiting for an update from the requestor)" in workaround.why.text()
    # What it would be due if resumed now moves on with now.
    time.instant = at(195)
    resumed = "paused with 10 h 0 m of working time left; due 13 Sep 00:15 if resumed now"
    qtbot.waitUntil(lambda: workaround.due.text() == resumed, timeout=3000)


def test_a_breach_that_was_taken_back_says_until_when_it_was_shown(panel: TicketPanel) -> None:
    known = [each._replace(revision=1, recorded_at=at(0)) for each in opened(2)]
    reply = fact(230, K.MESSAGE, a=1, b=0)._replace(revision=5, recorded_at=at(300))
    seen = card([*known, reply], at(360))
    told = "  shown as breached 2017-09-12T12:00:00Z until revision 5 (2017-09-12T13:00:00Z)"
    assert told in list(card_as_text(seen, None))
    panel.show_card(seen)
    said = next(row.why.text() for row in panel.clocks.cards.shown if row.name.text() == "First response")
    assert said.endswith("; shown as breached 15:00 until revision 5, 16:00")


def test_a_moved_promise_names_the_first_one(panel: TicketPanel) -> None:
    panel.show_card(card([*opened(2), fact(30, K.SEVERITY_SET, a=1, b=2)], at(60)))
    assert "first promised for 15:00" in panel.clocks.cards.shown[0].why.text()
    assert panel.clocks.cards.shown[0].due.text() == "due 13:00"


def test_segments_open_with_the_keyboard_and_sum_up(panel: TicketPanel) -> None:
    facts = [
        *opened(2),
        fact(30, K.MESSAGE, a=1, b=0),
        fact(120, K.STATUS_SET, t="waiting"),
        fact(240, K.STATUS_SET, t="open"),
    ]
    panel.show_card(card(facts, at(300)))
    clock = panel.clocks.cards.shown[0]
    assert not clock.segments.isVisibleTo(panel)
    clock.expander.setFocus()
    QTest.keyClick(clock.expander, Qt.Key.Key_Space)
    assert clock.segments.isVisibleTo(panel)
    assert clock.segments.text().splitlines() == [
        "11:00 – 13:00 · counted 2 h · ticket opened",
        "13:00 – 15:00 · paused 2 h · status Waiting for an update from the requestor",
        "15:00 – 16:00 · counted 1 h · status Open",
    ]


def test_clocks_that_ended_wait_behind_a_button(panel: TicketPanel) -> None:
    panel.show_card(card([*opened(2), fact(30, K.MESSAGE, a=1, b=0)], at(60)))
    assert [each.name.text() for each in panel.clocks.cards.shown] == ["Workaround"]
    assert panel.clocks.more.text() == "1 clock that ended"
    ended = panel.clocks.ended.shown[0]
    assert not ended.isVisibleTo(panel)
    QTest.keyClick(panel.clocks.more, Qt.Key.Key_Space)
    assert ended.isVisibleTo(panel)
    assert (ended.left.text(), ended.due.text()) == ("✓ met", "met 11:30, due 15:00")


def test_a_missed_clock_stays_in_sight(panel: TicketPanel) -> None:
    panel.show_card(card([*opened(2), fact(300, K.MESSAGE, a=1, b=0)], at(310)))
    missed = next(each for each in panel.clocks.cards.shown if each.name.text() == "First response")
    assert missed.left.text() == "✗ missed"
    assert missed.due.text() == "stopped 16:00, 1 h after its due time 15:00"


def test_the_verdict_shows_each_rule_and_turns_by_itself(panel: TicketPanel, time: FixedTime) -> None:
    facts = [*opened(2), fact(60, K.ETA_SET, a=at(660), t="resolution")]
    panel.show_card(card(facts, at(60)))
    # What opens first stands first.
    assert [each.name.text() for each in panel.verdict.channels.shown] == ["Phone", "Button", "Chat"]
    button = panel.verdict.channels.shown[1]
    assert button.result.text() == "from 17:00, in 5 h 0 m"
    rules = [label.text() for label in button.rules if label.isVisibleTo(panel)]
    assert rules[0] == "✗ OD-7 50 % of the ETA has passed: from 17:00, in 5 h 0 m"
    # First what stands in the way; what holds is there for who asks.
    assert all(rule.startswith("✗") for rule in rules)
    QTest.keyClick(panel.verdict.more, Qt.Key.Key_Space)
    rules = [label.text() for label in button.rules if label.isVisibleTo(panel)]
    assert "✓ OD-8a The programme allows escalation: holds" in rules
    assert "✗ OD-8b 2 h since the ticket was opened: from 13:00, in 1 h 0 m" in rules
    time.instant = at(360)
    panel.tick()
    assert button.result.text() == "✓ since 17:00"
    assert button.rules[0].text() == "✓ OD-7 50 % of the ETA has passed: holds since 17:00"


def test_a_request_that_waits_says_since_when(panel: TicketPanel) -> None:
    panel.show_card(card([*opened(2), fact(30, K.ESCALATION_REQUESTED, a=1, t="phone")], at(60)))
    assert [label.text() for label in panel.verdict.life.shown] == ["Level 1 by Phone since 11:30, 30 m ago"]
    panel.show_card(card(opened(2), at(60)))
    assert panel.verdict.life.shown == ()


def test_the_plan_in_short(panel: TicketPanel) -> None:
    panel.show_card(card(opened(4), at(60), lines=ledger([-1, -1])))
    assert panel.plan.name.text() == "Gold"
    assert panel.plan.targets.text() == "First response: 12 h\nWorkaround: nothing promised"
    assert panel.plan.incidents.text() == "98 of 100 incidents left"


def test_the_same_ticket_keeps_place_focus_and_what_is_open(panel: TicketPanel, qtbot: QtBot) -> None:
    facts = [*opened(2), fact(30, K.MESSAGE, a=1, b=0)]
    panel.show_card(card(facts, at(60), conversation=TALK))
    settle(qtbot)
    clock = panel.clocks.cards.shown[0]
    clock.expander.setChecked(True)
    panel.conversation.more.setChecked(True)
    panel.activateWindow()
    clock.expander.setFocus()
    settle(qtbot)
    bar = panel._scroll.verticalScrollBar()
    assert bar.maximum() > 200
    bar.setValue(150)
    longer = (*TALK, message(50, ActorKind.CUSTOMER, "Anna", "Hello?"))
    panel.show_card(
        card([*facts, fact(50, K.MESSAGE, a=1, b=0, actor_kind=ActorKind.CUSTOMER)], at(61), conversation=longer)
    )
    settle(qtbot)
    assert bar.value() == 150
    assert panel.clocks.cards.shown[0] is clock
    assert clock.expander.isChecked()
    assert clock.segments.isVisibleTo(panel)
    assert panel.focusWidget() is clock.expander
    assert [each.body.text() for each in panel.conversation.earlier.shown] == [
        "Any news?",
        "We look at it",
        "First words",
    ]


def test_the_panel_is_read_with_the_arrows(panel: TicketPanel, qtbot: QtBot) -> None:
    panel.show_card(card(opened(2), at(60), conversation=TALK))
    settle(qtbot)
    panel.activateWindow()
    panel.setFocus()
    QTest.keyClick(panel.focusWidget(), Qt.Key.Key_PageDown)
    assert panel._scroll.verticalScrollBar().value() > 100


def test_another_ticket_starts_at_its_top_with_nothing_open(panel: TicketPanel, qtbot: QtBot) -> None:
    panel.show_card(card(opened(2), at(60), conversation=TALK))
    settle(qtbot)
    panel.clocks.cards.shown[0].expander.setChecked(True)
    panel._scroll.verticalScrollBar().setValue(150)
    panel.show_card(card(opened(2), at(60), ticket_id=8, number="48214", conversation=TALK))
    settle(qtbot)
    assert panel._scroll.verticalScrollBar().value() == 0
    assert not panel.clocks.cards.shown[0].expander.isChecked()
    assert panel.ticket_id == 8


def test_nothing_chosen_and_loading_have_a_sentence(panel: TicketPanel) -> None:
    assert "Choose a ticket in the queue" in texts(panel)
    panel.show_loading("48213")
    assert "Loading ticket 48213" in texts(panel)
    panel.show_card(card(opened(2), at(60)))
    assert "Loading ticket 48213" not in texts(panel)
    panel.clear()
    assert (panel.ticket_id, panel.card) == (None, None)


def test_buttons_ask_for_what_they_name(panel: TicketPanel) -> None:
    asked: list[object] = []
    for signal in (panel.severityRequested, panel.escalationRequested, panel.planRequested, panel.openRequested):
        signal.connect(asked.append)
    panel.show_card(card([*opened(2), fact(30, K.ESCALATION_REQUESTED, a=1, t="phone")], at(60)))
    bar = panel.actions_bar
    panel.resize(700, 500)
    assert [each.text() for each in (bar.severity, bar.escalation, bar.plan, bar.open)] == [
        "Change severity  S",
        "Decide escalation  E",
        "Plan  P",
        "Open in ServiceDesk  O",
    ]
    for button in (bar.severity, bar.escalation, bar.plan, bar.open):
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert asked == [7, 7, 7, "https://desk.example/48213"]
    assert not bar.reason.isVisibleTo(panel)


def test_a_read_only_desk_refuses_decisions_and_says_why(panel: TicketPanel) -> None:
    asked: list[object] = []
    panel.severityRequested.connect(asked.append)
    panel.escalationRequested.connect(asked.append)
    panel.planRequested.connect(asked.append)
    panel.set_read_only("As of yesterday")
    panel.show_card(card([*opened(2), fact(30, K.ESCALATION_REQUESTED, a=1, t="phone")], at(60)))
    panel.ask_severity()
    panel.ask_escalation()
    panel.ask_plan()
    assert asked == [7]
    assert panel.actions_bar.reason.text() == "As of yesterday"
    panel.set_read_only(None)
    panel.ask_severity()
    assert asked == [7, 7]


def test_a_button_that_cannot_be_pressed_says_why(panel: TicketPanel) -> None:
    panel.show_card(card([*opened(2), fact(30, K.STATUS_SET, t="closed")], at(60), url=None))
    bar = panel.actions_bar
    assert bar.reason.text() == "The ticket is closed: its severity stays."
    assert bar.severity.toolTip() == "The ticket is closed: its severity stays."
    assert bar.escalation.toolTip() == "No escalation waits for a decision."
    assert bar.escalation.accessibleDescription() == "No escalation waits for a decision."
    assert bar.open.toolTip() == "The ticket came without a web address."
    panel.show_card(card(opened(2), at(60)))
    assert not bar.reason.isVisibleTo(panel)
    assert (bar.severity.toolTip(), bar.severity.accessibleDescription()) == ("", "Key S")


def test_the_buttons_share_a_row_until_there_is_no_room(panel: TicketPanel, qtbot: QtBot) -> None:
    panel.show_card(card(opened(2), at(60)))
    bar = panel.actions_bar
    panel.resize(700, 500)
    settle(qtbot)
    assert (bar.open.y(), bar.open.text()) == (bar.plan.y(), "Open in ServiceDesk  O")
    panel.resize(bar._wide() - 10, 500)
    settle(qtbot)
    assert (bar.open.y(), bar.open.text()) == (bar.plan.y(), "Open  O")
    assert bar.open.accessibleName() == "Open in ServiceDesk"
    panel.resize(bar._wide() - 10, 500)
    settle(qtbot)
    assert bar.open.y() > bar.plan.y()


def test_another_theme_reaches_every_part(panel: TicketPanel) -> None:
    panel.show_card(card(opened(2), at(60), conversation=TALK))
    panel.set_theme(DARK)
    labels = panel.findChildren(TextLabel)
    assert labels
    assert {label._theme.name for label in labels} == {"dark"}
    assert panel.clocks.cards.shown[0].timeline._theme is DARK
    made_later = card([*opened(2), fact(61, K.ETA_SET, a=at(600), t="update")], at(62), conversation=TALK)
    panel.show_card(made_later)
    assert {label._theme.name for label in panel.findChildren(TextLabel)} == {"dark"}


def test_every_button_has_a_name_for_a_screen_reader(panel: TicketPanel) -> None:
    panel.show_card(card(opened(2), at(60), conversation=TALK))
    bar = panel.actions_bar
    assert bar.severity.accessibleName() == "Change severity"
    assert bar.severity.accessibleDescription() == "Key S"
    clock = panel.clocks.cards.shown[0]
    assert clock.timeline.accessibleName() == "counted 1 h"
    assert clock.expander.accessibleName() == "1 stretch"


def test_an_unknown_customer_and_no_plan_are_said(panel: TicketPanel) -> None:
    shown = card([fact(0, K.OPENED, a=3, t="web")], at(60), owner=None)
    panel.show_card(replace(shown, identity=replace(shown.identity, customer=None)))
    assert panel.header.customer.text() == "Unknown customer · No plan"
    assert panel.header.status.text() == "New · Nobody owns it · Mail"


def test_a_clock_has_the_same_name_as_in_the_terminal(panel: TicketPanel) -> None:
    asked = [
        fact(10, K.MESSAGE, a=1, b=0),
        fact(20, K.ETA_SET, a=at(40), t="update"),
        fact(30, K.MESSAGE, a=1, b=0),
        fact(35, K.ETA_SET, a=at(90), t="update"),
        fact(45, K.MESSAGE, a=1, b=0),
        fact(50, K.ETA_SET, a=at(300), t="update"),
    ]
    shown = card([*opened(2), *asked], at(60))
    panel.show_card(shown)
    said = [line.partition(":")[0] for line in card_as_text(shown, None) if line and not line.startswith(" ")]
    names = {each.name.text() for each in (*panel.clocks.cards.shown, *panel.clocks.ended.shown)}
    assert {"ETA", "ETA 2"} <= names, names
    assert names <= set(said)


def test_several_chosen_tickets_are_said_above_the_acts(panel: TicketPanel) -> None:
    panel.show_card(card(opened(2), at(60)))
    bar = panel.actions_bar
    bar.show_chosen(4)
    assert (bar.reason.isVisible(), bar.reason.text()) == (True, "4 chosen: S changes all of them")
    bar.set_read_only("The desk is shown as it was")
    assert bar.reason.text() == "The desk is shown as it was"
    bar.set_read_only(None)
    bar.show_chosen(1)
    assert not bar.reason.isVisible()


def test_a_pinned_ticket_has_a_mark(panel: TicketPanel) -> None:
    panel.show_card(card(opened(2), at(60)))
    assert not panel.header.pinned.isVisible()
    panel.header.show_pinned(True)
    assert panel.header.pinned.isVisible()
    assert panel.header.pinned.text() == "★ Pinned"
