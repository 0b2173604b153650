"""Which decisions to look at: sample, period, manager, pack, reviewed or not, blind or not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from console.domain.instants import DAY
from console.domain.reviews import BLIND, JUDGED, DecisionFilter, Sample
from console.services.reviewing.review_sample import MOST
from ui.choice_box import ChoiceBox
from ui.review_page.words import sample_words
from ui.text_label import TextLabel
from ui.theme import GRID, PAGE_MARGIN, Theme
from ui.tr import tr

RANDOM = "random"
_DAYS = (7, 30, 90, 365)
_FIRST_DAYS = 30
_SEEDS = 999_999


class FilterBar(QWidget):
    """Emits `changed`. Blind, what would tell the manager or the outcome cannot be chosen."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.sample, self.period = _box(tr("Sample")), _box(tr("Period"))
        self.manager, self.pack = _box(tr("Manager")), _box(tr("Policy"))
        for sample in Sample:
            self.sample.addItem(sample_words(sample), sample.value)
        self.sample.addItem(tr("Random"), RANDOM)
        for days in _DAYS:
            self.period.addItem(tr("Last {n} days", n=days), days)
        self.period.addItem(tr("All time"), None)
        self.period.setCurrentIndex(_DAYS.index(_FIRST_DAYS))
        self.count, self.seed = _number(tr("How many"), 1, MOST, 20), _number(tr("Seed of the draw"), 0, _SEEDS, 1)
        self.count.setSuffix(" " + tr("decisions"))
        self.seed.setPrefix(tr("seed") + " ")
        self.unreviewed = QCheckBox(tr("Not yet reviewed"))
        self.blind = QCheckBox(tr("Blind"))
        self.blind.setToolTip(tr("Who decided, and how, is hidden until you have said what you would do."))
        self.found = TextLabel(theme, tone="muted", max_lines=1)
        self.agreement = TextLabel(theme, tone="muted", max_lines=1, right=True)
        self.offer((), ())
        self._lay_out()
        for box in (self.sample, self.period, self.manager, self.pack):
            box.currentIndexChanged.connect(self._said)
        for number in (self.count, self.seed):
            number.valueChanged.connect(self._said)
        for check in (self.unreviewed, self.blind):
            check.toggled.connect(self._said)
        self._enable()

    def offer(self, managers: Sequence[str], packs: Sequence[tuple[str, str]]) -> None:
        """Managers by name, packs by code and name; what is chosen stays."""
        _refill(self.manager, tr("All managers"), [(name, name) for name in managers])
        _refill(self.pack, tr("All policies"), packs)
        self.pack.setVisible(len(packs) > 1)

    def wanted(self, now: int) -> DecisionFilter:
        """What is asked for at `now`, microseconds UTC."""
        blind, sample, days = self.blind.isChecked(), self.sample.currentData(), self.period.currentData()
        manager, pack = self.manager.currentData(), self.pack.currentData()
        known = sample in tuple(Sample) and (not blind or sample == Sample.LATE.value)
        return DecisionFilter(
            sample=Sample(sample) if known else Sample.ALL,
            actors=(manager,) if manager and not blind else (),
            packs=(pack,) if pack else (),
            kinds=BLIND if blind else JUDGED,
            since=None if days is None else (now // DAY - days) * DAY,
            unreviewed=self.unreviewed.isChecked(),
            random=self.count.value() if sample == RANDOM else None,
            seed=self.seed.value(),
        )

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.found.set_theme(theme)
        self.agreement.set_theme(theme)

    def _said(self) -> None:
        self._enable()
        self.changed.emit()

    def _enable(self) -> None:
        blind, drawn = self.blind.isChecked(), self.sample.currentData() == RANDOM
        self.count.setVisible(drawn)
        self.seed.setVisible(drawn)
        reason = tr("Blind: this would tell who decided, or how.") if blind else ""
        self.manager.setEnabled(not blind)
        self.manager.setToolTip(reason)
        if blind and self.sample.currentData() == Sample.AGAINST.value:
            with QSignalBlocker(self.sample):
                self.sample.setCurrentIndex(0)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(2 * GRID)
        for box in (self.sample, self.count, self.seed, self.period, self.manager, self.pack):
            first.addWidget(box)
        first.addStretch(1)
        for each in (self.unreviewed, self.blind):
            second.addWidget(each)
        second.addSpacing(2 * GRID)
        second.addWidget(self.found, 1)
        second.addWidget(self.agreement, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 2 * GRID, PAGE_MARGIN, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(first)
        column.addLayout(second)


def _box(name: str) -> ChoiceBox:
    box = ChoiceBox(name, wide=False)
    box.setMaximumWidth(56 * GRID)
    return box


def _number(name: str, least: int, most: int, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setAccessibleName(name)
    box.setRange(least, most)
    box.setValue(value)
    box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    box.setKeyboardTracking(False)
    return box


def _refill(box: QComboBox, everything: str, entries: Sequence[tuple[str, str]]) -> None:
    """`entries` are data and words."""
    kept = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        box.addItem(everything, None)
        for data, words in entries:
            box.addItem(words, data)
        box.setCurrentIndex(max(0, box.findData(kept)) if kept is not None else 0)
