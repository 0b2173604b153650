"""The page of plans in the window: a customer, plans side by side, rules of the pack."""

from __future__ import annotations

from datetime import tzinfo
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from console.domain.errors import UserError
from console.domain.roles import Act, may
from console.services.entitling.customer_page import CustomerPage
from ui.customer_page.compare_tab import CompareTab
from ui.customer_page.customer_box import CustomerBox
from ui.customer_page.customer_tab import CustomerTab
from ui.customer_page.rules_tab import RulesTab
from ui.customer_page.tam import BookTime
from ui.pages import DeskPage
from ui.slots import Busy, Tasks, slot
from ui.sub_tabs import SubTabs
from ui.text_label import TextLabel
from ui.theme import GRID, PAGE_MARGIN, Theme
from ui.ticket_acts.credit import CreditIncident
from ui.ticket_acts.site import ActSite
from ui.tr import tr
from ui.words.role_words import role_name

CUSTOMER, COMPARE, RULES = range(3)


class PlansPage(DeskPage):
    """Three tabs: Alt+1 to Alt+3. What is shown is read again when the page comes on screen."""

    def __init__(self, theme: Theme, zone: tzinfo, site: ActSite) -> None:
        super().__init__()
        self._site = site
        self._ticket_id: int | None = None
        self._customer: str | None = None
        self._contract: str | None = None
        parts = (tr("Customer"), tr("Plans side by side"), tr("Rules of the pack"))
        self.tabs = SubTabs(parts, self)
        self.find_box = CustomerBox()
        self.refused = TextLabel(theme, tone="overdue")
        self.refused.hide()
        self.customer = CustomerTab(theme, zone)
        self.compare = CompareTab(theme)
        self.rules = RulesTab(theme)
        self._stack = QStackedWidget()
        self._credit = CreditIncident(site)
        self._book = BookTime(site)
        self._lay_out()
        self._connect()

    @property
    def tasks(self) -> Tasks:
        """Where the slots run."""
        return self._site.tasks

    def show_ticket(self, ticket_id: int) -> None:
        """Show what the ticket's customer is entitled to."""
        self._ticket_id, self._customer, self._contract = ticket_id, None, None
        self.tabs.setCurrentIndex(CUSTOMER)
        self._read_customer()

    def show_customer(self, name: str) -> None:
        """Show a customer by number, name or support code in any form."""
        if name.strip():
            self._ticket_id, self._customer, self._contract = None, name.strip(), None
            self.tabs.setCurrentIndex(CUSTOMER)
            self._read_customer()

    def shown(self) -> None:
        """The page has come on screen."""
        self._allow()
        self._read_customer()
        self._read_packs()

    def stop(self) -> None:
        """The desk is closing."""
        closing = tr("The desk is closing")
        self.customer.allow(closing, closing)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.refused.set_theme(theme)
        for tab in (self.customer, self.compare, self.rules):
            tab.set_theme(theme)

    def _allow(self) -> None:
        """Who may not enter a credit proposes it with a note; time is booked by who may enter credits."""
        role = self._site.actor.role
        refused = tr("Not as {role}", role=role_name(role))
        past = self._site.panel.actions_bar.read_only
        self.customer.allow(
            past or (None if may(role, Act.WRITE_NOTE) else refused),
            past or (None if may(role, Act.CREDIT_INCIDENT) else refused),
        )

    @slot(busy=Busy.REPLACE)
    async def _read_customer(self) -> None:
        desk = self._site.desk
        since = desk.time.now() - self.customer.surveys.length()
        self.refused.hide()
        try:
            if self._ticket_id is not None and self._contract is None:
                of_ticket = partial(desk.customers.of_ticket, ticket_id=self._ticket_id, since=since)
                page = await desk.db.read(of_ticket)
            elif self._customer is not None:
                card = await desk.db.read(partial(desk.agreements.customer_of, wanted=self._customer))
                of_customer = partial(desk.customers.of_customer, customer=card.number, since=since)
                page = await desk.db.read(partial(of_customer, contract_uid=self._contract))
            else:
                return
        except UserError as error:
            wanted, shown = self._customer, self.customer.page
            # What is not there is not asked for again when the page comes back on screen.
            if wanted is not None and self._contract is None:
                on_show = None if shown is None else shown.entitlements.customer
                self._customer = None if on_show is None else on_show.number
            found = () if wanted is None else await desk.db.read(partial(desk.agreements.customers_like, wanted=wanted))
            if len(found) > 1:
                self.find_box.offer(found)
                return
            # What is shown stays, and what was typed.
            self.refused.setText(self._site.tools.say(error))
            self.refused.show()
            return
        self.customer.show_page(page)

    @slot(busy=Busy.REPLACE)
    async def _read_packs(self) -> None:
        book = await self._site.desk.db.read(self._site.desk.db.book)
        packs = tuple(found for each in book.packs() if (found := book.pack(each.code, self._site.desk.time.now())))
        first = self.customer.page.pack.code if self.customer.page is not None else book.default_pack()
        self.compare.show_packs(packs, first)
        self.rules.show_packs(packs, first)

    def _typed(self, words: str) -> None:
        self.refused.hide()
        self._offer(words)

    @slot(busy=Busy.REPLACE)
    async def _offer(self, words: str) -> None:
        desk = self._site.desk
        found = await desk.db.read(partial(desk.agreements.customers_like, wanted=words)) if words.strip() else ()
        if words == self.find_box.text():
            self.find_box.offer(found)

    def _choose_contract(self, uid: str) -> None:
        page = self.customer.page
        if page is not None and page.entitlements.customer is not None:
            self._customer, self._contract = page.entitlements.customer.number, uid
            self._read_customer()

    def _ask_credit(self, ticket_id: int) -> None:
        self._credit.open_on(ticket_id, self.customer.ways, self._read_customer)

    def _ask_time(self) -> None:
        page: CustomerPage | None = self.customer.page
        if page is not None and page.entitlements.customer is not None:
            self._book.open_on(page.entitlements.customer, self.customer.ways, self._read_customer)

    def _lay_out(self) -> None:
        for tab in (self.customer, self.compare, self.rules):
            self._stack.addWidget(tab)
        error = QHBoxLayout()
        error.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, 0)
        error.addWidget(self.refused)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(self.tabs.row(self.find_box))
        column.addLayout(error)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.tabs)

    def _connect(self) -> None:
        self._site.ticketPlanAsked.connect(self.show_ticket)
        self._site.actorChanged.connect(self._allow)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.find_box.asked.connect(self.show_customer)
        self.find_box.textEdited.connect(self._typed)
        self.find_box.editingFinished.connect(self.refused.hide)
        self.customer.contracts.chosen.connect(self._choose_contract)
        self.customer.surveys.periodChosen.connect(lambda _: self._read_customer())
        self.customer.incidents.creditAsked.connect(self._ask_credit)
        self.customer.manager.asked.connect(self._ask_time)
