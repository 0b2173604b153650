"""The life of an escalation, from the request to its end, under the packs of all three vendors."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.errors import UserError
from console.domain.facts import FactKind
from console.domain.instants import HOUR, MINUTE, SECOND
from console.domain.rules import ClockKind
from console.domain.state import ClockPhase, EscalationPhase
from console.services.standing import clocks_as_evidence, verdict_as_evidence
from tests.services.escalating import Escalating
from tests.services.served_desk import MANAGER, ServedDesk, at

PRODUCT = "Plesk Automation"
VENDORS = [("odin/gold", "phone"), ("community/premium", "portal"), ("analytics/enterprise", "mail")]


@pytest.fixture
def desk(served: ServedDesk) -> Escalating:
    return Escalating(served)


@pytest.mark.parametrize(("plan", "channel"), VENDORS)
def test_requested_reviewed_accepted_and_closed(desk: Escalating, plan: str, channel: str) -> None:
    ticket, owner = desk.ticket(plan), desk.person("Ann Owner")
    asked = desk.ask(ticket, channel)
    assert (asked.joined, asked.level, desk.phase(ticket)) == (False, 1, EscalationPhase.REQUESTED)
    desk.review(ticket)
    assert desk.phase(ticket) is EscalationPhase.UNDER_REVIEW
    promised = desk.served.time.at + 3 * HOUR
    desk.accept(ticket, owner_id=owner, next_update_at=promised)
    assert desk.phase(ticket) is EscalationPhase.ACCEPTED
    card = desk.served.card(ticket)
    assert card.owner == "Ann Owner"
    assert [(clock.phase, clock.due_at) for clock in card.state.clocks if clock.kind is ClockKind.ETA] == [
        (ClockPhase.RUNNING, promised)
    ]
    desk.close(ticket, outcome="resolved")
    assert desk.phase(ticket) is EscalationPhase.CLOSED
    kinds = [entry.kind for entry in desk.served.journal() if entry.ticket_id == ticket]
    assert kinds == [
        "escalation_requested",
        "escalation_review_started",
        "escalation_accepted",
        "escalation_closed",
    ]
    subjects = {entry.subject_uid for entry in desk.served.journal() if entry.ticket_id == ticket}
    assert subjects == {desk.state(ticket).uid}
    assert desk.last().reason_code == "resolved"


@pytest.mark.parametrize(("plan", "channel"), VENDORS)
def test_a_request_may_be_withdrawn(desk: Escalating, plan: str, channel: str) -> None:
    ticket = desk.ticket(plan)
    desk.ask(ticket, channel)
    change = desk.withdraw(ticket)
    assert (desk.phase(ticket), desk.last().reason_code) == (EscalationPhase.WITHDRAWN, "asked_to_withdraw")
    assert desk.told(change) == []
    # What was taken back may be asked for again, at the same level.
    assert desk.ask(ticket, channel).level == 1


@pytest.mark.parametrize(("plan", "channel"), VENDORS)
def test_one_escalation_a_ticket_whatever_way_it_comes(desk: Escalating, plan: str, channel: str) -> None:
    ticket = desk.ticket(plan)
    desk.ask(ticket, channel, words="first")
    second = desk.ask(ticket, "account_team", words="their account manager called")
    assert (second.joined, second.level, second.told) == (True, 1, ())
    (waits,) = desk.waiting()
    assert (waits.words, [(each.channel, each.words) for each in waits.joined]) == (
        "first",
        [("account_team", "their account manager called")],
    )
    assert (desk.last().kind, desk.last().subject_uid) == ("escalation_joined", waits.escalation.uid)


def test_li_7_raised_to_level_4_and_no_further(desk: Escalating) -> None:
    ticket = desk.ticket("community/premium")
    for level, needs in [(1, ()), (2, ()), (3, ("analysis",)), (4, ("leader",))]:
        asked = desk.ask(ticket, "portal")
        assert (asked.joined, asked.level) == (False, level)
        assert desk.of_ticket(ticket).needs == needs
        for need in needs:
            with pytest.raises(UserError) as refused:
                desk.accept(ticket)
            assert refused.value.code == f"escalation_needs_{need}"
        given: dict[str, Any] = dict.fromkeys(needs, "Vic, the VP of Support")
        desk.accept(ticket, **given)
    found = desk.served.card(ticket).state.escalations
    assert [each.phase.value for each in found] == ["superseded", "superseded", "superseded", "accepted"]
    with pytest.raises(UserError) as refused:
        desk.ask(ticket, "portal")
    assert refused.value.code == "escalation_no_level_above"


def test_li_7_analysis_and_leader_are_kept_with_the_decision(desk: Escalating) -> None:
    ticket = desk.ticket("community/premium")
    for _ in range(3):
        desk.ask(ticket, "portal")
        change = desk.accept(ticket, analysis="The cause was seen too late")
    notes = [fact.t for fact in desk.served.facts(ticket) if fact.decision_uid == change.decision_uid]
    assert notes.count("analysis") == 1
    (kept,) = [
        message.body
        for message in desk.served.card(ticket).conversation
        if message.kind == FactKind.NOTE and message.decision_uid == change.decision_uid
    ]
    assert kept == "The cause was seen too late"


def test_od_10_after_an_answer_the_path_leads_one_level_up(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", product=PRODUCT)
    for level in (1, 2, 3):
        assert desk.ask(ticket, "phone").level == level
        desk.reject(ticket)
    with pytest.raises(UserError) as refused:
        desk.ask(ticket, "phone")
    assert refused.value.code == "escalation_no_level_above"


def test_a_product_without_a_path_has_one_level(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", product="Helm")
    for _ in range(2):
        assert desk.ask(ticket, "phone").level == 1
        desk.reject(ticket)


def test_li_11_an_outage_ends_the_request_without_a_reply(desk: Escalating) -> None:
    ticket = desk.ticket("community/premium", severity=3)
    desk.ask(ticket, "portal")
    before = len(desk.messages())
    desk.served.time.at += SECOND
    desk.db.write_now(
        lambda conn: desk.served.desk.severity.change(
            conn, ticket, 1, MANAGER, base_revision=desk.served.desk.db.revision(conn), words="all is down"
        )
    )
    assert (desk.phase(ticket), desk.waiting()) == (EscalationPhase.SUPERSEDED, [])
    assert len(desk.messages()) == before


def test_severity_4_is_recorded_and_decided_though_it_has_no_channel(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", severity=4)
    desk.ask(ticket, "phone")
    (waits,) = desk.waiting()
    assert waits.by_the_rules is False
    assert [channel.available_at for channel in waits.verdict.channels] == [None, None, None]
    desk.reject(ticket, reason_code="severity_not_escalated")
    assert desk.phase(ticket) is EscalationPhase.REJECTED


def test_li_5_the_review_clock_runs_until_the_decision(desk: Escalating) -> None:
    ticket = desk.ticket("community/premium", severity=3)
    desk.served.time.at = at("15T16:30")  # a Friday: half past four, so that the rest is on Monday
    desk.ask(ticket, "portal")
    due = at("18T11:30") + SECOND
    assert desk.of_ticket(ticket).review_due_at == due
    desk.served.time.at = at("18T09:30")
    desk.review(ticket)
    assert desk.of_ticket(ticket).review_due_at == due
    desk.served.time.at = at("18T11:00")
    desk.reject(ticket)
    (clock,) = [each for each in desk.served.card(ticket).state.clocks if each.kind is ClockKind.ESCALATION_REVIEW]
    assert (clock.phase, clock.stopped_at) == (ClockPhase.MET, desk.served.time.at)
    kept = desk.served.evidence(desk.last())
    assert kept["review_due_at"] == due


def test_who_has_not_been_answered_stands_first_then_by_review_due_then_by_age(desk: Escalating) -> None:
    plans = [("odin/gold", "phone"), ("community/premium", "portal"), ("odin/gold", "phone"), ("odin/gold", "phone")]
    tickets = [desk.ticket(plan, 3, number=f"T{number}") for number, (plan, _) in enumerate(plans)]
    for ticket, (_, channel) in zip(tickets, plans, strict=True):
        desk.ask(ticket, channel)
    desk.served.time.at += HOUR
    desk.served.support_writes(tickets[0], "12T13:00")
    assert [each.row.number for each in desk.waiting()] == ["T1", "T2", "T3", "T0"]
    assert [each.answered for each in desk.waiting()] == [False, False, False, True]


@pytest.mark.parametrize(("hours", "marked"), [(1, True), (30, False)])
def test_li_2_a_request_of_the_same_day_is_marked(desk: Escalating, hours: int, marked: bool) -> None:
    ticket = desk.ticket("community/premium", opened="12T11:30")
    desk.served.time.at = at("12T11:30") + hours * HOUR
    desk.ask(ticket, "portal")
    assert desk.of_ticket(ticket).same_day is marked


@pytest.mark.parametrize(("plan", "channel"), VENDORS)
@pytest.mark.parametrize("act", ["accept", "reject", "withdraw"])
def test_the_evidence_is_what_was_seen_and_the_preview_came_true(
    desk: Escalating, plan: str, channel: str, act: str
) -> None:
    ticket = desk.ticket(plan, 3)
    desk.ask(ticket, channel)
    desk.served.time.at += 20 * MINUTE
    before = desk.served.card(ticket, desk.served.time.at + SECOND)
    getattr(desk, act)(ticket)
    kept = desk.served.evidence(desk.last())
    after = desk.served.card(ticket, desk.served.time.at)
    assert kept["clocks"] == clocks_as_evidence(before.state.clocks)
    assert kept["verdict"] == verdict_as_evidence(before.verdict)
    assert kept["preview"] == clocks_as_evidence(after.state.clocks)
    assert kept["verdict_after"] == verdict_as_evidence(after.verdict)
    assert (kept["level"], kept["channel"], kept["facts"]) == (1, channel, [fact.uid for fact in before.facts])
