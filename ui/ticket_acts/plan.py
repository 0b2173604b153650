"""What the customer of the ticket on show is entitled to."""

from __future__ import annotations

from ui.ticket_acts.site import ActSite


class ShowPlan:
    """Goes to the page of plans, which shows the customer of the ticket."""

    def __init__(self, site: ActSite) -> None:
        self._site = site

    def open(self, ticket_id: int) -> None:
        """For the ticket with this id."""
        self._site.ticketPlanAsked.emit(ticket_id)
        self._site.pageAsked.emit("plans")
