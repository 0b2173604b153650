"""A desk that goes on living: a number of facts a minute, on its open tickets and on new ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from random import Random

from console.domain.errors import UserError
from console.domain.facts import NewFact
from console.domain.instants import MINUTE, SECOND, TimeSource
from console.domain.rows import QueueRow
from console.services.generating.acts import Acts
from console.services.generating.generator import GenerateReport, Generator, next_number
from console.services.generating.people import MadeCustomer, make_customers
from console.services.generating.recording import Recorder
from console.services.generating.story import Story
from console.store import door, queue_rows
from console.store.database import Connection, Database

MAX_RATE = 600_000.0
MAX_STEP = 2_000  # facts of one transaction: after a suspended machine it catches up in steps
CUSTOMERS = 60
NEW_SHARE = 0.08  # of the steps open a ticket, about as many as are closed
_LOOKED_AT = ("open", "paused", "no_clock")
_ROWS = 250
_WAIT = 1.0


def check_rate(rate: float) -> None:
    """Raises UserError generate_rate for so many facts a minute as no desk can be asked for."""
    if not 0 < rate <= MAX_RATE:
        raise UserError("generate_rate", found=rate, expected=f"more than 0, at most {MAX_RATE:.0f} facts a minute")


class LivingDesk:
    """Adds `rate` facts a minute at the present instant, each batch through the door."""

    def __init__(self, db: Database, time: TimeSource, generator: Generator, seed: int, rate: float) -> None:
        """Raises UserError generate_rate."""
        check_rate(rate)
        self._db = db
        self._time = time
        self._generator = generator
        self._seed = seed
        self._rate = rate

    def run(self, stop: Callable[[], bool], wait: Callable[[float], None]) -> GenerateReport:
        """Go on until `stop`, which is asked about once a second. `wait` sleeps for so many seconds."""
        begun = self._time.now()
        rng = Random(f"living {self._seed} {begun}")
        customers = make_customers(self._seed, begun, CUSTOMERS)
        recorder = self._generator.recorder(customers, begun // SECOND * SECOND)
        step = _Step(self._db, self._generator, recorder, customers, rng)
        while not stop():
            owed = int(self._rate * (self._time.now() - begun) / MINUTE) - step.facts
            if owed > 0:
                self._db.write_now(partial(step.write, now=self._time.now(), wanted=min(owed, MAX_STEP)))
            if owed <= MAX_STEP:
                wait(_WAIT)
        return GenerateReport(step.tickets, step.facts, len(customers))


class _Step:
    """Writes the facts of one instant, and counts them."""

    def __init__(
        self,
        db: Database,
        generator: Generator,
        recorder: Recorder,
        customers: Sequence[MadeCustomer],
        rng: Random,
    ) -> None:
        self.tickets = 0
        self.facts = 0
        self._db = db
        self._generator = generator
        self._recorder = recorder
        self._customers = customers
        self._rng = rng
        self._acts = Acts(rng)

    def write(self, conn: Connection, now: int, wanted: int) -> None:
        rows = self._rows(conn, now)
        facts: list[NewFact] = []
        stories: list[Story] = []
        made = 0
        while made < wanted:
            if not rows or self._rng.random() < NEW_SHARE:
                story = Story(self._rng, self._generator.rules, self._rng.choice(self._customers), now, now)
                stories.append(story)
                made += len(story.facts)
            else:
                row = rows.pop()
                new = self._acts.next(row, now)
                facts += [self._recorder.new_fact(row.ticket_id, fact, order=order) for order, fact in enumerate(new)]
                made += len(new)
        book = self._db.book(conn)
        added = 0
        if stories:
            number = next_number(conn)
            added += self._recorder.record(conn, book, now, number, stories, last=False).facts_added
        if facts:
            added += door.record(conn, book, facts, now).facts_added
        self.tickets += len(stories)
        self.facts += added

    def _rows(self, conn: Connection, now: int) -> list[QueueRow]:
        """Open tickets to go on with, the most pressing and the paused ones; each is taken once a step."""
        found = {
            row.ticket_id: row for queue in _LOOKED_AT for row in queue_rows.page(conn, now // SECOND, queue, _ROWS)[1]
        }
        rows = list(found.values())
        self._rng.shuffle(rows)
        return rows
