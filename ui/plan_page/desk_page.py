"""The page of plans in the window: reads what serves the ticket that was asked for."""

from __future__ import annotations

from datetime import tzinfo
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from ui.pages import DeskPage
from ui.plan_page.page import PlanPage
from ui.slots import Busy, Tasks, slot
from ui.theme import Theme
from ui.ticket_acts.site import ActSite


class PlansPage(DeskPage):
    """Shows the customer of the ticket for which the plan was asked."""

    def __init__(self, theme: Theme, zone: tzinfo, site: ActSite) -> None:
        super().__init__()
        self._site = site
        self.plan = PlanPage(theme, site.tools.time, zone)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plan)
        self.setFocusProxy(self.plan)
        site.ticketPlanAsked.connect(self.show_ticket)

    @property
    def tasks(self) -> Tasks:
        """Where the slots run."""
        return self._site.tasks

    @slot(busy=Busy.REPLACE)
    async def show_ticket(self, ticket_id: int) -> None:
        """Show what the ticket's customer is entitled to."""
        read = partial(self._site.desk.entitlements.of_ticket, ticket_id=ticket_id)
        self.plan.show_entitlements(await self._site.desk.db.read(read))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.plan.set_theme(theme)
