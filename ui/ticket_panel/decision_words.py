"""What was decided about a ticket, in a line: the act, what it set, and the reason in the pack's words."""

from __future__ import annotations

from datetime import tzinfo

from console.domain.facts import FactKind
from console.domain.policy import Pack
from console.domain.rows import Message
from ui.tr import tr
from ui.when import clock_time
from ui.words.pack_words import pack_text


def is_decision(message: Message) -> bool:
    """Whether it is a decision rather than something that was written."""
    return message.kind not in (FactKind.MESSAGE, FactKind.NOTE)


def decision_words(decision: Message, pack: Pack, zone: tzinfo, now: int) -> str:
    """`Escalation accepted, next update 00:16`, `Severity 3 → 1`, each with its reason where it has one."""
    reason = next((pack_text(each.name) for each in pack.reasons if each.code == decision.reason), decision.reason)
    return " · ".join(each for each in (_act(decision, zone, now), reason) if each)


def _act(decision: Message, zone: tzinfo, now: int) -> str:
    if decision.kind == FactKind.ESCALATION_REJECTED:
        return tr("Escalation rejected")
    if decision.kind == FactKind.ESCALATION_WITHDRAWN:
        return tr("Escalation withdrawn")
    if decision.kind == FactKind.ESCALATION_CLOSED:
        return tr("Escalation closed")
    if decision.kind == FactKind.SEVERITY_SET:
        before = tr("none") if decision.before is None else decision.before
        return tr("Severity {before} → {to}", before=before, to=decision.value)
    if decision.kind == FactKind.OWNER_SET:
        return tr("Given to {owner}", owner=decision.named) if decision.value is not None else tr("Owner taken off")
    if decision.kind == FactKind.VOID:
        return tr("An entry was voided")
    if decision.kind == FactKind.ETA_SET and decision.value is not None:
        at = clock_time(decision.value, zone, now)
        return tr("Update promised for {at}", at=at) if decision.named == "update" else tr("ETA {at}", at=at)
    if decision.value is None:
        return tr("Escalation accepted")
    return tr("Escalation accepted, next update {at}", at=clock_time(decision.value, zone, now))
