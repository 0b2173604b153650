"""What a severity does beside the clocks, and the customer's confirmation, in the dialog."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.facts import ActorKind
from console.services.severities.channel_changes import ChannelChange, ChannelSide
from console.services.severities.severity_confirmation import Confirmation
from console.services.severities.severity_preview import QueuePosition, SeverityPreview
from tests.domain.packs import odin
from tests.ui.dialogs.severity_stage import FACTS, lines, make
from tests.ui.dialogs.stage import DONE, Door, Stage, play
from tests.ui.example_card import at, message, preview
from ui.dialogs.effect_words import effect_lines
from ui.dialogs.severity_dialog import SeverityDialog
from ui.dialogs.severity_form import SeverityActs, SeveritySubject

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|does not support raise")

NEVER, OPEN = ChannelSide(False, None), ChannelSide(True, at(60))


def seen(to: int, **more: object) -> SeverityPreview:
    return replace(preview(FACTS, to, at(120)), **more)  # type: ignore[arg-type]


def test_only_channels_that_change_have_a_line_with_from_when_before_and_after(stage: Stage) -> None:
    channels = (
        ChannelChange("button", ChannelSide(False, at(300)), NEVER),
        ChannelChange("phone", NEVER, OPEN),
        ChannelChange("chat", OPEN, OPEN),
    )

    async def asked(to: int, _confirmation: object) -> SeverityPreview:
        return seen(to, channels=channels, queue_position=QueuePosition(1204, 3))

    async def story() -> None:
        dialog = make(stage, Door(), asked)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_1)
        await stage.settle()
        assert lines(dialog)[2:] == [
            ("Escalation: Button", "from 16:00 → no: severity 1 has no button"),
            ("Escalation: Phone", "no → open"),
            ("Place in the queue", "1\N{NARROW NO-BREAK SPACE}204 → 3"),
        ]
        tones = [change.tone for _, change in dialog.severity_form.effects.shown][2:]
        assert tones == ["text", "soon", "text"]
        dialog.reject()

    play(story())


@pytest.mark.parametrize(
    ("to", "channel", "why"),
    [
        (1, "button", "from 16:00 → no: severity 1 has no button"),
        (4, "phone", "from 16:00 → no: severity 4 is not escalated"),
        (3, "phone", "from 16:00 → no"),
    ],
)
def test_a_severity_without_a_channel_says_why(to: int, channel: str, why: str) -> None:
    found = seen(to, channels=(ChannelChange(channel, ChannelSide(False, at(300)), NEVER),))
    (line,) = effect_lines(found, odin(), ZoneInfo("Europe/Kyiv"), at(120))
    assert line.change == why


def test_a_place_that_stays_says_so(stage: Stage) -> None:
    async def asked(to: int, _confirmation: object) -> SeverityPreview:
        return seen(to, queue_position=QueuePosition(7, 7))

    async def story() -> None:
        dialog = make(stage, Door(), asked)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_3)
        await stage.settle()
        assert lines(dialog)[-1] == ("Place in the queue", "7, stays")
        dialog.reject()

    play(story())


def engineer(stage: Stage, commit: Door) -> SeverityDialog:
    """In the role of an engineer, with two letters of the customer, one of them hostile."""
    letters = (
        replace(message(50, ActorKind.CUSTOMER, "Anna", "<b>Fine</b>\nlower it"), uid="m2"),
        replace(message(10, ActorKind.CUSTOMER, None, None), uid="m1"),
    )

    async def asked(to: int, confirmation: Confirmation | None) -> SeverityPreview:
        refusal = "severity_role_not_up" if to < 2 else None if confirmation else "severity_needs_confirmation"
        return seen(to, refusal=refusal)

    subject = SeveritySubject(7, "48213", "Mail queue stuck", 2, odin(), 3, "support_engineer", letters)
    dialog = SeverityDialog(subject, SeverityActs(asked, commit), stage.tools, stage.window)
    stage.open(dialog)
    return dialog


def test_an_engineer_attaches_a_message_of_the_customer(stage: Stage) -> None:
    async def story() -> None:
        commit = Door()
        dialog = engineer(stage, commit)
        box = dialog.severity_form.confirmation
        assert not box.isVisible()
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_3)
        await stage.settle()
        assert box.isVisible()
        assert lines(dialog), "the effect is seen before the confirmation is attached"
        assert [box.choice.itemText(each) for each in range(box.choice.count())] == [
            "11:50 · Anna: <b>Fine</b> lower it",
            "11:10 · Customer: Erased",
            "Said on the phone or in a chat",
        ]
        QTest.keyClicks(dialog.severity_form.words, "It works again")
        await stage.settle()
        assert dialog.hint.text().startswith("Attach the customer's confirmation")
        box.choice.setFocus()
        QTest.keyClick(box.choice, Qt.Key.Key_Down)
        await stage.settle()
        assert dialog.primary.isEnabled(), dialog.hint.text()
        QTest.keyClick(box.choice, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await stage.settle()
        assert commit.calls == [(3, 3, "not_high", "It works again", Confirmation("m2"))]
        commit.answer(DONE)
        await stage.settle()

    play(story())


def test_what_was_said_elsewhere_needs_a_name_and_words_and_survives_leaving(stage: Stage) -> None:
    async def story() -> None:
        dialog = engineer(stage, Door())
        box = dialog.severity_form.confirmation
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_4)
        box.choice.setCurrentIndex(2)
        await stage.settle()
        assert box.who.isVisible()
        QTest.keyClicks(box.who, "Anna")
        assert box.confirmation() is None
        QTest.keyClicks(box.words, "fine with us")
        assert box.confirmation() == Confirmation(None, "Anna", "fine with us")
        await stage.settle()
        dialog.reject()
        again = engineer(stage, Door())
        await stage.settle()
        assert again.severity_form.confirmation.confirmation() == Confirmation(None, "Anna", "fine with us")
        again.reject()

    play(story())


def test_a_manager_is_not_asked_for_one_and_an_engineer_may_not_raise(stage: Stage) -> None:
    async def story() -> None:
        manager = make(stage, Door())
        QTest.keyClick(manager.focusWidget(), Qt.Key.Key_3)
        await stage.settle()
        assert not manager.severity_form.confirmation.isVisible()
        manager.reject()
        dialog = engineer(stage, Door())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_1)
        await stage.settle()
        assert not dialog.severity_form.confirmation.isVisible()
        assert dialog.hint.text() == "Only the shift manager on duty may raise a severity."
        dialog.reject()

    play(story())
