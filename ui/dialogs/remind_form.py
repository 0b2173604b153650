"""A reminder of a ticket: when, and what for. Only who sets it is reminded."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from console.domain.decisions import Change
from ui.dialogs.act_dialog import ActSubject
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Draft
from ui.dialogs.form_column import add_fields
from ui.dialogs.next_update import NextUpdate
from ui.dialogs.words_edit import WordsEdit
from ui.theme import GRID
from ui.tr import tr

if TYPE_CHECKING:
    from console.services.acting.marks import Reminder

NAME = "remind"


class RemindForm(QWidget):
    """`write` gets the instant (microseconds UTC; none takes the reminder off) and the words."""

    changed = Signal()

    def __init__(
        self,
        subject: ActSubject,
        present: Reminder | None,
        write: Callable[[int | None, str], Coroutine[Any, Any, Change]],
        tools: DialogTools,
        draft: Draft,
    ) -> None:
        super().__init__()
        self._subject = subject
        self._write = write
        self._tools = tools
        self.at = NextUpdate(tools.theme, tools.time, tools.zone, name=tr("Remind me &at"))
        self.words = WordsEdit(tr("What for"), tr("What for; may be left out"))
        self.off = QCheckBox(tr("Take the &reminder off"))
        self.off.setVisible(present is not None)
        if present is not None:
            self.words.setPlainText(present.words or "")
            if present.at > tools.time.now():
                self.at.set_instant(present.at)
        self._restore(draft)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.at)
        add_fields(column, [(tr("&What for"), self.words)])
        column.addWidget(self.off)
        column.addStretch(1)
        self.at.changed.connect(self._typed)
        self.words.textChanged.connect(self._typed)
        self.off.toggled.connect(lambda: self.changed.emit())

    def widget(self) -> QWidget:
        """What is shown."""
        return self

    def act(self) -> str:
        """The act that the primary button names."""
        return tr("Take the reminder off") if self.off.isChecked() else tr("Remind me")

    def missing(self) -> str | None:
        """What is still missing."""
        if self.off.isChecked() or self.at.is_future():
            return None
        return tr("The reminder must be in the future.")

    def commit(self) -> Coroutine[Any, Any, Change]:
        """Writes it."""
        return self._write(None if self.off.isChecked() else self.at.instant(), self.words.words())

    def conflicted(self) -> None:
        """A reminder is nobody else's."""

    def lock(self, locked: bool) -> None:
        """No input while it is written."""
        self.off.setDisabled(locked)
        for each in (self.at, self.words):
            each.setDisabled(locked or self.off.isChecked())

    def focus_first(self) -> None:
        """The words: two hours from now is there already."""
        self.words.setFocus()

    def end(self) -> None:
        """Nothing is asked for."""

    def _typed(self) -> None:
        draft = {"at": str(self.at.instant()), "words": self.words.toPlainText()}
        self._tools.drafts.save(NAME, self._subject.ticket_id, draft)
        self.changed.emit()

    def _restore(self, draft: Draft) -> None:
        if "words" in draft:
            self.words.setPlainText(draft["words"])
        at = draft.get("at", "")
        if at.isdecimal() and int(at) > self._tools.time.now():
            self.at.set_instant(int(at))
