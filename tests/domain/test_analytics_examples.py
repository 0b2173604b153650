"""The dated examples of the analytics vendor's rules, and what we decided where its documents are silent."""

from __future__ import annotations

import pytest

from console.domain.compile import CompiledBook
from console.domain.contact_hours import contact_hours
from console.domain.eligibility import verdict
from console.domain.entitlements import matrix
from console.domain.escalation_levels import next_level
from console.domain.escalation_path import escalation_path
from console.domain.explain import explain
from console.domain.programmes import new_contract_refusal, plan_in_force
from console.domain.rules import ClockKind, StatusClass
from console.domain.severity import may_change
from console.domain.state import ClockPhase
from tests.domain.packs import desk_of, odin, shipped
from tests.domain.vendor_stories import VendorStory, clocks, instant, minute

ANSWER = ClockKind.NEXT_RESPONSE
PACK = shipped("analytics")


@pytest.fixture(scope="module")
def book() -> CompiledBook:
    return desk_of(PACK, odin())


def ticket(opened: str, plan: str = "reports_attribution", severity: int | None = None) -> VendorStory:
    return VendorStory(opened, "analytics", plan, severity)


@pytest.mark.parametrize(
    ("plan", "opened", "due"),
    [
        ("reports_attribution", "2026-11-24T13:30", "2026-11-25T09:30"),
        ("cost_data", "2026-11-26T10:00", "2026-11-27T14:00"),
        ("enterprise", "2026-11-27T14:30", "2026-11-30T08:30"),
        ("enterprise-archived", "2026-11-27T14:30", "2026-11-30T08:30"),
    ],
)
def test_ow_1_answers_are_due_within_working_hours(plan: str, opened: str, due: str, book: CompiledBook) -> None:
    (clock,) = clocks(ticket(opened, plan).at(opened, book), ANSWER)
    assert minute(clock.due_at) == due


@pytest.mark.parametrize(
    ("at", "tickets", "chat"),
    [
        ("2026-11-24T07:30", True, False),
        ("2026-11-24T15:30", False, True),
        ("2026-07-07T06:30", False, False),
        ("2026-11-28T12:00", False, False),
    ],
)
def test_ow_3_hours_of_a_fixed_offset(at: str, tickets: bool, chat: bool, book: CompiledBook) -> None:
    found = {hours.contact: hours.open for hours in contact_hours(book, PACK, "basic", instant(at))}
    assert found == {"tickets": tickets, "chat": chat}


def test_ow_2_plans_include_ways_to_reach_support(book: CompiledBook) -> None:
    found = {plan.code: {each.contact for each in contact_hours(book, PACK, plan.code, 0)} for plan in PACK.plans}
    assert found["enterprise"] == {"phone", "personal_email", "team", "chat", "tickets"}
    assert found["enterprise"] == found["enterprise-archived"]
    assert found["business"] == found["reports_attribution"] == {"personal_email", "chat", "tickets"}
    assert found["cost_data"] == found["marketing_data"] == found["basic"] == {"chat", "tickets"}
    (tickets, _) = contact_hours(book, PACK, "basic", instant("2026-11-27T16:00"))
    assert minute(tickets.next_change) == "2026-11-30T07:00"


def test_ow_6_the_clock_runs_from_the_first_unanswered_message_and_anew_after_each_answer(book: CompiledBook) -> None:
    story = ticket("2026-11-24T08:00")
    story.customer("2026-11-24T08:00")
    story.customer("2026-11-24T09:00")
    assert [minute(clock.due_at) for clock in clocks(story.at("2026-11-24T09:30", book), ANSWER)] == [
        "2026-11-24T12:00"
    ]
    story.support("2026-11-24T10:00")
    (clock,) = clocks(story.at("2026-11-24T10:00", book), ANSWER)
    assert clock.phase is ClockPhase.MET
    story.customer("2026-11-24T11:00")
    assert [minute(clock.due_at) for clock in clocks(story.at("2026-11-24T11:00", book), ANSWER)] == [
        "2026-11-24T12:00",
        "2026-11-24T15:00",
    ]


def test_ow_5_the_status_follows_from_the_last_message(book: CompiledBook) -> None:
    story = ticket("2026-11-24T08:00")
    seen = [story.at("2026-11-24T08:00", book).status]
    for hour, tell in enumerate((story.support, story.customer, story.support), 9):
        tell(f"2026-11-24T{hour:02}:00")
        seen.append(story.at(f"2026-11-24T{hour:02}:00", book).status)
    assert seen == ["new", "waiting", "open", "waiting"]


def test_ow_5_automatic_mail_and_notes_change_no_status(book: CompiledBook) -> None:
    story = ticket("2026-11-24T08:00")
    story.support("2026-11-24T09:00", automatic=True)
    story.support("2026-11-24T09:30", public=False)
    state = story.at("2026-11-24T10:00", book)
    assert (state.status, clocks(state, ANSWER)[0].phase) == ("new", ClockPhase.RUNNING)


def test_ow_5_a_status_that_is_set_wins_over_the_one_that_follows(book: CompiledBook) -> None:
    story = ticket("2026-11-24T08:00")
    story.support("2026-11-24T09:00")
    story.status("2026-11-24T09:00", "on_hold")
    assert story.at("2026-11-24T09:00", book).status == "on_hold"
    story.support("2026-11-24T10:00")
    assert story.at("2026-11-24T10:00", book).status == "on_hold"
    story.customer("2026-11-24T11:00")
    assert story.at("2026-11-24T11:00", book).status == "open"


def test_on_hold_does_not_pause_the_answer(book: CompiledBook) -> None:
    story = ticket("2026-11-24T08:00")
    story.status("2026-11-24T09:00", "on_hold")
    (clock,) = clocks(story.at("2026-11-24T10:00", book), ANSWER)
    assert (clock.phase, minute(clock.due_at)) == (ClockPhase.RUNNING, "2026-11-24T12:00")


def test_closing_without_a_reply_is_not_met_and_a_closing_message_is_a_reply(book: CompiledBook) -> None:
    silent, told = ticket("2026-11-24T08:00"), ticket("2026-11-24T08:00")
    told.support("2026-11-24T09:00")
    for story in (silent, told):
        story.status("2026-11-24T09:00", "closed")
    phases = [clocks(story.at("2026-11-24T10:00", book), ANSWER)[0].phase for story in (silent, told)]
    assert phases == [ClockPhase.STOPPED, ClockPhase.MET]
    assert told.at("2026-11-24T10:00", book).status == "closed"


def test_a_message_on_a_closed_ticket_opens_it_again_with_a_new_clock(book: CompiledBook) -> None:
    story = ticket("2026-11-24T08:00")
    story.status("2026-11-24T09:00", "closed")
    story.customer("2026-11-25T08:00")
    state = story.at("2026-11-25T08:00", book)
    assert (state.status, state.closed_at) == ("open", None)
    assert [(clock.phase, minute(clock.due_at), clock.cycle) for clock in clocks(state, ANSWER)] == [
        (ClockPhase.STOPPED, "2026-11-24T12:00", 0),
        (ClockPhase.RUNNING, "2026-11-25T12:00", 1),
    ]
    _, stories = explain(story.facts, book, instant("2026-11-25T10:00"))
    assert [sum(part.work for part in found.segments) for found in stories] == [found.elapsed_work for found in stories]


def test_reopening_by_support_returns_the_round_that_closing_ended(book: CompiledBook) -> None:
    story = ticket("2026-11-24T08:00")
    story.status("2026-11-24T09:00", "closed")
    story.status("2026-11-24T10:00", "open")
    (clock,) = clocks(story.at("2026-11-24T10:00", book), ANSWER)
    assert (clock.phase, minute(clock.due_at)) == (ClockPhase.RUNNING, "2026-11-24T13:00")


def test_ow_4_a_ticket_that_names_no_priority_is_normal(book: CompiledBook) -> None:
    state = ticket("2026-11-24T08:00").at("2026-11-24T08:00", book)
    assert state.severity == 3
    assert state.row.rank == 3
    named = [PACK.severity(level) for level in (1, 2, 3)]
    assert [found.name.ru for found in named if found] == ["Срочный", "Высокий", "Нормальный"]


def test_ow_8_the_target_depends_on_the_plan_alone(book: CompiledBook) -> None:
    found = [ticket("2026-11-24T08:00", severity=level).at("2026-11-24T08:00", book) for level in (1, 2, 3)]
    assert {minute(state.row.due_at) for state in found} == {"2026-11-24T12:00"}
    assert [state.row.rank for state in found] == [1, 2, 3]


def test_archived_plans_work_and_say_so() -> None:
    table = matrix(PACK, "enterprise-archived", None)
    assert table is not None
    assert table.archived
    assert plan_in_force(PACK, "enterprise-archived", None, None, 0).notice == "plan_archived"
    assert new_contract_refusal(PACK, "enterprise-archived") == "plan_archived"
    assert new_contract_refusal(PACK, "enterprise") is None
    live = matrix(PACK, "enterprise", None)
    assert live is not None
    assert not live.archived
    assert [plan.code for plan in PACK.plans if plan.archived] == [
        "enterprise-archived",
        "business",
        "basic",
        "cost_data",
    ]


def test_ow_10_what_the_documents_do_not_know_is_not_invented(book: CompiledBook) -> None:
    story = ticket("2026-11-24T08:00")
    story.escalate("2026-11-24T09:00")
    now = instant("2026-11-24T10:00")
    state = story.at("2026-11-24T10:00", book)
    rules = book.rules("analytics", now)
    assert rules is not None
    assert verdict(state, PACK, rules, now).channels == ()
    assert escalation_path(PACK, "anything", now) is None
    assert next_level(PACK, state, now).refusal is None
    assert clocks(state, ClockKind.ESCALATION_REVIEW) == []
    assert may_change(PACK, "shift_manager", 3, 1, status_class=StatusClass.OPEN) == "severity_role_not_up"
    assert rules.auto_close is None
    assert any("OW-10" in notice.source for notice in PACK.notices)


def test_without_a_plan_nothing_is_promised(book: CompiledBook) -> None:
    assert ticket("2026-11-24T08:00", "unheard-of").at("2026-11-24T08:00", book).clocks == ()
    assert plan_in_force(PACK, "business", 0, 10, 10) == plan_in_force(PACK, "business", 0, 10, 11)
    assert plan_in_force(PACK, "business", 0, 10, 10).plan is None
