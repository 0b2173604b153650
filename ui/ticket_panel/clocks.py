"""The clocks of a ticket: what burns first, ended ones behind a button."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.domain.explain import ClockStory
from console.domain.state import ClockPhase, TicketState
from ui.text_label import TextLabel
from ui.theme import Theme
from ui.ticket_panel.clock_card import ClockCard, ClockItem, is_live
from ui.ticket_panel.expander import Expander
from ui.ticket_panel.section import Column, Section
from ui.tr import plural, tr

if TYPE_CHECKING:
    from console.services.tickets import TicketCard

_ORDER = {ClockPhase.BREACHED: 0, ClockPhase.RUNNING: 0, ClockPhase.PAUSED: 1}


class ClocksSection(Section):
    """Every clock of the ticket, the row's first."""

    def __init__(self, theme: Theme, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Clocks"), parent)
        self._zone = zone
        self.none = TextLabel(theme, tr("Nothing is promised for this ticket: no clock counts."), tone="muted")
        self.cards: Column[ClockCard, ClockItem] = Column(self._make, ClockCard.show_item)
        self.ended: Column[ClockCard, ClockItem] = Column(self._make, ClockCard.show_item)
        self.more = Expander(theme)
        self._ended_box = QWidget()
        self._ended_box.setLayout(self.ended)
        self._ended_box.hide()
        self.more.toggled.connect(self._ended_box.setVisible)
        self.column.addWidget(self.none)
        self.column.addLayout(self.cards)
        self.column.addWidget(self.more)
        self.column.addWidget(self._ended_box)

    def show_card(self, card: TicketCard, now: int, *, keep: bool) -> None:
        """Shows the clocks of a ticket; `keep` says that it is the one on show."""
        if not keep:
            self.cards.clear_all()
            self.ended.clear_all()
            self.more.setChecked(False)
        row = row_clock(card.stories, card.state)
        items = [ClockItem(each, card.pack, each is row, now) for each in card.stories]
        live = sorted((each for each in items if is_live(each)), key=_place)
        ended = [each for each in items if not is_live(each)]
        self.cards.fill([(_key(each), each) for each in live])
        self.ended.fill([(_key(each), each) for each in reversed(ended)])
        self.none.setVisible(not items)
        self.more.setVisible(bool(ended))
        self.more.set_label(plural("{n} clock that ended", "{n} clocks that ended", len(ended)))

    def tick(self, now: int) -> None:
        """Brings what is left up to date."""
        for each in self.cards.shown:
            each.tick(now)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for each in (*self.cards.shown, *self.ended.shown):
            each.set_theme(theme)

    def _make(self) -> ClockCard:
        return ClockCard(self._theme, self._zone)


def row_clock(stories: tuple[ClockStory, ...], state: TicketState) -> ClockStory | None:
    """The clock that the queue sorts this ticket by."""
    row = state.row
    live = (each for each in stories if each.clock.live and each.clock.kind == row.clock)
    return next((each for each in live if row.paused or each.clock.due_at == row.due_at), None)


def _key(item: ClockItem) -> tuple[str, int]:
    return item.story.clock.kind.value, item.story.clock.cycle


def _place(item: ClockItem) -> tuple[bool, int, int]:
    clock = item.story.clock
    due = clock.due_at if clock.due_at is not None else clock.left_work
    return not item.of_row, _ORDER.get(clock.phase, 2), due
