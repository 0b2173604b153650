"""The names behind the codes of rows and clocks, in English."""

from __future__ import annotations

from console.domain.addresses import CUSTOMER, PERSON, ROLE, nameless, parted
from console.domain.policy import Pack
from console.domain.rules import ClockKind
from console.services.desk import LANGUAGE, Names


def severity_text(severity: int | None) -> str:
    """The number, `?` where the source has not said."""
    return "?" if severity is None else str(severity)


def status_name(names: Names, pack: str, status: str) -> str:
    """The status in the words of the pack, else its code."""
    return names.get((pack, "status", status), status)


def plan_name(names: Names, pack: str, plan: str | None) -> str:
    """The plan in the words of the pack, else its code; blank for none."""
    return "" if plan is None else names.get((pack, "plan", plan), plan)


def whom(to: str, name: str | None, names: Names) -> str:
    """Whom a message goes to: the name of a person or customer, an audience by its name and address, else the
    address."""
    if nameless(to, name):
        return f"{to} (erased)"
    kind, code = parted(to)
    if kind == ROLE:
        known = next((said for (_, of, each), said in names.items() if (of, each) == ("people", code)), None)
        return to if known is None else f"{known} ({to})"
    return (name or to) if kind in (PERSON, CUSTOMER) else to


def clock_name(pack: Pack, kind: ClockKind) -> str:
    """The clock in the words of the pack."""
    known = pack.clock(kind)
    return kind.value.replace("_", " ").capitalize() if known is None else known.name.say(LANGUAGE)
