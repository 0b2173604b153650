"""The request in the dialog that decides it: long words are cut there, and every one of them can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from console.domain.instants import MINUTE
from console.services.escalating.escalations import EscalationRequest, Joined
from tests.domain.packs import odin
from tests.ui.dialogs.stage import KYIV
from tests.ui.example_card import K, at, fact, opened, request
from ui.dialogs.request_view import RequestView
from ui.theme import LIGHT

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

NOW = at(120)
ASKED = request([*opened(1), fact(95, K.ESCALATION_REQUESTED, a=1, t="phone")], NOW)
LONG = "<b>We lose orders</b>\n" * 500


def shown(qtbot: QtBot, asked: EscalationRequest) -> RequestView:
    view = RequestView(LIGHT, KYIV, odin())
    qtbot.addWidget(view)
    view.show_request(asked, NOW)
    return view


def joined(words: str, number: int) -> tuple[Joined, ...]:
    return tuple(Joined(NOW, "chat", f"{each} {words}", "Ben") for each in range(number))


@pytest.mark.parametrize(
    ("asked", "more"),
    [
        (ASKED, False),
        (replace(ASKED, joined=joined("and I", 3)), False),
        (replace(ASKED, joined=joined("and I", 4)), True),
        (replace(ASKED, joined=joined("and more " * 20 + "I", 1)), True),
        (replace(ASKED, joined=joined("and\nmore\nI", 1)), True),
        (replace(ASKED, words=LONG), True),
        (replace(ASKED, words=None), False),
    ],
)
def test_what_is_cut_has_a_button_for_the_whole(qtbot: QtBot, asked: EscalationRequest, more: bool) -> None:
    assert shown(qtbot, asked).show_whole.isHidden() is not more


def test_every_word_of_who_asked_and_who_joined_can_be_read(qtbot: QtBot) -> None:
    asked = replace(ASKED, words=LONG, joined=joined("and more " * 40 + "I", 5))
    view = shown(qtbot, asked)
    assert view.findChildren(QPlainTextEdit) == []
    view.show_whole.click()
    (whole,) = view.findChildren(QPlainTextEdit)
    read = whole.toPlainText()
    assert read.startswith(LONG)
    assert all(f"Joined by Chat at 13:00, Ben: {each.words}" in read for each in asked.joined)
    view.tick(NOW + MINUTE)
    assert (whole.isHidden(), view.words.isHidden(), len(view.joined.shown)) == (False, True, 0)
    view.show_whole.click()
    assert (whole.isHidden(), view.words.isHidden(), len(view.joined.shown)) == (True, False, 4)


def test_what_changed_meanwhile_is_read_whole_too(qtbot: QtBot) -> None:
    view = shown(qtbot, replace(ASKED, words=LONG))
    view.show_whole.click()
    view.show_request(replace(ASKED, words=LONG, joined=joined("as well", 1)), NOW)
    (whole,) = view.findChildren(QPlainTextEdit)
    assert whole.toPlainText().endswith("0 as well")
    assert not view.show_whole.isHidden()
