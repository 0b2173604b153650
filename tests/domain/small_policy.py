"""A small policy for tests of the fold: plan 'gold' round the clock, 'office' on weekdays 9 to 17 in Kyiv."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from console.domain.axis import Axis, compile_axis
from console.domain.calendar import Calendar
from console.domain.facts import ActorKind, Fact, FactKind
from console.domain.instants import DAY, HOUR, parse_instant
from console.domain.rules import ClockKind, ClockRules, Met, Rules, StatusClass

K = ClockKind
ALWAYS = compile_axis(Calendar(code="always", always=True))
OFFICE = compile_axis(
    Calendar(
        code="office",
        zone="Europe/Kyiv",
        week=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), (("09:00", "17:00"),)),
        holidays=("2017-09-14",),
    )
)


def rules(**changes: object) -> Rules:
    """The rules, with some fields changed."""
    by_kind: Mapping[ClockKind, Axis] = dict.fromkeys(ClockKind, ALWAYS)
    office = {**by_kind, K.FIRST_RESPONSE: OFFICE, K.NEXT_RESPONSE: OFFICE, K.WORKAROUND: OFFICE}
    values: dict[str, object] = {
        "pack": "small",
        "revision_id": 1,
        "initial_status": "new",
        "closed_status": "closed",
        "reopen_status": "open",
        "status_class": {
            "new": StatusClass.NEW,
            "open": StatusClass.OPEN,
            "waiting": StatusClass.WAITING,
            "resolved": StatusClass.RESOLVED,
            "closed": StatusClass.CLOSED,
        },
        "reopens_on_message": frozenset({"waiting", "resolved"}),
        "clocks": {
            K.FIRST_RESPONSE: ClockRules(
                K.FIRST_RESPONSE, frozenset({Met.CONTACT, Met.RESOLVED, Met.CLOSED}), frozenset()
            ),
            K.NEXT_RESPONSE: ClockRules(K.NEXT_RESPONSE, frozenset({Met.CONTACT}), frozenset()),
            K.WORKAROUND: ClockRules(
                K.WORKAROUND, frozenset({Met.WORKAROUND, Met.SOLUTION, Met.CLOSED}), frozenset({"waiting", "resolved"})
            ),
            K.ETA: ClockRules(K.ETA, frozenset({Met.RESOLVED, Met.CLOSED}), frozenset()),
        },
        "targets": {
            "gold": {
                K.FIRST_RESPONSE: {1: 2 * HOUR, 2: 4 * HOUR, 3: 6 * HOUR, 4: 12 * HOUR},
                K.WORKAROUND: {1: 6 * HOUR, 2: 12 * HOUR, 3: 48 * HOUR},
            },
            "office": {
                K.FIRST_RESPONSE: {1: 2 * HOUR, 2: 4 * HOUR, 3: 8 * HOUR, 4: 16 * HOUR},
                K.WORKAROUND: {1: 6 * HOUR, 2: 12 * HOUR, 3: 24 * HOUR},
            },
            "answers": {K.NEXT_RESPONSE: dict.fromkeys((1, 2, 3, 4), 4 * HOUR)},
        },
        "base_targets": {K.FIRST_RESPONSE: dict.fromkeys((1, 2, 3, 4), 2 * HOUR)},
        "axes": {"": by_kind, "office": office},
        "calendar_ids": {"": dict.fromkeys(ClockKind, 1), "office": dict.fromkeys(ClockKind, 2)},
        "auto_close": 14 * DAY,
        "row_clocks": (K.FIRST_RESPONSE, K.NEXT_RESPONSE, K.WORKAROUND, K.ETA),
    }
    return Rules(**(values | changes))  # type: ignore[arg-type]


class SmallBook:
    """One version of one pack for ever."""

    def __init__(self, found: Rules | None = None) -> None:
        self._rules = found or rules()

    def rules(self, pack: str, at: int) -> Rules | None:
        return self._rules if pack == "small" else None

    def by_calendars(self, pack: str, at: int) -> tuple[tuple[int, Rules], ...]:
        found = self.rules(pack, at)
        return () if found is None else ((at, found),)

    def default_pack(self) -> str:
        return "small"


def at(text: str) -> int:
    """Micros of 'DDTHH:MM[:SS]' in September 2017, UTC."""
    return parse_instant(f"2017-09-{text}Z")


class Story:
    """Facts of one ticket, told one after the other."""

    def __init__(self, opened: str, severity: int | None = 2, plan: str | None = "gold") -> None:
        self._numbers = count(1)
        self.facts: list[Fact] = []
        self.add(opened, FactKind.OPENED, a=severity)
        if plan is not None:
            self.add(opened, FactKind.PLAN_SET, t=f"small/{plan}")

    def add(self, when: str, kind: FactKind, ord: int = 0, **values: object) -> Fact:
        """Tell one more; times are 'DDTHH:MM' of September 2017, UTC."""
        fact = Fact(at(when), ord, f"f{next(self._numbers):04}", kind, **values)  # type: ignore[arg-type]
        self.facts.append(fact)
        return fact

    def customer(self, when: str, t: str | None = None) -> Fact:
        return self.add(when, FactKind.MESSAGE, a=1, b=0, t=t, actor_kind=ActorKind.CUSTOMER)

    def support(self, when: str, public: bool = True, automatic: bool = False) -> Fact:
        return self.add(when, FactKind.MESSAGE, a=int(public), b=int(automatic), actor_kind=ActorKind.AGENT)

    def status(self, when: str, status: str, ord: int = 0, contact: bool = False) -> Fact:
        return self.add(when, FactKind.STATUS_SET, ord, t=status, a=int(contact), actor_kind=ActorKind.AGENT)

    def severity(self, when: str, to: int, came_from: int | None = None) -> Fact:
        return self.add(when, FactKind.SEVERITY_SET, a=to, b=came_from, actor_kind=ActorKind.MANAGER)
