"""The page of the queue: how much, what next, what and why, from left to right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from models.queue_model import QueueModel
from ui.queue_names import empty_words
from ui.queue_view.columns import ColumnChoice
from ui.queue_view.painted_table import Density
from ui.queue_view.view import QueueView
from ui.settings import DENSITY, WindowSettings
from ui.sidebar import Sidebar
from ui.strip import Strip
from ui.theme import GRID, Theme
from ui.tr import plural, tr
from ui.undo_line import UndoLine

_SPLITTER = "queue_splitter"
_COLUMNS = "columns"
_PANEL_WIDTH = 84 * GRID
_PANEL_WIDEST = 108 * GRID


class QueuePage(QWidget):
    """Sidebar, strip, queue and the place of the ticket panel.

    `ticketCurrent` carries the id of the ticket under the cursor, 0 for none; `queueChosen` the code of a queue;
    `queuePicked` comes after it, also where a person picks the queue that is chosen already.
    """

    ticketCurrent = Signal(int)
    queueChosen = Signal(str)
    queuePicked = Signal(str)

    def __init__(
        self,
        theme: Theme,
        zone: tzinfo,
        model: QueueModel,
        settings: WindowSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._model = model
        self.sidebar = Sidebar(theme, self)
        self.strip = Strip(theme, zone, self)
        self.view = QueueView(theme, self)
        self.view.setModel(model)
        self.panel: QWidget = QFrame(self)
        self._found = QLabel(self)
        self._found.setTextFormat(Qt.TextFormat.PlainText)
        self._found.setProperty("tone", "muted")
        self._found.setContentsMargins(3 * GRID, GRID, 3 * GRID, GRID)
        self._found.hide()
        self.undo_line = UndoLine(theme, self)
        self._decided = 0
        self._db: str | None = None
        self._closed = 0
        self._density = Density.NORMAL
        self._pending = QLabel(self)
        self._pending.setTextFormat(Qt.TextFormat.PlainText)
        self._pending.setProperty("tone", "muted")
        self._pending.setProperty("type", "small")
        self._pending.setContentsMargins(3 * GRID, GRID, 3 * GRID, GRID)
        self._pending.hide()
        model.pendingChanged.connect(self._show_pending)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self._found)
        column.addWidget(self.view, 1)
        column.addWidget(self._pending)
        column.addWidget(self.undo_line)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        for widget in (self.sidebar, middle, self.panel):
            self._splitter.addWidget(widget)
        self._splitter.setStretchFactor(1, 1)
        middle.setMinimumWidth(100 * GRID)
        self.panel.setMinimumWidth(68 * GRID)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._splitter)
        self.sidebar.queueChosen.connect(self._choose)
        self.sidebar.clicked.connect(lambda: self.queuePicked.emit(self.sidebar.code))
        self.view.ticketCurrent.connect(self._tell_current)
        self.view.set_empty(*empty_words(self.sidebar.code))
        self._restore()

    def set_panel(self, panel: QWidget) -> None:
        """Put the ticket panel into its place; the one that was there is deleted."""
        sizes = self._splitter.sizes()
        self._splitter.replaceWidget(2, panel)
        panel.setMinimumWidth(68 * GRID)
        panel.show()
        self.panel.deleteLater()
        self.panel = panel
        self._splitter.setSizes(sizes)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours from now on; the ticket panel is told by who made it."""
        self.sidebar.set_theme(theme)
        self.strip.set_theme(theme)
        self.view.set_theme(theme)
        self.undo_line.set_theme(theme)

    @property
    def density(self) -> Density:
        """How high the rows are."""
        return self._density

    def set_density(self, density: Density) -> None:
        """Higher or lower rows."""
        self._density = density
        self.view.set_density(density)

    def pick(self, code: str) -> None:
        """Choose a queue, as a click on it does."""
        self.sidebar.choose(code)
        self.queuePicked.emit(self.sidebar.code)

    def show_desk(self, db: str | None, closed: int) -> None:
        """Which desk it is (its URL, none for the demo desk) and how many closed tickets it has."""
        self._db, self._closed = db, closed
        self.view.set_empty(*self._empty_words())

    def _empty_words(self) -> tuple[str, str]:
        return empty_words(self.sidebar.code, self._db, self._closed)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many tickets are in each queue."""
        self.sidebar.set_counts(counts)

    def show_found(self, words: str | None, count: int = 0) -> None:
        """Say that the queue is filtered by words, or that it is not any more."""
        self._found.setVisible(words is not None)
        found_nothing = (tr("Nothing found"), tr("Esc shows the queue again"))
        self.view.set_empty(*(self._empty_words() if words is None else found_nothing))
        if words is not None:
            text = plural("{n} ticket found for “{words}”", "{n} tickets found for “{words}”", count, words=words)
            self._found.setText(tr("{found}   Esc shows the queue again", found=text))

    def _show_pending(self, pending: int) -> None:
        """Below the rows, so that none of them moves while somebody holds them."""
        self._pending.setVisible(pending > 0)
        if pending:
            self._pending.setText(plural("{n} row moves when you let go", "{n} rows move when you let go", pending))

    def _choose(self, code: str) -> None:
        self.undo_line.leave()
        self.view.set_empty(*self._empty_words())
        self.queueChosen.emit(code)

    def say(self, words: str) -> None:
        """Say below the queue what has come of a key. It stays until the next is said or another queue is chosen."""
        self.undo_line.tell(words)

    def said(self) -> str:
        """What stands below the queue."""
        return self.undo_line.text()

    def decided(self, ticket_id: int) -> None:
        """A decision about this ticket was taken here: when it leaves the queue, the next one takes its place."""
        self._decided = ticket_id
        self._tell_current(self.view.current_ticket())

    def _tell_current(self, ticket_id: int) -> None:
        left = not ticket_id and self._decided and self._model.rowOf(self._decided) < 0
        if ticket_id != self._decided:
            self._decided = 0
        if left and self._model.rowCount():
            row = min(max(self.view.currentIndex().row(), 0), self._model.rowCount() - 1)
            self.view.go_to(self._model.ticketAt(row))
        else:
            self.ticketCurrent.emit(ticket_id)

    def go_to_first(self) -> None:
        """Go to the first ticket, unless one is chosen: what is to be done next is in sight and under the keys."""
        if not self.view.current_ticket() and self._model.rowCount():
            self.view.go_to(self._model.ticketAt(0))

    def step(self, rows: int) -> None:
        """Move the cursor of the queue by this many rows."""
        last = self._model.rowCount() - 1
        if last < 0:
            return
        current = self.view.currentIndex()
        row = current.row() + rows if self.view.current_ticket() else 0
        self.view.go_to(self._model.ticketAt(min(max(row, 0), last)))

    def keep_layout(self) -> None:
        """Remember the widths."""
        self._settings.keep_state(_SPLITTER, self._splitter.saveState())

    def _restore(self) -> None:
        # Where the window is wide, the ticket has more room for its words.
        width = max(_PANEL_WIDTH, min(_PANEL_WIDEST, self.window().width() * 22 // 100))
        self._splitter.setSizes([self.sidebar.sizeHint().width(), 1280, width])
        splitter = self._settings.state(_SPLITTER)
        if not splitter.isEmpty():
            self._splitter.restoreState(splitter)
        density = self._settings.text(DENSITY).upper()
        if density in Density.__members__:
            self.set_density(Density[density])
        self.view.set_choice(ColumnChoice.read(self._settings.text(_COLUMNS)))
        self.view.choiceChanged.connect(self._keep_columns)

    def _keep_columns(self, choice: ColumnChoice) -> None:
        self._settings.keep_text(_COLUMNS, choice.as_text())
