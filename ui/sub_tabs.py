"""The parts of a page: a quiet row of tabs below the top bar, the same on every page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QWidget

from ui.theme import GRID, PAGE_MARGIN
from ui.tr import tr

# What the style sheet leaves beside the words of a tab: the words begin where the page does.
_BESIDE_WORDS = 3 * GRID


class SubTabs(QTabBar):
    """Alt and a digit choose a tab while something in `page` has the keyboard."""

    def __init__(self, words: Sequence[str], page: QWidget) -> None:
        super().__init__()
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(False)
        self.setAccessibleName(tr("Parts of this page"))
        for place, said in enumerate(words):
            self.addTab(said)
            self.allow(place, None)
            shortcut = QShortcut(_key(place), page, partial(self._choose, place))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def allow(self, place: int, reason: str | None) -> None:
        """Whether a tab can be chosen; `reason` says why it cannot."""
        self.setTabEnabled(place, reason is None)
        self.setTabToolTip(place, reason or _key(place).toString(QKeySequence.SequenceFormat.NativeText))

    def row(self, *beside: QWidget) -> QHBoxLayout:
        """The tabs at the left and other widgets at the right end of the line."""
        row = QHBoxLayout()
        row.setContentsMargins(PAGE_MARGIN - _BESIDE_WORDS, GRID, PAGE_MARGIN, 0)
        row.addWidget(self)
        row.addStretch(1)
        for each in beside:
            row.addWidget(each, 1)
        return row

    def _choose(self, place: int) -> None:
        if self.isTabEnabled(place):
            self.setCurrentIndex(place)


def _key(place: int) -> QKeySequence:
    return QKeySequence(f"Alt+{place + 1}")
