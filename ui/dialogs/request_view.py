"""The request for an escalation: who asks since when by what channel, in which words, and how the rules stand."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from console.domain.policy import Pack
from console.domain.state import EscalationPhase
from ui.text_label import TextLabel
from ui.theme import GRID, Theme, Type
from ui.ticket_panel.channel_card import ChannelCard, ChannelItem
from ui.ticket_panel.escalation_life import review_line
from ui.ticket_panel.expander import Expander
from ui.ticket_panel.message_card import is_long, whole_text, write_whole
from ui.ticket_panel.section import Column
from ui.ticket_panel.verdict_words import channel_name, earliest_first, no_way
from ui.tr import tr
from ui.when import clock_time, duration_words

if TYPE_CHECKING:
    from console.services.escalating.escalations import EscalationRequest

_WORDS_LINES = 8
_JOINED_LINES = 3
_JOINED_SHOWN = 2
# So many letters stand in these lines where the dialog is narrowest.
_JOINED_LETTERS = 80


class RequestView(QWidget):
    """What the decision is about; nothing in it can be edited. `reviewStarted` asks for the review to begin."""

    reviewStarted = Signal()

    def __init__(self, theme: Theme, zone: tzinfo, pack: Pack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._zone = zone
        self._pack = pack
        self._request: EscalationRequest | None = None
        self.asked = TextLabel(theme, bold=True)
        self.start_review = QPushButton(tr("Start re&view"))
        self.start_review.setAutoDefault(False)
        self.start_review.setToolTip(tr("Others see that somebody looks at it"))
        self.start_review.clicked.connect(self.reviewStarted)
        self.review = TextLabel(theme)
        self.same_day = TextLabel(theme, tone="soon")
        self.words = TextLabel(theme, max_lines=_WORDS_LINES)
        self.joined: Column[TextLabel, str] = Column(self._joined_label, TextLabel.setText)
        self.whole: QPlainTextEdit | None = None
        self.show_whole = Expander(theme)
        self.show_whole.set_label(tr("every word of the request"))
        self.show_whole.toggled.connect(self._expand)
        self.no_way = TextLabel(theme)
        self.unknown = TextLabel(theme, tr("The policy has no rules for this channel."), tone="muted")
        self.verdict_title = TextLabel(theme, tr("How the rules stand"), tone="muted", size=Type.SMALL, bold=True)
        self.channels: Column[ChannelCard, ChannelItem] = Column(self._card, ChannelCard.show_item)
        self.more = Expander(theme)
        self.more.set_label(tr("every rule of every channel"))
        self.more.toggled.connect(lambda: self._show_rules())
        self._now = 0
        self._lay_out()

    def show_request(self, request: EscalationRequest, now: int) -> None:
        """Shows a request at `now`, microseconds UTC."""
        self._request = request
        escalation = request.escalation
        self.words.setText(request.words or tr("No words came with the request, or they were erased."))
        self.words.set_look("text" if request.words else "muted")
        rule = next((each.source[0] for each in self._pack.eligibility if each.kind == "same_day"), "")
        self.same_day.setText(
            tr("◐ Asked on the day the ticket was opened: it takes a strong reason ({rule}).", rule=rule)
        )
        self.same_day.setVisible(request.same_day)
        self.start_review.setVisible(escalation.phase is EscalationPhase.REQUESTED)
        verdict = request.verdict.channel(escalation.channel)
        why_not = no_way(self._pack, request.state.severity)
        self.no_way.setText(why_not or "")
        self.no_way.setVisible(why_not is not None)
        self.unknown.setVisible(verdict is None and why_not is None)
        channels = earliest_first(request.verdict.channels) if why_not is None else []
        self.verdict_title.setVisible(bool(channels))
        self.channels.fill(
            [(each.channel, ChannelItem(each, now, asked=each.channel == escalation.channel)) for each in channels]
        )
        self.more.setVisible(len(channels) > 1)
        self.tick(now)
        self._write_whole()

    def tick(self, now: int) -> None:
        """Moves ages and what is left on."""
        self._now = now
        request = self._request
        if request is None:
            return
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
        self._tick_review(request, now)
        # The newest are read first; how many there were is said.
        shown = request.joined[-_JOINED_LINES:]
        lines = [self._joined_words(each.at, each.channel, each.asked_by, each.words) for each in shown]
        if len(request.joined) > len(shown):
            lines.insert(0, tr("{n} more joined before", n=len(request.joined) - len(shown)))
        self.joined.fill([] if self.show_whole.isChecked() else list(enumerate(lines)))
        self.show_whole.setVisible(len(lines) > len(shown) or any(map(_is_cut, lines)) or is_long(request.words or ""))
        self._show_rules()

    def _tick_review(self, request: EscalationRequest, now: int) -> None:
        line = review_line(request.state, self._zone, now)
        parts = [line.text] if line is not None else []
        if request.escalation.phase is EscalationPhase.UNDER_REVIEW:
            parts.append(tr("under review"))
        self.review.setText(" · ".join(parts))
        self.review.setVisible(bool(parts))
        self.review.set_look(line.tone if line is not None else "muted", bold=line is not None and line.bold)

    def _joined_words(self, at: int, channel: str, who: str | None, words: str | None) -> str:
        said = tr(
            "Joined by {channel} at {at}, {who}",
            channel=channel_name(self._pack, channel),
            at=clock_time(at, self._zone, self._now),
            who=who or tr("the customer"),
        )
        return f"{said}: {words}" if words else said

    def _expand(self, expanded: bool) -> None:
        """Who decides can read all that was said, by the first and by all who joined."""
        self.words.setVisible(not expanded)
        if expanded and self.whole is None:
            self.whole = whole_text("")
            self._column.insertWidget(self._column.indexOf(self.show_whole) + 1, self.whole)
        if self.whole is not None:
            self.whole.setVisible(expanded)
        self._write_whole()
        self.tick(self._now)

    def _write_whole(self) -> None:
        request = self._request
        if request is None or self.whole is None:
            return
        joined = [self._joined_words(each.at, each.channel, each.asked_by, each.words) for each in request.joined]
        text = "\n\n".join([request.words or "", *joined]).strip()
        write_whole(self.whole, text)

    def _show_rules(self) -> None:
        """Who decides reads every rule of the channel by which it came, also those that hold."""
        asked = self._request.escalation.channel if self._request is not None else ""
        for each in self.channels.shown:
            each.show_every_rule(self.more.isChecked() or each.channel == asked, self._now)

    def _card(self) -> ChannelCard:
        return ChannelCard(self._theme, self._zone)

    def _joined_label(self) -> TextLabel:
        return TextLabel(self._theme, max_lines=_JOINED_SHOWN)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(2 * GRID)
        top.addWidget(self.asked, 1)
        top.addWidget(self.start_review)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addLayout(top)
        for each in (self.review, self.same_day, self.words):
            column.addWidget(each)
        column.addLayout(self.joined)
        column.addWidget(self.show_whole)
        for each in (self.no_way, self.unknown, self.verdict_title):
            column.addWidget(each)
        column.addLayout(self.channels)
        column.addWidget(self.more)


def _is_cut(line: str) -> bool:
    return len(line) > _JOINED_LETTERS or line.count("\n") >= _JOINED_SHOWN
