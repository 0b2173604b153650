"""Made-up tickets of seven facts each, as an ordinary day brings them."""

from __future__ import annotations

import random

from console.domain.facts import ActorKind, Fact, FactKind
from console.domain.instants import DAY, HOUR, parse_instant

FIRST = parse_instant("2026-01-05T08:00:00Z")
NOW = FIRST + 70 * DAY
PLANS = ("gold", "platinum", "silver_plus", "diamond")


def tickets(count: int, seed: int = 1) -> list[list[Fact]]:
    """Opened, plan, severity, owner, an answer, waiting for the customer, the customer's answer."""
    chance = random.Random(seed)
    return [_ticket(number, chance) for number in range(count)]


def _ticket(number: int, chance: random.Random) -> list[Fact]:
    opened = FIRST + chance.randrange(60 * DAY)
    customer, agent, system = int(ActorKind.CUSTOMER), int(ActorKind.AGENT), int(ActorKind.SYSTEM)
    plan, severity = f"odin/{PLANS[number % 4]}", number % 4 + 1
    answered = opened + chance.randrange(4 * HOUR, 6 * HOUR)
    waiting = answered + chance.randrange(HOUR)
    told = [
        (opened, FactKind.OPENED, None, None, "portal", customer),
        (opened, FactKind.PLAN_SET, 1, None, plan, system),
        (opened, FactKind.SEVERITY_SET, severity, None, None, customer),
        (opened + chance.randrange(1, 4 * HOUR), FactKind.OWNER_SET, 5, None, None, agent),
        (answered, FactKind.MESSAGE, 1, 0, None, agent),
        (waiting, FactKind.STATUS_SET, None, None, "waiting", agent),
        (waiting + chance.randrange(30 * HOUR), FactKind.MESSAGE, 1, 0, None, customer),
    ]
    return [
        Fact(at, 0, f"{number:06}{place}", int(kind), a, b, t, actor)
        for place, (at, kind, a, b, t, actor) in enumerate(told)
    ]
