"""Stories of tickets under the shipped Odin pack, in September 2017."""

from __future__ import annotations

from console.domain.compile import CompiledBook
from console.domain.eligibility import ChannelVerdict, Verdict, verdict
from console.domain.facts import ActorKind, Fact, FactKind
from console.domain.fold import fold
from console.domain.instants import format_instant
from console.domain.rules import ClockKind
from console.domain.state import ClockState, TicketState
from tests.domain.small_policy import Story, at


class OdinStory(Story):
    """A ticket of the Odin pack; `plan` none: a ticket that names no plan."""

    def __init__(self, opened: str, severity: int | None = 2, plan: str | None = "gold") -> None:
        super().__init__(opened, severity, plan=None)
        if plan is not None:
            self.add(opened, FactKind.PLAN_SET, t=f"odin/{plan}")

    def eta(self, when: str, due: str, promise: str = "resolution") -> Fact:
        return self.add(when, FactKind.ETA_SET, a=at(due), t=promise, actor_kind=ActorKind.AGENT)

    def notified(self, when: str) -> Fact:
        return self.add(when, FactKind.SOLUTION_NOTIFIED, actor_kind=ActorKind.AGENT)


def state_at(story: Story, when: str, book: CompiledBook) -> TicketState:
    return fold(story.facts, book, at(when))


def verdict_at(story: Story, when: str, book: CompiledBook) -> Verdict:
    state = state_at(story, when, book)
    pack, rules = book.pack(state.pack, at(when)), book.rules(state.pack, state.created_at)
    assert pack is not None
    assert rules is not None
    return verdict(state, pack, rules, at(when))


def channel_at(story: Story, channel: str, when: str, book: CompiledBook) -> ChannelVerdict:
    found = verdict_at(story, when, book).channel(channel)
    assert found is not None
    return found


def clock(state: TicketState, kind: ClockKind) -> ClockState:
    """The newest clock of this kind."""
    return max((clock for clock in state.clocks if clock.kind is kind), key=lambda clock: clock.cycle)


def short(instant: int | None) -> str | None:
    """'DDTHH:MM' of an instant in the month of the stories."""
    return None if instant is None else format_instant(instant)[8:16]


def rule_instants(found: ChannelVerdict) -> dict[str, str | None]:
    """The instant of each rule by its id."""
    return {rule.rule: short(rule.at) for rule in found.rules}
