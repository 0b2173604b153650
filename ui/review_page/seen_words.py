"""What was seen, where engines part, and what happened afterwards, in words."""

from __future__ import annotations

from datetime import tzinfo

from console.domain.policy import Pack
from console.domain.rules import ClockKind
from console.domain.state import EscalationPhase
from console.services.reviewing.review import Case
from console.services.reviewing.review_aftermath import Aftermath
from console.services.reviewing.review_evidence import Difference, Seen
from ui.tr import plural, tr
from ui.when import clock_time, day_text, full_time
from ui.words.decision_kinds import decision_kind
from ui.words.pack_words import clock_name, pack_text, status_name

_INSTANTS = ("_at",)


def stood_on(seen: Seen, zone: tzinfo) -> str:
    """By which policy and engine it was judged."""
    said = []
    if seen.policy is not None:
        day = day_text(seen.policy.adopted_at, zone)
        name = pack_text(seen.card.pack.name)
        said.append(tr("Policy {pack}, adopted {day}, version {mark}", pack=name, day=day, mark=seen.policy.sha256[:8]))
    if seen.engine is not None:
        said.append(tr("engine {engine}", engine=seen.engine))
    return " · ".join(said)


def later_facts_words(seen: Seen) -> str | None:
    """What came in while the manager decided; none where nothing did."""
    if not seen.later_facts:
        return None
    return plural(
        "{n} entry came in between what was on screen and the decision",
        "{n} entries came in between what was on screen and the decision",
        len(seen.later_facts),
    )


def difference_lines(seen: Seen, zone: tzinfo, now: int) -> list[str]:
    """Each thing that today's program computes otherwise than the evidence says."""
    return [_difference(each, seen.card.pack, zone, now) for each in seen.differences]


def _difference(found: Difference, pack: Pack, zone: tzinfo, now: int) -> str:
    what = {
        "severity": tr("Severity"),
        "status": tr("Status"),
        "plan": tr("Plan"),
        "facts": tr("Entries of the ticket"),
        "clock": tr("Clock {which}", which=_which(found.which, pack)),
        "preview": tr("Clock {which} after the decision", which=_which(found.which, pack)),
        "verdict": tr("Rule {which}", which=found.which),
    }[found.what]
    field = found.field.removesuffix("_at").removesuffix("_work").replace("_", " ")
    name = what if found.field == found.what else f"{what}, {field}"
    kept, computed = (_value(found.field, each, zone, now) for each in (found.kept, found.computed))
    return tr("{what}: {kept} was kept, {computed} is computed today", what=name, kept=kept, computed=computed)


def _which(which: str, pack: Pack) -> str:
    kind, _, number = which.partition(" ")
    known = kind in {each.value for each in ClockKind}
    name = clock_name(pack, ClockKind(kind)) if known else kind
    return f"{name} {number}".strip()


def _value(field: str, value: object, zone: tzinfo, now: int) -> str:
    if value is None:
        return tr("nothing")
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, int) and field.endswith(_INSTANTS):
        return clock_time(value, zone, now)
    return str(value)


def after_lines(after: Aftermath, pack: Pack, zone: tzinfo) -> list[str]:
    """What happened after the decision, a line each; one line where nothing did."""
    now = after.until
    lines = []
    if after.undone is not None:
        lines.append(tr("Undone by {who}, {at}", who=after.undone.actor, at=clock_time(after.undone.at, zone, now)))
    if after.reversed is not None:
        at = clock_time(after.reversed.at, zone, now)
        lines.append(tr("The severity of before was set again by {who}, {at}", who=after.reversed.actor, at=at))
    for breach in after.breaches:
        said = tr("{clock} breached {at}", clock=clock_name(pack, breach.kind), at=clock_time(breach.at, zone, now))
        lines.append(tr("{said}, by the decision itself", said=said) if breach.foreseen else said)
    for again in after.again:
        at = clock_time(again.requested_at, zone, now)
        said = tr("Escalated again to level {level}, {at}", level=again.level, at=at)
        lines.append(f"{said}: {_phase(again.phase)}")
    if after.outcome_at is not None:
        outcome = _outcome(after.outcome, pack)
        lines.append(
            tr("Escalation closed {at}: {outcome}", at=clock_time(after.outcome_at, zone, now), outcome=outcome)
        )
    if after.closed_at is not None:
        lines.append(tr("Ticket closed {at}", at=clock_time(after.closed_at, zone, now)))
    else:
        lines.append(tr("The ticket is {status}", status=status_name(pack, after.status)))
    lines += [
        tr(
            "Later: {what} by {who}, {at}",
            what=decision_kind(each.kind),
            who=each.actor,
            at=clock_time(each.at, zone, now),
        )
        for each in after.later
        if each not in (after.undone, after.reversed)
    ]
    return lines


def _outcome(code: str | None, pack: Pack) -> str:
    known = next((pack_text(each.name) for each in pack.reasons_for("escalation_closed") if each.code == code), None)
    return known or (code or tr("no outcome")).replace("_", " ")


def _phase(phase: EscalationPhase) -> str:
    return {
        EscalationPhase.REQUESTED: tr("waits for a decision"),
        EscalationPhase.UNDER_REVIEW: tr("is looked at"),
        EscalationPhase.ACCEPTED: tr("accepted"),
        EscalationPhase.REJECTED: tr("rejected"),
        EscalationPhase.WITHDRAWN: tr("withdrawn"),
        EscalationPhase.SUPERSEDED: tr("superseded"),
        EscalationPhase.CLOSED: tr("accepted and closed"),
    }[phase]


def seen_title(case: Case, zone: tzinfo) -> str:
    """The heading of what was seen."""
    return tr("As it was seen, {at}", at=full_time(case.row.at, zone))
