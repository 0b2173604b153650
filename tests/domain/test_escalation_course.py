"""What becomes of a request when its ticket ends before it is decided (CR-31)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.domain.facts import FactKind
from console.domain.order import without_voided
from console.domain.rules import ClockKind
from console.domain.state import ClockPhase, EscalationPhase
from tests.domain.odin_story import OdinStory, state_at
from tests.domain.packs import desk_of, odin_book, shipped
from tests.domain.vendor_stories import VendorStory, clocks, minute

DESK = desk_of(shipped("community"))


def case() -> VendorStory:
    """Monday 2026-11-23 09:00, escalated on Tuesday at 09:00, so to be reviewed by 13:00."""
    story = VendorStory("2026-11-23T09:00", "community", "premium", severity=2)
    story.escalate("2026-11-24T09:00")
    return story


def close(story: VendorStory, when: str) -> None:
    story.status(when, "closed")


def merge(story: VendorStory, when: str) -> None:
    story.add(when, FactKind.MERGED_INTO, a=7)


def phase(story: VendorStory, when: str) -> EscalationPhase | None:
    escalation = story.at(when, DESK).escalation
    return None if escalation is None else escalation.phase


@pytest.mark.parametrize("end", [close, merge])
@pytest.mark.parametrize("reviewed", [False, True])
def test_closing_supersedes_what_nobody_decided(end: Callable[[VendorStory, str], None], reviewed: bool) -> None:
    story = case()
    if reviewed:
        story.decide("2026-11-24T09:30", FactKind.REVIEW_STARTED)
    end(story, "2026-11-24T10:00")
    assert phase(story, "2026-11-24T09:59") in (EscalationPhase.REQUESTED, EscalationPhase.UNDER_REVIEW)
    assert phase(story, "2026-11-24T10:00") is EscalationPhase.SUPERSEDED
    (review,) = clocks(story.at("2026-11-24T15:00", DESK), ClockKind.ESCALATION_REVIEW)
    assert (review.phase, minute(review.stopped_at)) == (ClockPhase.STOPPED, "2026-11-24T10:00")
    # Neither the request nor its review returns; a decision that comes all the same decides nothing.
    story.status("2026-11-24T11:00", "open")
    story.decide("2026-11-24T12:00", FactKind.ESCALATION_ACCEPTED)
    assert phase(story, "2026-11-25T11:00") is EscalationPhase.SUPERSEDED
    (review,) = clocks(story.at("2026-11-25T11:00", DESK), ClockKind.ESCALATION_REVIEW)
    assert (review.phase, review.breached_at) == (ClockPhase.STOPPED, None)
    # Who still wants it asks again.
    story.escalate("2026-11-25T12:00")
    assert phase(story, "2026-11-25T12:00") is EscalationPhase.REQUESTED


def test_a_breach_of_the_review_stays() -> None:
    story = case()
    close(story, "2026-11-24T14:00")
    (review,) = clocks(story.at("2026-11-24T15:00", DESK), ClockKind.ESCALATION_REVIEW)
    assert (review.phase, minute(review.breached_at)) == (ClockPhase.MISSED, "2026-11-24T13:00")


def test_an_accepted_escalation_outlives_the_closing() -> None:
    story = case()
    story.decide("2026-11-24T10:00", FactKind.ESCALATION_ACCEPTED)
    close(story, "2026-11-24T11:00")
    assert phase(story, "2026-11-24T12:00") is EscalationPhase.ACCEPTED
    story.decide("2026-11-24T13:00", FactKind.ESCALATION_CLOSED)
    assert phase(story, "2026-11-24T13:00") is EscalationPhase.CLOSED


def test_a_rejected_one_stays_rejected() -> None:
    story = case()
    story.decide("2026-11-24T10:00", FactKind.ESCALATION_REJECTED)
    close(story, "2026-11-24T11:00")
    assert phase(story, "2026-11-24T12:00") is EscalationPhase.REJECTED


def test_a_closing_by_time_alone_supersedes_too() -> None:
    story = OdinStory("01T08:00", 2, "gold")
    story.status("01T09:00", "resolved")
    story.notified("01T09:00")
    story.add("02T09:00", FactKind.ESCALATION_REQUESTED, a=1, t="phone")
    before, after = state_at(story, "15T08:59", odin_book()), state_at(story, "15T09:00", odin_book())
    assert before.escalation is not None
    assert after.escalation is not None
    assert (before.escalation.phase, after.escalation.phase) == (
        EscalationPhase.REQUESTED,
        EscalationPhase.SUPERSEDED,
    )


def test_a_closing_that_is_voided_brings_the_request_back() -> None:
    story = case()
    closing = story.status("2026-11-24T10:00", "closed")
    story.add("2026-11-24T10:30", FactKind.VOID, t=closing.uid)
    assert closing not in without_voided(story.facts, story.facts[-1].at)
    assert phase(story, "2026-11-24T11:00") is EscalationPhase.REQUESTED
