"""For each rule that is behaviour: a change of its value in a copy of the pack, and an outcome that has to change.

Keys are rule ids; docs/policy-rules.md names them in the ids of the test that reads this table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from console.domain.compile import CompiledBook
from console.domain.contact_hours import contact_hours
from console.domain.credentials import strip_credentials
from console.domain.decisions import LedgerEntry, NewLedger
from console.domain.entitlements import balance, credit_refusal, deduction
from console.domain.escalation_levels import audience, finish_refusal, next_level, rejection_replies
from console.domain.escalation_path import escalation_path
from console.domain.escalation_requests import outage_line
from console.domain.instants import parse_instant
from console.domain.lifecycle import supported_releases, update_service
from console.domain.on_call import on_call
from console.domain.policy import Pack
from console.domain.programmes import (
    new_contract_refusal,
    plan_in_force,
    purchase_refusal,
    read_support_code,
    survey_rate,
)
from console.domain.quota import warning
from console.domain.rules import StatusClass
from console.domain.severity import may_change
from tests.domain.odin_story import OdinStory, channel_at, state_at
from tests.domain.packs import entry
from tests.domain.small_policy import at
from tests.domain.vendor_stories import VendorStory, instant

Values = dict[str, Any]
Outcome = Callable[[Pack, CompiledBook], object]


class RuleValue(NamedTuple):
    """A pack, what to change in it, and what has to come out otherwise."""

    pack: str
    change: Callable[[Values], object]
    outcome: Outcome


def put(field: str, code: object, *way_and_value: object) -> Callable[[Values], None]:
    """Put the last argument at a key of an entry of a list; keys in between lead there."""
    *way, last, value = way_and_value

    def change(values: Values) -> None:
        found: Any = entry(values, field, code)
        for step in way:
            found = found[step]
        found[last] = value

    return change


def top(table: str, key: str, value: object) -> Callable[[Values], None]:
    return lambda values: values[table].update({key: value})


def odin(change: Callable[[Values], object], outcome: Outcome) -> RuleValue:
    return RuleValue("odin", change, outcome)


def community(change: Callable[[Values], object], outcome: Outcome) -> RuleValue:
    return RuleValue("community", change, outcome)


def analytics(change: Callable[[Values], object], outcome: Outcome) -> RuleValue:
    return RuleValue("analytics", change, outcome)


def dues(severity: int, plan: str | None = "gold") -> Outcome:
    """The clocks of a ticket of 12 September 08:00."""
    story = OdinStory("12T08:00", severity, plan)
    return lambda pack, book: [(clock.kind, clock.due_at) for clock in state_at(story, "12T08:00", book).clocks]


def available(severity: int, channel: str = "button", told: bool = True, status: str | None = None) -> Outcome:
    """Whether a channel is open at 12 September 20:00, and from when."""
    story = OdinStory("12T08:00", severity)
    if told:
        story.support("12T09:00")
        story.eta("12T09:00", "12T19:00")
    if status is not None:
        story.status("12T09:30", status)

    def outcome(pack: Pack, book: CompiledBook) -> object:
        found = channel_at(story, channel, "12T20:00", book)
        return found.available, found.available_at, [rule.at for rule in found.rules]

    return outcome


def credit(plan: str, reason: str = "unfixed_bug") -> Outcome:
    """Whether the incident of a ticket is given back."""

    def outcome(pack: Pack, book: CompiledBook) -> object:
        taken = NewLedger(1, 1, "incident", -1, "OD-6:opened", 0)
        ledger = [LedgerEntry("u", 1, 1, "T1", taken.kind, taken.amount, taken.rule, 0, None, 1)]
        found = pack.plan(plan)
        deducted = deduction(pack, found, contract_id=1, ticket_id=1, channel="online_sales", at=0)
        refusal = credit_refusal(
            pack, found, ledger, role="shift_manager", ticket_id=1, created_at=0, reason=reason, bug_id="B-1"
        )
        return refusal, deducted

    return outcome


def path(when: str, level: int = 2) -> Outcome:
    def outcome(pack: Pack, book: CompiledBook) -> object:
        found = escalation_path(pack, "Plesk Automation", parse_instant(when))
        return None if found is None else (found.level(level), found.assumed)

    return outcome


def closed_at(pack: Pack, book: CompiledBook) -> object:
    story = OdinStory("01T08:00")
    story.status("01T10:30", "resolved")
    story.notified("01T10:30")
    return state_at(story, "20T00:00", book).closed_at


def reopened(pack: Pack, book: CompiledBook) -> object:
    story = OdinStory("01T08:00")
    story.status("01T10:30", "resolved")
    story.customer("02T10:30")
    return state_at(story, "02T10:30", book).status


def eta_phase(pack: Pack, book: CompiledBook) -> object:
    story = OdinStory("12T08:00")
    story.eta("12T09:00", "12T12:00")
    story.status("12T10:00", "resolved")
    return [clock.phase for clock in state_at(story, "12T11:00", book).clocks]


def surveyed(pack: Pack, book: CompiledBook) -> object:
    story = OdinStory("12T08:00")
    story.status("12T10:00", "resolved")
    rules = book.rules("odin", 0)
    assert pack.survey is not None
    assert rules is not None
    return survey_rate(pack.survey, rules.status_class, [story.facts], at("12T00:00"), at("13T00:00"))


def stripped(pack: Pack, book: CompiledBook) -> object:
    return strip_credentials(pack.credentials, "Password: s3cret")


def releases(pack: Pack, book: CompiledBook) -> object:
    days = [date(2015, 3, 1), date(2016, 1, 15), date(2016, 9, 1), date(2016, 12, 1), date(2017, 2, 1)]
    assert pack.lifecycle is not None
    return supported_releases(pack.lifecycle, days, date(2017, 8, 1))


def updates(pack: Pack, book: CompiledBook) -> object:
    assert pack.updates is not None
    return update_service(pack.updates, date(2016, 10, 1), date(2017, 10, 2))


def code_shown(pack: Pack, book: CompiledBook) -> object:
    assert pack.support_code is not None
    return read_support_code(pack.support_code, "1234567890")


def bundles(pack: Pack, book: CompiledBook) -> object:
    found = pack.plan("per_incident")
    assert found is not None
    return [purchase_refusal(found, number) for number in range(30)]


def contacts(plan: str, *when: str) -> Outcome:
    return lambda pack, book: [contact_hours(book, pack, plan, instant(each)) for each in when or ("2017-09-12T08:00",)]


def workaround_while(status: str) -> Outcome:
    story = OdinStory("12T08:00")
    story.status("12T09:00", status)
    return lambda pack, book: [(clock.kind, clock.phase) for clock in state_at(story, "12T10:00", book).clocks]


def role(name: str, from_: int, to: int) -> Outcome:
    return lambda pack, book: may_change(pack, name, from_, to, status_class=StatusClass.OPEN)


def case(severity: int = 2, plan: str = "premium") -> VendorStory:
    return VendorStory("2026-11-23T20:30", "community", plan, severity)


def order(pack: Pack, book: CompiledBook) -> object:
    stories = [case(), case(), case(plan="non_premium")]
    stories[1].priority("2026-11-23T21:00", 3)
    stories[2].priority("2026-11-23T21:00", 3)
    ranks = [story.at("2026-11-23T22:00", book).row.rank for story in stories]
    return sorted(range(3), key=ranks.__getitem__)


def portal(severity: int = 2) -> Outcome:
    def outcome(pack: Pack, book: CompiledBook) -> object:
        found = case(severity).channel("2026-11-24T03:00", book)
        return found.available, found.available_at, [(rule.holds, rule.at) for rule in found.rules]

    return outcome


def review(pack: Pack, book: CompiledBook) -> object:
    story = case()
    story.escalate("2026-11-27T16:30")
    return [clock.due_at for clock in story.at("2026-11-27T16:30", book).clocks]


def replies(pack: Pack, book: CompiledBook) -> object:
    story = case()
    story.escalate("2026-11-24T10:00", who=1)
    return rejection_replies(pack, story.facts, story.escalate("2026-11-25T10:00", level=2, who=2).uid)


def told(level: int) -> Outcome:
    def outcome(pack: Pack, book: CompiledBook) -> object:
        found = escalation_path(pack, None, 0)
        assert found is not None
        return audience(found.path, level), finish_refusal(found.path, level, [])

    return outcome


def taken_over(pack: Pack, book: CompiledBook) -> object:
    """What is missing of a request at level 4 whose analysis is written."""
    found = escalation_path(pack, None, 0)
    assert found is not None
    return finish_refusal(found.path, 4, ["analysis"])


def called(pack: Pack, book: CompiledBook) -> object:
    """Whom to call at level 3 of the path of 2017."""
    return on_call(book, pack, "head_of_global_services", instant("2017-09-12T08:00"))


def warned(pack: Pack, book: CompiledBook) -> object:
    """What is told when nine of ten incidents are used up."""
    assert pack.incidents is not None
    granted = balance(pack.plan("gold"), [], at("12T08:00"))
    return warning(pack.incidents.warn_at, replace(granted, used=90))


def next_asked(pack: Pack, book: CompiledBook) -> object:
    story = case()
    story.escalate("2026-11-24T10:00")
    return next_level(pack, story.at("2026-11-24T11:00", book), instant("2026-11-24T11:00"))


def outage(pack: Pack, book: CompiledBook) -> object:
    story = case()
    story.escalate("2026-11-24T10:00")
    story.severity("2026-11-24T11:00", 1)
    return story.at("2026-11-24T12:00", book).escalation


def answers(plan: str = "reports_attribution", *statuses: str, messages: bool = False) -> Outcome:
    """The clocks and the state of an analytics ticket that names no priority."""
    story = VendorStory("2026-11-24T13:30", "analytics", plan)
    for status in statuses:
        story.status("2026-11-24T14:00", status)
    if messages:
        story.support("2026-11-24T14:00")

    def outcome(pack: Pack, book: CompiledBook) -> object:
        state = story.at("2026-11-24T14:30", book)
        return state.status, state.row.rank, [(clock.phase, clock.due_at) for clock in state.clocks]

    return outcome


def archived(pack: Pack, book: CompiledBook) -> object:
    return [(new_contract_refusal(pack, plan.code), plan_in_force(pack, plan.code, 0, 1, 2)) for plan in pack.plans]


VALUES: Mapping[str, RuleValue] = {
    "OD-2": odin(
        put("severity_changes", "support_engineer", "directions", ["down", "up"]), role("support_engineer", 3, 2)
    ),
    "OD-3": odin(put("plans", "gold", "targets", "first_response", "2", "3h"), dues(2)),
    "OD-4": odin(put("plans", "none", "targets", "first_response", "4", "3h"), dues(4, "per_incident")),
    "OD-5": odin(put("plans", "per_incident", "bundle", 20), bundles),
    "OD-5-code": odin(top("support_code", "groups", [3, 7]), code_shown),
    "OD-6": odin(top("incidents", "credited", ["unfixed_bug", "article"]), credit("gold", "article")),
    "OD-6-free": odin(top("incidents", "free_channels", []), credit("gold")),
    "OD-6-warning": odin(top("incidents", "warn_at", [80, 95]), warned),
    "OD-7": odin(put("eligibility", "severity_2_eta", "share", 0.25), available(2)),
    "OD-8a": odin(put("eligibility", "programme_allows", "plans", ["gold"]), available(2)),
    "OD-8b": odin(put("eligibility", "opened_before", "wait", "13h"), available(2)),
    "OD-8c": odin(put("eligibility", "response_time_over", "severities", [3]), available(2)),
    "OD-8d": odin(put("eligibility", "status_allows", "classes", ["closed"]), available(2, status="waiting")),
    "OD-9": odin(put("channels", "chat", "severities", [3]), available(2, "chat")),
    "OD-10": odin(put("eligibility", "no_contact", "wait", "3h"), available(1, "phone", told=False)),
    "OD-10-path": odin(
        lambda values: (
            values["paths"][0].update(valid_to=date(2016, 12, 1)),
            values["paths"][1].update(valid_from=date(2016, 12, 1)),
        ),
        path("2016-12-15T00:00:00Z"),
    ),
    "OD-10-call": odin(put("on_call", "head_of_global_services", "address", "+1 202 555 0139"), called),
    "OD-11": odin(put("clocks", "eta", "met_by", ["closed"]), eta_phase),
    "OD-12": odin(put("clocks", "auto_close", "target", "13d"), closed_at),
    "OD-12-reopening": odin(top("on_customer_message", "statuses", ["waiting"]), reopened),
    "OD-14": odin(top("survey", "sent_on", "closed"), surveyed),
    "OD-15": odin(lambda values: values["credentials"].pop(0), stripped),
    "OD-16": odin(top("lifecycle", "window_months", 24), releases),
    "OD-17": odin(top("updates", "reinstatement_percent", 70), updates),
    "OD-22": odin(put("plans", "gold", "contacts", ["web_form"]), contacts("gold")),
    "OD-27": odin(put("clocks", "workaround", "pauses", ["resolved"]), workaround_while("waiting")),
    "OD-28": odin(top("survey", "sent_on", "waiting"), surveyed),
    "OD-31": odin(top("incidents", "fundings", ["contract", "purchase"]), credit("per_incident")),
    "LI-1": community(top("order", "by", ["customer_priority", "plan"]), order),
    "LI-1-priority": community(put("customer_priorities", "high", "rank", 3), order),
    "LI-2": community(put("eligibility", "not_the_same_day", "zone", "America/New_York"), portal()),
    "LI-4": community(put("eligibility", "wait", "waits", "premium", "2", "8h"), portal()),
    "LI-5": community(put("clocks", "escalation_review", "target", "5h"), review),
    "LI-5-hours": community(put("calendars", "review", "hours", "week", "fri", [["09:00", "20:00"]]), review),
    "LI-6": community(top("escalating", "rejection_replies", ["asker"]), replies),
    "LI-7": community(top("escalating", "next_level", "any_time"), next_asked),
    "LI-7-audience": community(put("paths", "levels", "cumulative", False), told(3)),
    "LI-7-analysis": community(lambda values: values["paths"][0]["levels"][2].update(needs=[]), told(3)),
    "LI-7-leader": community(lambda values: values["paths"][0]["levels"][3].update(needs=[]), taken_over),
    "LI-8": community(put("paths", "levels", "informed", []), told(1)),
    "LI-11": community(top("escalating", "superseded_by", []), outage),
    "LI-11-line": community(
        lambda values: values["escalating"]["outage"]["text"].update(en="Use the red phone."),
        lambda pack, book: outage_line(pack),
    ),
    "OW-1": analytics(put("plans", "reports_attribution", "targets", "next_response", "3", "3h"), answers()),
    "OW-1-archived": analytics(put("plans", "basic", "archived", False), archived),
    "OW-2": analytics(put("plans", "basic", "contacts", ["tickets"]), contacts("basic")),
    "OW-3": analytics(
        put("calendars", "tickets", "hours", "zone", "Europe/Kyiv"), contacts("basic", "2026-07-07T06:30")
    ),
    "OW-4": analytics(lambda values: values.update(severity_default=2), answers()),
    "OW-5": analytics(top("on_support_message", "statuses", ["open"]), answers(messages=True)),
    "OW-6": analytics(put("clocks", "next_response", "met_by", []), answers(messages=True)),
    "OW-6-hold": analytics(put("clocks", "next_response", "pauses", ["on_hold"]), answers("business", "on_hold")),
    "OW-9": analytics(
        put("plans", "enterprise-archived", "targets", "next_response", "3", "4h"), answers("enterprise-archived")
    ),
}
