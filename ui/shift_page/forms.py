"""Taking over and handing over: a few words, and who comes next."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from console.domain.decisions import Change
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Draft
from ui.dialogs.form_column import add_fields
from ui.dialogs.words_edit import WordsEdit
from ui.shift_page.name_box import NameBox
from ui.text_label import TextLabel
from ui.theme import GRID
from ui.tr import tr

TAKE, HAND_OVER = "shift_take", "shift_hand_over"
_DESK = 0


class ShiftForm(QWidget):
    """`commit` gets the name of who takes over (blank for a take-over) and the words. `to` are names to choose from;
    one that nobody knows may be typed, and has to be meant. `stale` asks to read anew who is on duty."""

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
        self.to: NameBox | None = None
        self._known = frozenset(each.casefold() for each in to or ())
        self.unknown = QCheckBox(tr("Nobody of this name has been on duty: hand over &all the same"))
        self.unknown.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(TextLabel(tools.theme, told, tone="muted"))
        if to is not None:
            self.to = NameBox(tr("Who takes over"), to)
            self.to.setCurrentText(draft.get("to", ""))
            self.to.editTextChanged.connect(self._named)
            add_fields(column, [(tr("&To"), self.to)])
            column.addWidget(self.unknown)
            self.unknown.toggled.connect(self.changed)
        hint = tr("What you take note of; may be left out") if to is None else tr("What to watch; may be left out")
        self.words = WordsEdit(tr("Note"), hint)
        self.words.setPlainText(draft.get("words", ""))
        self.words.textChanged.connect(self._typed)
        self.unknown.setVisible(self._is_unknown())
        add_fields(column, [(tr("&Note"), self.words)])
        column.addStretch(1)

    def widget(self) -> QWidget:
        """What is shown."""
        return self

    def act(self) -> str:
        """The act that the primary button names."""
        if self.to is None:
            return tr("Take over")
        name = self.to.name()
        return tr("Hand over to {name}", name=name) if name else tr("Hand over")

    def missing(self) -> str | None:
        """What is still missing."""
        if self.to is not None and not self.to.currentText().strip():
            return tr("Say who takes over.")
        if self._is_unknown() and not self.unknown.isChecked():
            return tr("Choose a name from the list, or tick that this one is meant.")
        return None

    def commit(self) -> Coroutine[Any, Any, Change]:
        """Writes it."""
        return self._commit("" if self.to is None else self.to.name(), self.words.words())

    def conflicted(self) -> None:
        """Who is on duty now was said; the page behind is read anew, and the next press decides on that."""
        self.stale.emit()

    def lock(self, locked: bool) -> None:
        """No input while it is written."""
        self.words.setDisabled(locked)
        if self.to is not None:
            self.to.setDisabled(locked)
            self.unknown.setDisabled(locked)

    def focus_first(self) -> None:
        """The name, else the words."""
        (self.words if self.to is None else self.to).setFocus()

    def end(self) -> None:
        """Nothing is asked for."""

    def _is_unknown(self) -> bool:
        name = "" if self.to is None else self.to.currentText().strip()
        return bool(name) and name.casefold() not in self._known

    def _named(self) -> None:
        # What was meant was the name before.
        self.unknown.setChecked(False)
        self.unknown.setVisible(self._is_unknown())
        self._typed()

    def _typed(self) -> None:
        draft = {"words": self.words.toPlainText(), "to": "" if self.to is None else self.to.currentText()}
        self._tools.drafts.save(self._name, _DESK, draft)
        self.changed.emit()
