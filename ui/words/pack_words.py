"""Names and sentences of a policy pack in the user's language."""

from __future__ import annotations

from console.domain.policy import Pack
from console.domain.policy_values import Text
from console.domain.rules import ClockKind
from ui.tr import tr


def pack_language() -> str:
    """The language of the window as packs name it: each catalogue of translations says its own here."""
    return tr("en")


def pack_text(text: Text) -> str:
    """The text in the language of the window."""
    return text.say(pack_language())


def severity_name(pack: Pack, severity: int | None) -> str | None:
    """`Urgent`; none for a severity that the pack does not know."""
    known = pack.severity(severity)
    return None if known is None else pack_text(known.name)


def status_name(pack: Pack, status: str) -> str:
    """The status in words; its code where the pack does not know it."""
    known = pack.status(status)
    return status if known is None else pack_text(known.name)


def plan_name(pack: Pack, plan: str | None) -> str | None:
    """The plan in words; its code where the pack does not know it, none for none."""
    known = pack.plan(plan) if plan else None
    return plan if known is None else pack_text(known.name)


def clock_name(pack: Pack, kind: ClockKind) -> str:
    """The clock in the pack's words, else in ours."""
    known = pack.clock(kind)
    return _our_name(kind) if known is None else pack_text(known.name)


def _our_name(kind: ClockKind) -> str:
    return {
        ClockKind.FIRST_RESPONSE: tr("First response"),
        ClockKind.NEXT_RESPONSE: tr("Next response"),
        ClockKind.WORKAROUND: tr("Workaround"),
        ClockKind.ETA: tr("ETA"),
        ClockKind.ESCALATION_REVIEW: tr("Escalation review"),
        ClockKind.AUTO_CLOSE: tr("Automatic closing"),
    }[kind]
