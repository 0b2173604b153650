"""Taking over and handing over: a few words, and who comes next."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.decisions import Change
from ui.choice_box import ChoiceBox
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Draft
from ui.dialogs.form_column import add_fields
from ui.dialogs.words_edit import WordsEdit
from ui.text_label import TextLabel
from ui.theme import GRID
from ui.tr import tr

TAKE, HAND_OVER = "shift_take", "shift_hand_over"
_DESK = 0


class ShiftForm(QWidget):
    """`commit` gets the name of who takes over (blank for a take-over) and the words. `to` are names to choose from;
    another one may be typed. `stale` asks to read anew who is on duty."""

    changed = Signal()
    stale = Signal()

    def __init__(
        self,
        name: str,
        told: str,
        to: Sequence[str] | None,
        commit: Callable[[str, str], Coroutine[Any, Any, Change]],
        tools: DialogTools,
        draft: Draft,
    ) -> None:
        super().__init__()
        self._name = name
        self._commit = commit
        self._tools = tools
        self.to: ChoiceBox | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(TextLabel(tools.theme, told, tone="muted"))
        if to is not None:
            self.to = ChoiceBox(tr("Who takes over"))
            self.to.setEditable(True)
            self.to.addItems(list(to))
            self.to.setCurrentText(draft.get("to", ""))
            self.to.editTextChanged.connect(self._typed)
            add_fields(column, [(tr("&To"), self.to)])
        hint = tr("What you take note of; may be left out") if to is None else tr("What to watch; may be left out")
        self.words = WordsEdit(tr("Note"), hint)
        self.words.setPlainText(draft.get("words", ""))
        self.words.textChanged.connect(self._typed)
        add_fields(column, [(tr("&Note"), self.words)])
        column.addStretch(1)

    def widget(self) -> QWidget:
        """What is shown."""
        return self

    def act(self) -> str:
        """The act that the primary button names."""
        if self.to is None:
            return tr("Take over")
        name = self.to.currentText().strip()
        return tr("Hand over to {name}", name=name) if name else tr("Hand over")

    def missing(self) -> str | None:
        """What is still missing."""
        if self.to is not None and not self.to.currentText().strip():
            return tr("Say who takes over.")
        return None

    def commit(self) -> Coroutine[Any, Any, Change]:
        """Writes it."""
        return self._commit("" if self.to is None else self.to.currentText(), self.words.words())

    def conflicted(self) -> None:
        """Who is on duty now was said; the page behind is read anew, and the next press decides on that."""
        self.stale.emit()

    def lock(self, locked: bool) -> None:
        """No input while it is written."""
        self.words.setDisabled(locked)
        if self.to is not None:
            self.to.setDisabled(locked)

    def focus_first(self) -> None:
        """The name, else the words."""
        (self.words if self.to is None else self.to).setFocus()

    def end(self) -> None:
        """Nothing is asked for."""

    def _typed(self) -> None:
        draft = {"words": self.words.toPlainText(), "to": "" if self.to is None else self.to.currentText()}
        self._tools.drafts.save(self._name, _DESK, draft)
        self.changed.emit()
