"""Decisions of the last three weeks on a made-up desk, for team leads to review.

They are taken through the services, each at its instant, by managers who do not judge alike; some are reviewed. So the
journal has what a real one would: evidence, reasons, messages, late decisions and decisions against the verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from console.domain.compile import CompiledBook
from console.domain.decisions import Actor
from console.domain.errors import UserError
from console.domain.facts import ActorKind, FactKind
from console.domain.instants import DAY, HOUR, MINUTE, SECOND, TimeSource
from console.domain.reviews import SEVERITY
from console.domain.rules import Rules
from console.domain.severity import reasons
from console.services.escalating.escalations import EscalationService
from console.services.generating import letters
from console.services.generating.escalated import may_have_waited, quiet_time
from console.services.generating.generator import FIRST_NUMBER
from console.services.generating.past_shifts import PastShifts, ShiftChange, manager_at
from console.services.generating.people import MANAGERS, PACK, MadeCustomer, make_customers
from console.services.generating.recording import Recorder
from console.services.generating.story import Story, StoryFact
from console.services.reviewing.review import ReviewService
from console.services.severities.severity import SeverityService
from console.services.standing import BookOf, standing
from console.services.tickets import TicketService
from console.store import door
from console.store.database import Connection
from console.time_source import FixedTime

LEADS = ("Helena Brandt", "Tomás Rivera")
SPAN = 21 * DAY

_SEVERITY_SHARE = 0.3
_REVIEWED_SHARE = 0.35
_LATE_SHARE = 0.2
# How likely each manager is to accept what the rules allow, and what they do not: leads have something to find.
_ACCEPTS = ((0.9, 0.4), (0.6, 0.1), (0.8, 0.25))
_CUSTOMERS = 60
_NO_TICKET = -1  # of an event that is about a shift
_TRIES = 12  # stories looked at for each decision
_WORDS_UPHELD = ("By the definitions, and the customer was told why.", "I would have decided the same.", "Agreed.")
_WORDS_OVERTURNED = (
    "The ETA had passed: this was due.",
    "The rules did not allow it yet, and nothing in the ticket called for it.",
    "The customer had waited since the morning; a plan was owed.",
)


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that somebody does at an instant, to the ticket of the story with this number, or to none."""

    at: int
    number: int
    act: Callable[[Connection, int], None]


def _of_shift(
    act: Callable[[Connection, ShiftChange], None], change: ShiftChange, conn: Connection, _ticket_id: int
) -> None:
    act(conn, change)


class DecidedPast:
    """Makes closed tickets with a decision each; the same seed and now give the same ones."""

    def __init__(
        self,
        book_of: BookOf,
        time: TimeSource,
        seed: int,
        escalations: EscalationService,
        tickets: TicketService,
        next_manager: str,
    ) -> None:
        """`next_manager` is who sits at the desk now: the last shift is handed over to them."""
        self.book_of = book_of
        self._now = time.now() // SECOND * SECOND
        self._seed = seed
        self._escalations = escalations
        self._tickets = tickets
        self._shifts = PastShifts(book_of, self._now, seed, next_manager)

    def fill(self, conn: Connection, count: int) -> int:
        """Add `count` decisions at most; how many were added. Runs inside a write transaction.

        Raises UserError generate_without_pack when the database has not adopted the pack of the tickets.
        """
        book = self.book_of(conn)
        rules, pack = book.rules(PACK, self._now), book.pack(PACK, self._now)
        if rules is None or pack is None:
            raise UserError("generate_without_pack", pack=PACK)
        customers = make_customers(self._seed, self._now, _CUSTOMERS)
        stories = self._stories(rules, [each for each in customers if each.filled is None], count)
        if stories:
            recorder = Recorder(f"{self._seed}-{self._now}", pack, customers)
            recorder.prepare(conn)
            self._write(conn, recorder, stories)
        return len(stories)

    def _stories(self, rules: Rules, customers: Sequence[MadeCustomer], count: int) -> list[Story]:
        rng = Random(f"decided {self._seed}")
        found: list[Story] = []
        for number in range(count * _TRIES):
            if len(found) == count:
                break
            opened = self._now - rng.randrange(2 * DAY, SPAN) // SECOND * SECOND
            story = Story(
                Random(f"decided {self._seed} {number}"),
                rules,
                rng.choice(customers),
                opened,
                self._now,
            )
            if story.closed and may_have_waited(story):
                found.append(story)
        found.sort(key=lambda story: story.opened)
        return found

    def _write(self, conn: Connection, recorder: Recorder, stories: Sequence[Story]) -> None:
        book, first = self.book_of(conn), FIRST_NUMBER - len(stories)
        rng = Random(f"decisions {self._seed}")
        later = [self._cut(story) for story in stories]
        events = [
            event
            for number, (story, facts) in enumerate(zip(stories, later, strict=True))
            for event in self._events(rng, story, facts, number)
        ]
        events += self._shift_events()
        # Numbers are given in the order of the stories, and so are ids.
        ids = recorder.record(conn, book, self._now, first, stories, last=False).ticket_ids
        for event in sorted(events, key=lambda each: (each.at, each.number)):
            event.act(conn, ids[event.number] if event.number >= 0 else 0)
        rest = [
            recorder.new_fact(ticket_id, fact, order=order)
            for ticket_id, facts in zip(ids, later, strict=True)
            for order, fact in enumerate(facts)
        ]
        door.record(conn, book, rest, self._now)

    def _shift_events(self) -> list[_Event]:
        events = []
        for change in self._shifts.changes(SPAN):
            for at, act in ((change.taken, self._shifts.take), (change.handed, self._shifts.hand_over)):
                events.append(_Event(at, _NO_TICKET, partial(_of_shift, act, change)))
        return events

    def _cut(self, story: Story) -> list[StoryFact]:
        """What happened after the quiet time in which the decision falls, taken out of the story."""
        begin, _ = quiet_time(story) or (0, 0)
        later = [fact for fact in story.facts if fact.at > begin]
        story.facts[:] = [fact for fact in story.facts if fact.at <= begin]
        return later

    def _events(self, rng: Random, story: Story, later: list[StoryFact], number: int) -> list[_Event]:
        begin, end = story.facts[-1].at, later[0].at
        asked = begin + int((end - begin) * rng.uniform(0.2, 0.5)) // SECOND * SECOND
        longest = (end - asked) // MINUTE - 10
        minutes = rng.randrange(65, 170) if rng.random() < _LATE_SHARE else rng.randrange(6, 58)
        decided = asked + min(minutes, longest) * MINUTE
        name = manager_at(decided)
        actor = Actor(name, "shift_manager")
        seen = _Decision(self, rng.random(), rng.random(), story, later, actor, _ACCEPTS[MANAGERS.index(name)])
        events = []
        if rng.random() < _SEVERITY_SHARE:
            events.append(
                _Event(decided, number, lambda conn, ticket_id: seen.change_severity(conn, ticket_id, decided))
            )
        else:
            story.add(
                asked,
                FactKind.ESCALATION_REQUESTED,
                ActorKind.CUSTOMER,
                a=1,
                t="phone" if story.severity == 1 or rng.random() < 0.3 else "button",
                text=story.writer.of_customer(letters.ESCALATIONS),
            )
            events.append(_Event(decided, number, lambda conn, ticket_id: seen.decide(conn, ticket_id, decided)))
        if rng.random() < _REVIEWED_SHARE:
            reviewed = min(decided + rng.randrange(10 * HOUR, 60 * HOUR), self._now - MINUTE)
            lead, blind = Actor(rng.choice(LEADS), "team_lead"), rng.random() < 0.5
            chance = rng.random()
            events.append(
                _Event(
                    reviewed, number, lambda conn, _ticket_id: seen.review(conn, reviewed, lead, chance, blind=blind)
                )
            )
        return events

    def _book_then(self, conn: Connection, _revision: int) -> CompiledBook:
        """Nothing is adopted while the past is made."""
        return self.book_of(conn)

    def escalations(self, at: int) -> EscalationService:
        """The service at an instant, microseconds UTC."""
        return self._escalations.as_it_was(FixedTime(at), at)

    def severity(self, at: int) -> SeverityService:
        """The service at an instant."""
        return SeverityService(self.book_of, FixedTime(at))

    def reviews(self, at: int) -> ReviewService:
        """The service at an instant."""
        return ReviewService(self.book_of, self._book_then, FixedTime(at), self._tickets)


class _Decision:
    """One decision and what comes before and after it. The chances are drawn beforehand, so that order changes none."""

    def __init__(
        self,
        past: DecidedPast,
        chance: float,
        pick: float,
        story: Story,
        later: list[StoryFact],
        actor: Actor,
        accepts: tuple[float, float],
    ) -> None:
        self._past = past
        self._chance = chance
        self._pick = pick
        self._story = story
        self._later = later
        self._actor = actor
        self._accepts = accepts
        self._uid: str | None = None

    def decide(self, conn: Connection, ticket_id: int, at: int) -> None:
        """The manager accepts or rejects."""
        service = self._past.escalations(at)
        was = standing(conn, self._past.book_of, ticket_id, at)
        way = was.verdict.channel(was.state.escalation.channel) if was.state.escalation is not None else None
        allowed = way is not None and way.available
        accepted = self._chance < self._accepts[0 if allowed else 1]
        offered = was.pack.reasons_for("escalation_accepted" if accepted else "escalation_rejected")
        against = accepted != allowed
        code = self._one([each.code for each in offered if each.against_verdict == against])
        base, writer = door.revision(conn), self._story.writer
        if accepted:
            change = service.accept(
                conn,
                ticket_id,
                self._actor,
                base_revision=base,
                plan_of_action=writer.words(letters.PLANS_OF_ACTION),
                next_update_at=at + 2 * HOUR,
                reason_code=code,
            )
            ended = StoryFact(self._later[0].at, FactKind.ESCALATION_CLOSED, t="solved")
            self._later.append(ended)
        else:
            words = writer.words(letters.REFUSALS)
            change = service.reject(conn, ticket_id, self._actor, base_revision=base, words=words, reason_code=code)
        self._uid = change.decision_uid

    def change_severity(self, conn: Connection, ticket_id: int, at: int) -> None:
        """The manager corrects the severity by a step (OD-2)."""
        was = self._story.severity
        to = was + 1 if was == 1 or (was < 4 and self._chance < 0.6) else was - 1
        pack = standing(conn, self._past.book_of, ticket_id, at).pack
        code = self._one([each.code for each in reasons(pack, was, to) if each.denies in (None, was)])
        change = self._past.severity(at).change(
            conn,
            ticket_id,
            to,
            self._actor,
            base_revision=door.revision(conn),
            words=self._story.writer.words(letters.MANAGER_NOTES),
            reason_code=code,
        )
        self._uid = change.decision_uid

    def review(self, conn: Connection, at: int, lead: Actor, chance: float, *, blind: bool) -> None:
        """A lead looks at it afterwards."""
        service = self._past.reviews(at)
        number = service.number(conn, self._uid or "")
        (row,) = service.rows(conn, [number], lead)
        wrong = (row.against and chance < 0.6) or chance < 0.12
        words = _WORDS_OVERTURNED if wrong else _WORDS_UPHELD
        said = words[int(chance * 1000) % len(words)]
        if blind and row.kind != SEVERITY:
            others = {"escalation_accepted": "escalation_rejected", "escalation_rejected": "escalation_accepted"}
            service.judge(conn, number, lead, others[row.kind] if wrong else row.outcome, said)
        elif wrong:
            service.overturn(conn, number, lead, said)
        else:
            service.uphold(conn, number, lead, said)

    def _one(self, codes: Sequence[str]) -> str | None:
        return codes[int(self._pick * len(codes))] if codes else None
