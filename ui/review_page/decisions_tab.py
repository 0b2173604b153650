"""The list of decisions, the case beside it and what the lead says of it below."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from console.domain.instants import TimeSource
from ui.review_page.case_view import CaseView
from ui.review_page.decision_table import DecisionTable
from ui.review_page.form import ReviewForm
from ui.review_page.words import decision_words
from ui.text_label import TextLabel
from ui.theme import GRID, Theme
from ui.tr import tr


class DecisionsTab(QWidget):
    """What is read is brought by the page."""

    def __init__(self, theme: Theme, time: TimeSource, zone: tzinfo) -> None:
        super().__init__()
        self.table = DecisionTable(tr("Decisions"), decision_words(zone, time))
        self.empty = TextLabel(theme, tone="muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.case = CaseView(theme, time, zone)
        self.form = ReviewForm(theme)
        self._theme = theme
        self._left = QStackedWidget()
        self._left.addWidget(self.table)
        self._left.addWidget(self.empty)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.case, 1)
        column.addWidget(self.form)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self._left)
        split.addWidget(right)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        right.setMinimumWidth(96 * GRID)
        split.setSizes([155 * GRID, 105 * GRID])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)
        self.setFocusProxy(self.table)

    def show_numbers(self, numbers: tuple[int, ...], why_empty: str) -> None:
        """Show other decisions; the one that was chosen stays where it is among them."""
        kept = self.table.number
        self.table.decisions.show_numbers(numbers)
        self.empty.setText(why_empty)
        self._left.setCurrentWidget(self.table if numbers else self.empty)
        if not numbers:
            self.case.say(tr("Nothing to review here"))
            self.form.show_case(None)
        elif kept is None or not self.table.go_to(kept):
            self.table.selectRow(0)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.case.set_theme(theme)
        for label in (self.empty, self.form.note, self.form.missing):
            label.set_theme(theme)
