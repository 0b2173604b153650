"""What the types alone cannot see: whether the entries of a pack name each other rightly.

Every check raises ValueError "key: found ..., expected ..." at the first thing that is wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from console.domain.policy import Pack, Plan
from console.domain.policy_rules import NoHumanContact, PlanBlocks
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
)


def check_pack(pack: Pack) -> None:
    """Raise ValueError for duplicate or unknown codes, missing targets and rules that contradict each other."""
    for field in _LISTS:
        _refuse_duplicates(field, getattr(pack, field))
    _check_statuses(pack)
    _check_clocks(pack)
    _check_plans(pack)
    _check_escalation(pack)
    _check_reasons(pack)


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


def _known(key: str, found: object, known: Collection[object], what: str) -> None:
    if found not in known:
        names = ", ".join(str(name) for name in known)
        raise ValueError(f"{key}: found {found!r}, expected {what} of the pack ({names or 'it has none'})")


def _check_statuses(pack: Pack) -> None:
    codes = [status.code for status in pack.statuses]
    classes = {status.code: status.status_class for status in pack.statuses}
    _known("initial_status", pack.initial_status, codes, "a status")
    _known("closed_status", pack.closed_status, codes, "a status")
    if classes[pack.closed_status] is not StatusClass.CLOSED:
        raise ValueError(f"closed_status: found {pack.closed_status!r}, expected a status of class closed")
    if classes[pack.initial_status] is StatusClass.CLOSED:
        raise ValueError(f"initial_status: found {pack.initial_status!r}, expected a status that is not closed")
    message = pack.on_customer_message
    if message is not None:
        for status in sorted(message.statuses):
            _known("on_customer_message.statuses", status, codes, "statuses")
        _known("on_customer_message.becomes", message.becomes, codes, "a status")
        if message.becomes in message.statuses:
            raise ValueError(f"on_customer_message.becomes: found {message.becomes!r}, expected another status")


def _check_clocks(pack: Pack) -> None:
    codes = [status.code for status in pack.statuses]
    calendars = [calendar.code for calendar in pack.calendars]
    _known("calendar", pack.calendar, calendars, "a calendar")
    for clock in pack.clocks:
        for status in sorted(clock.pauses):
            _known(f"clocks.{clock.key}.pauses", status, codes, "statuses")
        if clock.calendar is not None:
            _known(f"clocks.{clock.key}.calendar", clock.calendar, calendars, "a calendar")
        if clock.kind is ClockKind.AUTO_CLOSE and clock.target is None:
            raise ValueError(f"clocks.{clock.key}.target: found nothing, expected a duration")
    kinds = [clock.kind for clock in pack.clocks]
    for kind in pack.row_clocks:
        _known("row_clocks", kind.value, kinds, "clocks")
    if len(set(pack.row_clocks)) != len(pack.row_clocks):
        raise ValueError("row_clocks: found a clock twice, expected each once")


def _check_plans(pack: Pack) -> None:
    calendars = [calendar.code for calendar in pack.calendars]
    if pack.base_plan is not None:
        _known("base_plan", pack.base_plan, [plan.code for plan in pack.plans], "a plan")
    free = [clock.kind.value for clock in pack.clocks if clock.target is None]
    promised: set[ClockKind] = set()
    for plan in pack.plans:
        for kind in plan.targets or {}:
            _known(f"plans.{plan.code}.targets", kind.value, free, "clocks without a target of their own")
            promised.add(kind)
    for plan in pack.plans:
        if plan.calendar is not None:
            _known(f"plans.{plan.code}.calendar", plan.calendar, calendars, "a calendar")
        if plan.targets is not None:
            _check_targets(pack, plan, sorted(promised))
        elif pack.base_plan is None or plan.code == pack.base_plan:
            raise ValueError(f"plans.{plan.code}.targets: found 'base', expected a table of targets: there is no base")


def _check_targets(pack: Pack, plan: Plan, promised: Sequence[ClockKind]) -> None:
    levels = sorted({severity.level for severity in pack.severities})
    for kind in promised:
        key = f"plans.{plan.code}.targets.{kind.value}"
        by_severity = (plan.targets or {}).get(kind)
        if by_severity is None:
            raise ValueError(f'{key}: found nothing, expected a target or "none" for each severity as other plans have')
        for level in by_severity:
            _known(f"{key}.{level}", level, levels, "a severity")
        for level in levels:
            if level not in by_severity:
                raise ValueError(f'{key}.{level}: found nothing, expected a duration or "none"')


def _check_escalation(pack: Pack) -> None:
    levels = sorted({severity.level for severity in pack.severities})
    channels = [channel.code for channel in pack.channels]
    rules = [rule.code for rule in pack.eligibility]
    for channel in pack.channels:
        for level in channel.severities:
            _known(f"channels.{channel.code}.severities", level, levels, "severities")
    for rule in pack.eligibility:
        key = f"eligibility.{rule.code}"
        for code in rule.channels:
            _known(f"{key}.channels", code, channels, "channels")
        for level in rule.severities:
            _known(f"{key}.severities", level, levels, "severities")
        if isinstance(rule, NoHumanContact):
            for code in rule.overrides:
                _known(f"{key}.overrides", code, [other for other in rules if other != rule.code], "other rules")
        if isinstance(rule, PlanBlocks):
            for code in sorted(rule.plans):
                _known(f"{key}.plans", code, [plan.code for plan in pack.plans], "plans")
    for path in pack.paths:
        if [step.level for step in path.levels] != list(range(1, len(path.levels) + 1)):
            found = ", ".join(str(step.level) for step in path.levels)
            raise ValueError(f"paths.{path.code}.levels: found {found}, expected 1, 2, 3 and so on without a gap")


def _check_reasons(pack: Pack) -> None:
    levels = sorted({severity.level for severity in pack.severities})
    for reason in pack.reasons:
        if reason.denies is not None:
            _known(f"reasons.{reason.code}.denies", reason.denies, levels, "a severity")
    if pack.incidents is not None:
        credits = [reason.code for reason in pack.reasons_for("incident_credit")]
        for code in sorted(pack.incidents.credited):
            _known("incidents.credited", code, credits, "reasons for incident_credit")
