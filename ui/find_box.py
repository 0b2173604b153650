"""The find box: a number or words; what is found becomes a filter of the queue until Esc."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import GRID
from ui.tr import tr

# After the last key: fast enough to feel at once, slow enough to ask once for a word.
PAUSE_MS = 180
# The margins of the style sheet.
_BESIDE_WORDS = 6 * GRID


class FindBox(QLineEdit):
    """Emits `asked` with the words a moment after the typing or at once on Enter, and `cleared` on Esc.

    `done` says that the keys should go back to the queue.
    """

    asked = Signal(str)
    cleared = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.setAccessibleName(tr("Find tickets"))
        self.setClearButtonEnabled(True)
        self.setMaximumWidth(84 * GRID)
        self.setMaxLength(200)
        self.setObjectName("find")
        self.textChanged.connect(self._typed)
        self.returnPressed.connect(self._enter)

    def minimumSizeHint(self) -> QSize:
        """The room for the fewest words and their key: whoever is on duty, they stay in sight."""
        words = self.fontMetrics().horizontalAdvance(_forms()[-1])
        return QSize(max(28 * GRID, words + _BESIDE_WORDS + GRID), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many words as fit: nothing here is cut."""
        super().resizeEvent(event)
        forms = _forms()
        room = self.width() - _BESIDE_WORDS
        fitting = (words for words in forms if self.fontMetrics().horizontalAdvance(words) <= room)
        self.setPlaceholderText(next(fitting, forms[-1]))

    @property
    def waiting(self) -> bool:
        """Whether what was typed is about to be asked for."""
        return self._pause.isActive()

    def start(self) -> None:
        """Take the keys, with what stands here selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears; Down goes to the queue."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.done.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def _typed(self, text: str) -> None:
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            if self._last:
                self._last = ""
                self.cleared.emit()

    def _enter(self) -> None:
        self._pause.stop()
        self._ask()
        self.done.emit()

    def _ask(self) -> None:
        words = self.text().strip()
        if words and words != self._last:
            self._last = words
            self.asked.emit(words)


def _forms() -> tuple[str, str]:
    """From all words to as few as say it."""
    return tr("Find number or words   Ctrl+F"), tr("Find   Ctrl+F")
