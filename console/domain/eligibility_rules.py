"""What each kind of escalation rule says of a ticket: from which instant it holds, or whether it does at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

from console.domain.instants import from_micros
from console.domain.policy_rules import (
    AfterLastContact,
    EligibilityRule,
    EtaShare,
    MinAge,
    NoHumanContact,
    PlanBlocks,
    PlanWait,
    QuietForGuaranteedResponse,
    SameDay,
    SeverityBlocks,
    StatusClassBlocks,
)
from console.domain.rules import ClockKind, Rules
from console.domain.state import ClockPhase, EtaState, TicketState
from console.domain.zones import wall_to_utc, zone

_PER_CENT = 100


class Judged(NamedTuple):
    """A rule holds from the instant `at` on; without one it holds `always` or not at all as things stand.

    `field` names the text of the rule that applies, `values` what that text may mention.
    """

    at: int | None
    always: bool
    field: str
    values: Mapping[str, int | str | None]


def judge(rule: EligibilityRule, state: TicketState, rules: Rules) -> Judged:
    """What `rule` says of a ticket; instants are microseconds UTC. `rules` are those of the ticket's creation."""
    match rule:
        case AfterLastContact():
            return _after_last_contact(rule, state)
        case EtaShare():
            return _eta_share(rule, state, rules)
        case MinAge():
            values = {"wait": rule.wait, "created_at": state.created_at}
            return Judged(state.created_at + rule.wait, False, "text", values)
        case QuietForGuaranteedResponse():
            return _quiet(state, rules)
        case StatusClassBlocks():
            blocked = state.status_class in rule.classes
            return Judged(None, not blocked, "blocked" if blocked else "text", {"status": state.status})
        case SeverityBlocks():
            return Judged(None, False, "text", {"severity": state.severity})
        case PlanBlocks():
            blocked = state.plan in rule.plans
            return Judged(None, not blocked, "blocked" if blocked else "text", {"plan": state.plan})
        case NoHumanContact():
            return _no_human_contact(rule, state)
        case PlanWait():
            return _plan_wait(rule, state, rules)
        case SameDay():
            return Judged(_next_day(state.created_at, rule.zone), False, "text", {"created_at": state.created_at})


def guaranteed_response(state: TicketState, rules: Rules) -> int | None:
    """The response time that plan and severity guarantee, working microseconds; none where they promise none."""
    return rules.target(state.plan, ClockKind.FIRST_RESPONSE, state.severity)


def current_eta(state: TicketState) -> EtaState | None:
    """The ETA that rules: the latest one, unless it was met, as then there is none to wait for or to miss."""
    clocks = [clock for clock in state.clocks if clock.kind is ClockKind.ETA]
    latest = max(clocks, key=lambda clock: clock.cycle, default=None)
    return None if latest is not None and latest.phase is ClockPhase.MET else state.eta


def _after_last_contact(rule: AfterLastContact, state: TicketState) -> Judged:
    values = {"wait": rule.wait, "last_contact_at": state.last_contact_at}
    if state.last_contact_at is None:
        return Judged(None, False, "no_contact", values)
    return Judged(state.last_contact_at + rule.wait, False, "text", values)


def _eta_share(rule: EtaShare, state: TicketState, rules: Rules) -> Judged:
    eta = current_eta(state)
    guaranteed = guaranteed_response(state, rules)
    values: dict[str, int | str | None] = {
        "share": round(rule.share * _PER_CENT),
        "eta_at": None if eta is None else eta.due_at,
        "guaranteed": guaranteed,
        "last_update_at": state.turn_at,
    }
    if eta is not None:
        return Judged(eta.set_at + round((eta.due_at - eta.set_at) * rule.share), False, "text", values)
    if guaranteed is None:
        return Judged(None, True, "no_guarantee", values)
    axis = rules.axis(state.plan, ClockKind.FIRST_RESPONSE)
    return Judged(axis.reach(state.turn_at, round(guaranteed * rule.stand_in_share)), False, "no_eta", values)


def _quiet(state: TicketState, rules: Rules) -> Judged:
    guaranteed = guaranteed_response(state, rules)
    values = {"guaranteed": guaranteed, "last_update_at": state.turn_at}
    if guaranteed is None:
        return Judged(None, True, "no_guarantee", values)
    axis = rules.axis(state.plan, ClockKind.FIRST_RESPONSE)
    return Judged(axis.reach(state.turn_at, guaranteed), False, "text", values)


def _no_human_contact(rule: NoHumanContact, state: TicketState) -> Judged:
    limit = state.created_at + rule.wait
    values = {"wait": rule.wait, "created_at": state.created_at, "first_contact_at": state.first_contact_at}
    # A contact at the very instant is in time, as facts of an instant come before its passing.
    if state.first_contact_at is not None and state.first_contact_at <= limit:
        return Judged(None, False, "contacted", values)
    return Judged(limit, False, "text", values)


def _plan_wait(rule: PlanWait, state: TicketState, rules: Rules) -> Judged:
    # `load_pack` has seen to it that the base plan is listed with every severity of the rule.
    waits = rule.waits.get(state.plan or "") or rule.waits[rules.base_plan or ""]
    wait = waits[state.severity or 0]
    values: dict[str, int | str | None] = {
        "wait": wait,
        "created_at": state.created_at,
        "severity": state.severity,
    }
    return Judged(state.created_at + wait, False, "text", values)


def _next_day(created_at: int, zone_name: str) -> int:
    tz = zone(zone_name)
    return wall_to_utc(tz, from_micros(created_at).astimezone(tz).date() + timedelta(days=1), 0)
