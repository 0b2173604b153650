"""Stories of cases of the community vendor and of tickets of the analytics vendor, under the shipped packs."""

from __future__ import annotations

from itertools import count

from console.domain.compile import CompiledBook
from console.domain.eligibility import ChannelVerdict, verdict
from console.domain.facts import ActorKind, Fact, FactKind
from console.domain.fold import fold
from console.domain.instants import format_instant, parse_instant
from console.domain.rules import ClockKind
from console.domain.state import ClockState, TicketState


def instant(text: str) -> int:
    """Microseconds of 'YYYY-MM-DDTHH:MM', UTC."""
    return parse_instant(f"{text}Z")


class VendorStory:
    """Facts of one ticket of `pack`; instants are 'YYYY-MM-DDTHH:MM', UTC."""

    def __init__(self, opened: str, pack: str, plan: str, severity: int | None = None) -> None:
        self._numbers = count(1)
        self.facts: list[Fact] = []
        self.add(opened, FactKind.OPENED, a=severity, actor_kind=ActorKind.CUSTOMER)
        self.add(opened, FactKind.PLAN_SET, t=f"{pack}/{plan}")

    def add(self, when: str, kind: FactKind, **values: object) -> Fact:
        fact = Fact(instant(when), 0, f"f{next(self._numbers):04}", kind, **values)  # type: ignore[arg-type]
        self.facts.append(fact)
        return fact

    def customer(self, when: str) -> Fact:
        return self.add(when, FactKind.MESSAGE, a=1, b=0, actor_kind=ActorKind.CUSTOMER)

    def support(self, when: str, automatic: bool = False, public: bool = True) -> Fact:
        return self.add(when, FactKind.MESSAGE, a=int(public), b=int(automatic), actor_kind=ActorKind.AGENT)

    def status(self, when: str, status: str) -> Fact:
        return self.add(when, FactKind.STATUS_SET, t=status, a=0, actor_kind=ActorKind.AGENT)

    def severity(self, when: str, to: int) -> Fact:
        return self.add(when, FactKind.SEVERITY_SET, a=to, actor_kind=ActorKind.CUSTOMER)

    def priority(self, when: str, level: int) -> Fact:
        return self.add(when, FactKind.CUSTOMER_PRIORITY_SET, a=level, actor_kind=ActorKind.CUSTOMER)

    def escalate(self, when: str, level: int = 1, who: int = 1) -> Fact:
        return self.add(
            when,
            FactKind.ESCALATION_REQUESTED,
            a=level,
            t="portal",
            actor_kind=ActorKind.CUSTOMER,
            actor_id=who,
        )

    def decide(self, when: str, kind: FactKind) -> Fact:
        return self.add(when, kind, actor_kind=ActorKind.MANAGER)

    def at(self, when: str, book: CompiledBook) -> TicketState:
        return fold(self.facts, book, instant(when))

    def channel(self, when: str, book: CompiledBook, channel: str = "portal") -> ChannelVerdict:
        state = self.at(when, book)
        pack, rules = book.pack(state.pack, instant(when)), book.rules(state.pack, state.created_at)
        assert pack is not None
        assert rules is not None
        found = verdict(state, pack, rules, instant(when)).channel(channel)
        assert found is not None
        return found


def clocks(state: TicketState, kind: ClockKind) -> list[ClockState]:
    """The clocks of one kind, the oldest first."""
    return [clock for clock in state.clocks if clock.kind is kind]


def minute(found: int | None) -> str | None:
    """'YYYY-MM-DDTHH:MM' of an instant that falls on a minute."""
    return None if found is None else format_instant(found).removesuffix(":00Z")
