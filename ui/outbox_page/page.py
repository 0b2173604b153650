"""The outbox: messages of the desk, the newest first, with the whole text of the one that is chosen."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QItemSelection, Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.domain.errors import EnvironmentFault
from console.domain.records import OutboxMessage
from models.outbox_model import OutboxColumn, OutboxModel
from ui.choice_box import ChoiceBox
from ui.outbox_page.preview import MessagePreview
from ui.outbox_page.words import Stage, matching, outbox_words, stage_words
from ui.pages import DeskPage
from ui.slots import Busy, Tasks, slot
from ui.tables import fit_columns, quiet_table, row_height
from ui.text_label import TextLabel
from ui.theme import GRID, PAGE_MARGIN, Theme, Type
from ui.ticket_acts.site import ActSite
from ui.tr import plural, tr

_TICK_MS = 1_000


class OutboxPage(DeskPage):
    """Reads when it comes on screen, after each decision and when another window has written. Nothing here can be
    changed: a message is held back by undoing its decision."""

    def __init__(self, theme: Theme, zone: tzinfo, site: ActSite) -> None:
        super().__init__()
        self._site = site
        self._time = site.tools.time
        self._messages: tuple[OutboxMessage, ...] = ()
        self._seen = -1
        roles = {code: name for (_, kind, code), name in site.desk.names.items() if kind == "people"}
        self.model = OutboxModel(outbox_words(zone, roles))
        self.number = QLineEdit()
        self.number.setPlaceholderText(tr("Ticket number"))
        self.number.setAccessibleName(tr("Messages of a ticket"))
        self.number.setClearButtonEnabled(True)
        self.stage = ChoiceBox(tr("Where messages stand"), wide=False)
        self.stage.addItem(tr("All messages"), None)
        for stage in Stage:
            self.stage.addItem(stage_words(stage), stage)
        self.count = TextLabel(theme, tone="muted", max_lines=1)
        self.note = TextLabel(theme, tone="muted", size=Type.SMALL)
        self.note.setText(tr("Nothing is sent yet: delivery by mail and into ticket systems comes later."))
        self.table = quiet_table(tr("Messages"))
        self.table.setModel(self.model)
        self.preview = MessagePreview(theme, zone, roles)
        self.empty = TextLabel(theme, tone="muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._lay_out()
        self.setFocusProxy(self.table)
        self.number.textChanged.connect(self._filter)
        self.stage.currentIndexChanged.connect(self._filter)
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        site.decided.connect(lambda *_: self.read() if self.isVisible() else None)

    @property
    def tasks(self) -> Tasks:
        """Where the slots run."""
        return self._site.tasks

    def shown(self) -> None:
        """The page has come on screen."""
        self._timer.start()
        self.read()

    def stop(self) -> None:
        """Nothing ticks any more."""
        self._timer.stop()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        for label in self.findChildren(TextLabel):
            label.set_theme(theme)

    @slot(busy=Busy.REPLACE)
    async def read(self) -> None:
        """Read the messages anew."""
        desk = self._site.desk
        self._messages = await desk.db.read(desk.outbox.list)
        self._filter()

    def _filter(self) -> None:
        now = self._time.now()
        stage = self.stage.currentData()
        found = matching(self._messages, self.number.text(), Stage(stage) if stage else None, now)
        before = self._current()
        self.model.show_messages(found, now)
        row = self.model.row_of(before.uid) if before is not None else -1
        if found:
            self.table.selectRow(max(0, row))
        self._pages.setCurrentWidget(self._split if found else self.empty)
        self.count.setText(plural("{n} message", "{n} messages", len(found)))
        self.count.setVisible(bool(found))
        if not found:
            self.empty.setText(self._why_empty())
        self._show()

    def _why_empty(self) -> str:
        if self._messages:
            return tr("No message fits the filter")
        return tr("No message yet. Replies to customers and mails to who is told of an escalation stand here.")

    def _current(self) -> OutboxMessage | None:
        rows = self.table.selectionModel().selectedRows() if self.table.selectionModel() is not None else []
        return self.model.message(rows[0].row()) if rows else None

    def _chosen(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self._show()

    def _show(self) -> None:
        self.preview.show_message(self._current(), self._time.now())

    def _tick(self) -> None:
        if not self.isVisible():
            self._timer.stop()
            return
        now = self._time.now()
        self.model.tick(now)
        self.preview.tick(now)
        try:
            seen = self._site.desk.data_version()
        except EnvironmentFault:
            # Whoever follows the database says so.
            return
        if seen != self._seen:
            self._seen = seen
            self.read()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(2 * GRID)
        self.number.setMaximumWidth(44 * GRID)
        self.stage.setMaximumWidth(52 * GRID)
        # Letters may be large: the rows follow them.
        self.table.verticalHeader().setDefaultSectionSize(row_height(self.table))
        fit_columns(self.table, OutboxColumn.SUBJECT, (OutboxColumn.TO,))
        label = QLabel(tr("&Find"))
        label.setBuddy(self.number)
        for each in (label, self.number, self.stage, self.count):
            top.addWidget(each, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addStretch(1)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(self.table)
        self._split.addWidget(self.preview)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._split.setSizes([600, 400])
        self._split.setChildrenCollapsible(False)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._split)
        self._pages.addWidget(self.empty)
        head = QWidget()
        inner = QVBoxLayout(head)
        inner.setContentsMargins(PAGE_MARGIN, 2 * GRID, PAGE_MARGIN, 2 * GRID)
        inner.setSpacing(GRID)
        inner.addLayout(top)
        inner.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._pages, 1)
