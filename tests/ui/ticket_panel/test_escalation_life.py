"""What the panel says of a ticket's escalations, from the request to its end."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from console.domain.decisions import Actor
from console.domain.facts import ActorKind, Fact
from console.domain.rows import Message
from tests.domain.packs import odin, shipped
from tests.ui.example_card import K, at, card, fact, opened
from ui.ticket_panel.escalation_life import life
from ui.ticket_panel.verdict_words import no_way

KYIV = ZoneInfo("Europe/Kyiv")
MARA = Actor("Mara", "shift_manager")
ASKED = [*opened(2), fact(1, K.PRODUCT_SET, t="Plesk Automation"), fact(30, K.ESCALATION_REQUESTED, a=1, t="phone")]


def by_mara(kind: K, minutes: int, value: int | None = None) -> Message:
    return Message(at(minutes), kind, False, False, ActorKind.MANAGER, "Mara", "Words", "d1", value)


def said(facts: list[Fact], now: int, *decided: Message) -> list[str]:
    return [line.text for line in life(card(facts, now, conversation=decided), KYIV, now)]


def test_nobody_asked() -> None:
    assert said(opened(2), at(60)) == []


def test_a_request_names_who_is_told_if_it_is_accepted() -> None:
    assert said(ASKED, at(60)) == [
        "Level 1 by Phone since 11:30, 30 m ago",
        "Accepting it tells: Shift manager on duty",
    ]


def test_what_joined_and_since_when_it_is_reviewed() -> None:
    facts = [*ASKED, *(fact(40 + each, K.ESCALATION_JOINED, t="chat") for each in range(5)), fact(50, K.REVIEW_STARTED)]
    lines = said(facts, at(60))
    assert lines[1] == "Under review since 11:50"
    assert lines[2:6] == [
        "2 more requests joined before",
        "Joined by Chat at 11:42",
        "Joined by Chat at 11:43",
        "Joined by Chat at 11:44",
    ]


def test_a_voided_join_is_none() -> None:
    joined = fact(40, K.ESCALATION_JOINED, t="chat")
    assert not any("Joined" in line for line in said([*ASKED, joined, fact(45, K.VOID, t=joined.uid)], at(60)))


@pytest.mark.parametrize(
    ("now", "line"),
    [
        (60, "Next update 13:00, in 1 h 0 m"),
        (130, "✗ Next update overdue since 13:00, by 10 m"),
    ],
)
def test_an_accepted_one_shows_its_promise(now: int, line: str) -> None:
    facts = [*ASKED, fact(50, K.ESCALATION_ACCEPTED, a=at(120)), fact(50, K.ETA_SET, a=at(120), t="update")]
    lines = said(facts, at(now), by_mara(K.ESCALATION_ACCEPTED, 50, at(120)))
    assert lines[:2] == ["Level 1 accepted at 11:50 by Mara", line]
    assert lines[2].startswith("Told: ")


def test_an_update_that_was_given_is_owed_no_more() -> None:
    facts = [*ASKED, fact(50, K.ESCALATION_ACCEPTED, a=at(120)), fact(50, K.ETA_SET, a=at(120), t="update")]
    lines = said([*facts, fact(100, K.ETA_SET, a=at(400), t="resolution")], at(110))
    assert "The update promised for 13:00 is no longer owed" in lines


def test_what_came_before_stays_in_sight() -> None:
    facts = [*ASKED, fact(50, K.ESCALATION_REJECTED, t="other"), fact(55, K.ESCALATION_REQUESTED, a=2, t="phone")]
    lines = said(facts, at(60), by_mara(K.ESCALATION_REJECTED, 50))
    assert lines[0] == "Level 2 by Phone since 11:55, 5 m ago"
    assert lines[-1] == "Before: level 1 rejected at 11:50 by Mara"


def test_a_closed_one_says_when_it_closed() -> None:
    facts = [*ASKED, fact(50, K.ESCALATION_ACCEPTED, a=at(120)), fact(90, K.ESCALATION_CLOSED, t="solved")]
    assert said(facts, at(100))[0] == "Level 1 closed at 12:30"


@pytest.mark.parametrize("severity", [1, 2, 3])
def test_odin_escalates_severities_1_to_3(severity: int) -> None:
    assert no_way(odin(), severity) is None


def test_severity_4_of_odin_has_no_escalation() -> None:
    assert no_way(odin(), 4) == "Severity 4 is not escalated (OD-7)."


def test_an_outage_of_the_community_vendor_goes_by_the_outage_line() -> None:
    said = no_way(shipped("community"), 1)
    assert said == (
        "An outage has its own process: call the on-call team, or use the outage alias. "
        "An escalation does not replace it. (LI-4)"
    )
    assert no_way(shipped("community"), 2) is None
    assert no_way(shipped("community"), None) is None
