"""What the kinds of journal entries are called on screen."""

from __future__ import annotations

from ui.tr import tr


def decision_kind(kind: str) -> str:
    """`Severity changed`, `Escalation accepted`; one that nobody knows is made readable."""
    known = {
        "severity_changed": tr("Severity changed"),
        "escalation_requested": tr("Escalation requested"),
        "escalation_joined": tr("Escalation joined"),
        "escalation_review_started": tr("Review started"),
        "escalation_accepted": tr("Escalation accepted"),
        "escalation_rejected": tr("Escalation rejected"),
        "escalation_withdrawn": tr("Escalation withdrawn"),
        "escalation_closed": tr("Escalation closed"),
        "eta_set": tr("ETA set"),
        "eta_asked": tr("ETA asked for"),
        "owner_set": tr("Owner changed"),
        "note_written": tr("Note written"),
        "fact_voided": tr("Entry voided"),
        "undone": tr("Decision undone"),
        "incident_credited": tr("Incident credited"),
        "credit_proposed": tr("Credit proposed"),
        "quota_served": tr("Served beyond the quota"),
        "quota_refused": tr("Not served beyond the quota"),
        "tam_spent": tr("Account manager's time booked"),
        "contract_made": tr("Contract made"),
        "incidents_bought": tr("Incidents bought"),
        "review_upheld": tr("Decision upheld"),
        "review_overturned": tr("Decision overturned"),
        "shift_taken": tr("Shift taken over"),
        "shift_people": tr("People on shift changed"),
        "shift_handed_over": tr("Shift handed over"),
    }
    readable = kind.replace("_", " ")
    return known.get(kind, readable[:1].upper() + readable[1:])
