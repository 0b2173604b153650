"""What `docs/clock-rules.md` says of a ticket's clocks, read step by step over masks of open time. Shares no code with
the fold: words for kinds and statuses, and indices of steps (minutes, or seconds) for instants.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]

PROMISED = ("first_response", "workaround")
OUTSIDE = -1
"""A due that lies beyond the masks."""


class Told(NamedTuple):
    """One fact: at which step, what, and its value. Facts of one step happened in the order of the list.

    status: (status, answered); severity: level; plan: name; customer, support, workaround, solution: none;
    eta: (step, 'update' or 'resolution').
    """

    at: int
    what: str
    value: Any = None


@dataclass(frozen=True)
class Terms:
    """A pack in words: plan to the mask of its hours, plan to kind to severity to steps, kind to words."""

    hours: Mapping[str, Mask]
    targets: Mapping[str, Mapping[str, Mapping[int, int]]]
    met_by: Mapping[str, frozenset[str]]
    pauses: Mapping[str, frozenset[str]]
    reopens: frozenset[str]


@dataclass
class Reading:
    """One clock. `how`: run, pause, met, met_while (a status), ended (by a status), unpromised, replaced."""

    kind: str
    start: int
    target: int
    mask: Mask
    how: str
    first_due: int
    used: int = 0
    breach: int | None = None
    breached_at_change: bool = False
    message: int = 0

    @property
    def live(self) -> bool:
        return self.how in ("run", "pause")

    @property
    def phase(self) -> str:
        if self.how == "run":
            return "running" if self.breach is None else "breached"
        if self.how == "pause":
            return "paused"
        if self.breach is not None:
            return "missed"
        return "met" if self.how in ("met", "met_while") else "stopped"

    def due(self, now: int) -> int:
        """When a clock that runs will have worked its target."""
        return reached(self.mask, now, self.target - self.used)

    def pass_over(self, begin: int, end: int) -> None:
        """Steps from `begin` up to `end`, which is not over itself: a fact at the due is in time (CR-25)."""
        if self.how != "run" or begin >= end:
            return
        if self.breach is None:
            due = begin if self.used >= self.target else self.due(begin)
            if due != OUTSIDE and due < end:
                self.breach = due
        self.used += int(np.count_nonzero(self.mask[begin:end]))

    def settle(self, at: int) -> None:
        """A due that lies in the past after a change is a breach at the change (CR-15)."""
        if self.live and self.breach is None:
            over = self.used - self.target
            if over > 0 or (over == 0 and self.how == "run" and not self.mask[at - 1]):
                self.breach, self.breached_at_change = at, True

    def stop(self, how: str) -> None:
        """The first stop stays, but what a fact met stays met (CR-14)."""
        if self.live:
            self.how = how
        elif how == "met" and self.how in ("met_while", "ended"):
            self.how = "met"


def reached(mask: Mask, at: int, steps: int) -> int:
    """The end of the step in which that much open time has passed."""
    worked = np.flatnonzero(mask[at:])
    return at + int(worked[steps - 1]) + 1 if 0 < steps <= worked.size else OUTSIDE


@dataclass
class Desk:
    """A ticket opened by its customer, whose facts are told one after the other."""

    terms: Terms
    severity: int
    plan: str
    at: int
    status: str = "new"
    status_set_at: int | None = None
    answered: bool = False
    given: set[str] = field(default_factory=set)
    clocks: dict[str, list[Reading]] = field(default_factory=dict)
    eta: str = ""
    messages: int = 1
    waiting: bool = True

    def read(self, told: Sequence[Told], now: int) -> dict[str, list[Reading]]:
        """Every clock by kind, in the order of its cycles, at `now`, which is over."""
        self.promise()
        for one in told:
            if one.at > now:
                break
            self.pass_to(one.at)
            getattr(self, f"on_{one.what}")(one.value)
            for clock in self.newest():
                clock.settle(one.at)
        self.pass_to(now)
        for clock in self.newest():
            if clock.how == "run" and clock.breach is None and clock.used >= clock.target:
                clock.breach = now
        return self.clocks

    def newest(self) -> list[Reading]:
        return [cycles[-1] for cycles in self.clocks.values()]

    def pass_to(self, at: int) -> None:
        for clock in self.newest():
            clock.pass_over(self.at, at)
        self.at = at

    def target(self, kind: str) -> int:
        return self.terms.targets[self.plan].get(kind, {}).get(self.severity, 0)

    def going(self, kind: str) -> str:
        return "pause" if self.status in self.terms.pauses[kind] else "run"

    def begin(self, kind: str, target: int, mask: Mask) -> None:
        cycles = self.clocks.setdefault(kind, [])
        if cycles:
            cycles[-1].stop("replaced")
        due = reached(mask, self.at, target)
        cycles.append(Reading(kind, self.at, target, mask, self.going(kind), due, message=self.messages))

    def promise(self) -> None:
        """CR-15; what was met, or cannot be owed in this status, does not begin."""
        for kind in PROMISED:
            cycles, target = self.clocks.get(kind), self.target(kind)
            met_by = self.terms.met_by[kind]
            owed = target and self.status != "closed" and not met_by & self.given and self.status not in met_by
            if cycles is None:
                if owed:
                    self.begin(kind, target, self.terms.hours[self.plan])
                continue
            if cycles[-1].how == "unpromised" and owed:
                cycles[-1].how = self.going(kind)
            self.aim(cycles[-1], target)
        self.promise_answer()

    def promise_answer(self) -> None:
        """CR-15 for the answer that a message waits for: its round returns, or begins now."""
        cycles, target = self.clocks.get("next_response"), self.target("next_response")
        if target and self.waiting and self.status != "closed":
            if cycles is None or cycles[-1].message != self.messages:
                self.round()
            elif cycles[-1].how == "unpromised":
                cycles[-1].how = self.going("next_response")
        if cycles:
            self.aim(cycles[-1], target)

    def aim(self, clock: Reading, target: int) -> None:
        if not target:
            clock.stop("unpromised")
        elif clock.live and clock.breach is None:
            clock.target, clock.mask = target, self.terms.hours[self.plan]

    def round(self) -> None:
        """CR-17: the earliest unanswered message, after the first response where one is promised."""
        cycles, target = self.clocks.get("next_response"), self.target("next_response")
        if target and not (cycles and cycles[-1].live) and (self.answered or not self.target("first_response")):
            self.begin("next_response", target, self.terms.hours[self.plan])

    def enter(self, status: str) -> None:
        self.status = status
        for clock in self.newest():
            if clock.how in ("met", "unpromised", "replaced"):
                continue
            if status in self.terms.met_by[clock.kind] and status in ("resolved", "closed"):
                clock.stop("met" if clock.kind == "eta" else "met_while")
            elif status == "closed":
                clock.stop("replaced" if clock.kind == "eta" else "ended")
            else:
                clock.how = self.going(clock.kind)
        if status != "closed":
            # What returns counts to what is promised now (CR-14).
            self.promise()

    def met(self, word: str) -> None:
        self.given.add(word)
        for clock in self.newest():
            if word in self.terms.met_by[clock.kind]:
                clock.stop("met")

    def on_support(self, _: object) -> None:
        self.answered, self.waiting = True, False
        self.met("contact")
        if self.eta == "update":
            self.clocks["eta"][-1].stop("met")

    def on_customer(self, _: object) -> None:
        if not self.waiting:
            # The earliest unanswered one; those after it give no more time.
            self.waiting, self.messages = True, self.messages + 1
        if self.status in self.terms.reopens and self.status_set_at != self.at:
            begins = self.target("next_response") and (self.answered or not self.target("first_response"))
            if self.status == "closed" and begins:
                # What the closing ended does not return: the message begins its own round (OW-5).
                for clock in self.clocks.get("next_response", [])[-1:]:
                    clock.how = "replaced" if clock.how == "ended" else clock.how
            self.enter("open")
        if self.status != "closed":
            self.round()

    def on_status(self, value: object) -> None:
        assert isinstance(value, tuple)
        status, answered = value
        self.status_set_at = self.at
        if status != self.status:
            self.enter(status)
        if answered:
            self.on_support(None)

    def on_severity(self, value: object) -> None:
        assert isinstance(value, int)
        self.severity = value
        self.promise()

    def on_plan(self, value: object) -> None:
        self.plan = str(value)
        self.promise()

    def on_workaround(self, _: object) -> None:
        self.met("workaround")

    def on_solution(self, _: object) -> None:
        self.met("solution")
        if self.eta == "resolution":
            self.clocks["eta"][-1].stop("met")

    def on_eta(self, value: object) -> None:
        assert isinstance(value, tuple)
        due, self.eta = value
        self.begin("eta", due - self.at, np.ones_like(self.terms.hours[self.plan]))
