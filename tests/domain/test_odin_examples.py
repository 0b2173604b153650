"""The dated examples of the Odin rules: each is what the documents, and our decisions where they are silent, give."""

from __future__ import annotations

import pytest

from console.domain.compile import CompiledBook
from console.domain.escalation_path import escalation_path
from console.domain.facts import FactKind
from console.domain.instants import parse_instant
from console.domain.rules import ClockKind, StatusClass
from console.domain.severity import may_change
from console.domain.state import ClockPhase
from tests.domain.odin_story import (
    OdinStory,
    channel_at,
    clock,
    rule_instants,
    short,
    state_at,
    verdict_at,
)
from tests.domain.packs import odin, odin_book
from tests.domain.small_policy import at

FIRST, WORKAROUND = ClockKind.FIRST_RESPONSE, ClockKind.WORKAROUND
PACK = odin()


@pytest.fixture(scope="module")
def book() -> CompiledBook:
    return odin_book()


def due(story: OdinStory, kind: ClockKind, when: str, book: CompiledBook) -> str | None:
    return short(clock(state_at(story, when, book), kind).due_at)


def test_od_2_severity_changes_move_the_first_response_and_keep_the_first_promise(book: CompiledBook) -> None:
    story = OdinStory("12T08:00", severity=1)

    def refusal(role: str, to: int, when: str, confirmed: bool = False) -> str | None:
        found = state_at(story, when, book)
        return may_change(PACK, role, found.severity, to, status_class=found.status_class, customer_confirmed=confirmed)

    assert refusal("support_engineer", 3, "12T08:30") == "severity_needs_confirmation"
    assert due(story, FIRST, "12T08:30", book) == "12T10:00"
    assert refusal("support_engineer", 3, "12T08:40", confirmed=True) is None
    story.severity("12T08:40", 3, 1)
    assert due(story, FIRST, "12T08:40", book) == "12T14:00"
    assert refusal("shift_manager", 2, "12T09:00") is None
    story.severity("12T09:00", 2, 3)
    assert due(story, FIRST, "12T09:00", book) == "12T12:00"
    assert short(clock(state_at(story, "12T09:00", book), FIRST).original_due_at) == "12T10:00"
    assert refusal("support_engineer", 1, "12T09:10", confirmed=True) == "severity_role_not_up"


def test_od_3_plans_count_round_the_clock(book: CompiledBook) -> None:
    story = OdinStory("16T22:00", severity=3, plan="platinum")
    assert due(story, FIRST, "16T22:00", book) == "17T02:00"
    assert due(story, WORKAROUND, "16T22:00", book) == "18T22:00"


def test_od_3_a_promise_that_did_not_exist_starts_at_the_change(book: CompiledBook) -> None:
    story = OdinStory("12T08:00", severity=4)
    assert [found.kind for found in state_at(story, "12T12:59", book).clocks] == [FIRST]
    story.severity("12T13:00", 2, 4)
    assert due(story, WORKAROUND, "12T13:00", book) == "13T01:00"


@pytest.mark.parametrize(
    ("plan", "expected"),
    [("per_incident", "12T10:00"), (None, "12T10:00"), ("unheard-of", "12T10:00"), ("silver_plus", "13T08:00")],
)
def test_od_4_without_a_plan_the_base_holds_and_a_plan_overrides_it(
    plan: str | None, expected: str, book: CompiledBook
) -> None:
    story = OdinStory("12T08:00", severity=4, plan=plan)
    assert due(story, FIRST, "12T08:00", book) == expected
    assert [found.kind for found in state_at(story, "12T08:00", book).clocks] == [FIRST]


def test_od_4_per_incident_has_a_name(book: CompiledBook) -> None:
    state = state_at(OdinStory("12T08:00", severity=4, plan="per_incident"), "12T08:00", book)
    plan = PACK.plan(state.plan)
    assert plan is not None
    assert plan.name.say("en") == "Per-incident support"


def with_eta(severity: int) -> OdinStory:
    story = OdinStory("12T08:00", severity=severity)
    story.support("12T09:00")
    story.eta("12T09:00", "12T19:00")
    return story


def test_od_7_8_the_button_comes_with_half_of_the_eta(book: CompiledBook) -> None:
    early, there = (channel_at(with_eta(2), "button", when, book) for when in ("12T13:59:59", "12T14:00"))
    assert (early.available, short(early.available_at)) == (False, "12T14:00")
    assert rule_instants(early) == {
        "OD-7": "12T14:00",
        "OD-8a": None,
        "OD-8b": "12T10:00",
        "OD-8c": "12T13:00",
        "OD-8d": None,
    }
    assert (there.available, short(there.available_at)) == (True, "12T14:00")


def test_od_7_severity_3_waits_for_the_missed_eta(book: CompiledBook) -> None:
    found = [channel_at(with_eta(3), "button", when, book) for when in ("12T18:59:59", "12T19:00")]
    assert [channel.available for channel in found] == [False, True]
    assert {short(channel.available_at) for channel in found} == {"12T19:00"}


@pytest.mark.parametrize("channel", ["button", "phone", "chat"])
def test_od_7_severity_4_never(channel: str, book: CompiledBook) -> None:
    found = channel_at(with_eta(4), channel, "30T00:00", book)
    assert (found.available, found.available_at) == (False, None)
    assert [rule.rule for rule in found.rules if not rule.holds] == ["OD-7"]


def test_od_7_severity_1_goes_by_phone_an_hour_after_the_last_support_message(book: CompiledBook) -> None:
    story = OdinStory("12T08:00", severity=1)
    story.support("12T08:30")
    found = [channel_at(story, "phone", when, book) for when in ("12T09:29:59", "12T09:30")]
    assert [channel.available for channel in found] == [False, True]
    assert {short(channel.available_at) for channel in found} == {"12T09:30"}
    for other in ("button", "chat"):
        refused = channel_at(story, other, "13T00:00", book)
        assert (refused.available, refused.available_at) == (False, None)
        assert [rule.text_code for rule in refused.rules] == ["not_for_severity"]


def test_od_8b_two_hours_since_opening_even_though_the_response_is_breached(book: CompiledBook) -> None:
    story = OdinStory("12T08:00", severity=2, plan="diamond")
    assert clock(state_at(story, "12T09:00", book), FIRST).phase is ClockPhase.BREACHED
    missing, there = (channel_at(story, "button", when, book) for when in ("12T09:59", "12T10:00"))
    assert (missing.available, short(missing.available_at)) == (False, "12T10:00")
    assert there.available


def test_od_8d_waiting_for_the_requestor_hides_the_button_and_the_answer_starts_the_wait_anew(
    book: CompiledBook,
) -> None:
    story = OdinStory("12T08:00", severity=3, plan="silver_plus")
    story.support("12T11:00")
    story.eta("12T11:00", "12T12:00", "update")
    first = channel_at(story, "button", "12T18:59:59", book)
    assert (first.available, short(first.available_at)) == (False, "12T19:00")
    assert channel_at(story, "button", "12T19:00", book).available
    story.status("12T19:30", "waiting")
    waiting = channel_at(story, "button", "12T19:30", book)
    assert (waiting.available, waiting.available_at) == (False, None)
    assert [rule.rule for rule in waiting.rules if rule.required and not rule.holds] == ["OD-8d"]
    story.customer("12T20:00")
    answered = channel_at(story, "button", "12T20:00", book)
    assert (answered.available, short(answered.available_at)) == (False, "13T04:00")
    assert channel_at(story, "button", "13T04:00", book).available


@pytest.mark.parametrize(
    ("requested", "second", "assumed"),
    [
        ("2017-08-02T23:00:00Z", "Support Operations Manager", False),
        ("2017-08-03T00:00:00Z", "Senior Director, Odin Support", False),
        ("2016-12-15T12:00:00Z", "Support Operations Manager", False),
        ("2016-08-31T00:00:00Z", "Support Operations Manager", False),
        ("2016-08-30T23:59:59Z", "Support Operations Manager", True),
    ],
)
def test_od_10_the_path_is_that_of_the_instant_of_the_request(
    requested: str, second: str, assumed: bool, book: CompiledBook
) -> None:
    instant = parse_instant(requested)
    # Whoever reviews it later looks it up by that instant, so sees the same; and the whole pack says it too.
    for pack in (PACK, book.pack("odin", instant)):
        assert pack is not None
        found = escalation_path(pack, "plesk automation", instant)
        assert found is not None
        level = found.level(2)
        assert level is not None
        assert (level.name.en, found.assumed) == (second, assumed)


@pytest.mark.parametrize("product", [None, "Odin Automation Premium"])
def test_od_10_a_product_that_is_not_listed_has_no_path(product: str | None) -> None:
    assert escalation_path(PACK, product, parse_instant("2017-09-01T00:00:00Z")) is None


def test_od_12_fourteen_days_from_the_last_notification(book: CompiledBook) -> None:
    story = OdinStory("01T08:00")
    story.status("01T10:30", "resolved", contact=True)
    story.notified("01T10:30")
    assert short(clock(state_at(story, "02T00:00", book), ClockKind.AUTO_CLOSE).due_at) == "15T10:30"
    assert state_at(story, "15T10:29:59", book).closed_at is None
    closed = state_at(story, "15T10:30", book)
    assert (short(closed.closed_at), closed.status) == ("15T10:30", "closed")
    story.customer("14T09:00")
    story.status("15T12:00", "resolved")
    story.notified("15T12:00")
    assert state_at(story, "29T11:59:59", book).closed_at is None
    assert short(state_at(story, "29T12:00", book).closed_at) == "29T12:00"


def test_od_12_a_message_on_a_pending_ticket_reopens_it_unless_it_confirms(book: CompiledBook) -> None:
    for mark, status in ((None, "open"), ("confirmation", "resolved")):
        story = OdinStory("01T08:00")
        story.status("01T10:30", "resolved")
        story.customer("02T10:00", t=mark)
        assert state_at(story, "02T10:00", book).status == status


def test_od_12_a_message_on_a_closed_ticket_does_not_reopen_it(book: CompiledBook) -> None:
    story = OdinStory("01T08:00")
    story.status("01T10:30", "closed")
    story.customer("02T10:00")
    assert state_at(story, "02T10:00", book).status == "closed"


def test_od_26_the_workaround_does_not_count_while_waiting_for_the_requestor(book: CompiledBook) -> None:
    story = OdinStory("12T08:00", severity=2)
    assert due(story, WORKAROUND, "12T09:00", book) == "12T20:00"
    story.status("12T10:00", "waiting")
    story.status("12T14:00", "open")
    assert due(story, WORKAROUND, "12T14:00", book) == "13T00:00"
    # First response never pauses.
    assert due(story, FIRST, "12T11:00", book) == "12T12:00"


def test_od_27_statuses_and_what_they_do(book: CompiledBook) -> None:
    classes = {status.code: status.status_class for status in PACK.statuses}
    assert classes == {
        "new": StatusClass.NEW,
        "open": StatusClass.OPEN,
        "waiting": StatusClass.WAITING,
        "waiting_internal": StatusClass.ON_HOLD,
        "resolved": StatusClass.RESOLVED,
        "closed": StatusClass.CLOSED,
    }
    for status, phase in (
        ("waiting", ClockPhase.PAUSED),
        ("resolved", ClockPhase.PAUSED),
        ("waiting_internal", ClockPhase.RUNNING),
        ("open", ClockPhase.RUNNING),
        ("closed", ClockPhase.MET),
    ):
        story = OdinStory("12T08:00")
        story.status("12T09:00", status)
        assert clock(state_at(story, "12T10:00", book), WORKAROUND).phase is phase, status


def test_a_retarget_into_the_past_breaches_at_the_change(book: CompiledBook) -> None:
    story = OdinStory("12T08:00", severity=3)
    story.severity("12T13:00", 1, 3)
    found = clock(state_at(story, "12T13:00", book), FIRST)
    assert (short(found.due_at), short(found.breached_at)) == ("12T10:00", "12T13:00")


def test_an_eta_of_an_update_is_met_by_contact_and_one_of_a_resolution_is_not(book: CompiledBook) -> None:
    for promise, phase in (("update", ClockPhase.MET), ("resolution", ClockPhase.RUNNING)):
        story = OdinStory("12T08:00")
        story.eta("12T09:00", "12T12:00", promise)
        story.support("12T11:00")
        assert clock(state_at(story, "12T11:00", book), ClockKind.ETA).phase is phase
    story.add("12T11:30", FactKind.SOLUTION_GIVEN)
    assert clock(state_at(story, "12T11:30", book), ClockKind.ETA).phase is ClockPhase.MET


def test_a_verdict_of_a_ticket_whose_severity_is_unknown_says_so(book: CompiledBook) -> None:
    story = OdinStory("12T08:00", severity=None)
    found = verdict_at(story, "12T20:00", book)
    assert [channel.channel for channel in found.channels] == ["button", "phone", "chat"]
    for channel in found.channels:
        assert (channel.available, channel.available_at) == (False, None)
        assert [rule.text_code for rule in channel.rules] == ["severity_unknown"]
    assert found.as_of == at("12T20:00")
