"""A manager changes a severity: chooses, sees every clock before and after, says why."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.decisions import ChangedFact
from console.domain.errors import ConflictError, EnvironmentFault
from console.services.severity import SeverityPreview
from tests.domain.packs import odin
from tests.ui.dialogs.stage import DONE, Door, Stage, play
from tests.ui.example_card import K, at, fact, opened, preview
from ui.dialogs.severity_dialog import SeverityDialog
from ui.dialogs.severity_form import SeverityActs, SeveritySubject

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|does not support raise")

FACTS = [*opened(2), fact(30, K.MESSAGE, a=1, b=0), fact(60, K.ETA_SET, a=at(660), t="resolution")]
CONFLICT = ConflictError(
    "changed_by_someone",
    who="Boris",
    what="severity_set",
    when="...",
    changes=(ChangedFact(K.SEVERITY_SET, at(115), "Boris Lem", "d1"),),
)


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(600, 40, 100, 400)
    window.show()
    return Stage(window, at(120))


async def by_the_fold(to: int) -> SeverityPreview:
    return preview(FACTS, to, at(120))


def make(stage: Stage, commit: Any, asked: Any = by_the_fold, severity: int | None = 2) -> SeverityDialog:
    subject = SeveritySubject(7, "48213", "Mail queue stuck", severity, odin(), 3, "shift_manager")
    dialog = SeverityDialog(subject, SeverityActs(asked, commit), stage.tools, stage.window)
    stage.open(dialog)
    return dialog


def lines(dialog: SeverityDialog) -> list[tuple[str, str]]:
    return [(name.text(), change.text()) for name, change in dialog.severity_form.shown]


def choose_reason(dialog: SeverityDialog, code: str) -> None:
    box = dialog.severity_form.reason
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    while box.code() != code:
        before = box.currentIndex()
        QTest.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() != before, f"{code} is not offered"


def fill(dialog: SeverityDialog, severity: Qt.Key, reason: str, words: str) -> None:
    QTest.keyClick(dialog.focusWidget(), severity)
    choose_reason(dialog, reason)
    QTest.keyClicks(dialog.severity_form.words, words)


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
        assert commit.calls == [(1, 3, "impact_grew", "All 12 shops are down")]
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

        async def late(to: int) -> SeverityPreview:
            return preview(opened(3), to, at(300))

        dialog = make(stage, Door(), late, severity=3)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_1)
        await stage.settle()
        assert lines(dialog) == [
            ("First response", "17:00 → 13:00, would be breached at once"),
            ("Workaround", "14 Sep 11:00 → 17:00"),
        ]
        assert dialog.severity_form.shown[0][1].tone == "overdue"
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


def test_while_it_is_written_nothing_else_happens(stage: Stage) -> None:
    async def story() -> None:
        commit = Door()
        dialog = make(stage, commit)
        fill(dialog, Qt.Key.Key_1, "underrated", "Why")
        await stage.settle()
        QTest.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
        await stage.settle()
        assert dialog.primary.text() == "Writing: Raise to severity 1"
        assert not dialog.primary.isEnabled()
        assert not dialog.severity_form.words.isEnabled()
        dialog.decide()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        dialog.close()
        await stage.settle()
        assert (dialog.isVisible(), len(commit.calls)) == (True, 1)
        commit.answer(DONE)
        await stage.settle()
        assert stage.decided == [DONE]

    play(story())


def test_somebody_was_faster(stage: Stage) -> None:
    """Refused with who and what; nothing typed is lost; the next press decides on the ticket as it is now."""

    async def story() -> None:
        commit, facts = Door(), list(FACTS)
        revision = 3

        async def asked(to: int) -> SeverityPreview:
            return preview(facts, to, at(120), revision=revision)

        dialog = make(stage, commit, asked)
        fill(dialog, Qt.Key.Key_1, "underrated", "Shops are down")
        await stage.settle()
        facts.append(fact(115, K.SEVERITY_SET, a=3, b=2))
        revision = 8
        dialog.decide()
        await stage.settle()
        commit.fail(CONFLICT)
        await stage.settle()
        assert dialog.error.text().splitlines() == [
            "Boris Lem changed the severity at 12:55.",
            "Nothing was written, and what you typed is still here. Look again and decide.",
        ]
        assert dialog.severity_form.words.toPlainText() == "Shops are down"
        assert dialog.severity_form.reason.code() == "underrated"
        assert lines(dialog)[0] == ("Workaround", "14 Sep 11:00 → 17:00")
        assert dialog.severity_form.choices._group.button(3).text() == "● 3 Normal, as now"
        dialog.decide()
        await stage.settle()
        assert not dialog.error.isVisibleTo(dialog)
        commit.answer(DONE)
        await stage.settle()
        assert [call[1] for call in commit.calls] == [3, 8]
        assert stage.decided == [DONE]

    play(story())


def test_looking_at_other_choices_does_not_move_the_base(stage: Stage) -> None:
    """What changed since the dialog was opened has to be refused, also where a later preview had seen it."""

    async def story() -> None:
        commit = Door()

        async def newer(to: int) -> SeverityPreview:
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


def test_a_fault_of_the_surroundings_is_said_in_place(stage: Stage) -> None:
    async def story() -> None:
        commit = Door()
        dialog = make(stage, commit)
        fill(dialog, Qt.Key.Key_1, "underrated", "Why")
        await stage.settle()
        dialog.decide()
        await stage.settle()
        commit.fail(EnvironmentFault("disk_full_here"))
        await stage.settle()
        assert dialog.error.text() == "disk_full_here"
        assert dialog.primary.isEnabled()
        assert dialog.severity_form.words.toPlainText() == "Why"
        assert stage.reported == []
        dialog.reject()

    play(story())


def test_a_bug_is_reported_and_the_dialog_can_be_used_again(stage: Stage) -> None:
    async def story() -> None:
        commit = Door()
        dialog = make(stage, commit)
        fill(dialog, Qt.Key.Key_1, "underrated", "Why")
        await stage.settle()
        dialog.decide()
        await stage.settle()
        bug = ZeroDivisionError("ours")
        commit.fail(bug)
        await stage.settle()
        assert stage.reported == [bug]
        assert dialog.primary.isEnabled()
        dialog.reject()

    play(story())


def test_a_refused_change_says_why_and_cannot_be_pressed(stage: Stage) -> None:
    async def story() -> None:
        async def refused(to: int) -> SeverityPreview:
            return preview(FACTS, to, at(120), refusal="severity_role_refused")

        dialog = make(stage, Door(), refused)
        fill(dialog, Qt.Key.Key_1, "underrated", "Why")
        await stage.settle()
        assert not dialog.primary.isEnabled()
        assert dialog.hint.text() == dialog.severity_form.preview_title.text()
        assert dialog.hint.text()
        dialog.reject()

    play(story())


def test_leaving_drops_the_preview_that_has_not_come(stage: Stage) -> None:
    async def story() -> None:
        asked = Door()
        dialog = make(stage, Door(), asked)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_1)
        await stage.settle()
        assert stage.tasks.busy("severity preview 7")
        dialog.reject()
        await stage.settle()
        assert stage.tasks.names == ()
        assert stage.reported == []

    play(story())


def test_it_opens_beside_the_ticket_and_returns_at_once(stage: Stage) -> None:
    async def story() -> None:
        dialog = make(stage, Door())
        assert dialog.isVisible()
        assert dialog.x() + dialog.width() <= stage.window.mapToGlobal(QPoint(0, 0)).x()
        screen = dialog.screen().availableGeometry()
        assert dialog.height() <= screen.height()
        dialog.reject()

    play(story())


def test_the_order_of_tab_is_the_order_of_reading(stage: Stage) -> None:
    async def story() -> None:
        dialog = make(stage, Door())
        fill(dialog, Qt.Key.Key_1, "underrated", "Why")
        await stage.settle()
        dialog.activateWindow()
        dialog.severity_form.choices.focus_first()
        visited = []
        for _ in range(5):
            visited.append(dialog.focusWidget())
            QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        first = dialog.severity_form.choices._group.button(1)
        form = dialog.severity_form
        assert visited == [first, form.reason, form.words, dialog.primary, dialog.leave]
        assert form.reason.accessibleName() == "Reason"
        assert form.words.accessibleName() == "Why, in your words"
        dialog.reject()

    play(story())


def test_hostile_words_of_a_ticket_stay_words(stage: Stage) -> None:
    async def story() -> None:
        subject = SeveritySubject(7, "9" * 90, "<h1>x</h1>" + "y" * 5000, 2, odin(), 3, "shift_manager")
        dialog = SeverityDialog(subject, SeverityActs(by_the_fold, Door()), stage.tools, stage.window)
        stage.open(dialog)
        await stage.settle()
        assert dialog.subject.textFormat() is Qt.TextFormat.PlainText
        assert dialog.width() <= QApplication.primaryScreen().availableGeometry().width()
        assert dialog.subject.height() < 60
        dialog.reject()

    play(story())
