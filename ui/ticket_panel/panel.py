"""The panel of one ticket: what it is, its clocks and why, what was said, what may be done."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from console.domain.decisions import Actor
from console.domain.instants import TimeSource
from ui.text_label import TextLabel
from ui.theme import GRID, Theme
from ui.ticket_panel.actions import TicketActions, web_address
from ui.ticket_panel.clocks import ClocksSection
from ui.ticket_panel.conversation import ConversationSection
from ui.ticket_panel.expander import Expander
from ui.ticket_panel.header import HeaderSection
from ui.ticket_panel.plan_summary import PlanSummary
from ui.ticket_panel.since import SinceSection
from ui.ticket_panel.verdict import VerdictSection
from ui.tr import tr

if TYPE_CHECKING:
    from console.services.acting.marks import SinceLooked
    from console.services.tickets import TicketCard

_TICK_MS = 1_000


class TicketPanel(QWidget):
    """Shows one ticket at a time. The ticket that is shown again keeps scroll position and expanded parts.

    `zone` is that of the person at the desk. Remaining times tick each second, only while the panel is visible.
    `cardShown` carries the card that has come on show, none when no ticket is.
    """

    severityRequested = Signal(int)
    escalationRequested = Signal(int)
    planRequested = Signal(int)
    openRequested = Signal(str)
    moreRequested = Signal()
    cardShown = Signal(object)

    def __init__(self, theme: Theme, time: TimeSource, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._time = time
        self._card: TicketCard | None = None
        self.setAccessibleName(tr("Ticket"))
        self.header = HeaderSection(theme)
        self.since = SinceSection(theme, zone)
        self.clocks = ClocksSection(theme, zone)
        self.verdict = VerdictSection(theme, zone)
        self.plan = PlanSummary(theme)
        self.conversation = ConversationSection(theme, zone)
        self.actions_bar = TicketActions(theme)
        self._message = TextLabel(theme, tone="muted")
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedWidget()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._lay_out()
        self._connect()
        self.clear()

    @property
    def ticket_id(self) -> int | None:
        """The ticket that is shown."""
        return None if self._card is None else self._card.identity.ticket_id

    @property
    def card(self) -> TicketCard | None:
        """What is shown."""
        return self._card

    def show_card(self, card: TicketCard) -> None:
        """Shows a ticket, or the ticket on show as it is now."""
        same = self.ticket_id == card.identity.ticket_id
        bar = self._scroll.verticalScrollBar()
        position = bar.value() if same else 0
        self._card = card
        now = self._time.now()
        self._content.setUpdatesEnabled(False)
        self.header.show_card(card, now)
        self.clocks.show_card(card, now, keep=same)
        self.verdict.show_card(card, now)
        self.plan.show_card(card)
        self.conversation.show_card(card, now, keep=same)
        self.actions_bar.show_card(card)
        self._pages.setCurrentWidget(self._ticket_page)
        self._settle()
        bar.setValue(position)
        self._content.setUpdatesEnabled(True)
        self._run_timer()
        self.cardShown.emit(card)

    def show_since(self, found: SinceLooked | None) -> None:
        """Marks what is new on the ticket on show since one looked at it; none: nothing is."""
        if self._card is not None:
            self.since.show_since(found, self._card.pack, self._time.now())
            self.conversation.mark_new(frozenset(line.uid for line in found.facts) if found else frozenset())

    def show_loading(self, number: str) -> None:
        """Says that the ticket of this number is on its way."""
        self._say(tr("Loading ticket {number}", number=number))

    def clear(self) -> None:
        """No ticket is chosen."""
        self._say(tr("Choose a ticket in the queue"))

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        for label in self.findChildren(TextLabel):
            label.set_theme(theme)
        for expander in self.findChildren(Expander):
            expander.set_theme(theme)
        for section in (self.header, self.clocks, self.verdict, self.plan, self.conversation, self.actions_bar):
            section.set_theme(theme)

    def set_read_only(self, reason: str | None) -> None:
        """Refuses decisions and says why; None allows them again."""
        self.actions_bar.set_read_only(reason)

    def set_actor(self, actor: Actor) -> None:
        """Allows what this role may do, and says why not."""
        self.actions_bar.set_actor(actor)

    def ask_severity(self) -> None:
        """Asks for the severity to be changed; nothing where that is not possible now."""
        if self._card is not None and self.actions_bar.severity.isEnabled():
            self.severityRequested.emit(self._card.identity.ticket_id)

    def ask_escalation(self) -> None:
        """Asks for the waiting escalation to be decided; nothing where there is none."""
        if self._card is not None and self.actions_bar.escalation.isEnabled():
            self.escalationRequested.emit(self._card.identity.ticket_id)

    def ask_plan(self) -> None:
        """Asks for the plan of the ticket's customer."""
        if self._card is not None:
            self.planRequested.emit(self._card.identity.ticket_id)

    def ask_open(self) -> None:
        """Asks for the ticket in its own system; nothing where its address is not one of the web."""
        if self._card is not None and (url := web_address(self._card.identity.source_url)):
            self.openRequested.emit(url)

    def tick(self) -> None:
        """Brings what depends on the present instant up to date."""
        if self._card is None:
            return
        now = self._time.now()
        self.header.tick(now)
        self.clocks.tick(now)
        self.verdict.tick(now)
        self.conversation.tick(now)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tick()
        self._run_timer()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _say(self, text: str) -> None:
        self._card = None
        self._message.setText(text)
        self._pages.setCurrentWidget(self._message_page)
        self._timer.stop()
        self.cardShown.emit(None)

    def _run_timer(self) -> None:
        if self._card is not None and self.isVisible():
            self._timer.start()

    def _settle(self) -> None:
        """Gives the new content its size at once, so that a scroll position can be restored."""
        layout = self._content.layout()
        if layout is not None:
            layout.activate()
        width = self._scroll.viewport().width()
        self._content.resize(width, max(self._content.heightForWidth(width), self._scroll.viewport().height()))

    def _lay_out(self) -> None:
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(4 * GRID)
        for section in (self.since, self.clocks, self.verdict, self.conversation, self.plan):
            column.addWidget(section)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(tr("Details of the ticket"))
        self._scroll.setWidget(self._content)
        # Whoever comes here by a key can read on with the arrows.
        self.setFocusProxy(self._scroll)
        self._ticket_page = QWidget()
        page = QVBoxLayout(self._ticket_page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addWidget(self._scroll, 1)
        page.addWidget(self.actions_bar)
        self._message_page = QWidget()
        said = QVBoxLayout(self._message_page)
        said.setContentsMargins(4 * GRID, 8 * GRID, 4 * GRID, 4 * GRID)
        said.addWidget(self._message)
        said.addStretch(1)
        self._pages.addWidget(self._ticket_page)
        self._pages.addWidget(self._message_page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    def _connect(self) -> None:
        self.actions_bar.severity.clicked.connect(self.ask_severity)
        self.actions_bar.escalation.clicked.connect(self.ask_escalation)
        self.actions_bar.plan.clicked.connect(self.ask_plan)
        self.actions_bar.open.clicked.connect(self.ask_open)
        self.actions_bar.more.clicked.connect(self.moreRequested)
