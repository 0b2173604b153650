"""One clock: how much is left, until when, drawn, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from console.domain.explain import ClockStory
from console.domain.policy import Pack
from console.domain.state import ClockPhase
from ui.text_label import TextLabel
from ui.theme import GRID, Theme, Type
from ui.ticket_panel.cause_words import cause_words, segment_word, why_words
from ui.ticket_panel.clock_words import due_words, left_words, tone_of
from ui.ticket_panel.expander import Expander
from ui.ticket_panel.timeline import ClockTimeline
from ui.tr import plural
from ui.when import clock_time, duration_words
from ui.words.pack_words import clock_name


@dataclass(frozen=True)
class ClockItem:
    """A clock to show. `of_row` marks the one that the queue is sorted by."""

    story: ClockStory
    pack: Pack
    of_row: bool
    now: int


class ClockCard(QWidget):
    """Keeps what is expanded while the same clock is shown again."""

    def __init__(self, theme: Theme, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._item: ClockItem | None = None
        self.name = TextLabel(theme, bold=True, max_lines=2)
        self.left = TextLabel(theme, right=True, bold=True, max_lines=2)
        self.due = TextLabel(theme, tone="muted", max_lines=2)
        self.timeline = ClockTimeline(theme)
        self.why = TextLabel(theme, tone="muted", size=Type.SMALL)
        self.segments = TextLabel(theme, size=Type.SMALL)
        self.segments.setVisible(False)
        self.expander = Expander(theme)
        self.expander.toggled.connect(self._expand)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, GRID, 0, GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.name, 0, 0)
        grid.addWidget(self.left, 0, 1)
        grid.addWidget(self.due, 1, 0, 1, 2)
        grid.addWidget(self.timeline, 2, 0, 1, 2)
        grid.addWidget(self.why, 3, 0)
        grid.addWidget(self.expander, 3, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.segments, 4, 0, 1, 2)

    def show_item(self, item: ClockItem) -> None:
        """Shows a clock as it stands."""
        self._item = item
        story = item.story
        name = clock_name(item.pack, story.clock.kind)
        self.name.setText(f"{name} {story.clock.cycle + 1}" if story.clock.cycle else name)
        self.setAccessibleName(name)
        self.timeline.show_story(story, tone_of(story.clock, item.now), item.now)
        self.timeline.setAccessibleName(self._summary(story))
        self.why.setText(why_words(story, item.pack, self._zone, item.now))
        count = len(story.segments)
        self.expander.set_label(plural("{n} stretch", "{n} stretches", count))
        self.expander.setVisible(count > 0)
        self._fill_segments()
        self.tick(item.now)

    def tick(self, now: int) -> None:
        """Brings what is left up to date; `now` in microseconds UTC."""
        if self._item is None:
            return
        clock = self._item.story.clock
        tone = tone_of(clock, now)
        self.left.setText(left_words(clock, now))
        self.left.set_look(tone, size=Type.TITLE if self._item.of_row else Type.BODY, bold=clock.live)
        self.due.setText(due_words(self._item.story, self._zone, now))
        self.timeline.tick(tone, now)

    def set_theme(self, theme: Theme) -> None:
        """Labels are told by the panel."""
        self.timeline.set_theme(theme)

    def _expand(self, expanded: bool) -> None:
        self._fill_segments()
        self.segments.setVisible(expanded)

    def _fill_segments(self) -> None:
        if self._item is None or not self.expander.isChecked():
            return
        story, now = self._item.story, self._item.now
        lines = []
        for each in story.segments:
            begin, end = clock_time(each.from_at, self._zone, now), clock_time(each.to_at, self._zone, now)
            length = duration_words(each.to_at - each.from_at)
            cause = cause_words(each.cause, self._item.pack)
            lines.append(f"{begin} – {end} · {segment_word(each.kind)} {length} · {cause}")
        self.segments.setText("\n".join(lines))

    def _summary(self, story: ClockStory) -> str:
        totals: dict[str, int] = {}
        for each in story.segments:
            word = segment_word(each.kind)
            totals[word] = totals.get(word, 0) + each.to_at - each.from_at
        return ", ".join(f"{word} {duration_words(total)}" for word, total in totals.items())


def is_live(item: ClockItem) -> bool:
    """What a manager has to see at once: a clock that counts or may count again, that was missed, or that was shown as
    breached and is not."""
    story = item.story
    return story.clock.live or story.clock.phase is ClockPhase.MISSED or story.shown_breached is not None
