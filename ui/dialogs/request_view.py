"""The request for an escalation: who asks since when by what channel, in which words, and how the rules stand."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.policy import Pack
from ui.text_label import TextLabel
from ui.theme import GRID, Theme
from ui.ticket_panel.channel_card import ChannelCard, ChannelItem
from ui.ticket_panel.verdict_words import channel_name
from ui.tr import tr
from ui.when import clock_time, duration_words

if TYPE_CHECKING:
    from console.services.escalations import EscalationRequest

_WORDS_LINES = 8


class RequestView(QWidget):
    """What the decision is about; nothing in it can be edited."""

    def __init__(self, theme: Theme, zone: tzinfo, pack: Pack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._pack = pack
        self.asked = TextLabel(theme, bold=True)
        self.words = TextLabel(theme, max_lines=_WORDS_LINES)
        self.unknown = TextLabel(theme, tr("The policy has no rules for this channel."), tone="muted")
        self.channel = ChannelCard(theme, zone)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for each in (self.asked, self.words, self.unknown, self.channel):
            column.addWidget(each)

    def show_request(self, request: EscalationRequest, now: int) -> None:
        """Shows a request at `now`, microseconds UTC."""
        escalation = request.escalation
        said = tr(
            "{who} asks for level {level} by {channel} since {at}, {age} ago",
            who=request.asked_by or tr("The customer"),
            level=escalation.level,
            channel=channel_name(self._pack, escalation.channel),
            at=clock_time(escalation.requested_at, self._zone, now),
            age=duration_words(now - escalation.requested_at),
        )
        self.asked.setText(said)
        self.words.setText(request.words or tr("No words came with the request, or they were erased."))
        self.words.set_look("text" if request.words else "muted")
        verdict = request.verdict.channel(escalation.channel)
        self.channel.setVisible(verdict is not None)
        self.unknown.setVisible(verdict is None)
        if verdict is not None:
            self.channel.show_item(ChannelItem(verdict, now))
            # Who decides reads every rule, also those that hold.
            self.channel.show_every_rule(True, now)
