"""Whether an escalation may be asked for, channel by channel and rule by rule, and the request that waits."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.domain.state import UNDECIDED
from ui.text_label import TextLabel
from ui.theme import Theme
from ui.ticket_panel.channel_card import ChannelCard, ChannelItem
from ui.ticket_panel.expander import Expander
from ui.ticket_panel.section import Column, Section
from ui.ticket_panel.verdict_words import channel_name
from ui.tr import plural, tr
from ui.when import clock_time, duration_words

if TYPE_CHECKING:
    from console.services.tickets import TicketCard


class VerdictSection(Section):
    """The verdict advises: an early request is decided all the same. First what is open, the rules on request.

    Who opened the rules of one ticket sees those of the next as well.
    """

    def __init__(self, theme: Theme, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Escalation"), parent)
        self._zone = zone
        self._card: TicketCard | None = None
        self.request = TextLabel(theme, bold=True)
        self.none = TextLabel(theme, tr("This policy has no rules about escalation."), tone="muted")
        self.channels: Column[ChannelCard, ChannelItem] = Column(self._make, ChannelCard.show_item)
        self.more = Expander(theme)
        self.more.toggled.connect(self._show_rules)
        self._now = 0
        self.column.addWidget(self.request)
        self.column.addWidget(self.none)
        self.column.addLayout(self.channels)
        self.column.addWidget(self.more)

    def show_card(self, card: TicketCard, now: int) -> None:
        """Shows the verdict on a ticket at `now`, microseconds UTC."""
        self._card = card
        channels = card.verdict.channels
        self.none.setVisible(not channels)
        self.channels.fill([(each.channel, ChannelItem(each, now)) for each in channels])
        rules = sum(len(each.rules) for each in channels)
        self.more.setVisible(rules > 0)
        self.more.set_label(plural("why: {n} rule", "why: {n} rules", rules))
        self.tick(now)

    def tick(self, now: int) -> None:
        """Moves ages and what is left on."""
        self._now = now
        self._show_rules(self.more.isChecked())
        latest = self._card.state.escalation if self._card is not None else None
        waiting = latest is not None and latest.phase in UNDECIDED
        self.request.setVisible(waiting)
        if self._card is not None and latest is not None and waiting:
            said = tr(
                "Level {level} by {channel} since {at}, {age} ago",
                level=latest.level,
                channel=channel_name(self._card.pack, latest.channel),
                at=clock_time(latest.requested_at, self._zone, now),
                age=duration_words(now - latest.requested_at),
            )
            self.request.setText(said)

    def _show_rules(self, every: bool) -> None:
        for each in self.channels.shown:
            each.show_every_rule(every, self._now)

    def _make(self) -> ChannelCard:
        return ChannelCard(self._theme, self._zone)
