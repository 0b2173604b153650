"""Whether the parts of a pack beside clocks name each other rightly: levels, contacts, priorities, waits, contracts.

Every check raises ValueError "key: found ..., expected ..." at the first thing that is wrong.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import get_args

from console.domain.policy import Pack
from console.domain.policy_duty import Means
from console.domain.policy_rules import PlanWait


def check_terms(pack: Pack) -> None:
    """Raise ValueError for levels with gaps, unknown roles, contacts, plans and severities, and missing waits."""
    _check_paths(pack)
    _check_escalating(pack)
    _check_on_call(pack)
    _check_plans(pack)
    _check_priorities(pack)
    for rule in pack.eligibility:
        if isinstance(rule, PlanWait):
            _check_waits(pack, rule)


def known(key: str, found: object, known: Collection[object], what: str) -> None:
    if found not in known:
        names = ", ".join(str(name) for name in known if name is not None)
        raise ValueError(f"{key}: found {found!r}, expected {what} of the pack ({names or 'it has none'})")


def _check_paths(pack: Pack) -> None:
    roles = [person.code for person in pack.people]
    entries = (*pack.channels, *pack.contacts)
    ways = tuple(dict.fromkeys((*get_args(Means), "button", "portal", *(entry.code for entry in entries))))
    for path in pack.paths:
        key = f"paths.{path.code}"
        if [step.level for step in path.levels] != list(range(1, len(path.levels) + 1)):
            found = ", ".join(str(step.level) for step in path.levels)
            raise ValueError(f"{key}.levels: found {found}, expected 1, 2, 3 and so on without a gap")
        for step in path.levels:
            if not step.audience:
                raise ValueError(f"{key}.levels.{step.level}.audience: found no one, expected people of the pack")
            for role in step.audience:
                known(f"{key}.levels.{step.level}.audience", role, roles, "people")
            for way in step.by:
                if way not in ways:
                    raise ValueError(f"{key}.levels.{step.level}.by: found {way!r}, expected one of {', '.join(ways)}")
        for role in path.informed:
            known(f"{key}.informed", role, roles, "people")


def _check_escalating(pack: Pack) -> None:
    levels = sorted({severity.level for severity in pack.severities})
    for level in sorted(pack.escalating.superseded_by if pack.escalating else ()):
        known("escalating.superseded_by", level, levels, "severities")
    roles = [person.code for person in pack.people]
    if pack.escalating is not None:
        for role in pack.escalating.alerts:
            known("escalating.alerts", role, roles, "people")
        if pack.escalating.outage is not None:
            known("escalating.outage.role", pack.escalating.outage.role, roles, "people")
    if pack.severity_default is not None:
        known("severity_default", pack.severity_default, levels, "a severity")


def _check_on_call(pack: Pack) -> None:
    roles = [person.code for person in pack.people]
    calendars = [None, *(calendar.code for calendar in pack.calendars)]
    for entry in pack.on_call:
        known(f"on_call.{entry.key}.role", entry.role, roles, "people")
        known(f"on_call.{entry.key}.calendar", entry.calendar, calendars, "a calendar")


def _check_plans(pack: Pack) -> None:
    plans, contacts = [plan.code for plan in pack.plans], [contact.code for contact in pack.contacts]
    if pack.entitling is not None and pack.entitling.plan is not None:
        known("entitling.plan", pack.entitling.plan, plans, "a plan")
    for plan in pack.plans:
        for code in plan.contacts:
            known(f"plans.{plan.code}.contacts", code, contacts, "contacts")
    for contact in pack.contacts:
        calendars = [None, *(calendar.code for calendar in pack.calendars)]
        known(f"contacts.{contact.code}.calendar", contact.calendar, calendars, "a calendar")


def _check_priorities(pack: Pack) -> None:
    default = [entry.code for entry in pack.customer_priorities if entry.default]
    if pack.customer_priorities and len(default) != 1:
        found = ", ".join(default) or "none"
        raise ValueError(f"customer_priorities: found {found} as default, expected one of them")
    levels = [entry.level for entry in pack.customer_priorities]
    if len(set(levels)) != len(levels):
        raise ValueError("customer_priorities: found a level twice, expected each once")
    if pack.order is not None and "customer_priority" in pack.order.by and not levels:
        raise ValueError("order.by: found 'customer_priority', expected customer_priorities in the pack")


def _check_waits(pack: Pack, rule: PlanWait) -> None:
    key = f"eligibility.{rule.code}.waits"
    plans = [plan.code for plan in pack.plans]
    for plan, by_severity in rule.waits.items():
        known(key, plan, plans, "plans")
        for severity in rule.severities:
            if severity not in by_severity:
                raise ValueError(f"{key}.{plan}.{severity}: found nothing, expected a duration")
        for severity in by_severity:
            known(f"{key}.{plan}.{severity}", severity, rule.severities, "a severity of the rule")
    if pack.base_plan not in rule.waits:
        raise ValueError(f"{key}: found no waits of the base plan, expected them for plans that are not listed")
