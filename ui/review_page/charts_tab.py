"""Decisions in charts; each bar opens the decisions behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from console.domain.instants import TimeSource
from console.services.desk import Names
from console.services.reviewing.review_charts import Chart, ChartKind
from models.decision_model import DecisionColumn
from ui.charts.bar_list import BarList
from ui.charts.legend import ChartLegend
from ui.review_page.chart_words import bar_label, chart_lines, chart_title, legend_entries
from ui.review_page.decision_table import DecisionTable
from ui.review_page.words import ReasonNames, decision_words
from ui.text_label import TextLabel
from ui.theme import GRID, Theme
from ui.tr import plural, tr

# The parts of the others mean what they mean in the first.
_WITH_LEGEND = (ChartKind.OUTCOMES, ChartKind.OVERTURNED)


class ChartsTab(QWidget):
    """Emits `opened` with the number of a decision."""

    opened = Signal(int)

    def __init__(self, theme: Theme, time: TimeSource, zone: tzinfo, names: Names) -> None:
        super().__init__()
        self._zone = zone
        self._names = names
        self._reasons: ReasonNames = {}
        self._charts: dict[ChartKind, Chart] = {}
        self.titles = {kind: TextLabel(theme, bold=True, max_lines=2) for kind in ChartKind}
        self.legends = {kind: ChartLegend(theme) for kind in _WITH_LEGEND}
        self.none = {kind: TextLabel(theme, tr("Nothing in this period."), tone="muted") for kind in ChartKind}
        self.lists = {kind: BarList(theme, kind.value) for kind in ChartKind}
        # The review is read on the decision itself: here the outcome needs the room.
        self.behind = TextLabel(theme, bold=True, max_lines=3)
        self.table = DecisionTable(tr("The decisions behind a bar"), decision_words(zone, time), ends_with_rows=True)
        self.table.setColumnHidden(DecisionColumn.REVIEW, True)
        self._lay_out()
        for kind, bars in self.lists.items():
            bars.opened.connect(lambda row, kind=kind: self.open_bar(kind, row))
        self.table.activatedNumber.connect(self.opened)
        self.setFocusProxy(self.lists[ChartKind.OUTCOMES])
        self._say_choose()

    def show_charts(self, charts: Sequence[Chart], reasons: ReasonNames) -> None:
        """Show other charts."""
        self._charts, self._reasons = {chart.kind: chart for chart in charts}, reasons
        for kind, chart in self._charts.items():
            lines = chart_lines(chart, self._zone, self._names, reasons)
            self.titles[kind].setText(chart_title(chart))
            self.lists[kind].setAccessibleName(chart_title(chart))
            self.lists[kind].show_lines(lines)
            self.lists[kind].setVisible(bool(lines))
            self.none[kind].setVisible(not lines)
            if kind in self.legends:
                self.legends[kind].show_entries(legend_entries(chart))
        self.table.decisions.show_numbers(())
        self._say_choose()

    def open_bar(self, kind: ChartKind, row: int) -> None:
        """Show the decisions behind a bar."""
        chart = self._charts[kind]
        bar = chart.bars[row]
        for other, bars in self.lists.items():
            if other is not kind:
                bars.clearSelection()
        label = bar_label(chart, bar, self._zone, self._names, self._reasons)
        count = plural("{n} decision", "{n} decisions", len(bar.numbers))
        self.behind.setText(f"{chart_title(chart)}: {label} · {count}")
        self.table.setAccessibleName(self.behind.text())
        self.table.setColumnHidden(DecisionColumn.MANAGER, kind in (ChartKind.BY_MANAGER, ChartKind.OVERTURNED))
        self.table.decisions.show_numbers(bar.numbers)
        self.table.setVisible(bool(bar.numbers))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        for label in (*self.titles.values(), *self.none.values(), self.behind):
            label.set_theme(theme)
        for bars in self.lists.values():
            bars.set_theme(theme)
        for legend in self.legends.values():
            legend.set_theme(theme)

    def _say_choose(self) -> None:
        self.behind.setText(tr("Choose a bar to see its decisions"))
        self.table.setVisible(False)

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        column.setSpacing(GRID)
        for kind in ChartKind:
            head = QHBoxLayout()
            head.addWidget(self.titles[kind], 1)
            if kind in self.legends:
                head.addWidget(self.legends[kind], 0, Qt.AlignmentFlag.AlignBottom)
            column.addLayout(head)
            column.addWidget(self.none[kind])
            column.addWidget(self.lists[kind])
            column.addSpacing(3 * GRID)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        beside.setSpacing(2 * GRID)
        beside.addWidget(self.behind)
        beside.addWidget(self.table, 1)
        beside.addStretch()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(area)
        split.addWidget(right)
        split.setSizes([150 * GRID, 130 * GRID])
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)
