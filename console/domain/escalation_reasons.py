"""The reason of a decision about an escalation: a code of the pack that says what was decided, and no other."""

from __future__ import annotations

from console.domain.errors import UserError
from console.domain.policy import Pack, Reason


def accepting_reason(pack: Pack, code: str | None, *, against: bool, explained: bool) -> str | None:
    """The reason of an acceptance. `against` the verdict it is one that says so, or any beside words that do.

    Raises UserError escalation_against_verdict and reason_unknown.
    """
    saying = [entry.code for entry in pack.reasons_for("escalation_accepted") if entry.against_verdict]
    if not against:
        return offered_reason(pack, "escalation_accepted", code, untrue=True)
    if code is None and explained:
        return saying[0] if saying else offered_reason(pack, "escalation_accepted", None)
    if not explained and code not in saying:
        raise UserError("escalation_against_verdict", field="reason", expected=", ".join(saying))
    return offered_reason(pack, "escalation_accepted", code)


def rejecting_reason(pack: Pack, code: str | None, *, against: bool) -> str | None:
    """The reason of a rejection. Without a code it is the pack's first that is true: `against` the verdict one that
    says so where there is one, as "not available yet" would not be. Raises UserError reason_unknown, and
    reason_claims_rule for one that says of what the rules allow that they do not."""
    offered = rejecting_reasons(pack, against=against)
    saying = [entry.code for entry in offered if entry.against_verdict]
    if code is None and against and offered:
        return saying[0] if saying else offered[0].code
    if against and any(entry.code == code and entry.claims_rule for entry in pack.reasons_for("escalation_rejected")):
        expected = ", ".join(entry.code for entry in offered)
        raise UserError("reason_claims_rule", field="reason", reason=code, expected=expected)
    return offered_reason(pack, "escalation_rejected", code, untrue=not against)


def rejecting_reasons(pack: Pack, *, against: bool) -> tuple[Reason, ...]:
    """The reasons that can be true of a rejection. `against` the verdict every rule of the channel holds: what claims
    that one does not is left out; else what says that it goes against the verdict."""
    return tuple(
        entry
        for entry in pack.reasons_for("escalation_rejected")
        if not (entry.claims_rule if against else entry.against_verdict)
    )


def offered_reason(pack: Pack, decision: str, code: str | None, *, untrue: bool = False) -> str | None:
    """A code of the pack. Without one it is the pack's first, none where the pack offers none. `untrue`: what says that
    it goes against the verdict is not offered. Raises UserError reason_unknown."""
    offered = [entry.code for entry in pack.reasons_for(decision) if not (untrue and entry.against_verdict)]
    if code is None:
        plain = [entry.code for entry in pack.reasons_for(decision) if not entry.against_verdict]
        return next(iter(plain), None)
    if code not in offered:
        raise UserError("reason_unknown", reason=code, expected=", ".join(offered))
    return code
