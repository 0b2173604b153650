"""Changing the severity of several tickets: a dry run as a table, why, progress that can be stopped."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from console.domain.policy import Pack
from ui.dialogs.bulk_form import NAME, BulkActs, BulkForm
from ui.dialogs.decision_dialog import DecisionDialog, DialogTools
from ui.theme import GRID
from ui.tr import plural, tr

_WIDTH = 190 * GRID


class BulkDialog(DecisionDialog):
    """Keys 1 to 9 choose outside of text fields, Alt with them everywhere. While it writes, Esc stops it: what is done
    stays done. It stays open when something came otherwise than the dry run had said."""

    def __init__(
        self,
        ids: Sequence[int],
        packs: Sequence[Pack],
        acts: BulkActs,
        tools: DialogTools,
        parent: QWidget | None = None,
    ) -> None:
        self.bulk_form = BulkForm(ids, packs, acts, tools, tools.drafts.load(NAME, 0))
        super().__init__(NAME, 0, self.bulk_form, tools, parent)
        self.setWindowTitle(tr("Change severity"))
        one, many = tr("Change the severity of {n} ticket"), tr("Change the severity of {n} tickets")
        self.headline.setText(plural(one, many, len(ids)))
        self.subject.setText(tr("One decision for each; for ten minutes all can be undone together"))
        self.resize(_WIDTH, self.height())
        self.bulk_form.changed.connect(self.refresh)
        for level in range(1, self.bulk_form.severities.last + 1):
            shortcut = QShortcut(QKeySequence(f"Alt+{level}"), self)
            shortcut.activated.connect(lambda level=level: self.bulk_form.severities.choose(level))
        self.bulk_form.severities.focus_first()

    def refresh(self) -> None:
        """While it writes, leaving becomes stopping."""
        super().refresh()
        if self.busy:
            self.leave.setEnabled(True)
            self.leave.setText(tr("Stop  Esc"))
        else:
            self.leave.setText(tr("Leave  Esc"))
        self.leave.setAccessibleName(tr("Stop") if self.busy else tr("Leave"))
        self.leave.setVisible(not self.bulk_form.finished)

    def decide(self) -> None:
        """Writes what the dry run shows; what became of it is read and closed."""
        if self.bulk_form.finished:
            super().accept()
        else:
            super().decide()

    def accept(self) -> None:
        """Closes, unless there is something to read first."""
        if self.bulk_form.to_read():
            self.bulk_form.finish()
            self.refresh()
            self.primary.setFocus()
        else:
            super().accept()

    def reject(self) -> None:
        if self.busy:
            self.bulk_form.stop()
            self.leave.setEnabled(False)
        else:
            super().reject()

    def done(self, result: int) -> None:
        self.bulk_form.end()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and digit.isdecimal() and self.bulk_form.severities.choose(int(digit)):
            self.bulk_form.severities.focus_first()
            return
        super().keyPressEvent(event)
