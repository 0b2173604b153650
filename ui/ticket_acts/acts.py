"""All acts by the code of their key."""

from __future__ import annotations

from collections.abc import Mapping

from ui.ticket_acts.call import WhomToCall
from ui.ticket_acts.credit import CreditIncident, DecideQuota
from ui.ticket_acts.escalation import DecideEscalation
from ui.ticket_acts.escalation_ending import EndEscalation
from ui.ticket_acts.escalation_request import RequestEscalation
from ui.ticket_acts.eta import SetEta
from ui.ticket_acts.note import WriteNote
from ui.ticket_acts.owner import ChangeOwner
from ui.ticket_acts.personal import Pin, Remind
from ui.ticket_acts.plan import ShowPlan
from ui.ticket_acts.severity import ChangeSeverity
from ui.ticket_acts.severity_bulk import ChangeSeverities
from ui.ticket_acts.site import ActSite, ManyTicketsAct, TicketAct
from ui.ticket_acts.void import VoidEntry


def ticket_acts(site: ActSite) -> Mapping[str, TicketAct]:
    """By the codes of `ui.keys`."""
    return {
        "severity": ChangeSeverity(site),
        "escalation": DecideEscalation(site),
        "request": RequestEscalation(site),
        "withdraw": EndEscalation(site),
        "eta": SetEta(site),
        "owner": ChangeOwner(site),
        "note": WriteNote(site),
        "pin": Pin(site),
        "remind": Remind(site),
        "void": VoidEntry(site),
        "call": WhomToCall(site),
        "plan": ShowPlan(site),
        "credit": CreditIncident(site),
        "quota": DecideQuota(site),
    }


def many_tickets_acts(site: ActSite) -> Mapping[str, ManyTicketsAct]:
    """Those that can be done with several tickets at once."""
    return {"severity": ChangeSeverities(site)}
