"""The sheet of keys, shown over the window by `?`."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.keys import KeyAct
from ui.theme import GRID
from ui.tr import tr

_COLUMNS = 3


class KeysSheet(QDialog):
    """Lists what each key does by section, in columns of about the same height. Opened with `open()`; Esc closes it."""

    def __init__(self, acts: Sequence[KeyAct], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        columns = QHBoxLayout()
        columns.setSpacing(7 * GRID)
        for part in _columns(acts):
            columns.addWidget(_column(part), 0, Qt.AlignmentFlag.AlignTop)
        close = QPushButton(tr("Close"), self)
        close.clicked.connect(self.accept)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 5 * GRID)
        whole.setSpacing(5 * GRID)
        whole.addLayout(columns)
        whole.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()


def _columns(acts: Sequence[KeyAct]) -> list[list[KeyAct]]:
    """Whole sections, each put where the fewest lines are: the sheet fits into the smallest window."""
    by_section: dict[str, list[KeyAct]] = {}
    for act in acts:
        by_section.setdefault(act.section, []).append(act)
    columns: list[list[KeyAct]] = [[] for _ in range(_COLUMNS)]
    for part in by_section.values():
        min(columns, key=len).extend(part)
    return columns


def _column(acts: Sequence[KeyAct]) -> QWidget:
    column = QWidget()
    grid = QGridLayout(column)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(4 * GRID)
    grid.setVerticalSpacing(GRID // 2)
    section = ""
    for act in acts:
        row = grid.rowCount()
        if act.section != section:
            heading = _label(act.section, "muted")
            heading.setContentsMargins(0, 3 * GRID if section else 0, 0, GRID)
            grid.addWidget(heading, row, 0, 1, 2)
            section, row = act.section, row + 1
        keys = ", ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in act.keys)
        grid.addWidget(_label(keys, None), row, 0)
        grid.addWidget(_label(act.words, None), row, 1)
    return column


def _label(text: str, tone: str | None) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if tone is not None:
        label.setProperty("tone", tone)
    return label
