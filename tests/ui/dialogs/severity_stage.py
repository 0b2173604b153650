"""A dialog of severity on the stage, and hands that fill it in."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.services.severities.severity_preview import SeverityPreview
from tests.domain.packs import odin
from tests.ui.dialogs.stage import Stage
from tests.ui.example_card import K, at, fact, opened, preview
from ui.dialogs.severity_dialog import SeverityDialog
from ui.dialogs.severity_form import SeverityActs, SeveritySubject

FACTS = [*opened(2), fact(30, K.MESSAGE, a=1, b=0), fact(60, K.ETA_SET, a=at(660), t="resolution")]


async def by_the_fold(to: int, _confirmation: object = None) -> SeverityPreview:
    return preview(FACTS, to, at(120))


def make(stage: Stage, commit: Any, asked: Any = by_the_fold, severity: int | None = 2) -> SeverityDialog:
    subject = SeveritySubject(7, "48213", "Mail queue stuck", severity, odin(), 3, "shift_manager")
    dialog = SeverityDialog(subject, SeverityActs(asked, commit), stage.tools, stage.window)
    stage.open(dialog)
    return dialog


def lines(dialog: SeverityDialog) -> list[tuple[str, str]]:
    return [(name.text(), change.text()) for name, change in dialog.severity_form.effects.shown]


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
