"""The page of a plan: what is promised, how many incidents are left, and the ledger behind that."""

from __future__ import annotations

from datetime import tzinfo
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QScrollArea,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from console.domain.instants import TimeSource
from models.ledger_model import LedgerColumn, LedgerModel
from models.plan_model import PlanModel
from ui.plan_page.marked_delegate import MarkedDelegate
from ui.plan_page.words import (
    ALARMING,
    balance_details,
    balance_words,
    contract_words,
    ledger_words,
    notice_words,
    plan_notes,
    plan_title,
    plan_words,
    subject_words,
)
from ui.text_label import TextLabel
from ui.theme import GRID, Theme, Type
from ui.tr import tr

if TYPE_CHECKING:
    from console.services.entitlements import Entitlements

_ROW = 7 * GRID
_LEDGER_ROWS = 5
_PROMISE_LETTERS = 32
_LETTERS = MappingProxyType(
    {LedgerColumn.DATE: 36, LedgerColumn.TICKET: 16, LedgerColumn.AMOUNT: 10, LedgerColumn.LEFT: 14}
)


class PlanPage(QWidget):
    """Shows the entitlements of one customer, with the ticket's cell marked where there is a ticket."""

    def __init__(self, theme: Theme, time: TimeSource, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._time = time
        self.setAccessibleName(tr("Plan"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.message = TextLabel(theme, tone="muted")
        self.subject = TextLabel(theme, tone="muted", max_lines=2)
        self.title = TextLabel(theme, size=Type.TITLE, bold=True, max_lines=2)
        self.notes = TextLabel(theme, tone="muted")
        self.notice = TextLabel(theme, tone="overdue", bold=True)
        self.contracts = TextLabel(theme)
        self.plan_model = PlanModel(plan_words())
        self.plan_model.setParent(self)
        self.plan_view = _table(tr("Promises by severity and clock"))
        self._delegate = MarkedDelegate(theme, self)
        self.plan_view.setItemDelegate(self._delegate)
        self.plan_view.setModel(self.plan_model)
        self.balance = TextLabel(theme, size=Type.TITLE, bold=True, max_lines=2)
        self.details = TextLabel(theme, tone="muted")
        self.ledger_model = LedgerModel(ledger_words(zone))
        self.ledger_model.setParent(self)
        self.ledger_view = _table(tr("Ledger"))
        self.ledger_view.setModel(self.ledger_model)
        self.no_ledger = TextLabel(theme, tr("Nothing was deducted or credited yet."), tone="muted")
        self._pages = QStackedWidget()
        self._lay_out()
        self.clear()

    def show_entitlements(self, entitlements: Entitlements) -> None:
        """Shows what a customer is entitled to."""
        table, balance = entitlements.plan_table, entitlements.balance
        customer = entitlements.customer
        self.subject.setText(subject_words(customer.name if customer else None, entitlements.ticket_number))
        self.title.setText(plan_title(table))
        self.notes.setText("" if table is None else plan_notes(table))
        self.notes.setVisible(table is not None)
        notice = entitlements.notice
        self.notice.setText("" if notice is None else notice_words(notice))
        self.notice.setVisible(notice is not None)
        self._show_contracts(entitlements)
        self.plan_model.show_table(table)
        self.plan_view.setVisible(table is not None)
        self._fit_plan()
        self.balance.setText(balance_words(balance))
        self.balance.set_look("overdue" if balance.standing in ALARMING else "text")
        self.details.setText(balance_details(balance))
        self.ledger_model.show_entries(entitlements.lines, balance.granted)
        self.ledger_view.setVisible(bool(entitlements.lines))
        self.no_ledger.setVisible(not entitlements.lines)
        self._pages.setCurrentIndex(1)

    def show_loading(self, number: str) -> None:
        """Says that the plan of this ticket is on its way."""
        self._say(tr("Loading the plan of ticket {number}", number=number))

    def clear(self) -> None:
        """No ticket is chosen."""
        self._say(tr("Choose a ticket in the queue to see its plan"))

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        for label in self.findChildren(TextLabel):
            label.set_theme(theme)
        self._delegate.set_theme(theme)
        self.plan_view.viewport().update()

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self._pages.setCurrentIndex(0)

    def _show_contracts(self, entitlements: Entitlements) -> None:
        now = self._time.now()
        serving = entitlements.contract
        lines = [contract_words(serving, now)] if serving is not None else [tr("No contract serves this.")]
        others = [each for each in entitlements.contracts if each != serving]
        lines += [tr("also: {contract}", contract=contract_words(each, now)) for each in others]
        self.contracts.setText("\n".join(lines))

    def _fit_plan(self) -> None:
        """Letters may be large: rows follow them. The plan is shown whole, of the ledger some rows at least."""
        row = max(_ROW, self.plan_view.fontMetrics().height() + 2 * GRID)
        for view in (self.plan_view, self.ledger_view):
            view.verticalHeader().setDefaultSectionSize(row)
        header = self.plan_view.horizontalHeader().sizeHint().height()
        self.plan_view.setFixedHeight(header + self.plan_model.rowCount() * row + 2)
        # Beside each other, so that the eye finds the way from a severity to its promise.
        letters = _PROMISE_LETTERS * self.plan_model.columnCount()
        self.plan_view.setMaximumWidth(self.plan_view.fontMetrics().averageCharWidth() * letters)
        self.ledger_view.setMinimumHeight(header + _LEDGER_ROWS * row)
        metrics = self.ledger_view.fontMetrics()
        for place, letters in _LETTERS.items():
            self.ledger_view.horizontalHeader().resizeSection(place, metrics.averageCharWidth() * letters)

    def _lay_out(self) -> None:
        empty, filled = QWidget(), QWidget()
        said = QVBoxLayout(empty)
        said.setContentsMargins(6 * GRID, 8 * GRID, 6 * GRID, 4 * GRID)
        said.addWidget(self.message)
        said.addStretch(1)
        column = QVBoxLayout(filled)
        column.setContentsMargins(6 * GRID, 4 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(2 * GRID)
        for each in (self.subject, self.title, self.notice, self.contracts, self.notes, self.plan_view):
            column.addWidget(each)
        column.addSpacing(2 * GRID)
        for label in (self.balance, self.details):
            column.addWidget(label)
        column.addWidget(self.no_ledger)
        column.addWidget(self.ledger_view, 1)
        column.addStretch()
        self.plan_view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        ledger = self.ledger_view.horizontalHeader()
        ledger.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        ledger.setStretchLastSection(True)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(filled)
        self._pages.addWidget(empty)
        self._pages.addWidget(area)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)


def _table(name: str) -> QTableView:
    view = QTableView()
    view.setAccessibleName(name)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setProperty("padded", True)
    view.setShowGrid(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.horizontalHeader().setHighlightSections(False)
    return view
