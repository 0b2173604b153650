"""A manager changes a severity: chooses, sees every clock before and after, says why."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.services.severities.severity_preview import SeverityPreview
from tests.ui.dialogs.severity_stage import FACTS, choose_reason, fill, lines, make
from tests.ui.dialogs.stage import DONE, Door, Stage, play
from tests.ui.example_card import at, opened, preview

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|does not support raise")


def test_the_whole_way_by_the_keyboard(stage: Stage) -> None:
    async def story() -> None:
        commit = Door()
        dialog = make(stage, commit)
        assert (dialog.primary.text(), dialog.primary.isEnabled()) == ("Change severity", False)
        assert dialog.hint.text() == "Choose a severity: keys 1 to 4."
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_1)
        assert dialog.hint.text() == "Wait until its effect on the clocks is known."
        await stage.settle()
        assert lines(dialog) == [("Workaround", "23:00 → 17:00"), ("ETA", "22:00, stays")]
        assert (dialog.primary.text(), dialog.hint.text()) == ("Raise to severity 1", "Choose a reason.")
        choose_reason(dialog, "impact_grew")
        assert dialog.hint.text() == "Say why in a few words."
        QTest.keyClicks(dialog.severity_form.words, "All 12 shops are down")
        assert dialog.primary.isEnabled()
        assert not dialog.hint.isVisibleTo(dialog)
        QTest.keyClick(dialog.severity_form.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await stage.settle()
        assert commit.calls == [(1, 3, "impact_grew", "All 12 shops are down", None)]
        commit.answer(DONE)
        await stage.settle()
        assert stage.decided == [DONE]
        assert stage.finished == [1]
        assert dict(stage.drafts.load("severity", 7)) == {}

    play(story())


def test_a_reduction_names_the_definition_that_is_not_met(stage: Stage) -> None:
    async def story() -> None:
        dialog = make(stage, Door())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_3)
        await stage.settle()
        assert dialog.primary.text() == "Reduce to severity 3"
        assert dialog.severity_form.reason.currentText() == "Definition of severity 2 is not met"
        assert dialog.severity_form.reason.count() == 1
        assert lines(dialog)[0] == ("Workaround", "23:00 → 14 Sep 11:00")
        dialog.reject()

    play(story())


def test_what_would_be_breached_at_once_is_said(stage: Stage) -> None:
    async def story() -> None:
        stage.time.instant = at(300)

        async def late(to: int, _confirmation: object = None) -> SeverityPreview:
            return preview(opened(3), to, at(300))

        dialog = make(stage, Door(), late, severity=3)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_1)
        await stage.settle()
        assert lines(dialog) == [
            ("First response", "17:00 → 13:00, would be breached at once"),
            ("Workaround", "14 Sep 11:00 → 17:00"),
        ]
        assert dialog.severity_form.effects.shown[0][1].tone == "overdue"
        dialog.reject()

    play(story())


def test_the_definition_stands_under_each_severity_and_the_present_one_is_marked(stage: Stage) -> None:
    async def story() -> None:
        dialog = make(stage, Door())
        group = dialog.severity_form.choices._group
        assert [button.text() for button in group.buttons()] == [
            "◆ 1 Urgent",
            "▲ 2 High, as now",
            "● 3 Normal",
            "○ 4 Minor",
        ]
        assert [button.isEnabled() for button in group.buttons()] == [True, False, True, True]
        assert "cannot be installed and run" in group.button(1).accessibleDescription()
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_2)
        assert dialog.severity_form.choices.severity() is None
        dialog.reject()

    play(story())


def test_the_latest_choice_wins(stage: Stage) -> None:
    async def story() -> None:
        asked = Door()
        dialog = make(stage, Door(), asked)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_1)
        await stage.settle()
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_4)
        await stage.settle()
        asked.answer(preview(FACTS, 1, at(120)), 0)
        await stage.settle()
        assert lines(dialog) == []
        asked.answer(preview(FACTS, 4, at(120)))
        await stage.settle()
        assert [call[0] for call in asked.calls] == [1, 4]
        assert lines(dialog)[0] == ("Workaround", "23:00 → ended")
        dialog.reject()

    play(story())


def test_digits_in_the_words_are_words(stage: Stage) -> None:
    async def story() -> None:
        dialog = make(stage, Door())
        QTest.keyClicks(dialog.severity_form.words, "34")
        assert dialog.severity_form.choices.severity() is None
        assert dialog.severity_form.words.toPlainText() == "34"
        QTest.keyClick(dialog.severity_form.words, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
        assert dialog.severity_form.choices.severity() == 4
        await stage.settle()
        dialog.reject()

    play(story())


def test_what_was_typed_survives_leaving(stage: Stage) -> None:
    async def story() -> None:
        dialog = make(stage, Door())
        fill(dialog, Qt.Key.Key_1, "underrated", "Half a sen")
        await stage.settle()
        QTest.keyClick(dialog.severity_form.words, Qt.Key.Key_Escape)
        await stage.settle()
        assert stage.finished == [0]
        again = make(stage, Door())
        await stage.settle()
        assert again.severity_form.choices.severity() == 1
        assert again.severity_form.reason.code() == "underrated"
        assert again.severity_form.words.toPlainText() == "Half a sen"
        assert lines(again)[0] == ("Workaround", "23:00 → 17:00")
        again.reject()

    play(story())


def test_looking_at_other_choices_does_not_move_the_base(stage: Stage) -> None:
    """What changed since the dialog was opened has to be refused, also where a later preview had seen it."""

    async def story() -> None:
        commit = Door()

        async def newer(to: int, _confirmation: object = None) -> SeverityPreview:
            return preview(FACTS, to, at(120), revision=50)

        dialog = make(stage, commit, newer)
        fill(dialog, Qt.Key.Key_1, "underrated", "Why")
        await stage.settle()
        dialog.severity_form.look_again()
        await stage.settle()
        dialog.decide()
        await stage.settle()
        assert commit.calls[0][1] == 3
        commit.answer(DONE)
        await stage.settle()

    play(story())


def test_a_refused_change_says_why_and_cannot_be_pressed(stage: Stage) -> None:
    async def story() -> None:
        async def refused(to: int, _confirmation: object = None) -> SeverityPreview:
            return preview(FACTS, to, at(120), refusal="severity_role_refused")

        dialog = make(stage, Door(), refused)
        fill(dialog, Qt.Key.Key_1, "underrated", "Why")
        await stage.settle()
        assert not dialog.primary.isEnabled()
        assert dialog.hint.text() == dialog.severity_form.effects.title.text()
        assert dialog.hint.text()
        dialog.reject()

    play(story())
