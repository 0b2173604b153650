"""Escalations: what waits, accepting and rejecting it, and what the journal keeps (OD-7 to OD-10)."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.decisions import Actor, Change
from console.domain.errors import ConflictError, UserError
from console.domain.facts import FactKind
from console.domain.instants import HOUR
from console.domain.rules import ClockKind
from console.domain.state import ClockPhase, EscalationPhase
from console.services.escalating.escalations import EscalationRequest, RequestOutcome
from console.services.past_desk import as_it_was, undecided_then
from console.services.standing import clocks_as_evidence, verdict_as_evidence
from console.store.database import Connection
from tests.services.served_desk import MANAGER, OTHER, ServedDesk, at


def waiting(served: ServedDesk) -> list[EscalationRequest]:
    return served.desk.db.read_now(served.desk.escalations.waiting)


def of_ticket(served: ServedDesk, ticket: int) -> EscalationRequest:
    return served.desk.db.read_now(lambda conn: served.desk.escalations.of_ticket(conn, ticket))


def ask(served: ServedDesk, ticket: int, channel: str = "phone", words: str = "We wait") -> RequestOutcome:
    return served.desk.db.write_now(lambda conn: served.desk.escalations.request(conn, ticket, channel, words))


def accept(served: ServedDesk, ticket: int, actor: Actor = MANAGER, **values: Any) -> Change:
    usual: dict[str, Any] = {
        "base_revision": served.revision(),
        "plan_of_action": "A senior engineer calls",
        "next_update_at": None,
    }
    given = usual | values
    given["next_update_at"] = given["next_update_at"] or served.time.at + 2 * HOUR
    return served.desk.db.write_now(lambda conn: served.desk.escalations.accept(conn, ticket, actor, **given))


def reject(served: ServedDesk, ticket: int, actor: Actor = MANAGER, **values: Any) -> Change:
    given: dict[str, Any] = {"base_revision": served.revision(), "words": "The ETA holds"} | values
    return served.desk.db.write_now(lambda conn: served.desk.escalations.reject(conn, ticket, actor, **given))


def test_a_call_is_recorded_waits_and_is_accepted_with_a_promise(served: ServedDesk) -> None:
    ticket = served.ticket(opened="12T09:00")
    ask(served, ticket, words="Our shop is closed")
    (found,) = waiting(served)
    assert (found.row.number, found.words, found.escalation.channel) == ("T1", "Our shop is closed", "phone")

    accept(served, ticket, next_update_at=at("12T15:30"))
    assert waiting(served) == []
    state = served.card(ticket).state
    assert state.escalation is not None
    # Asked at the same instant: what is decided later comes later.
    assert (state.escalation.phase, state.escalation.decided_at) == (EscalationPhase.ACCEPTED, served.time.at + 1)
    promise = next(clock for clock in state.clocks if clock.kind is ClockKind.ETA)
    assert (promise.due_at, promise.phase) == (at("12T15:30"), ClockPhase.RUNNING)
    assert served.row(ticket).escalation == "accepted"


def test_a_rejection_keeps_code_and_words(served: ServedDesk) -> None:
    ticket = served.ticket()
    served.asks(ticket, "12T11:00", "button")
    asked = of_ticket(served, ticket)
    reject(served, ticket, reason_code="work_on_schedule", words=" Promised for 16:00 ")
    assert waiting(served) == []
    (entry,) = served.journal()
    assert (entry.kind, entry.reason_code, entry.words) == (
        "escalation_rejected",
        "work_on_schedule",
        "Promised for 16:00",
    )
    assert entry.subject_uid == asked.escalation.uid
    decided = served.facts(ticket)[-1]
    assert (decided.kind, decided.t, decided.decision_uid) == (
        FactKind.ESCALATION_REJECTED,
        "work_on_schedule",
        entry.uid,
    )


def test_the_oldest_request_comes_first(served: ServedDesk) -> None:
    late, early = served.ticket("T1"), served.ticket("T2")
    served.asks(late, "12T11:30")
    served.asks(early, "12T10:30")
    assert [each.row.number for each in waiting(served)] == ["T2", "T1"]


def test_a_second_request_joins_the_first(served: ServedDesk) -> None:
    ticket = served.ticket()
    served.asks(ticket, "12T11:00", "button")
    ask(served, ticket, "phone")
    (found,) = waiting(served)
    assert (found.escalation.channel, found.escalation.requested_at) == ("button", at("12T11:00"))
    assert served.facts(ticket)[-1].kind == FactKind.ESCALATION_JOINED


def test_after_a_decision_one_may_ask_again(served: ServedDesk) -> None:
    ticket = served.ticket()
    served.asks(ticket, "12T11:00")
    reject(served, ticket)
    served.time.at = at("12T13:00")
    ask(served, ticket)
    assert [each.escalation.requested_at for each in waiting(served)] == [at("12T13:00")]


@pytest.mark.parametrize(
    ("asked", "by_the_rules"),
    [("12T09:29", False), ("12T09:30", True)],
)
def test_a_request_before_its_time_is_recorded_and_marked(served: ServedDesk, asked: str, by_the_rules: bool) -> None:
    # OD-7: severity 1 by phone an hour after the last message of support.
    ticket = served.ticket(opened="12T08:00", severity=1)
    served.support_writes(ticket, "12T08:30")
    served.time.at = at(asked)
    ask(served, ticket)
    assert [each.by_the_rules for each in waiting(served)] == [by_the_rules]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"plan_of_action": "  "}, "plan_of_action_missing"),
        ({"next_update_at": at("12T12:00")}, "next_update_past"),
        ({"reason_code": "nope"}, "reason_unknown"),
    ],
)
def test_what_is_missing_for_accepting(served: ServedDesk, values: dict[str, Any], code: str) -> None:
    ticket = served.ticket()
    served.asks(ticket, "12T11:00")
    before = served.everything()
    with pytest.raises(UserError) as refused:
        accept(served, ticket, **values)
    assert refused.value.code == code
    assert served.everything() == before


@pytest.mark.parametrize(
    ("values", "code"), [({"words": "\n"}, "words_missing"), ({"reason_code": "response_delayed"}, "reason_unknown")]
)
def test_what_is_missing_for_rejecting(served: ServedDesk, values: dict[str, Any], code: str) -> None:
    ticket = served.ticket()
    served.asks(ticket, "12T11:00")
    before = served.everything()
    with pytest.raises(UserError) as refused:
        reject(served, ticket, **values)
    assert refused.value.code == code
    assert served.everything() == before


@pytest.mark.parametrize(("channel", "words", "code"), [("fax", "x", "channel_unknown"), ("chat", "", "words_missing")])
def test_a_request_that_says_nothing_is_refused(served: ServedDesk, channel: str, words: str, code: str) -> None:
    ticket = served.ticket()
    before = served.everything()
    with pytest.raises(UserError) as refused:
        ask(served, ticket, channel, words)
    assert refused.value.code == code
    assert served.everything() == before


@pytest.mark.parametrize("decide", [accept, reject])
def test_nothing_to_decide(served: ServedDesk, decide: Any) -> None:
    ticket = served.ticket()
    before = served.everything()
    for call in (lambda: decide(served, ticket), lambda: of_ticket(served, ticket)):
        with pytest.raises(UserError) as refused:
            call()
        assert (refused.value.code, refused.value.values["ticket"]) == ("nothing_to_decide", "T1")
    assert served.everything() == before


@pytest.mark.parametrize("decide", [accept, reject])
def test_the_second_of_two_managers_is_told(served: ServedDesk, decide: Any) -> None:
    ticket = served.ticket()
    served.asks(ticket, "12T11:00")
    base = of_ticket(served, ticket).base_revision
    reject(served, ticket, OTHER)
    before = served.everything()
    with pytest.raises(ConflictError) as refused:
        decide(served, ticket, base_revision=base)
    assert (refused.value.values["who"], refused.value.values["what"]) == ("Otto", "escalation_rejected")
    assert served.everything() == before


@pytest.mark.parametrize("decide", [accept, reject])
def test_the_evidence_is_what_the_manager_saw_and_its_preview_came_true(served: ServedDesk, decide: Any) -> None:
    ticket = served.ticket(severity=2)
    served.support_writes(ticket, "12T10:30")
    served.asks(ticket, "12T11:00")
    seen = of_ticket(served, ticket)
    more = {"against_verdict": "They lose their shop"} if decide is accept else {}
    decide(served, ticket, **more)
    (entry,) = served.journal()
    kept = served.evidence(entry)
    assert kept["clocks"] == clocks_as_evidence(seen.state.clocks)
    assert kept["verdict"] == verdict_as_evidence(seen.verdict)
    assert kept["preview"] == clocks_as_evidence(served.card(ticket).state.clocks)
    assert (entry.base_revision, entry.reason_code is not None) == (seen.base_revision, True)


def test_what_waited_then_is_listed_as_of_then(served: ServedDesk) -> None:
    ticket = served.ticket(severity=2)
    served.asks(ticket, "12T11:00")
    then = waiting(served)
    noon = served.time.at
    served.time.at = at("12T13:00")
    reject(served, ticket)

    def read(conn: Connection, instant: int) -> list[EscalationRequest]:
        desk = as_it_was(served.desk, instant)
        return desk.escalations.among(conn, undecided_then(conn, desk))

    (found,) = served.desk.db.read_now(lambda conn: read(conn, noon))
    assert (found.escalation, found.words, found.verdict) == (then[0].escalation, then[0].words, then[0].verdict)
    assert served.desk.db.read_now(lambda conn: read(conn, at("12T10:59"))) == []
    assert waiting(served) == []
