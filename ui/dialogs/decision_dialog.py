"""What dialogs of decisions share: beside the ticket, one primary button, errors in place, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, Protocol

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from console.domain.decisions import Change
from console.domain.errors import ConflictError, ConsoleError
from console.domain.instants import TimeSource
from ui.dialogs.conflict_words import conflict_words
from ui.dialogs.drafts import Drafts
from ui.slots import Tasks
from ui.text_label import TextLabel
from ui.theme import GRID, Theme, Type
from ui.tr import tr

_LETTERS = 82
_NARROWEST = 84 * GRID
# Shorter it looks like a message.
_LOWEST = 90 * GRID


@dataclass(frozen=True)
class DialogTools:
    """What a dialog works with. `zone` is that of the person at the desk, `say` the sentence for an error."""

    theme: Theme
    time: TimeSource
    zone: tzinfo
    tasks: Tasks
    drafts: Drafts
    say: Callable[[ConsoleError], str]


class Form(Protocol):
    """The part of a dialog that differs: what is decided and what has to be said for it."""

    def widget(self) -> QWidget:
        """What is shown."""
        ...

    def act(self) -> str:
        """The act that the primary button names."""
        ...

    def missing(self) -> str | None:
        """What is still missing before it can be decided; none when nothing is."""
        ...

    def commit(self) -> Coroutine[Any, Any, Change]:
        """Writes the decision."""
        ...

    def conflicted(self) -> None:
        """Somebody changed the ticket: look again. What was typed stays."""
        ...

    def lock(self, locked: bool) -> None:
        """No input while the decision is written."""
        ...


class DecisionDialog(QDialog):
    """Open it with `open_beside`. `decided` sends the Change that was recorded; then it closes.

    While a decision is being written it cannot be left, and a second press does nothing.
    """

    decided = Signal(object)

    def __init__(
        self, name: str, ticket_id: int, form: Form, tools: DialogTools, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = name
        self.form = form
        self.ticket_id = ticket_id
        self.tools = tools
        self._busy = False
        self.headline = TextLabel(tools.theme, size=Type.TITLE, bold=True, max_lines=2)
        self.subject = TextLabel(tools.theme, tone="muted", max_lines=2)
        self.error = TextLabel(tools.theme, tone="overdue", bold=True)
        self.error.hide()
        self.hint = TextLabel(tools.theme, tone="muted")
        self.primary = QPushButton()
        self.primary.setProperty("primary", True)
        self.primary.setDefault(True)
        self.leave = QPushButton(tr("Leave  Esc"))
        self.leave.setAccessibleName(tr("Leave"))
        self.leave.setAutoDefault(False)
        self.leave.clicked.connect(self.reject)
        self.primary.clicked.connect(self.decide)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.primary.click)
        self._tallest = _LOWEST
        self._growing = QTimer(self, singleShot=True, interval=0)
        self._growing.timeout.connect(self._grow)
        self._lay_out()
        self.setMinimumWidth(_NARROWEST)
        self.resize(max(_NARROWEST, self.fontMetrics().averageCharWidth() * _LETTERS), _LOWEST)
        self.refresh()

    @property
    def busy(self) -> bool:
        """Whether a decision is being written."""
        return self._busy

    def open_beside(self, panel: QWidget) -> None:
        """Opens to the left of `panel`, so that the ticket stays in sight, and returns at once."""
        corner = panel.mapToGlobal(QPoint(0, 0))
        screen = panel.screen().availableGeometry()
        self.resize(min(self.width(), screen.width() - 8 * GRID), self.height())
        self._tallest = min(screen.height() - 12 * GRID, max(_LOWEST, panel.window().height() - 2 * GRID))
        height = min(max(_LOWEST, self._wanted_height()), self._tallest)
        self.resize(self.width(), height)
        left = max(screen.left() + GRID, corner.x() - self.width() - 3 * GRID)
        top = max(screen.top() + GRID, min(corner.y(), screen.bottom() - height - 8 * GRID))
        self.move(left, top)
        self.open()

    def decide(self) -> None:
        """Records the decision that is prepared."""
        if self._busy or self.form.missing() is not None:
            return
        commit = self.form.commit()
        self._busy = True
        self.show_error(None)
        self.refresh()
        if not self.tools.tasks.start(f"{self.name} {self.ticket_id}", self._decided(commit)):
            commit.close()
            self._busy = False
            self.refresh()

    def refresh(self) -> None:
        """Brings the buttons up to date with what was typed."""
        missing = self.form.missing()
        self.primary.setText(tr("Writing: {act}", act=self.form.act()) if self._busy else self.form.act())
        self.primary.setEnabled(missing is None and not self._busy)
        self.leave.setEnabled(not self._busy)
        self.form.lock(self._busy)
        self.hint.setText(missing or "")
        self.hint.setVisible(missing is not None and not self._busy)
        self.primary.setAccessibleDescription(missing or "")

    def show_error(self, text: str | None) -> None:
        """Says in place what went wrong; none: nothing."""
        self.error.setText(text or "")
        self.error.setVisible(text is not None)

    def _wanted_height(self) -> int:
        # Layouts know the new size of what was shown or hidden only when they are told to look.
        form = self.form.widget().layout()
        if form is None:
            return self.height()
        parts = (self._top, form, self._bottom)
        for part in parts:
            part.invalidate()
        return sum(part.totalHeightForWidth(self.width()) for part in parts) + 2 * GRID

    def _grow(self) -> None:
        """Make room for what a choice brought. Never shrinks: what is under the hand stays there."""
        screen = self.screen().availableGeometry()
        missing = self._area.verticalScrollBar().maximum()
        height = min(self.height() + missing, self._tallest)
        if height <= self.height():
            return
        top = min(self.y(), screen.bottom() - height - 8 * GRID)
        if top < self.y():
            self.move(self.x(), max(screen.top() + GRID, top))
        self.resize(self.width(), height)

    def reject(self) -> None:
        if not self._busy:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._busy:
            event.ignore()
        else:
            super().closeEvent(event)

    async def _decided(self, commit: Coroutine[Any, Any, Change]) -> None:
        change: Change | None = None
        try:
            change = await commit
        except ConflictError as error:
            if isValid(self):
                now = self.tools.time.now()
                self.show_error(conflict_words(error, self.tools.zone, now, self.tools.say))
                self.form.conflicted()
        except ConsoleError as error:
            if isValid(self):
                self.show_error(self.tools.say(error))
        finally:
            if isValid(self):
                self._busy = False
                self.refresh()
        if change is not None and isValid(self):
            self.tools.drafts.discard(self.name, self.ticket_id)
            self.decided.emit(change)
            self.accept()

    def _lay_out(self) -> None:
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.form.widget())
        self._area.verticalScrollBar().rangeChanged.connect(self._growing.start)
        top = self._top = QVBoxLayout()
        top.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, GRID)
        top.addWidget(self.headline)
        top.addWidget(self.subject)
        bottom = self._bottom = QVBoxLayout()
        bottom.setContentsMargins(4 * GRID, GRID, 4 * GRID, 4 * GRID)
        bottom.setSpacing(2 * GRID)
        bottom.addWidget(self.error)
        bottom.addWidget(self.hint)
        buttons = QHBoxLayout()
        buttons.addWidget(self.primary, 1)
        buttons.addWidget(self.leave)
        bottom.addLayout(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(top)
        outer.addWidget(self._area, 1)
        outer.addLayout(bottom)
