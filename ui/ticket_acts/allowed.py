"""Which acts a ticket and a role allow, and why not."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from console.domain.decisions import Actor
from console.domain.roles import Act, may
from console.domain.rules import StatusClass
from console.domain.state import OPEN_ESCALATION, UNDECIDED
from console.services.tickets import TicketCard
from ui.tr import tr
from ui.words.role_words import role_name

NEEDS: Mapping[str, Act] = MappingProxyType(
    {
        "severity": Act.CHANGE_SEVERITY,
        "escalation": Act.DECIDE_ESCALATION,
        "request": Act.REQUEST_ESCALATION,
        "withdraw": Act.DECIDE_ESCALATION,
        "eta": Act.SET_ETA,
        "owner": Act.SET_OWNER,
        "note": Act.WRITE_NOTE,
        "void": Act.VOID_FACT,
        # Who may not enter a credit proposes it with a note.
        "credit": Act.WRITE_NOTE,
        "quota": Act.DECIDE_QUOTA,
    }
)
"""The act behind a key, where a role is asked for it."""


def refusal(code: str, card: TicketCard, actor: Actor) -> str | None:
    """Why this cannot be done with the ticket on show by this role; none where it can."""
    role = role_refusal(code, actor)
    if role is not None:
        return role
    state = card.state
    closed = state.status_class is StatusClass.CLOSED
    if code == "severity" and closed:
        return tr("The ticket is closed: its severity stays.")
    if code == "escalation" and (state.escalation is None or state.escalation.phase not in UNDECIDED):
        return tr("No escalation waits for a decision.")
    if code == "withdraw" and (state.escalation is None or state.escalation.phase not in OPEN_ESCALATION):
        return tr("No escalation is open.")
    if code == "request" and closed:
        return tr("A closed ticket is not escalated.")
    if code == "credit" and card.entitlements.contract is None:
        return tr("No contract was charged for this ticket.")
    if code == "quota" and card.entitlements.mark is None:
        return tr("The ticket is within the incidents of its contract.")
    if code in ("eta", "owner") and closed:
        return tr("The ticket is closed.")
    return None


def role_refusal(code: str, actor: Actor | None) -> str | None:
    """Why the role alone forbids it; none where it does not, or where nobody is known yet."""
    act = NEEDS.get(code)
    if actor is None or act is None or may(actor.role, act):
        return None
    return tr("Not as {role}", role=role_name(actor.role))
