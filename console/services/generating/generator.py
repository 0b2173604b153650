"""A desk of realistic tickets: made up, but by the rules of the pack and through the same door as real ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from console.domain.decisions import Actor
from console.domain.errors import UserError
from console.domain.instants import DAY, HOUR, SECOND, TimeSource
from console.domain.policy import Pack
from console.domain.roles import Act, require
from console.domain.rules import Rules
from console.services.generating.escalated import escalate
from console.services.generating.people import PACK, MadeCustomer, make_customers
from console.services.generating.pressing import UNANSWERED, UNANSWERED_SHARE, press
from console.services.generating.recording import Recorder
from console.services.generating.story import Story
from console.store import tickets as stored
from console.store.database import Connection, Database

SPAN = 10 * DAY
CHUNK = 1_000  # tickets of one transaction
FIRST_NUMBER = 48_001
MAX_TICKETS = 5_000_000

Progress = Callable[[int, int], None]
"""Called after each transaction with tickets written and tickets in all."""


@dataclass(frozen=True, slots=True)
class GenerateReport:
    """What was made."""

    tickets: int
    facts_added: int
    customers: int

    def plus(self, other: GenerateReport) -> GenerateReport:
        """Both together; customers are those of one desk."""
        customers = max(self.customers, other.customers)
        return GenerateReport(self.tickets + other.tickets, self.facts_added + other.facts_added, customers)

    def as_json(self) -> dict[str, int]:
        """The answer of `generate --json`."""
        return {"tickets": self.tickets, "facts_added": self.facts_added, "customers": self.customers}


class Generator:
    """Makes tickets of the last days before now; the same seed, now and database give the same facts."""

    def __init__(self, db: Database, time: TimeSource, seed: int, actor: Actor) -> None:
        """Raises UserError role_may_not, and generate_without_pack when the database has not adopted the pack of the
        tickets."""
        require(actor, Act.IMPORT)
        self._db = db
        self._time = time
        self._seed = seed
        self.pack, self.rules = db.read_now(partial(_policy, db=db, now=time.now()))

    def run(
        self, count: int, on_progress: Progress | None = None, stop: Callable[[], bool] | None = None
    ) -> GenerateReport:
        """Add `count` tickets, in transactions of at most 1,000; `stop` is asked between them.

        Raises UserError generate_count.
        """
        if not 0 <= count <= MAX_TICKETS:
            raise UserError("generate_count", found=count, expected=f"0 to {MAX_TICKETS}")
        now = self._time.now() // SECOND * SECOND
        customers = make_customers(self._seed, now, min(max(count // 12, 24), 2_000))
        recorder = self.recorder(customers, now)
        facts = done = 0
        while done < count and not (stop is not None and stop()):
            size = min(CHUNK, count - done)
            stories = self._stories(customers, done, size, now)
            last = done + size == count
            write = partial(self._write, recorder=recorder, stories=stories, now=now, last=last)
            facts += self._db.write_now(write)
            done += size
            if on_progress is not None:
                on_progress(done, count)
        return GenerateReport(done, facts, len(customers))

    def recorder(self, customers: Sequence[MadeCustomer], now: int) -> Recorder:
        """What writes tickets of these customers, who are made sure of in the database."""
        recorder = Recorder(f"{self._seed}-{now}", self.pack, customers)
        self._db.write_now(recorder.prepare)
        return recorder

    def _stories(self, customers: Sequence[MadeCustomer], done: int, size: int, now: int) -> list[Story]:
        rng = Random(f"tickets {self._seed} {done}")
        chosen = rng.choices(customers, [each.weight for each in customers], k=size)
        opened = sorted(_opened(rng, now) for _ in range(size))
        stories = []
        for place, (customer, at) in enumerate(zip(chosen, opened, strict=True)):
            unanswered = rng.uniform(*UNANSWERED) if rng.random() < UNANSWERED_SHARE else None
            own = Random(f"ticket {self._seed} {done + place}")
            stories.append(Story(own, self.rules, customer, at, now, unanswered))
        stories.sort(key=lambda story: story.opened)
        press(rng, stories, now)
        escalate(rng, stories, now)
        return stories

    def _write(self, conn: Connection, recorder: Recorder, stories: Sequence[Story], now: int, last: bool) -> int:
        return recorder.record(conn, self._db.book(conn), now, next_number(conn), stories, last=last).facts_added


def next_number(conn: Connection) -> int:
    """The first ticket number that was not given out yet."""
    return FIRST_NUMBER + stored.count(conn)


def _opened(rng: Random, now: int) -> int:
    """An instant of the last days; days are busier than nights, somewhere in the middle of most customers' zones."""
    while True:
        at = now - rng.randrange(1, SPAN // SECOND) * SECOND
        hour = at // HOUR % 24
        if rng.random() < (1.0 if 7 <= hour < 20 else 0.45):
            return at


def _policy(conn: Connection, db: Database, now: int) -> tuple[Pack, Rules]:
    book = db.book(conn)
    rules = book.rules(PACK, now)
    pack = book.pack(PACK, now)
    if rules is None or pack is None:
        raise UserError("generate_without_pack", pack=PACK)
    return pack, rules
