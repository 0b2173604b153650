"""The parts of a customer's page: contracts, promises, incidents, and what stands beside them."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QPushButton, QWidget

from models.ledger_model import LedgerColumn, LedgerModel
from models.plan_model import PlanModel
from models.text_table import TextTable
from ui.customer_page.contract_line import ContractLine
from ui.customer_page.customer_words import beyond_words, contract_heads, contract_lines
from ui.customer_page.marked_delegate import MarkedDelegate
from ui.customer_page.words import (
    ALARMING,
    balance_details,
    balance_words,
    ledger_words,
    plan_notes,
    plan_words,
    warning_words,
)
from ui.tables import ToneDelegate, fit_columns, fit_rows, quiet_table, row_height
from ui.text_label import TextLabel
from ui.theme import Theme, Type
from ui.ticket_panel.section import Section
from ui.tr import tr

if TYPE_CHECKING:
    from console.services.entitling.customer_page import CustomerPage
    from console.services.entitling.entitlements import Entitlements

_LEDGER_ROWS = 9
_PROMISE_LETTERS = 32


class ContractsSection(Section):
    """Contracts over time: a line and a list. `chosen` carries the uid of the contract to show."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Contracts"))
        self.line = ContractLine(theme)
        self.model = TextTable(contract_heads())
        self.model.setParent(self)
        self.view = quiet_table(tr("Contracts"))
        self.view.setModel(self.model)
        fit_columns(self.view, 4, (0, 1, 2))
        self._delegate = ToneDelegate(theme, self)
        self.view.setItemDelegate(self._delegate)
        self.none = TextLabel(theme, tr("No contract serves this."), tone="overdue", bold=True)
        for each in (self.line, self.view, self.none):
            self.column.addWidget(each)
        self.view.activated.connect(self._activated)

    def show_page(self, page: CustomerPage) -> None:
        """Shows the contracts of a customer."""
        contract = page.entitlements.contract
        uid = "" if contract is None else contract.uid
        lines = contract_lines(page.terms, uid)
        self.line.show_contracts(page.entitlements.contracts, uid, page.as_of)
        self.model.show_lines(lines)
        fit_rows(self.view, len(lines))
        for widget in (self.line, self.view):
            widget.setVisible(bool(lines))
        self.none.setVisible(contract is None)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        super().set_theme(theme)
        self.line.set_theme(theme)
        self._delegate.set_theme(theme)

    def _activated(self, index: QModelIndex) -> None:
        line = self.model.line(index.row())
        if line is not None:
            self.chosen.emit(line.key)


class PromiseSection(Section):
    """The plan as a table severity x clock; the ticket's cell is framed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Promises"))
        self.model = PlanModel(plan_words())
        self.model.setParent(self)
        self.view = quiet_table(tr("Promises by severity and clock"))
        self._delegate = MarkedDelegate(theme, self)
        self.view.setItemDelegate(self._delegate)
        self.view.setModel(self.model)
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.notes = TextLabel(theme, tone="muted", size=Type.SMALL)
        self.column.addWidget(self.view)
        self.column.addWidget(self.notes)

    def show_entitlements(self, found: Entitlements) -> None:
        """Shows the plan that serves."""
        table = found.plan_table
        self.model.show_table(table)
        self.view.setVisible(table is not None)
        self.notes.setText(tr("This policy promises nothing.") if table is None else plan_notes(table))
        fit_rows(self.view, self.model.rowCount())
        # Beside each other, so that the eye finds the way from a severity to its promise.
        letters = _PROMISE_LETTERS * max(1, self.model.columnCount())
        self.view.setMaximumWidth(self.view.fontMetrics().averageCharWidth() * letters)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        super().set_theme(theme)
        self._delegate.set_theme(theme)
        self.view.viewport().update()


class IncidentsSection(Section):
    """What is left, warnings, tickets beyond, and the ledger behind. `creditAsked` carries the ticket of the line."""

    creditAsked = Signal(int)

    def __init__(self, theme: Theme, zone: tzinfo) -> None:
        super().__init__(theme, tr("Incidents"))
        self.balance = TextLabel(theme, size=Type.TITLE, bold=True, max_lines=2)
        self.warning = TextLabel(theme, tone="soon", bold=True)
        self.details = TextLabel(theme, tone="muted")
        self.beyond = TextLabel(theme, tone="overdue")
        self.model = LedgerModel(ledger_words(zone))
        self.model.setParent(self)
        self.view = quiet_table(tr("Ledger"))
        self.view.setModel(self.model)
        fit_columns(self.view, LedgerColumn.RULE)
        self.none = TextLabel(theme, tr("Nothing was deducted or credited yet."), tone="muted")
        self.credit = QPushButton(tr("Credit incident  Alt+C"))
        self.credit.setShortcut("Alt+C")
        self.credit.setAccessibleName(tr("Credit the incident of the chosen line"))
        self._may_credit: str | None = None
        row = QHBoxLayout()
        row.addWidget(self.credit)
        row.addStretch(1)
        for each in (self.balance, self.warning, self.details, self.beyond, self.none, self.view):
            self.column.addWidget(each)
        self.column.addLayout(row)
        self.view.selectionModel().currentRowChanged.connect(self._fit_button)
        self.credit.clicked.connect(self._ask)

    def show_page(self, page: CustomerPage) -> None:
        """Shows the incidents of the contract that is shown."""
        found, balance = page.entitlements, page.entitlements.balance
        self.balance.setText(balance_words(balance))
        self.balance.set_look("overdue" if balance.standing in ALARMING else "text")
        said = warning_words(page.warning)
        self.warning.setText(said)
        self.warning.setVisible(bool(said))
        self.details.setText(balance_details(balance))
        self.beyond.setText(beyond_words(page.beyond))
        self.beyond.setVisible(bool(page.beyond))
        lines = [entry for entry in found.lines if entry.at <= page.as_of]
        self.model.show_entries(lines, balance.granted)
        self.view.setVisible(bool(lines))
        self.none.setVisible(not lines)
        row = row_height(self.view)
        self.view.verticalHeader().setDefaultSectionSize(row)
        shown = min(len(lines), _LEDGER_ROWS)
        self.view.setFixedHeight(self.view.horizontalHeader().sizeHint().height() + shown * row + 2)
        self._fit_button()

    def allow_credit(self, reason: str | None) -> None:
        """`reason` says why nothing may be credited by who is at the desk; none where they may."""
        self._may_credit = reason
        self._fit_button()

    def ticket_id(self) -> int | None:
        """The ticket of the chosen line of the ledger."""
        entry = self.model.entry(self.view.currentIndex().row())
        return None if entry is None else entry.ticket_id

    def _fit_button(self) -> None:
        ticket = self.ticket_id()
        reason = self._may_credit or (tr("Choose the line of a ticket in the ledger.") if ticket is None else "")
        self.credit.setEnabled(not reason)
        self.credit.setVisible(self.model.rowCount() > 0)
        self.credit.setToolTip(reason)
        self.credit.setAccessibleDescription(reason)

    def _ask(self) -> None:
        ticket_id = self.ticket_id()
        if ticket_id is not None:
            self.creditAsked.emit(ticket_id)


def caption(text: str, buddy: QWidget) -> QLabel:
    """The words before a field."""
    label = QLabel(text)
    label.setBuddy(buddy)
    return label
