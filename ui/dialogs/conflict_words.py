"""Who changed what, while somebody else was deciding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from console.domain.decisions import ChangedFact
from console.domain.errors import ConflictError, ConsoleError
from console.domain.facts import FactKind
from ui.tr import tr
from ui.when import clock_time


def conflict_words(error: ConflictError, zone: tzinfo, now: int, say: Callable[[ConsoleError], str]) -> str:
    """A line for each change by somebody else: who, what and when (local time). Instants in microseconds UTC."""
    found = error.values.get("changes")
    changes = [each for each in found if isinstance(each, ChangedFact)] if isinstance(found, tuple) else []
    if not changes:
        return say(error)
    lines = [
        tr(
            "{who} {did} at {at}.",
            who=each.actor or tr("Somebody"),
            did=_did(each.kind),
            at=clock_time(each.at, zone, now),
        )
        for each in changes
    ]
    lines.append(tr("Nothing was written, and what you typed is still here. Look again and decide."))
    return "\n".join(lines)


def _did(kind: int) -> str:
    return {
        FactKind.SEVERITY_SET: tr("changed the severity"),
        FactKind.STATUS_SET: tr("changed the status"),
        FactKind.PLAN_SET: tr("changed the plan"),
        FactKind.ETA_SET: tr("gave an ETA"),
        FactKind.OWNER_SET: tr("changed the owner"),
        FactKind.VOID: tr("took an entry back"),
        FactKind.ESCALATION_REQUESTED: tr("asked for an escalation"),
        FactKind.ESCALATION_JOINED: tr("asked for the escalation as well"),
        FactKind.ESCALATION_ACCEPTED: tr("accepted the escalation"),
        FactKind.ESCALATION_REJECTED: tr("rejected the escalation"),
        FactKind.ESCALATION_WITHDRAWN: tr("withdrew the escalation"),
        FactKind.ESCALATION_CLOSED: tr("closed the escalation"),
    }.get(FactKind(kind), tr("changed the ticket"))
