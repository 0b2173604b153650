"""An internal note: a few words that colleagues read and the customer does not."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.decisions import Change
from ui.dialogs.act_dialog import ActSubject
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Draft
from ui.dialogs.form_column import add_fields
from ui.dialogs.words_edit import WordsEdit
from ui.theme import GRID
from ui.tr import tr

NAME = "note"


class NoteForm(QWidget):
    """`write` gets the base revision and the words."""

    changed = Signal()

    def __init__(
        self,
        subject: ActSubject,
        write: Callable[[int, str], Coroutine[Any, Any, Change]],
        tools: DialogTools,
        draft: Draft,
    ) -> None:
        super().__init__()
        self._subject = subject
        self._write = write
        self._tools = tools
        self.words = WordsEdit(tr("Note"), tr("Only colleagues read it; it is no answer to the customer"))
        self.words.setPlainText(draft.get("words", ""))
        self.words.textChanged.connect(self._typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        add_fields(column, [(tr("&Note"), self.words)])
        column.addStretch(1)

    def widget(self) -> QWidget:
        """What is shown."""
        return self

    def act(self) -> str:
        """The act that the primary button names."""
        return tr("Write note")

    def missing(self) -> str | None:
        """What is still missing."""
        return None if self.words.words() else tr("Write a few words.")

    def commit(self) -> Coroutine[Any, Any, Change]:
        """Writes it."""
        return self._write(self._subject.base_revision, self.words.words())

    def conflicted(self) -> None:
        """Nothing that others do makes a note wrong."""

    def lock(self, locked: bool) -> None:
        """No input while it is written."""
        self.words.setDisabled(locked)

    def focus_first(self) -> None:
        """The words."""
        self.words.setFocus()

    def end(self) -> None:
        """Nothing is asked for."""

    def _typed(self) -> None:
        self._tools.drafts.save(NAME, self._subject.ticket_id, {"words": self.words.toPlainText()})
        self.changed.emit()
