"""A ticket that goes from one pack to another, whose calendars have one code and different hours."""

from __future__ import annotations

from typing import Any

from console.domain.compile import CompiledBook
from console.domain.facts import ActorKind, FactKind
from console.domain.fold import fold
from console.domain.policy import Pack
from console.domain.rules import ClockKind
from console.domain.state import ClockPhase, ClockState
from tests.domain.packs import adopted, book, changed, pack_text, shipped
from tests.domain.small_policy import Story, at

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def round_the_clock(*, holiday: bool) -> Pack:
    """A copy of the analytics pack whose calendar of the same code never closes, but on a holiday far off."""

    def change(values: dict[str, Any]) -> None:
        values["code"] = "other"
        values["calendars"][0]["hours"]["week"] = {day: [["00:00", "24:00"]] for day in WEEK}
        if holiday:
            values["calendars"][0]["hours"]["holidays"] = ["2017-09-30"]

    return changed(change, pack_text("analytics"))


def answer(*, adopts: bool) -> ClockState:
    office = adopted(shipped("analytics"), at("01T00:00"), revision_id=1, first_calendar_id=10)
    other = adopted(round_the_clock(holiday=False), at("01T00:00"), revision_id=2, first_calendar_id=20)
    later = adopted(round_the_clock(holiday=True), at("13T05:00"), revision_id=3, first_calendar_id=30)
    found: CompiledBook = book(office, other, later) if adopts else book(office, other)
    story = Story("12T14:00", 3, plan=None)
    story.facts[0] = story.facts[0]._replace(actor_kind=ActorKind.CUSTOMER)
    story.add("12T14:00", FactKind.PLAN_SET, t="analytics/marketing_data")
    story.customer("12T14:00")
    story.add("13T04:00", FactKind.PLAN_SET, t="other/marketing_data")
    clocks = fold(story.facts, found, at("13T06:00")).clocks
    return next(clock for clock in clocks if clock.kind is ClockKind.NEXT_RESPONSE)


def test_what_was_counted_under_one_pack_is_not_counted_anew_by_the_calendars_of_another() -> None:
    without, adopting = answer(adopts=False), answer(adopts=True)
    # One hour of the first day until 17:00 UTC+2, then round the clock: seven of eight hours from 04:00 on.
    assert (without.phase, without.due_at) == (ClockPhase.RUNNING, at("13T11:00"))
    assert (adopting.phase, adopting.due_at) == (ClockPhase.RUNNING, at("13T11:00"))
