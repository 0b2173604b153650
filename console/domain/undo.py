"""What may be taken back: for how long, and by whom. What is undone leaves no breach; the journal keeps both."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from console.domain.decisions import Actor
from console.domain.instants import MINUTE
from console.domain.quota import QuotaMark
from console.domain.roles import Act, may

UNDO_WINDOW = 10 * MINUTE
"""For so long (microseconds) a decision can be undone, and for so long its messages to customers wait."""

UNDONE = "undone"
"""The kind of the journal entry that undoes another."""

_ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "severity_changed": Act.CHANGE_SEVERITY,
        "escalation_requested": Act.REQUEST_ESCALATION,
        "escalation_joined": Act.REQUEST_ESCALATION,
        "escalation_review_started": Act.DECIDE_ESCALATION,
        "escalation_accepted": Act.DECIDE_ESCALATION,
        "escalation_rejected": Act.DECIDE_ESCALATION,
        "escalation_withdrawn": Act.DECIDE_ESCALATION,
        "escalation_closed": Act.DECIDE_ESCALATION,
        "eta_set": Act.SET_ETA,
        "eta_asked": Act.SET_ETA,
        "owner_set": Act.SET_OWNER,
        "note_written": Act.WRITE_NOTE,
        "fact_voided": Act.VOID_FACT,
        "credit_proposed": Act.WRITE_NOTE,
        QuotaMark.SERVED.value: Act.DECIDE_QUOTA,
        QuotaMark.REFUSED.value: Act.DECIDE_QUOTA,
    }
)
UNDOABLE = frozenset(_ACTS)
"""The kinds of decisions that can be undone. Credits, purchases and minutes of the account manager are not among them:
what the ledger says to a customer is not taken back."""


def undoable_until(decided_at: int) -> int:
    """The instant (microseconds UTC) up to which, and not at which, a decision can be undone."""
    return decided_at + UNDO_WINDOW


def act_of(kind: str) -> Act:
    """What a role has to be allowed to undo its own decision of this kind."""
    return _ACTS.get(kind, Act.VOID_FACT)


def may_undo(actor: Actor, kind: str, decided_by: str, os_user: str) -> bool:
    """Whether `actor` may undo a decision of this kind: who took it, while the role allows the act itself, or who may
    void what is recorded (a manager)."""
    if may(actor.role, Act.VOID_FACT):
        return True
    own = (actor.name, actor.os_user) == (decided_by, os_user)
    return own and may(actor.role, act_of(kind))
