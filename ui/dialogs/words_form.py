"""A small decision: one choice or number, and why."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QSpinBox, QVBoxLayout, QWidget

from console.domain.decisions import Change
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.words_edit import WordsEdit
from ui.text_label import TextLabel
from ui.theme import GRID
from ui.tr import tr

QUOTA = "quota"
TAM = "tam"
_MOST_MINUTES = 7 * 24 * 60


class WordsForm(QWidget):
    """A note, the fields of a subclass, and a field for words that survives as a draft."""

    changed = Signal()

    def __init__(self, name: str, key: int, note: str, tools: DialogTools) -> None:
        super().__init__()
        self._name, self._key, self._tools = name, key, tools
        self.note = TextLabel(tools.theme, note, tone="muted")
        self.words = WordsEdit(tr("Why, in your words"), tr("It goes into the journal"))
        self.words.setPlainText(tools.drafts.load(name, key).get("words", ""))
        self.words.textChanged.connect(self._typed)

    def lay_out(self, *fields: QWidget) -> None:
        """Note, fields, words."""
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        column.setSpacing(2 * GRID)
        for each in (self.note, *fields, self.words):
            column.addWidget(each)
        column.addStretch(1)

    def widget(self) -> QWidget:
        """What is shown."""
        return self

    def missing(self) -> str | None:
        """Words are always needed."""
        return None if self.words.words() else tr("Say why in a few words.")

    def lock(self, locked: bool) -> None:
        """No input while it is written."""
        self.setEnabled(not locked)

    def _typed(self) -> None:
        self._tools.drafts.save(self._name, self._key, {"words": self.words.toPlainText()})
        self.changed.emit()


class QuotaForm(WordsForm):
    """Serve a ticket beyond the quota all the same, or have sales talk to the customer first."""

    def __init__(
        self,
        ticket_id: int,
        note: str,
        base_revision: int,
        commit: Callable[[int, bool, str], Coroutine[Any, Any, Change]],
        revision: Callable[[], Coroutine[Any, Any, int]],
        tools: DialogTools,
    ) -> None:
        super().__init__(QUOTA, ticket_id, note, tools)
        self._base, self._commit, self._revision = base_revision, commit, revision
        self.serve = QRadioButton(tr("Serve all the same  Alt+S"))
        self.serve.setShortcut("Alt+S")
        self.refuse = QRadioButton(tr("Not served: sales talk to the customer  Alt+R"))
        self.refuse.setShortcut("Alt+R")
        self.lay_out(self.serve, self.refuse)
        self.serve.toggled.connect(lambda _: self.changed.emit())
        self.refuse.toggled.connect(lambda _: self.changed.emit())

    def act(self) -> str:
        """`Serve all the same`, `Do not serve`."""
        if self.refuse.isChecked():
            return tr("Do not serve")
        return tr("Serve all the same") if self.serve.isChecked() else tr("Decide")

    def missing(self) -> str | None:
        """A choice and words."""
        if not (self.serve.isChecked() or self.refuse.isChecked()):
            return tr("Choose: Alt+S or Alt+R.")
        return super().missing()

    def commit(self) -> Coroutine[Any, Any, Change]:
        """Writes the decision."""
        return self._commit(self._base, self.serve.isChecked(), self.words.words())

    def conflicted(self) -> None:
        """The plan was changed: look again, what was typed stays."""
        self._tools.tasks.start("quota again", self._again())

    async def _again(self) -> None:
        self._base = await self._revision()
        self.changed.emit()


class TamForm(WordsForm):
    """Minutes of the technical account manager."""

    def __init__(
        self, customer_id: int, note: str, commit: Callable[[int, str], Coroutine[Any, Any, Change]], tools: DialogTools
    ) -> None:
        super().__init__(TAM, customer_id, note, tools)
        self._commit = commit
        self.minutes = QSpinBox()
        self.minutes.setAccessibleName(tr("Minutes"))
        self.minutes.setRange(1, _MOST_MINUTES)
        self.minutes.setSingleStep(15)
        self.minutes.setValue(60)
        self.minutes.setSuffix(" " + tr("minutes"))
        self.lay_out(self.minutes)
        self.minutes.valueChanged.connect(lambda _: self.changed.emit())

    def act(self) -> str:
        """`Book 60 minutes`."""
        return tr("Book {minutes} minutes", minutes=self.minutes.value())

    def commit(self) -> Coroutine[Any, Any, Change]:
        """Writes the entry."""
        return self._commit(self.minutes.value(), self.words.words())

    def conflicted(self) -> None:
        """Nothing that others do makes spent time wrong."""
