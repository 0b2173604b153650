"""What an entry of a ticket says, in a line: `Severity 3 → 2`, `Reply: We look into it`, `ETA 16:00`."""

from __future__ import annotations

from datetime import tzinfo

from console.domain.fact_line import FactLine
from console.domain.facts import ActorKind, FactKind
from console.domain.policy import Pack
from ui.ticket_panel.verdict_words import channel_name
from ui.tr import tr
from ui.when import clock_time
from ui.words.pack_words import plan_name, status_name

_LETTERS = 160


def fact_words(line: FactLine, pack: Pack, zone: tzinfo, now: int) -> str:
    """The fact with its words, on one line. `now` in microseconds UTC; words are people's: show it as plain text."""
    said = _said(line, pack, zone, now)
    words = " ".join((line.words or "").split())
    if not words:
        return said
    return f"{said}: {words if len(words) <= _LETTERS else words[: _LETTERS - 1] + '…'}"


def who_words(line: FactLine) -> str:
    """Who said it: the name, else the side."""
    if line.actor:
        return line.actor
    return {
        ActorKind.CUSTOMER: tr("customer"),
        ActorKind.AGENT: tr("support"),
        ActorKind.MANAGER: tr("manager"),
        ActorKind.SYSTEM: tr("system"),
    }.get(ActorKind(line.actor_kind), "")


def _said(line: FactLine, pack: Pack, zone: tzinfo, now: int) -> str:
    def at(instant: int | None) -> str:
        return "" if instant is None else clock_time(instant, zone, now)

    match line.kind:
        case FactKind.MESSAGE:
            return _message(line)
        case FactKind.STATUS_SET:
            status = status_name(pack, line.t or "")
            told = tr("Status {status}; the customer was told of the solution", status=status)
            return told if line.b else tr("Status {status}", status=status)
        case FactKind.SEVERITY_SET:
            before = tr("none") if line.b is None else line.b
            return tr("Severity {before} → {to}", before=before, to=line.a)
        case FactKind.PLAN_SET:
            return tr("Plan {plan}", plan=plan_name(pack, (line.t or "").rpartition("/")[2]) or tr("none"))
        case FactKind.ETA_SET:
            update = line.t == "update"
            return tr("Update promised for {at}", at=at(line.a)) if update else tr("ETA {at}", at=at(line.a))
        case FactKind.OWNER_SET:
            return tr("Owner {owner}", owner=line.named or tr("nobody"))
        case FactKind.GROUP_SET:
            return tr("Group {group}", group=line.named or tr("none"))
        case FactKind.PRODUCT_SET:
            return tr("Product {product}", product=line.t or "")
        case FactKind.PROMISE_MADE:
            return tr("Promise for {at}", at=at(line.a))
        case FactKind.ESCALATION_REQUESTED:
            return tr(
                "Escalation to level {level} by {channel}", level=line.a, channel=channel_name(pack, line.t or "")
            )
        case FactKind.ESCALATION_JOINED:
            return tr("Joined the escalation by {channel}", channel=channel_name(pack, line.t or ""))
    return _by_kind().get(line.kind, tr("Entry of the ticket"))


def _message(line: FactLine) -> str:
    if line.actor_kind == ActorKind.CUSTOMER:
        return tr("Customer wrote")
    if line.b:
        return tr("Automatic message")
    return tr("Reply") if line.a else tr("Internal message")


def _by_kind() -> dict[int, str]:
    return {
        FactKind.OPENED: tr("Opened"),
        FactKind.NOTE: tr("Note"),
        FactKind.WORKAROUND_GIVEN: tr("Workaround given"),
        FactKind.SOLUTION_GIVEN: tr("Solution given"),
        FactKind.SOLUTION_NOTIFIED: tr("Solution notified"),
        FactKind.CONFIRMED: tr("Customer confirmed"),
        FactKind.CUSTOMER_PRIORITY_SET: tr("Customer's priority set"),
        FactKind.PROMISE_KEPT: tr("Promise kept"),
        FactKind.REVIEW_STARTED: tr("Review of the escalation began"),
        FactKind.ESCALATION_ACCEPTED: tr("Escalation accepted"),
        FactKind.ESCALATION_REJECTED: tr("Escalation rejected"),
        FactKind.ESCALATION_WITHDRAWN: tr("Escalation withdrawn"),
        FactKind.ESCALATION_SUPERSEDED: tr("Escalation superseded"),
        FactKind.ESCALATION_CLOSED: tr("Escalation closed"),
        FactKind.BUG_CONFIRMED: tr("Bug confirmed"),
        FactKind.SURVEY_SENT: tr("Survey sent"),
        FactKind.SURVEY_ANSWERED: tr("Survey answered"),
        FactKind.MERGED_INTO: tr("Merged into another ticket"),
        FactKind.SPLIT_FROM: tr("Split from another ticket"),
        FactKind.LINKED: tr("Linked with another ticket"),
        FactKind.VOID: tr("An entry was voided"),
    }
