"""Escalations of the ticket: their life so far, and whether one may be asked for, channel by channel, rule by rule."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.text_label import TextLabel
from ui.theme import Theme
from ui.ticket_panel.channel_card import ChannelCard, ChannelItem
from ui.ticket_panel.escalation_life import LifeLine, life
from ui.ticket_panel.expander import Expander
from ui.ticket_panel.section import Column, Section
from ui.ticket_panel.verdict_words import earliest_first, no_way
from ui.tr import plural, tr

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
        self.life: Column[TextLabel, LifeLine] = Column(self._line, _show_line)
        self.none = TextLabel(theme, tr("This policy has no rules about escalation."), tone="muted")
        self.no_way = TextLabel(theme)
        self.channels: Column[ChannelCard, ChannelItem] = Column(self._make, ChannelCard.show_item)
        self.more = Expander(theme)
        self.more.toggled.connect(self._show_rules)
        self._now = 0
        self.column.addLayout(self.life)
        self.column.addWidget(self.none)
        self.column.addWidget(self.no_way)
        self.column.addLayout(self.channels)
        self.column.addWidget(self.more)

    def show_card(self, card: TicketCard, now: int) -> None:
        """Shows the verdict on a ticket at `now`, microseconds UTC."""
        self._card = card
        why_not = no_way(card.pack, card.state.severity)
        self.no_way.setText(why_not or "")
        self.no_way.setVisible(why_not is not None)
        # What goes for the severity as such is said once, not for each channel.
        channels = earliest_first(card.verdict.channels) if why_not is None else []
        self.none.setVisible(not card.verdict.channels)
        self.channels.fill([(each.channel, ChannelItem(each, now)) for each in channels])
        rules = sum(len(each.rules) for each in channels)
        self.more.setVisible(rules > 0)
        self.more.set_label(plural("why: {n} rule", "why: {n} rules", rules))
        self.tick(now)

    def tick(self, now: int) -> None:
        """Moves ages and what is left on."""
        self._now = now
        self._show_rules(self.more.isChecked())
        lines = life(self._card, self._zone, now) if self._card is not None else []
        self.life.fill(list(enumerate(lines)))

    def _show_rules(self, every: bool) -> None:
        for each in self.channels.shown:
            each.show_every_rule(every, self._now)

    def _make(self) -> ChannelCard:
        return ChannelCard(self._theme, self._zone)

    def _line(self) -> TextLabel:
        return TextLabel(self._theme)


def _show_line(label: TextLabel, line: LifeLine) -> None:
    label.setText(line.text)
    label.set_look(line.tone, bold=line.bold)
