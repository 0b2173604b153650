"""Decisions that are alike and went different ways, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from console.domain.instants import TimeSource
from console.domain.reviews import SEVERITY
from console.services.desk import Names
from console.services.reviewing.review_consistency import Likeness, Parting
from models.decision_model import DecisionColumn
from models.parting_model import PartingLine
from ui.review_page.decision_table import DecisionTable
from ui.review_page.parting_list import PartingList
from ui.review_page.words import ReasonNames, decision_words, outcome_words, short_outcome
from ui.text_label import TextLabel
from ui.theme import GRID, PAGE_MARGIN, Theme
from ui.tr import plural, tr
from ui.words.severity_words import severity_text

_WAYS = 4


class ConsistencyTab(QWidget):
    """Emits `opened` with the number of a decision."""

    opened = Signal(int)

    def __init__(self, theme: Theme, time: TimeSource, zone: tzinfo, names: Names) -> None:
        super().__init__()
        self._names = names
        self._reasons: ReasonNames = {}
        self._partings: tuple[Parting, ...] = ()
        self.list = PartingList(theme, tr("Decisions alike that went different ways"))
        self.title = TextLabel(theme, bold=True, max_lines=3)
        self.heads = [TextLabel(theme, bold=True, max_lines=2) for _ in range(_WAYS)]
        self.tables = [
            DecisionTable(
                tr("Decisions that went this way"),
                decision_words(zone, time),
                stretch=DecisionColumn.MANAGER,
                ends_with_rows=True,
            )
            for _ in self.heads
        ]
        self._ways: list[QWidget] = []
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(lambda index, _: self._show(index.row()))
        for table in self.tables:
            for column in (DecisionColumn.DECISION, DecisionColumn.REVIEW):
                table.setColumnHidden(column, True)
            table.activatedNumber.connect(self.opened)
        self.setFocusProxy(self.list)

    def show_partings(self, found: Sequence[Parting], reasons: ReasonNames) -> None:
        """Show what parted; `reasons` by pack and code."""
        kept = self.list.currentIndex().row()
        self._partings, self._reasons = tuple(found), reasons
        self.list.lines.show_lines([self._line(each) for each in found])
        if found:
            self.list.setCurrentIndex(self.list.lines.index(max(0, min(kept, len(found) - 1))))
        self._show(self.list.currentIndex().row())

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.list.set_theme(theme)
        for label in (self.title, *self.heads):
            label.set_theme(theme)

    def _show(self, place: int) -> None:
        found = self._partings[place] if 0 <= place < len(self._partings) else None
        if found is None:
            self.title.setText(tr("No decisions of this period were alike and went different ways."))
        else:
            self.title.setText(self._said(found.alike))
        ways = () if found is None else found.ways[:_WAYS]
        for number, (head, table) in enumerate(zip(self.heads, self.tables, strict=True)):
            shown = number < len(ways)
            self._ways[number].setVisible(shown)
            if shown:
                outcome, rows = ways[number]
                head.setText(f"{outcome_words(outcome)} · {plural('{n} decision', '{n} decisions', len(rows))}")
                table.setAccessibleName(head.text())
                table.decisions.show_rows(rows)

    def _line(self, found: Parting) -> PartingLine:
        """`● 3 Normal · Gold` over `not allowed yet: 4 rejected, 2 accepted`."""
        alike = found.alike
        shared = [*self._ticket(alike)]
        if alike.level is not None and alike.level > 1:
            shared.append(tr("level {level}", level=alike.level))
        if alike.reason:
            shared.append(self._reasons.get((alike.pack, alike.reason), alike.reason))
        went = ", ".join(short_outcome(way, len(rows)) for way, rows in found.ways)
        if alike.allowed is not None:
            allowed = tr("allowed: {went}") if alike.allowed else tr("not allowed yet: {went}")
            went = allowed.format_map({"went": went})
        spoken = ", ".join(f"{outcome_words(way)}: {len(rows)}" for way, rows in found.ways)
        return PartingLine(" · ".join(shared), went, f"{self._said(alike)}. {spoken}")

    def _ticket(self, alike: Likeness) -> tuple[str, str]:
        severity = severity_text(alike.severity, self._names.get((alike.pack, "severity", str(alike.severity))))
        return severity, self._names.get((alike.pack, "plan", alike.plan), alike.plan) or tr("No plan")

    def _said(self, alike: Likeness) -> str:
        """`Escalation · ▲ 2 High · Gold · level 1 · the rules allowed it`."""
        said = [tr("Severity change") if alike.decision == SEVERITY else tr("Escalation"), *self._ticket(alike)]
        if alike.level is not None:
            said.append(tr("level {level}", level=alike.level))
        if alike.reason:
            said.append(self._reasons.get((alike.pack, alike.reason), alike.reason))
        if alike.allowed is not None:
            said.append(tr("the rules allowed it") if alike.allowed else tr("the rules did not allow it yet"))
        return " · ".join(said)

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(PAGE_MARGIN, 3 * GRID, PAGE_MARGIN, 3 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.title)
        beside = QHBoxLayout()
        beside.setSpacing(4 * GRID)
        for head, table in zip(self.heads, self.tables, strict=True):
            way = QWidget()
            below = QVBoxLayout(way)
            below.setContentsMargins(0, 0, 0, 0)
            below.setSpacing(GRID)
            below.addWidget(head)
            below.addWidget(table, 1)
            below.addStretch(0)
            beside.addWidget(way, 1)
            self._ways.append(way)
        column.addLayout(beside, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(right)
        split.setSizes([74 * GRID, 200 * GRID])
        split.setStretchFactor(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)
