"""One customer: contracts, promises, incidents, and beside them hours, account manager, product and surveys."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ui.customer_page.beside import ManagerSection, ProductSection, SurveySection, WaysSection
from ui.customer_page.customer_words import mark_words
from ui.customer_page.sections import ContractsSection, IncidentsSection, PromiseSection
from ui.customer_page.words import notice_words, plan_title, subject_words
from ui.text_label import TextLabel
from ui.theme import GRID, PAGE_MARGIN, Theme, Type
from ui.ticket_panel.section import Section
from ui.tr import tr

if TYPE_CHECKING:
    from console.services.entitling.customer_page import CustomerPage


class CustomerTab(QWidget):
    """Shows what a customer is entitled to; with a ticket its cell of the plan and its mark."""

    def __init__(self, theme: Theme, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Customer"))
        self.page: CustomerPage | None = None
        self.message = TextLabel(theme, tone="muted")
        self.subject = TextLabel(theme, tone="muted", max_lines=2)
        self.title = TextLabel(theme, size=Type.TITLE, bold=True, max_lines=2)
        self.notice = TextLabel(theme, tone="overdue", bold=True)
        self.mark = TextLabel(theme, tone="overdue", bold=True)
        self.contracts = ContractsSection(theme)
        self.promises = PromiseSection(theme)
        self.incidents = IncidentsSection(theme, zone)
        self.ways = WaysSection(theme, zone)
        self.manager = ManagerSection(theme)
        self.product = ProductSection(theme)
        self.surveys = SurveySection(theme)
        self._pages = QStackedWidget()
        self._lay_out()
        self.clear()

    def show_page(self, page: CustomerPage) -> None:
        """Shows a customer."""
        self.page = page
        found = page.entitlements
        self.subject.setText(subject_words(found.customer.name if found.customer else None, found.ticket_number))
        self.title.setText(plan_title(found.plan_table))
        self.notice.setText("" if found.notice is None else notice_words(found.notice))
        self.notice.setVisible(found.notice is not None)
        self.mark.setText(mark_words(page.mark))
        self.mark.setVisible(page.mark is not None)
        self.contracts.show_page(page)
        self.promises.show_entitlements(found)
        for section in (self.incidents, self.ways, self.manager, self.product, self.surveys):
            section.show_page(page)
        self._pages.setCurrentIndex(1)

    def allow(self, credit: str | None, book: str | None) -> None:
        """Why who is at the desk may neither credit nor propose it, and not book time; none where they may."""
        self.incidents.allow_credit(credit)
        self.manager.allow(book)

    def show_loading(self, name: str) -> None:
        """Says that the page of a customer or ticket is on its way."""
        self._say(tr("Loading {name}", name=name))

    def clear(self) -> None:
        """Nobody is chosen."""
        self.page = None
        self._say(
            tr("Choose a ticket in the queue and press P, or type a customer's name, number or support code above")
        )

    def sections(self) -> tuple[Section, ...]:
        """All parts."""
        left = (self.contracts, self.promises, self.incidents)
        return (*left, self.ways, self.manager, self.product, self.surveys)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        for label in self.findChildren(TextLabel):
            label.set_theme(theme)
        for section in self.sections():
            section.set_theme(theme)

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self._pages.setCurrentIndex(0)

    def _lay_out(self) -> None:
        empty, filled = QWidget(), QWidget()
        said = QVBoxLayout(empty)
        said.setContentsMargins(PAGE_MARGIN, 6 * GRID, PAGE_MARGIN, 4 * GRID)
        said.addWidget(self.message)
        said.addStretch(1)
        column = QVBoxLayout(filled)
        column.setContentsMargins(PAGE_MARGIN, 2 * GRID, PAGE_MARGIN, 4 * GRID)
        column.setSpacing(GRID)
        for each in (self.subject, self.title, self.notice, self.mark):
            column.addWidget(each)
        column.addSpacing(2 * GRID)
        column.addWidget(self.contracts)
        column.addSpacing(4 * GRID)
        sides = QHBoxLayout()
        sides.setSpacing(8 * GRID)
        sides.addLayout(_column((self.promises, self.incidents)), 11)
        sides.addLayout(_column((self.ways, self.manager, self.product, self.surveys)), 9)
        column.addLayout(sides)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr("What the customer is entitled to"))
        area.setWidget(filled)
        self.setFocusProxy(area)
        self._pages.addWidget(empty)
        self._pages.addWidget(area)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)


def _column(sections: tuple[Section, ...]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(6 * GRID)
    for section in sections:
        column.addWidget(section)
    column.addStretch(1)
    return column
