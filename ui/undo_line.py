"""The line under the queue: what was done last and, while that can be undone, a button with the time that is left."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.text_label import TextLabel
from ui.theme import GRID, Theme, Type
from ui.tr import tr
from ui.when import left_words


class UndoLine(QWidget):
    """Hidden while there is nothing to say. `undoAsked` comes when the button is pressed; the key is the window's."""

    undoAsked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._until: int | None = None
        self._said = ""
        self._number = ""
        self.words = TextLabel(theme, tone="ok", max_lines=4)
        self.left = TextLabel(theme, tone="muted", size=Type.SMALL, right=True)
        self.left.setMinimumWidth(16 * GRID)
        self.button = QPushButton(tr("Undo  Ctrl+Z"))
        self.button.setAccessibleName(tr("Undo"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.undoAsked)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GRID, GRID, 2 * GRID, GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.left, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._show_offer(False)
        self.hide()

    @property
    def offered(self) -> bool:
        """Whether what is said can be undone."""
        return self._until is not None

    def text(self) -> str:
        """What is said."""
        return "" if self.isHidden() else self.words.text()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours from now on."""
        self.words.set_theme(theme)
        self.left.set_theme(theme)

    def say(self, words: str, *, more: str = "") -> None:
        """Say this; nothing is offered until `offer` says what. `more` is for who points at it."""
        self._until = None
        self._said = words
        self._show_words(words, more)
        self._show_offer(False)
        self.setVisible(bool(words))

    def tell(self, words: str) -> None:
        """Say what is no decision; one that can be undone stays below it."""
        if self.offered:
            self._show_words(f"{words}\n{_taken_back(self._said)}" if words else self._said, "")
            self._name_button(older=bool(words))
        else:
            self.say(words)

    def offer(self, until: int, now: int, *, older: str = "", number: str = "") -> None:
        """What is said can be undone until an instant, microseconds UTC; or what was said before it, `older`, about the
        ticket with this number."""
        if older:
            self._show_words(f"{self.words.text()}\n{_taken_back(older)}", "")
            self._said = older
        self._until = until
        self._number = number
        self._name_button(older=bool(older))
        self._show_offer(True)
        self.show_left(now)

    def leave(self) -> None:
        """Another queue was chosen: what cannot be undone need not be said any longer."""
        self.tell("")

    def show_left(self, now: int) -> None:
        """Bring the time that is left up to date; at its end the words go."""
        if self._until is None:
            return
        if now >= self._until:
            self.say("")
            return
        self.left.setText(tr("{left} left", left=left_words(self._until - now)))

    def _show_words(self, words: str, more: str) -> None:
        self.words.setText(words)
        self.words.setAccessibleName(words)
        # Escaped and marked as rich text, or Qt would guess which of both it is.
        self.words.setToolTip(f"<qt>{'<br>'.join(map(escape, more.splitlines()))}</qt>" if more else "")

    def _name_button(self, *, older: bool) -> None:
        """What stands above it is not what it takes back: then it names the ticket."""
        named = tr("Undo {number}  Ctrl+Z", number=self._number) if older and self._number else tr("Undo  Ctrl+Z")
        self.button.setText(named)
        said = _taken_back(self._said)
        self.button.setAccessibleName(said if older else tr("Undo"))
        self.button.setToolTip(f"<qt>{escape(said)}</qt>")

    def _show_offer(self, offered: bool) -> None:
        self.left.setVisible(offered)
        self.button.setVisible(offered)


def _taken_back(what: str) -> str:
    return tr("Undo takes back: {what}", what=what)
