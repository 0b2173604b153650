"""`generate`: a made-up desk, and with a rate one that goes on living."""

from __future__ import annotations

import time as machine
from collections.abc import Callable

from console.domain.decisions import Actor
from console.domain.instants import TimeSource
from console.services.generating.generator import GenerateReport, Generator, Progress
from console.services.generating.living import LivingDesk
from console.store.database import Database

__all__ = ["GenerateReport", "generate"]


def generate(
    db: Database,
    time: TimeSource,
    *,
    actor: Actor,
    tickets: int,
    seed: int,
    rate: float | None = None,
    on_progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
    wait: Callable[[float], None] = machine.sleep,
) -> GenerateReport:
    """Add `tickets` made-up tickets of the days before now; with `rate` go on adding that many facts a minute.

    `on_progress` gets tickets written and tickets in all. `stop` is asked between transactions; without it a desk
    with a rate goes on for ever (Ctrl-C leaves it whole). `wait` sleeps for seconds between two steps of the rate.
    Raises UserError role_may_not, generate_count, generate_rate, generate_without_pack.
    """
    asked = stop or _never
    generator = Generator(db, time, seed, actor)
    living = None if rate is None else LivingDesk(db, time, generator, seed, rate)
    report = generator.run(tickets, on_progress, asked)
    return report if living is None else report.plus(living.run(asked, wait))


def _never() -> bool:
    return False
