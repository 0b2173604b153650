"""Who may change a severity, and for which reasons (OD-2). Refusals are codes; words are made at the edge."""

from __future__ import annotations

from console.domain.policy import Pack, Reason
from console.domain.rules import StatusClass

UP = "up"
DOWN = "down"


def direction(from_: int | None, to: int) -> str:
    """ "up" towards graver (1 is the gravest). A first severity counts as up: nothing was promised before it."""
    return UP if from_ is None or to < from_ else DOWN


def may_change(
    pack: Pack,
    role: str,
    from_: int | None,
    to: int,
    *,
    status_class: StatusClass,
    customer_confirmed: bool = False,
) -> str | None:
    """None when `role` may change the severity, else the code of the refusal.

    severity_unknown, severity_same, severity_closed, severity_role_not_up, severity_role_not_down,
    severity_needs_confirmation.
    """
    if pack.severity(to) is None:
        return "severity_unknown"
    if from_ == to:
        return "severity_same"
    if status_class is StatusClass.CLOSED:
        return "severity_closed"
    way = direction(from_, to)
    rule = next((change for change in pack.severity_changes if change.role == role), None)
    if rule is None or way not in rule.directions:
        return f"severity_role_not_{way}"
    if rule.needs_confirmation and not customer_confirmed:
        return "severity_needs_confirmation"
    return None


def reasons(pack: Pack, from_: int | None, to: int) -> tuple[Reason, ...]:
    """The reasons to choose from; for a reduction those that deny no other definition than that of `from_`."""
    offered = pack.reasons_for(f"severity_{direction(from_, to)}")
    return tuple(reason for reason in offered if reason.denies is None or reason.denies == from_)


def reason_refusal(pack: Pack, role: str, from_: int | None, to: int, reason_code: str | None) -> str | None:
    """None when the reason will do, else severity_reason_unknown or severity_definition_missing.

    A manager's reduction names the definition that is not met. Without a list of reasons in the pack any will do.
    """
    way = direction(from_, to)
    rule = next((change for change in pack.severity_changes if change.role == role), None)
    chosen = next((reason for reason in reasons(pack, from_, to) if reason.code == reason_code), None)
    if way == DOWN and rule is not None and rule.names_definition and (chosen is None or chosen.denies is None):
        return "severity_definition_missing"
    if chosen is None and reason_code is not None and pack.reasons_for(f"severity_{way}"):
        return "severity_reason_unknown"
    return None
