"""What all dialogs of decisions have in common: writing, conflicts, faults, leaving, keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.domain.decisions import ChangedFact
from console.domain.errors import ConflictError, EnvironmentFault
from console.services.severities.severity_preview import SeverityPreview
from tests.domain.packs import odin
from tests.ui.dialogs.severity_stage import FACTS, by_the_fold, fill, lines, make
from tests.ui.dialogs.stage import DONE, Door, Stage, play
from tests.ui.example_card import K, at, fact, preview
from ui.dialogs.severity_dialog import SeverityDialog
from ui.dialogs.severity_form import SeverityActs, SeveritySubject

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|does not support raise")

CONFLICT = ConflictError(
    "changed_by_someone",
    who="Boris",
    what="severity_set",
    when="...",
    changes=(ChangedFact(K.SEVERITY_SET, at(115), "Boris Lem", "d1"),),
)


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

        async def asked(to: int, _confirmation: object = None) -> SeverityPreview:
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
