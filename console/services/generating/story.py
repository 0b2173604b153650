"""The life of one made-up ticket from its opening up to now, as facts.

Nothing here is random but the source that is handed in, so the same seed and the same now give the same facts.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from console.domain.facts import ActorKind, FactKind
from console.domain.instants import DAY, HOUR, MINUTE, SECOND
from console.domain.rules import ClockKind, Rules
from console.services.generating import letters
from console.services.generating.letters import Writer
from console.services.generating.people import ENGINEERS, MANAGERS, PACK, MadeCustomer
from console.services.generating.topics import topic_for

SEVERITY_SHARES = (3, 16, 56, 25)
CHANNELS = (("web", 70), ("phone", 16), ("chat", 14))
LATE = 0.045  # of the promises, so that a desk has breaches and does not drown in them


class StoryFact(NamedTuple):
    """A fact with names where the database has ids: `person` of the actor, `name` of a new owner or group."""

    at: int
    kind: FactKind
    a: int | None = None
    b: int | None = None
    t: str | None = None
    actor_kind: ActorKind = ActorKind.SYSTEM
    person: str | None = None
    text: str | None = None
    name: str | None = None


class Story:
    """One ticket. `facts` are in the order in which they happened and none is after `now` (microseconds UTC)."""

    def __init__(
        self,
        rng: Random,
        rules: Rules,
        customer: MadeCustomer,
        opened: int,
        now: int,
        unanswered: float | None = None,
    ) -> None:
        """`unanswered`: nobody answered yet, and this share of the promised time has passed; `opened` follows."""
        self.customer = customer
        self.opened = opened
        self.facts: list[StoryFact] = []
        self.severity = rng.choices((1, 2, 3, 4), SEVERITY_SHARES)[0]
        self.contact = rng.choice(customer.contacts)
        self.engineer = rng.choice(ENGINEERS)
        self.closed = False
        self.waiting = False
        self.answered_at: int | None = None
        self._rng = rng
        self._rules = rules
        self._now = now
        self._unanswered = unanswered
        if unanswered is not None:
            promised = self._promise(ClockKind.FIRST_RESPONSE, 2 * HOUR)
            self.opened = now - self._seconds(promised * unanswered)
        self.group, topic = topic_for(rng, self.severity)
        self.writer = Writer(rng, topic, self.contact)
        self.channel = rng.choices([name for name, _ in CHANNELS], [share for _, share in CHANNELS])[0]
        self._live()
        self.in_order()

    def in_order(self) -> None:
        """Sort the facts by instant; those of one instant keep their order."""
        self.facts.sort(key=lambda fact: fact.at)

    def add(
        self,
        at: int,
        kind: FactKind,
        actor_kind: ActorKind = ActorKind.SYSTEM,
        *,
        a: int | None = None,
        t: str | None = None,
        text: str | None = None,
        name: str | None = None,
        person: str | None = None,
    ) -> None:
        """Add a fact; what would be after now did not happen yet. The person is the usual one of the actor kind."""
        if at > self._now:
            return
        if person is None and actor_kind == ActorKind.CUSTOMER:
            person = self.contact
        elif person is None and actor_kind == ActorKind.AGENT:
            person = self.engineer
        b = 0 if kind == FactKind.MESSAGE else None
        self.facts.append(StoryFact(at, kind, a, b, t, actor_kind, person, text, name))

    def _live(self) -> None:
        self._open()
        at = self._respond()
        if self._rng.random() < 0.56:
            at = self._ask(at)
        else:
            self.add(at, FactKind.STATUS_SET, ActorKind.AGENT, t="open")
        self._change_severity(at)
        solved = self._work(at)
        self._solve(solved)

    def _open(self) -> None:
        at, customer = self.opened, ActorKind.CUSTOMER
        plan = f"{PACK}/{self.customer.plan}"
        self.add(at, FactKind.OPENED, customer, a=self.severity, t=self.channel, text=self.writer.subject())
        self.add(at, FactKind.PLAN_SET, t=plan)
        self.add(at, FactKind.PRODUCT_SET, t=self.customer.product)
        self.add(at, FactKind.GROUP_SET, name=self.group)
        self.add(at, FactKind.MESSAGE, customer, a=1, text=self.writer.request(self.severity))

    def _respond(self) -> int:
        """Take the ticket and answer; the answer's instant."""
        at = self.opened + self._within(self._promise(ClockKind.FIRST_RESPONSE, 2 * HOUR))
        if self._unanswered is not None:
            at = max(at, self._now + self._span(2, 50, MINUTE))
        taken = self.opened + int((at - self.opened) * self._rng.uniform(0.2, 0.95))
        self.add(taken, FactKind.OWNER_SET, name=self.engineer)
        text = self.writer.of_support(self.engineer, letters.FIRST_ANSWERS, letters.STARTED)
        self.add(at, FactKind.MESSAGE, ActorKind.AGENT, a=1, text=text)
        if at <= self._now:
            self.answered_at = at
        return at

    def _ask(self, at: int) -> int:
        """Ask the customer and wait; the instant of the answer."""
        asked = at + self._span(10, 90, MINUTE)
        self.add(at, FactKind.STATUS_SET, ActorKind.AGENT, t="open")
        question = self._rng.randrange(len(letters.QUESTIONS))
        text = self.writer.of_support(self.engineer, letters.QUESTIONS[question])
        self.add(asked, FactKind.MESSAGE, ActorKind.AGENT, a=1, text=text)
        self.add(asked, FactKind.STATUS_SET, ActorKind.AGENT, t="waiting")
        answered = asked + int(self._rng.lognormvariate(2.6, 1.0) * HOUR)
        self.waiting = asked <= self._now < answered
        text = self.writer.of_customer(letters.ANSWERS[question])
        self.add(answered, FactKind.MESSAGE, ActorKind.CUSTOMER, a=1, text=text)
        return answered

    def _change_severity(self, at: int) -> None:
        """Now and then the shift manager corrects what the customer chose (OD-2)."""
        chance = self._rng.random()
        to = self.severity + 1 if chance < 0.3 and self.severity == 1 else self.severity
        to = self.severity - 1 if chance > 0.985 and self.severity > 1 else to
        changed = at + self._span(5, 50, MINUTE)
        if to == self.severity or changed > self._now:
            return
        manager = self._rng.choice(MANAGERS)
        self.facts.append(
            StoryFact(changed, FactKind.SEVERITY_SET, to, self.severity, None, ActorKind.MANAGER, manager)
        )
        text = self.writer.words(letters.MANAGER_NOTES)
        self.add(changed + SECOND, FactKind.NOTE, ActorKind.MANAGER, text=text, person=manager)
        self.severity = to

    def _work(self, at: int) -> int:
        """ETA, notes, updates, a workaround; the instant of the solution."""
        promise = self._rules.target(self.customer.plan, ClockKind.WORKAROUND, self.severity)
        usual = {1: 8, 2: 16, 3: 42, 4: 60}[self.severity] * HOUR
        begin = max(at, self.opened)
        solved = begin + max(self._within(usual), 20 * MINUTE)
        if promise is not None:
            around = at + self._within(max(promise - (at - self.opened), HOUR))
            solved = max(solved, around) if self._rng.random() < 0.6 else min(solved, around)
            if around < solved:
                text = self.writer.of_support(self.engineer, self.writer.workaround())
                self.add(around, FactKind.MESSAGE, ActorKind.AGENT, a=1, text=text)
                self.add(around, FactKind.WORKAROUND_GIVEN, ActorKind.AGENT)
        self._promise_date(at, solved)
        for _ in range(self._rng.choices((0, 1, 2), (50, 35, 15))[0]):
            noted = at + int((solved - at) * self._rng.random())
            self.add(noted, FactKind.NOTE, ActorKind.AGENT, text=self.writer.words(letters.NOTES))
        if self._rng.random() < 0.2:
            asked = at + int((solved - at) * self._rng.uniform(0.3, 0.9))
            text = self.writer.of_customer(letters.REMINDERS)
            self.add(asked, FactKind.MESSAGE, ActorKind.CUSTOMER, a=1, text=text)
        if self._rng.random() < 0.06:
            self.add(at + self._span(30, 90, MINUTE), FactKind.STATUS_SET, ActorKind.AGENT, t="waiting_internal")
        return solved

    def _promise_date(self, at: int, solved: int) -> None:
        """The ETA of most tickets (OD-11); nearly all of them are kept."""
        if self._rng.random() < 0.25:
            return
        named = at + self._span(2, 15, MINUTE)
        stretch = self._rng.uniform(0.75, 0.97) if self._rng.random() < LATE else self._rng.uniform(1.02, 1.5)
        due = named + max(int((solved - named) * stretch), 30 * MINUTE)
        due -= due % (15 * MINUTE)
        if due > named:
            self.add(named, FactKind.ETA_SET, ActorKind.AGENT, a=due, t="resolution")

    def _solve(self, solved: int) -> None:
        """Solution, notification, survey; then the customer confirms, comes back or keeps silent (OD-12)."""
        self._give_solution(solved)
        chance = self._rng.random()
        answered = solved + int(self._rng.lognormvariate(1.3, 1.1) * HOUR)
        if chance < 0.07:
            text = self.writer.of_customer(letters.REOPENINGS)
            self.add(answered, FactKind.MESSAGE, ActorKind.CUSTOMER, a=1, text=text)
            solved = answered + self._span(1, 20, HOUR)
            self._give_solution(solved)
            answered = solved + int(self._rng.lognormvariate(1.3, 1.1) * HOUR)
        if chance < 0.965:
            text = self.writer.of_customer(letters.CONFIRMATIONS)
            self.add(answered, FactKind.MESSAGE, ActorKind.CUSTOMER, a=1, t="confirmation", text=text)
            self.add(answered, FactKind.CONFIRMED, ActorKind.CUSTOMER)
            self.add(answered, FactKind.STATUS_SET, t="closed")
            self.closed = answered <= self._now
            if self._rng.random() < 0.4:
                self.add(answered + self._span(1, 30, HOUR), FactKind.SURVEY_ANSWERED, ActorKind.CUSTOMER)
        elif solved + 14 * DAY <= self._now:
            self.closed = True  # by time alone: no fact says so

    def _give_solution(self, at: int) -> None:
        text = self.writer.of_support(self.engineer, self.writer.solution())
        self.add(at, FactKind.MESSAGE, ActorKind.AGENT, a=1, text=text)
        self.add(at, FactKind.SOLUTION_GIVEN, ActorKind.AGENT)
        self.add(at, FactKind.SOLUTION_NOTIFIED, ActorKind.AGENT)
        self.add(at, FactKind.STATUS_SET, ActorKind.AGENT, t="resolved")
        self.add(at + SECOND, FactKind.SURVEY_SENT)

    def _promise(self, kind: ClockKind, otherwise: int) -> int:
        return self._rules.target(self.customer.plan, kind, self.severity) or otherwise

    def _within(self, target: int) -> int:
        """How long something takes that was promised within `target`: mostly well within, sometimes not."""
        if self._rng.random() < LATE:
            return self._seconds(target * self._rng.uniform(1.02, 1.4))
        return self._seconds(target * min(self._rng.betavariate(2.6, 1.7), 0.985))

    def _span(self, least: int, most: int, unit: int) -> int:
        return self._seconds(self._rng.uniform(least, most) * unit)

    def _seconds(self, span: float) -> int:
        return int(span) // SECOND * SECOND
