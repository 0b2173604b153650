"""All acts by the code of their key."""

from __future__ import annotations

from collections.abc import Mapping

from ui.ticket_acts.escalation import DecideEscalation
from ui.ticket_acts.escalation_ending import EndEscalation
from ui.ticket_acts.escalation_request import RequestEscalation
from ui.ticket_acts.plan import ShowPlan
from ui.ticket_acts.severity import ChangeSeverity
from ui.ticket_acts.site import ActSite, ManyTicketsAct, TicketAct


def ticket_acts(site: ActSite) -> Mapping[str, TicketAct]:
    """By the codes of `ui.keys`."""
    return {
        "severity": ChangeSeverity(site),
        "escalation": DecideEscalation(site),
        "request": RequestEscalation(site),
        "withdraw": EndEscalation(site),
        "plan": ShowPlan(site),
    }


def many_tickets_acts(site: ActSite) -> Mapping[str, ManyTicketsAct]:
    """Those that can be done with several tickets at once."""
    return {}
