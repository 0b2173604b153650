"""What a decision about an escalation must say, who may take it, and what is refused with nothing written."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.decisions import Actor
from console.domain.errors import ConflictError, UserError
from console.domain.facts import FactKind
from tests.services.escalating import Escalating
from tests.services.served_desk import ENGINEER, OTHER, ServedDesk

CSM = "role:customer_success_manager"
VIEWER = Actor("Vera", "viewer", os_user="vera")


@pytest.fixture
def desk(served: ServedDesk) -> Escalating:
    return Escalating(served)


def test_accepting_what_the_rules_do_not_allow_needs_a_reason_that_says_so(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", severity=4)
    desk.ask(ticket, "phone")
    lacking: list[dict[str, Any]] = [{}, {"reason_code": "business_need"}, {"against_verdict": "  "}]
    for values in lacking:
        before = desk.served.everything()
        with pytest.raises(UserError) as refused:
            desk.accept(ticket, **values)
        assert refused.value.code == "escalation_against_verdict"
        assert refused.value.values["expected"] == "before_time"
        assert desk.served.everything() == before
    desk.accept(ticket, reason_code="business_need", against_verdict="Their biggest fair is tomorrow")
    kept = desk.served.evidence(desk.last())
    assert (kept["against_verdict"], desk.last().reason_code) == (True, "business_need")
    said = [each.body for each in desk.served.card(ticket).conversation if each.kind == FactKind.NOTE]
    assert said == ["Their biggest fair is tomorrow"]
    (note,) = [fact.t for fact in desk.served.facts(ticket) if fact.kind == FactKind.NOTE]
    assert note == "against_verdict"


def test_the_pack_reason_alone_says_it_and_is_untrue_where_the_rules_allow(desk: Escalating) -> None:
    early, late = desk.ticket("odin/gold", 4, number="T1"), desk.ticket("odin/gold", 3, number="T2")
    for ticket in (early, late):
        desk.ask(ticket, "phone")
    desk.accept(early, reason_code="before_time")
    assert desk.of_ticket(late).by_the_rules is True
    with pytest.raises(UserError) as refused:
        desk.accept(late, reason_code="before_time")
    assert refused.value.code == "reason_unknown"
    desk.accept(late)
    assert desk.served.evidence(desk.last())["against_verdict"] is False


def test_rejecting_what_the_rules_allow_is_marked_in_the_evidence(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    desk.ask(ticket, "phone")
    desk.reject(ticket, reason_code="work_on_schedule")
    assert desk.served.evidence(desk.last())["against_verdict"] is True


@pytest.mark.parametrize("code", ["not_yet_available", "severity_not_escalated", "waiting_for_requestor"])
def test_what_the_rules_allow_is_not_rejected_as_what_they_do_not(desk: Escalating, code: str) -> None:
    ticket = desk.ticket("odin/gold", 3)
    desk.ask(ticket, "phone")
    before = desk.served.everything()
    with pytest.raises(UserError) as refused:
        desk.reject(ticket, reason_code=code)
    assert refused.value.code == "reason_claims_rule"
    assert refused.value.values["expected"] == "work_on_schedule, separate_issue, other, no_need"
    assert desk.served.everything() == before


@pytest.mark.parametrize("act", ["accept", "reject", "review", "withdraw", "close"])
@pytest.mark.parametrize("actor", [ENGINEER, VIEWER])
def test_who_may_not_decide_is_refused(desk: Escalating, act: str, actor: Actor) -> None:
    ticket = desk.ticket("odin/gold", 3)
    desk.ask(ticket, "phone")
    before = desk.served.everything()
    with pytest.raises(UserError) as refused:
        getattr(desk, act)(ticket, actor)
    assert refused.value.code == "role_may_not"
    assert desk.served.everything() == before


def test_an_engineer_records_a_request_and_a_viewer_does_not(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    with pytest.raises(UserError) as refused:
        desk.ask(ticket, "phone", VIEWER)
    assert refused.value.code == "role_may_not"
    desk.ask(ticket, "phone", ENGINEER)
    assert (desk.last().actor, desk.last().role) == ("Egon", "support_engineer")


def test_a_request_that_nobody_recorded_is_the_customers(desk: Escalating) -> None:
    ticket, who = desk.ticket("odin/gold", 3), desk.person("Anna Petrova")
    desk.ask(ticket, "button", None, person_id=who)
    # The journal keeps no name of a customer: it could not be erased.
    assert (desk.last().actor, desk.last().role) == ("customer", "customer")
    assert desk.of_ticket(ticket).asked_by == "Anna Petrova"


def test_a_reason_for_asking_is_one_of_the_pack(desk: Escalating) -> None:
    ticket = desk.ticket("community/premium")
    with pytest.raises(UserError) as refused:
        desk.ask(ticket, "portal", reason_code="whim")
    assert refused.value.code == "reason_unknown"
    desk.ask(ticket, "portal", reason_code="sla_missed")
    assert desk.last().reason_code == "sla_missed"


@pytest.mark.parametrize(
    ("act", "values", "code"),
    [
        ("close", {}, "escalation_not_accepted"),
        ("withdraw", {"words": " "}, "words_missing"),
        ("withdraw", {"reason_code": "nope"}, "reason_unknown"),
        ("accept", {"owner_id": 999}, "person_unknown"),
        ("accept", {"reply": "\n"}, "reply_missing"),
        ("reject", {"reply": "Subject: only a subject"}, "reply_missing"),
    ],
)
def test_what_is_refused(desk: Escalating, act: str, values: dict[str, Any], code: str) -> None:
    ticket = desk.ticket("odin/gold", 3)
    desk.ask(ticket, "phone")
    before = desk.served.everything()
    with pytest.raises(UserError) as refused:
        getattr(desk, act)(ticket, **values)
    assert refused.value.code == code
    assert desk.served.everything() == before


def test_an_outcome_is_one_of_the_pack(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    desk.ask(ticket, "phone")
    desk.accept(ticket)
    with pytest.raises(UserError) as refused:
        desk.close(ticket, outcome="won")
    assert refused.value.code == "reason_unknown"
    desk.close(ticket, outcome="nothing_more")
    assert desk.served.facts(ticket)[-1].t == "nothing_more"


def test_a_review_is_started_once(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    desk.ask(ticket, "phone")
    desk.review(ticket)
    with pytest.raises(UserError) as refused:
        desk.review(ticket, OTHER)
    assert refused.value.code == "review_started_already"
    # That somebody looks at it does not refuse the decision of another.
    desk.reject(ticket, OTHER)
    assert desk.last().actor == "Otto"


@pytest.mark.parametrize("act", ["accept", "reject", "withdraw"])
def test_who_comes_second_is_told_by_whom(desk: Escalating, act: str) -> None:
    ticket = desk.ticket("odin/gold", 3)
    desk.ask(ticket, "phone")
    seen = desk.of_ticket(ticket).base_revision
    desk.reject(ticket, OTHER)
    before = desk.served.everything()
    with pytest.raises(ConflictError) as refused:
        getattr(desk, act)(ticket, base_revision=seen)
    assert (refused.value.values["who"], refused.value.values["what"]) == ("Otto", "escalation_rejected")
    assert desk.served.everything() == before


def test_od_15_credentials_do_not_get_into_a_request(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    asked = desk.ask(ticket, "button", words="Log in yourself:\npassword: hunter2")
    assert asked.stripped == 1
    assert desk.of_ticket(ticket).words == desk.last().words == "Log in yourself:\npassword: […]"
    assert "hunter2" not in "".join(message.text or "" for message in desk.messages())


def test_evidence_holds_no_name_and_no_words_of_people(desk: Escalating) -> None:
    ticket, who = desk.ticket("community/premium", 3), desk.person("Anna Petrova")
    desk.ask(ticket, "portal", person_id=who, words="It burns at Petrova's")
    desk.accept(ticket, plan_of_action="Call Petrova", analysis="Petrova waited", against_verdict="Petrova is right")
    kept = desk.served.evidence(desk.last())
    assert "Petrova" not in str(kept)
    assert kept["told"] == [f"person:{who}", "role:senior_support_engineers", "role:team_leads", "role:managers", CSM]
