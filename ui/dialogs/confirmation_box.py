"""The customer's confirmation of a reduction: one of their messages, or who said it and in which words (OD-2)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from console.domain.rows import Message
from console.services.severities.severity_confirmation import Confirmation
from ui.choice_box import ChoiceBox
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Draft
from ui.dialogs.form_column import field_label, form_column
from ui.theme import GRID
from ui.tr import tr
from ui.when import clock_time

ELSEWHERE = "elsewhere"
_LETTERS = 90


class ConfirmationBox(QWidget):
    """`changed` says that another confirmation is attached. Without messages of the customer only their words are
    asked for."""

    changed = Signal()

    def __init__(self, messages: Sequence[Message], tools: DialogTools, parent: QWidget | None = None) -> None:
        """`messages` of the customer, the latest first."""
        super().__init__(parent)
        self.choice = ChoiceBox(tr("The customer's confirmation"), tr("Choose the message that says it"))
        now = tools.time.now()
        for each in messages:
            body = " ".join((tr("Erased") if each.erased else each.body or "").split())[:_LETTERS]
            who = each.actor or tr("Customer")
            self.choice.addItem(f"{clock_time(each.at, tools.zone, now)} · {who}: {body}", each.uid)
        self.choice.addItem(tr("Said on the phone or in a chat"), ELSEWHERE)
        self.choice.setCurrentIndex(-1 if messages else 0)
        self.who, self.words = QLineEdit(), QLineEdit()
        self.who.setAccessibleName(tr("Who confirmed it"))
        self.who.setPlaceholderText(tr("Who confirmed it"))
        self.words.setAccessibleName(tr("What they said"))
        self.words.setPlaceholderText(tr("What they said"))
        self._said = QWidget()
        said = QVBoxLayout(self._said)
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(GRID)
        said.addWidget(self.who)
        said.addWidget(self.words)
        column = form_column(self)
        column.addWidget(field_label(tr("The customer's &confirmation"), self.choice))
        column.addWidget(self.choice)
        column.addWidget(self._said)
        self.choice.currentIndexChanged.connect(self._chosen)
        self.who.textChanged.connect(self.changed)
        self.words.textChanged.connect(self.changed)
        self._said.setVisible(self._elsewhere())

    def confirmation(self) -> Confirmation | None:
        """What is attached; none while it is not complete."""
        found = self.choice.currentData()
        if found is None:
            return None
        if found != ELSEWHERE:
            return Confirmation(str(found))
        given = Confirmation(None, self.who.text().strip(), self.words.text().strip())
        return given if given.who and given.words else None

    def draft(self) -> Draft:
        """What was typed and chosen."""
        return {
            "confirmation": str(self.choice.currentData() or ""),
            "who": self.who.text(),
            "said": self.words.text(),
        }

    def restore(self, draft: Draft) -> None:
        """Bring back what was typed before."""
        self.who.setText(draft.get("who", ""))
        self.words.setText(draft.get("said", ""))
        place = self.choice.findData(draft.get("confirmation") or None)
        if place >= 0:
            self.choice.setCurrentIndex(place)

    def _elsewhere(self) -> bool:
        return bool(self.choice.currentData() == ELSEWHERE)

    def _chosen(self) -> None:
        self._said.setVisible(self._elsewhere())
        self.changed.emit()
