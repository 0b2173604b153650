"""What stands where on the page of the shift."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from console.domain.instants import TimeSource
from models.people_model import PeopleColumn, PeopleModel
from models.text_table import Head, Line, TextTable
from ui.queue_names import fixed_entries
from ui.shift_page.words import decision_heads, decisions_title, desk_heads, shift_heads
from ui.tables import ToneDelegate, end_with_rows, fit_columns, fit_rows, quiet_table, row_height
from ui.text_label import TextLabel
from ui.theme import GRID, PAGE_MARGIN, Theme, Type
from ui.tr import tr
from ui.words.people_words import people_words

_PEOPLE_ROWS = 5
_DESK_LINES = 3


class ShiftView(QWidget):
    """The parts of the page; `allow` says which of its buttons can be pressed."""

    def __init__(self, theme: Theme, zone: tzinfo, time: TimeSource, page: QWidget) -> None:
        super().__init__(page)
        self.title = TextLabel(theme, size=Type.TITLE, bold=True, max_lines=2)
        self.note = TextLabel(theme, tone="muted", max_lines=3)
        self.take = _button(tr("&Take over"))
        self.hand_over = _button(tr("&Hand over"))
        self.people = PeopleModel(people_words(zone, time.now), checkable=True, parent=self)
        self.people_table = quiet_table(tr("People on shift"))
        self.people_table.setModel(self.people)
        self.name_part = QLineEdit()
        self.name_part.setPlaceholderText(tr("Part of a name"))
        self.name_part.setAccessibleName(tr("Find a person"))
        self.name_part.setClearButtonEnabled(True)
        self.name_part.textChanged.connect(self.people.set_filter)
        self.keep = _button(tr("&Keep the list"))
        self.refused = TextLabel(theme, tone="muted", size=Type.SMALL)
        self.desk, self.desk_table = _list(tr("The desk at the take-over and now"), page)
        self._tones = ToneDelegate(theme, self)
        self.desk_table.setItemDelegate(self._tones)
        self.desk.show_lines((), desk_heads(None, zone, time.now()))
        self.named = TextLabel(theme, tone="muted", max_lines=6)
        self.decisions, self.decision_table = _list(tr("Decisions"), page)
        self.decisions.show_lines((), decision_heads())
        self.decisions_title = _heading(theme, tr("Decisions of this shift"))
        self.no_decisions = TextLabel(theme, tr("Nothing was decided in this shift yet."), tone="muted")
        self.earlier, self.earlier_table = _list(tr("Shifts"), page)
        self.earlier.show_lines((), shift_heads())
        self.earlier_title = _heading(theme, "")
        self.no_shifts = TextLabel(theme, tr("No shift was taken on this desk yet; each is listed here."), tone="muted")
        self._lay_out(theme, page)

    def allow(self, refused: str | None, *, mine: bool, changed: bool) -> None:
        """What can be pressed: `refused` says why nothing can, `mine` that one is on duty oneself, `changed` that other
        people are ticked than are recorded."""
        self.take.setEnabled(refused is None and not mine)
        self.hand_over.setEnabled(refused is None and mine)
        self.keep.setEnabled(refused is None and mine and changed)
        self.take.setToolTip(refused or (tr("You are on duty already.") if mine else ""))
        self.hand_over.setToolTip(refused or ("" if mine else tr("Who is on duty hands over.")))
        self.keep.setToolTip(refused or ("" if mine else tr("Who is on duty keeps the list.")))
        for button in (self.take, self.hand_over, self.keep):
            button.setAccessibleDescription(button.toolTip())
            button.setProperty("primary", button.isEnabled() and button is not self.keep)
            button.style().unpolish(button)
            button.style().polish(button)
        self.refused.setText(refused or "")
        self.refused.setVisible(refused is not None)

    def show_decisions(self, lines: Sequence[Line]) -> None:
        """Decisions of the shift on show; without any a sentence stands instead of an empty table."""
        self.decisions.show_lines(lines)
        self.decisions_title.setText(decisions_title(len(lines)) if lines else tr("Decisions of this shift"))
        self.decision_table.setVisible(bool(lines))
        self.no_decisions.setVisible(not lines)
        end_with_rows(self.decision_table)

    def show_shifts(self, lines: Sequence[Line]) -> None:
        """All shifts; a sentence where there is none."""
        self.earlier.show_lines(lines)
        self.earlier_title.setText(tr("Shifts: choose one to see what it kept") if lines else tr("Shifts"))
        self.earlier_table.setVisible(bool(lines))
        self.no_shifts.setVisible(not lines)
        end_with_rows(self.earlier_table)

    def show_desk(self, lines: Sequence[Line], heads: Sequence[Head], *, taken: bool) -> None:
        """The desk now, beside it as it was taken over where there is a shift."""
        self.desk.show_lines(lines, heads)
        self.desk_table.setColumnHidden(1, not taken)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._tones.set_theme(theme)
        for label in self.findChildren(TextLabel):
            label.set_theme(theme)

    def _lay_out(self, theme: Theme, page: QWidget) -> None:
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(PAGE_MARGIN, 3 * GRID, PAGE_MARGIN, 4 * GRID)
        grid.setHorizontalSpacing(8 * GRID)
        grid.setVerticalSpacing(2 * GRID)
        grid.addLayout(self._top(), 0, 0, 1, 2)
        grid.addLayout(self._left(theme), 1, 0)
        grid.addLayout(self._right(theme), 1, 1)
        grid.addWidget(self.decisions_title, 2, 0, 1, 2)
        grid.addWidget(self.no_decisions, 3, 0, 1, 2)
        grid.addWidget(self.decision_table, 4, 0, 1, 2)
        grid.setColumnStretch(0, 11)
        grid.setColumnStretch(1, 7)
        grid.setRowStretch(4, 1)
        grid.setRowStretch(5, 0)
        fit_columns(self.decision_table, 4, (2, 3))
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _top(self) -> QHBoxLayout:
        said = QVBoxLayout()
        said.setSpacing(GRID)
        said.addWidget(self.title)
        said.addWidget(self.note)
        said.addWidget(self.refused)
        top = QHBoxLayout()
        top.setSpacing(2 * GRID)
        top.addLayout(said, 1)
        for button in (self.take, self.hand_over):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return top

    def _left(self, theme: Theme) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GRID)
        head = QHBoxLayout()
        head.addWidget(_heading(theme, tr("People on shift")), 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self.name_part)
        head.addWidget(self.keep)
        column.addLayout(head)
        table = self.people_table
        table.verticalHeader().setDefaultSectionSize(row_height(table))
        table.setMinimumHeight((_PEOPLE_ROWS + 1) * row_height(table))
        fit_columns(table, PeopleColumn.NAME)
        column.addWidget(table, 3)
        column.addSpacing(2 * GRID)
        column.addWidget(self.earlier_title)
        column.addWidget(self.no_shifts)
        fit_columns(self.earlier_table, 1, (3,))
        column.addWidget(self.earlier_table, 2)
        return column

    def _right(self, theme: Theme) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GRID)
        fit_rows(self.desk_table, len(fixed_entries()) + _DESK_LINES)
        fit_columns(self.desk_table, 0)
        column.addWidget(self.desk_table)
        column.addWidget(self.named)
        column.addStretch(1)
        return column


def _list(name: str, parent: QWidget) -> tuple[TextTable, QTableView]:
    model, view = TextTable(), quiet_table(name)
    model.setParent(parent)
    view.setModel(model)
    view.verticalHeader().setDefaultSectionSize(row_height(view))
    return model, view


def _heading(theme: Theme, words: str) -> TextLabel:
    return TextLabel(theme, words, tone="muted", size=Type.SMALL, bold=True)


def _button(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.setAccessibleName(words.replace("&", ""))
    return button
