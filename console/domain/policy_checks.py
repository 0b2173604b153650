"""What the types alone cannot see: whether the entries of a pack name each other rightly.

Every check raises ValueError "key: found ..., expected ..." at the first thing that is wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from console.domain.policy import Pack, Plan
from console.domain.policy_rules import NoHumanContact, PlanBlocks
from console.domain.policy_term_checks import check_terms, known
from console.domain.policy_terms import OnMessage
from console.domain.policy_values import Dated
from console.domain.rules import ClockKind, StatusClass

_LISTS = (
    "calendars",
    "severities",
    "statuses",
    "clocks",
    "plans",
    "severity_changes",
    "channels",
    "eligibility",
    "paths",
    "reasons",
    "closing",
    "people",
    "on_call",
    "contacts",
    "customer_priorities",
    "credentials",
    "products",
    "notices",
)


# Their time depends on neither plan nor severity.
_OWN_TARGET = (ClockKind.AUTO_CLOSE, ClockKind.ESCALATION_REVIEW)
# The decisions that a verdict speaks of.
_JUDGED = ("escalation_accepted", "escalation_rejected")


def check_pack(pack: Pack) -> None:
    """Raise ValueError for duplicate or unknown codes, missing targets and rules that contradict each other."""
    for field in _LISTS:
        _refuse_duplicates(field, getattr(pack, field))
    _check_hours(pack)
    _check_statuses(pack)
    _check_clocks(pack)
    _check_plans(pack)
    _check_escalation(pack)
    _check_reasons(pack)
    check_terms(pack)


def entries(pack: Pack) -> Iterable[Dated]:
    """Every dated entry of a pack."""
    for field in _LISTS:
        yield from getattr(pack, field)


def lists() -> tuple[str, ...]:
    """The fields of a pack that are lists of dated entries."""
    return _LISTS


def _refuse_duplicates(field: str, found: Sequence[Dated]) -> None:
    for number, entry in enumerate(found):
        for other in found[:number]:
            if entry.key == other.key and _share_time(entry, other):
                raise ValueError(f"{field}.{entry.key}: found it twice at one time, expected each code once")


def _share_time(one: Dated, other: Dated) -> bool:
    return (other.valid_to is None or one.valid_from is None or one.valid_from < other.valid_to) and (
        one.valid_to is None or other.valid_from is None or other.valid_from < one.valid_to
    )


def _check_hours(pack: Pack) -> None:
    for entry in pack.calendars:
        for field, found in entry.hours.overlaps_past_midnight():
            key = f"calendars.{entry.key}.hours.{field}"
            raise ValueError(f"{key}: found {found}, expected windows that do not overlap, also past midnight")


def _check_statuses(pack: Pack) -> None:
    codes = [status.code for status in pack.statuses]
    classes = {status.code: status.status_class for status in pack.statuses}
    known("initial_status", pack.initial_status, codes, "a status")
    known("closed_status", pack.closed_status, codes, "a status")
    if classes[pack.closed_status] is not StatusClass.CLOSED:
        raise ValueError(f"closed_status: found {pack.closed_status!r}, expected a status of class closed")
    if classes[pack.initial_status] is StatusClass.CLOSED:
        raise ValueError(f"initial_status: found {pack.initial_status!r}, expected a status that is not closed")
    for key in ("on_customer_message", "on_support_message"):
        message: OnMessage | None = getattr(pack, key)
        if message is None:
            continue
        for status in sorted(message.statuses):
            known(f"{key}.statuses", status, codes, "statuses")
        known(f"{key}.becomes", message.becomes, codes, "a status")
        if message.becomes in message.statuses:
            raise ValueError(f"{key}.becomes: found {message.becomes!r}, expected another status")


def _check_clocks(pack: Pack) -> None:
    codes = [status.code for status in pack.statuses]
    calendars = [calendar.code for calendar in pack.calendars]
    known("calendar", pack.calendar, calendars, "a calendar")
    for clock in pack.clocks:
        for status in sorted(clock.pauses):
            known(f"clocks.{clock.key}.pauses", status, codes, "statuses")
        if clock.calendar is not None:
            known(f"clocks.{clock.key}.calendar", clock.calendar, calendars, "a calendar")
        if clock.kind in _OWN_TARGET and clock.target is None:
            raise ValueError(f"clocks.{clock.key}.target: found nothing, expected a duration")
    kinds = [clock.kind for clock in pack.clocks]
    for kind in pack.row_clocks:
        known("row_clocks", kind.value, kinds, "clocks")
    if len(set(pack.row_clocks)) != len(pack.row_clocks):
        raise ValueError("row_clocks: found a clock twice, expected each once")


def _check_plans(pack: Pack) -> None:
    calendars = [calendar.code for calendar in pack.calendars]
    if pack.base_plan is not None:
        known("base_plan", pack.base_plan, [plan.code for plan in pack.plans], "a plan")
    free = [clock.kind.value for clock in pack.clocks if clock.target is None]
    promised: set[ClockKind] = set()
    for plan in pack.plans:
        for kind in plan.targets or {}:
            known(f"plans.{plan.code}.targets", kind.value, free, "clocks without a target of their own")
            promised.add(kind)
    for plan in pack.plans:
        if plan.calendar is not None:
            known(f"plans.{plan.code}.calendar", plan.calendar, calendars, "a calendar")
        if plan.targets is not None:
            _check_targets(pack, plan, sorted(promised))
        elif pack.base_plan is None or plan.code == pack.base_plan:
            raise ValueError(f"plans.{plan.code}.targets: found 'base', expected a table of targets: there is no base")
    _refuse_clocks_without_promise(pack, promised)


def _refuse_clocks_without_promise(pack: Pack, promised: Collection[ClockKind]) -> None:
    """A gap must not be taken for a promise of nothing, also when it is in every plan; an ETA names its own instant."""
    for clock in pack.clocks:
        if clock.target is None and clock.kind is not ClockKind.ETA and clock.kind not in promised:
            key = f"clocks.{clock.key}"
            raise ValueError(f'{key}: found no target in any plan, expected a duration or "none" for each severity')


def _check_targets(pack: Pack, plan: Plan, promised: Sequence[ClockKind]) -> None:
    levels = sorted({severity.level for severity in pack.severities})
    for kind in promised:
        key = f"plans.{plan.code}.targets.{kind.value}"
        by_severity = (plan.targets or {}).get(kind)
        if by_severity is None:
            raise ValueError(f'{key}: found nothing, expected a target or "none" for each severity as other plans have')
        for level in by_severity:
            known(f"{key}.{level}", level, levels, "a severity")
        for level in levels:
            if level not in by_severity:
                raise ValueError(f'{key}.{level}: found nothing, expected a duration or "none"')


def _check_escalation(pack: Pack) -> None:
    levels = sorted({severity.level for severity in pack.severities})
    channels = [channel.code for channel in pack.channels]
    rules = [rule.code for rule in pack.eligibility]
    for channel in pack.channels:
        for level in channel.severities:
            known(f"channels.{channel.code}.severities", level, levels, "severities")
    for rule in pack.eligibility:
        key = f"eligibility.{rule.code}"
        for code in rule.channels:
            known(f"{key}.channels", code, channels, "channels")
        for level in rule.severities:
            known(f"{key}.severities", level, levels, "severities")
        if isinstance(rule, NoHumanContact):
            for code in rule.overrides:
                known(f"{key}.overrides", code, [other for other in rules if other != rule.code], "other rules")
        if isinstance(rule, PlanBlocks):
            for code in sorted(rule.plans):
                known(f"{key}.plans", code, [plan.code for plan in pack.plans], "plans")


def _check_reasons(pack: Pack) -> None:
    levels = sorted({severity.level for severity in pack.severities})
    for reason in pack.reasons:
        if reason.denies is not None:
            known(f"reasons.{reason.code}.denies", reason.denies, levels, "a severity")
        if reason.against_verdict and reason.decision not in _JUDGED:
            expected = f"false: only {' and '.join(_JUDGED)} go against a verdict"
            raise ValueError(f"reasons.{reason.code}.against_verdict: found true, expected {expected}")
        if reason.claims_rule and (reason.against_verdict or reason.decision != "escalation_rejected"):
            expected = "false: only a reason of escalation_rejected that is not against the verdict claims a rule"
            raise ValueError(f"reasons.{reason.code}.claims_rule: found true, expected {expected}")
    if pack.incidents is not None:
        if list(pack.incidents.warn_at) != sorted(set(pack.incidents.warn_at)):
            found = ", ".join(str(share) for share in pack.incidents.warn_at)
            raise ValueError(f"incidents.warn_at: found {found}, expected rising numbers, each once")
        credits = [reason.code for reason in pack.reasons_for("incident_credit")]
        for code in sorted(pack.incidents.credited):
            known("incidents.credited", code, credits, "reasons for incident_credit")
