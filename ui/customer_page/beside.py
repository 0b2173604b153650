"""What stands beside a customer's contracts: hours, account manager, product, update service, surveys."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLineEdit, QPushButton

from console.domain.instants import DAY
from models.text_table import TextTable
from ui.choice_box import ChoiceBox
from ui.customer_page.customer_words import (
    coverage_words,
    known_zone,
    manager_words,
    price_words,
    release_heads,
    release_lines,
    sources_words,
    survey_words,
    updates_words,
    way_heads,
    way_lines,
)
from ui.customer_page.sections import caption
from ui.tables import ToneDelegate, fit_columns, quiet_table, row_height
from ui.text_label import TextLabel, Tone
from ui.theme import GRID, Theme, Type
from ui.ticket_panel.section import Section
from ui.tr import tr

if TYPE_CHECKING:
    from console.services.entitling.customer_page import CustomerPage, Updates

PERIODS = (30, 90, 365)
_USUAL_PERIOD = 1


class WaysSection(Section):
    """Ways to reach support, open or from when, with their hours here and in the customer's zone."""

    def __init__(self, theme: Theme, zone: tzinfo) -> None:
        super().__init__(theme, tr("Channels and hours"))
        self._zone = zone
        self.model = TextTable(way_heads(None))
        self.model.setParent(self)
        self.view = quiet_table(tr("Channels and hours"), wraps=True)
        self.view.setModel(self.model)
        self.view.resized.connect(self.fit)
        self._delegate = ToneDelegate(theme, self)
        self.view.setItemDelegate(self._delegate)
        self.none = TextLabel(theme, tr("The policy lists no way to reach support."), tone="muted")
        self.rules = TextLabel(theme, tone="muted", size=Type.SMALL)
        for each in (self.view, self.none, self.rules):
            self.column.addWidget(each)

    def show_page(self, page: CustomerPage) -> None:
        """Shows the ways that the plan includes."""
        customer = page.entitlements.customer
        name = None if customer is None else customer.zone
        there = known_zone(name)
        lines = way_lines(page.ways, page.as_of, self._zone, there)
        self.model.show_lines(lines, way_heads(name if there is not None else None))
        self.view.setVisible(bool(lines))
        self.none.setVisible(not lines)
        self.rules.setText(sources_words(*(way.source for way in page.ways)))
        self.fit()

    def fit(self) -> None:
        """As high as its lines, which wrap; hours share what the names leave."""
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.view.resizeColumnsToContents()
        first = header.sectionSize(0) + header.sectionSize(1)
        weeks = max(1, self.model.columnCount() - 2)
        for place in range(2, self.model.columnCount()):
            header.resizeSection(place, max(0, self.view.viewport().width() - first) // weeks)
        self.view.resizeRowsToContents()
        rows = sum(max(row_height(self.view), self.view.rowHeight(row)) for row in range(self.model.rowCount()))
        for row in range(self.model.rowCount()):
            self.view.setRowHeight(row, max(row_height(self.view), self.view.rowHeight(row)))
        self.view.setFixedHeight(self.view.horizontalHeader().sizeHint().height() + rows + 2)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        super().set_theme(theme)
        self._delegate.set_theme(theme)


class ManagerSection(Section):
    """The technical account manager's hours of this week. `asked`: some of them are to be booked."""

    asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Account manager"))
        self.words = TextLabel(theme)
        self.book = QPushButton(tr("Book time  Alt+B"))
        self.book.setShortcut("Alt+B")
        self.book.setAccessibleName(tr("Book the account manager's time"))
        self._reason: str | None = None
        row = QHBoxLayout()
        row.addWidget(self.book)
        row.addStretch(1)
        self.column.addWidget(self.words)
        self.column.addLayout(row)
        self.book.clicked.connect(self.asked)

    def show_page(self, page: CustomerPage) -> None:
        """Shows the week of the contract that is shown."""
        week = page.manager
        self.words.setText(manager_words(week))
        self.words.set_look("overdue" if week is not None and week.left < 0 else "text" if week else "muted")
        self.book.setVisible(week is not None)

    def allow(self, reason: str | None) -> None:
        """`reason` says why nothing may be booked by who is at the desk; none where they may."""
        self.book.setEnabled(reason is None)
        self.book.setToolTip(reason or "")
        self.book.setAccessibleDescription(reason or "")


class ProductSection(Section):
    """Whether the product of the contract is supported, which releases are, and its update service."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Product and updates"))
        self._updates: Updates | None = None
        self.covered = TextLabel(theme, bold=True)
        self.model = TextTable(release_heads())
        self.model.setParent(self)
        self.view = quiet_table(tr("Releases"))
        self.view.setModel(self.model)
        fit_columns(self.view, 0)
        self._delegate = ToneDelegate(theme, self)
        self.view.setItemDelegate(self._delegate)
        self.updates = TextLabel(theme)
        self.price = QLineEdit()
        self.price.setAccessibleName(tr("Price that the share is of"))
        self.price.setPlaceholderText(tr("such as 1200"))
        self.cost = TextLabel(theme, bold=True)
        self.rules = TextLabel(theme, tone="muted", size=Type.SMALL)
        self._before = caption(tr("Price"), self.price)
        row = QHBoxLayout()
        row.addWidget(self._before)
        row.addWidget(self.price, 1)
        row.addWidget(self.cost, 2)
        for each in (self.covered, self.view, self.updates):
            self.column.addWidget(each)
        self.column.addLayout(row)
        self.column.addWidget(self.rules)
        self.price.textChanged.connect(lambda text: self.cost.setText(price_words(self._updates, text)))

    def show_page(self, page: CustomerPage) -> None:
        """Shows the product of the contract that is shown."""
        contract, found = page.entitlements.contract, page.coverage
        said, tone = coverage_words(found, None if contract is None else contract.product)
        self.covered.setText(said)
        self.covered.set_look(_tone(tone))
        lines = release_lines(found)
        self.model.show_lines(lines)
        self.view.setVisible(bool(lines))
        self.view.verticalHeader().setDefaultSectionSize(row_height(self.view))
        header = self.view.horizontalHeader()
        self.view.setFixedHeight(header.sizeHint().height() + len(lines) * row_height(self.view) + 2)
        self._updates = page.updates
        words, look = updates_words(page.updates)
        self.updates.setText(words)
        self.updates.set_look(_tone(look))
        self.cost.setText(price_words(page.updates, self.price.text()))
        for each in (self._before, self.price, self.cost):
            each.setVisible(page.updates is not None)
        parts = (found.source if found else (), page.updates.source if page.updates else ())
        self.rules.setText(sources_words(*parts))

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        super().set_theme(theme)
        self._delegate.set_theme(theme)


class SurveySection(Section):
    """The survey rate of a chosen period. `periodChosen` carries its length in microseconds."""

    periodChosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Surveys"))
        self.words = TextLabel(theme, bold=True)
        self.period = ChoiceBox(tr("Period of the survey rate"), wide=False)
        for days in PERIODS:
            self.period.addItem(tr("Last {days} days", days=days), days)
        self.period.setCurrentIndex(_USUAL_PERIOD)
        # The style sheet takes more room than the style knows of.
        self.period.setMinimumWidth(self.period.sizeHint().width() + 6 * GRID)
        self.rules = TextLabel(theme, tone="muted", size=Type.SMALL)
        row = QHBoxLayout()
        row.addWidget(self.period)
        row.addWidget(self.words, 1)
        self.column.addLayout(row)
        self.column.addWidget(self.rules)
        self.period.activated.connect(lambda _: self.periodChosen.emit(self.length()))

    def length(self) -> int:
        """The chosen period in microseconds."""
        return int(self.period.currentData()) * DAY

    def show_page(self, page: CustomerPage) -> None:
        """Shows the rate of the period."""
        self.words.setText(survey_words(page.surveys))
        self.rules.setText("" if page.surveys is None else sources_words(page.surveys.source))


def _tone(name: str) -> Tone:
    tones: dict[str, Tone] = {"ok": "ok", "overdue": "overdue", "muted": "muted"}
    return tones.get(name, "text")
