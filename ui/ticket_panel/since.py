"""What is new on a ticket since one looked at it last."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.domain.facts import FactKind
from console.domain.policy import Pack
from ui.dialogs.change_words import moved_words
from ui.text_label import TextLabel
from ui.theme import Theme
from ui.ticket_panel.section import Column, Section
from ui.tr import plural, tr
from ui.when import clock_time
from ui.words.fact_words import fact_words, who_words

if TYPE_CHECKING:
    from console.services.acting.marks import SinceLooked

_SHOWN = 6
_HIDDEN = frozenset({FactKind.OPENED})


class SinceSection(Section):
    """Lines of what others did and of the clocks that moved; hidden where nothing is new."""

    def __init__(self, theme: Theme, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Since you looked"), parent)
        self._zone = zone
        self.lines: Column[TextLabel, str] = Column(lambda: TextLabel(self._theme), TextLabel.setText)
        self.more = TextLabel(theme, tone="muted")
        self.column.addLayout(self.lines)
        self.column.addWidget(self.more)
        self.title.set_look("accent")
        self.hide()

    def show_since(self, found: SinceLooked | None, pack: Pack, now: int) -> None:
        """Show what is new; none: nothing. `now` in microseconds UTC."""
        self.setVisible(found is not None)
        if found is None:
            self.lines.clear_all()
            return
        self.title.setText(tr("Since you looked, {at}", at=clock_time(found.looked.at, self._zone, now)))
        said = [
            f"{clock_time(line.at, self._zone, now)} {fact_words(line, pack, self._zone, now)} · {who_words(line)}"
            for line in reversed(found.facts)
            if line.kind not in _HIDDEN
        ]
        said += [moved_words(change, pack, self._zone, now) for change in found.clocks]
        self.lines.fill(list(enumerate(said[:_SHOWN])))
        older = len(said) - _SHOWN
        self.more.setVisible(older > 0)
        self.more.setText(plural("and {n} more change", "and {n} more changes", max(0, older)))
