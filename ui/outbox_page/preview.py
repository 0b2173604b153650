"""One message as it will go: to whom, when, its subject and its whole text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from console.domain.records import OutboxMessage
from ui.outbox_page.words import split, stage_sentence
from ui.text_label import TextLabel
from ui.theme import GRID, Theme
from ui.tr import tr
from ui.words.address_words import address_words


class MessagePreview(QWidget):
    """Plain text; it can be read with the arrows and copied, not changed."""

    def __init__(self, theme: Theme, zone: tzinfo, roles: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(70 * GRID)
        self._zone = zone
        self._roles = roles
        self._message: OutboxMessage | None = None
        self.to = TextLabel(theme, max_lines=2)
        self.subject = TextLabel(theme, bold=True, max_lines=3)
        self.state = TextLabel(theme, tone="muted")
        self.body = QPlainTextEdit()
        self.body.setAccessibleName(tr("Text of the message"))
        self.body.setReadOnly(True)
        self.body.setTabChangesFocus(True)
        self.body.setFrameShape(QFrame.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(GRID)
        for each in (self.subject, self.to, self.state):
            column.addWidget(each)
        column.addSpacing(GRID)
        column.addWidget(self.body, 1)

    def show_message(self, message: OutboxMessage | None, now: int) -> None:
        """Shows a message at `now` (microseconds UTC); none: nothing."""
        same = message is not None and self._message is not None and message.uid == self._message.uid
        self._message = message
        subject, body = split(message.text) if message is not None else ("", "")
        self.subject.setText(subject)
        if not same or body != self.body.toPlainText():
            self.body.setPlainText(body)
        who = address_words(message.to, self._roles, message.name) if message is not None else ""
        number = message.number if message is not None else None
        said = tr("To {who}", who=who) if who else ""
        self.to.setText(tr("{said} · ticket {number}", said=said, number=number) if number else said)
        self.tick(now)

    def tick(self, now: int) -> None:
        """Moves what is left on."""
        self.state.setText(stage_sentence(self._message, self._zone, now) if self._message is not None else "")
