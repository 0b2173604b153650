"""One way to ask for an escalation: whether it is open, and each rule that says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.eligibility import ChannelVerdict, RuleVerdict
from ui.text_label import TextLabel
from ui.theme import GRID, Theme
from ui.ticket_panel.verdict_words import channel_words, holds, is_available, rule_words
from ui.tr import tr
from ui.words.pack_words import pack_text


@dataclass(frozen=True)
class ChannelItem:
    """A channel's verdict at an instant (microseconds UTC); `asked`: the request came by it."""

    verdict: ChannelVerdict
    now: int
    asked: bool = False


class ChannelCard(QWidget):
    """A line for the channel, a line for each rule: ✓ holds, ✗ does not, from when it will.

    Of rules only what stands in the way longest is shown, until `show_every_rule` asks for all.
    """

    def __init__(self, theme: Theme, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._zone = zone
        self._item: ChannelItem | None = None
        self._every = False
        self.name = TextLabel(theme, bold=True, max_lines=3)
        self.result = TextLabel(theme, right=True, max_lines=2)
        self.rules: list[TextLabel] = []
        top = QHBoxLayout()
        top.addWidget(self.name, 2)
        top.addWidget(self.result, 3)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, GRID)
        self._column.setSpacing(GRID // 2)
        self._column.addLayout(top)

    @property
    def channel(self) -> str:
        """The code of the channel."""
        return "" if self._item is None else self._item.verdict.channel

    def show_item(self, item: ChannelItem) -> None:
        """Shows a verdict."""
        self._item = item
        while len(self.rules) < len(item.verdict.rules):
            label = TextLabel(self._theme)
            self.rules.append(label)
            self._column.addWidget(label)
        name = pack_text(item.verdict.name)
        self.name.setText(tr("{channel}, asked", channel=name) if item.asked else name)
        self.setAccessibleName(self.name.text())
        self.tick(item.now)

    def show_every_rule(self, every: bool, now: int) -> None:
        """Show the rules that hold as well, or only those that stand in the way."""
        self._every = every
        self.tick(now)

    def tick(self, now: int) -> None:
        """Moves what is left on."""
        if self._item is None:
            return
        verdict = self._item.verdict
        self.result.setText(channel_words(verdict, self._zone, now))
        available = is_available(verdict, now)
        self.result.set_look("ok" if available else "muted", bold=available)
        for label in self.rules[len(verdict.rules) :]:
            label.setVisible(False)
        for rule, label in zip(verdict.rules, self.rules, strict=False):
            held = holds(rule, now)
            label.setText(rule_words(rule, self._zone, now))
            label.set_look("muted" if held else "text")
            label.setVisible(self._every or (not available and rule.required and not held and _decides(rule, verdict)))


def _decides(rule: RuleVerdict, verdict: ChannelVerdict) -> bool:
    """Whether it is this rule that the channel waits for: the last of them, or one that time alone does not mend."""
    return rule.at is None or verdict.available_at is None or rule.at >= verdict.available_at
