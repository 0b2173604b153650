"""The clocks of one ticket while facts are read: which exist, and what statuses, messages and promises do to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from console.domain.axis import Axis
from console.domain.facts import Fact
from console.domain.rules import ClockKind, Met, Rules, StatusClass
from console.domain.sla_clock import SlaClock, Stop
from console.domain.state import UNDECIDED, EscalationPhase, EscalationState

# Bound once: on Python 3.11 naming a member of an enumeration costs as much as seven attributes.
_AUTO_CLOSE, _ETA, _REVIEW = ClockKind.AUTO_CLOSE, ClockKind.ETA, ClockKind.ESCALATION_REVIEW
_FIRST_RESPONSE, _NEXT_RESPONSE = ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE
_CLOSED, _MET = StatusClass.CLOSED, Stop.MET

_PLAN_PROMISES = (ClockKind.FIRST_RESPONSE, ClockKind.WORKAROUND)
_DECIDED = frozenset({EscalationPhase.ACCEPTED, EscalationPhase.REJECTED})
_STATUS_MEETS = {StatusClass.RESOLVED: Met.RESOLVED, StatusClass.CLOSED: Met.CLOSED}
_PLACES = {kind: place for place, kind in enumerate(ClockKind)}


class Promised(Protocol):
    """What a promise depends on."""

    plan: str | None
    severity: int | None
    status: str
    status_class: StatusClass
    first_contact_at: int | None
    last_contact_at: int | None

    @property
    def unanswered(self) -> bool:
        """Whether a message of the customer waits for an answer."""
        ...


class ClockSet:
    """`current` holds the newest cycle of each kind, `past` the cycles before it."""

    __slots__ = ("_adopted", "_given", "current", "past", "rules")

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.current: dict[ClockKind, SlaClock] = {}
        self.past: list[SlaClock] = []
        self._given: set[Met] = set()
        self._adopted: tuple[Mapping[str, Axis], Mapping[str, int]] | None = None

    def all(self) -> list[SlaClock]:
        """Every clock, by kind and cycle."""
        found = [*self.past, *self.current.values()]
        if len(found) > 1:
            found.sort(key=lambda clock: (_PLACES[clock.kind], clock.cycle))
        return found

    def pass_to(self, at: int, *, inclusive: bool = False) -> None:
        """Let time pass for all."""
        for clock in self.current.values():
            clock.pass_to(at, inclusive=inclusive)

    def adopt(self, rules: Rules, at: int) -> None:
        """Other calendars are adopted: what is open is computed anew, what is met or breached does not move."""
        self.rules = rules
        axes = {axis.calendar.code: axis for by_kind in rules.axes.values() for axis in by_kind.values()}
        ids = {
            rules.axes[plan][kind].calendar.code: number
            for plan, by_kind in rules.calendar_ids.items()
            for kind, number in by_kind.items()
        }
        self._adopted = axes, ids
        for clock in self.current.values():
            clock.recount(at, axes, ids)

    def leave_pack(self, rules: Rules, at: int, fact: Fact) -> None:
        """The ticket goes to another pack: what was counted stays counted as it was."""
        self.rules = rules
        self._adopted = None
        for clock in self.current.values():
            clock.settle(at, fact)

    def _return(self, clock: SlaClock, ticket: Promised, at: int, fact: Fact | None) -> None:
        """Set going what was stopped for a while, towards what is promised now; calendars may be others by now."""
        rules = self.rules.clocks.get(clock.kind)
        if clock.kind is not _ETA and clock.kind is not _REVIEW:
            target = self.rules.target(ticket.plan, clock.kind, ticket.severity)
            if not target:
                clock.unpromise()
                return
            axis, calendar_id = self.rules.counting(ticket.plan, clock.kind)
            clock.promise_anew(target, axis, ticket.plan, calendar_id)
        clock.restart(at, fact, paused=rules is not None and ticket.status in rules.pauses)
        if self._adopted is not None:
            clock.recount(at, *self._adopted)

    def auto_close_due(self) -> int | None:
        """When the ticket closes by itself unless somebody asks for assistance."""
        clock = self.current.get(_AUTO_CLOSE)
        return None if clock is None or clock.stopped else clock.due_at

    def promise(self, ticket: Promised, at: int, fact: Fact | None) -> None:
        """Start, re-target or end the clocks that severity and plan promise. One that did not exist starts now."""
        promises, severity, current = self.rules.promises(ticket.plan), ticket.severity, self.current
        for kind in _PLAN_PROMISES:
            by_severity = promises.get(kind)
            target = None if by_severity is None or severity is None else by_severity.get(severity)
            clock = current.get(kind)
            if clock is None:
                if target and not self._fulfilled(kind, ticket.status_class):
                    self._start(kind, ticket, at, target, fact)
            elif clock.unpromised:
                if target and not self._fulfilled(kind, ticket.status_class):
                    self._return(clock, ticket, at, fact)
            elif not target:
                clock.stop(at, Stop.NO_LONGER_PROMISED, fact)
            else:
                self._retarget(clock, ticket, at, target, fact)
        if _NEXT_RESPONSE in promises or _NEXT_RESPONSE in current:
            self._promise_answer(ticket, at, fact)

    def _promise_answer(self, ticket: Promised, at: int, fact: Fact | None) -> None:
        """The same for the round of next response that is open, or that a waiting message would have begun (CR-15)."""
        target = self.rules.target(ticket.plan, _NEXT_RESPONSE, ticket.severity)
        answer = self.current.get(_NEXT_RESPONSE)
        if answer is not None and not answer.stopped:
            if target:
                self._retarget(answer, ticket, at, target, fact)
            else:
                answer.stop(at, Stop.NO_LONGER_PROMISED, fact)
        elif target and ticket.unanswered and ticket.status_class is not _CLOSED:
            same_round = answer is not None and (
                ticket.last_contact_at is None or ticket.last_contact_at <= answer.started_at
            )
            if answer is not None and answer.unpromised and same_round:
                self._return(answer, ticket, at, fact)
            elif (answer is None or not same_round) and self._rounds_begin(ticket):
                self._start(_NEXT_RESPONSE, ticket, at, target, fact)

    def met(self, met: Met, fact: Fact) -> None:
        """A fact meets every clock that it can meet, for good."""
        self._given.add(met)
        for kind, clock in self.current.items():
            rules = self.rules.clocks.get(kind)
            if rules is not None and met in rules.met_by:
                clock.stop(fact.at, _MET, fact)

    def stop(self, kind: ClockKind, at: int, fact: Fact | None) -> None:
        """Meet one clock, if it runs."""
        clock = self.current.get(kind)
        if clock is not None:
            clock.stop(at, _MET, fact)

    def end(self, at: int, fact: Fact | None) -> None:
        """End every clock without meeting it; leaving the closed status sets them going again."""
        for kind, clock in self.current.items():
            # Dates that were named do not move, so they do not return either.
            clock.stop(at, Stop.REPLACED if kind is _ETA or kind is _AUTO_CLOSE else Stop.MERGED, fact)

    def status_changed(self, ticket: Promised, at: int, fact: Fact | None) -> None:
        """Pause, resume, meet or set going again what the new status of the ticket says."""
        status, status_class = ticket.status, ticket.status_class
        meets = _STATUS_MEETS.get(status_class)
        for kind, clock in self.current.items():
            if clock.stopped and not clock.stopped_by_status:
                continue
            if kind is _AUTO_CLOSE:
                if status_class is _CLOSED:
                    clock.stop(at, Stop.REPLACED, fact)
                continue
            rules = self.rules.clocks.get(kind)
            if meets is not None and rules is not None and meets in rules.met_by:
                # A date that was named does not move when the ticket is reopened: an ETA is met for good.
                clock.stop(at, _MET if kind is _ETA else Stop.MET_BY_STATUS, fact)
                continue
            if status_class is _CLOSED:
                clock.stop(at, Stop.REPLACED if kind is _ETA else Stop.ENDED_BY_STATUS, fact)
                continue
            if clock.stopped:
                self._return(clock, ticket, at, fact)
            elif rules is not None and status in rules.pauses:
                clock.pause(at, fact)
            elif not clock.running:
                clock.resume(at, fact)

    def customer_wrote(self, ticket: Promised, fact: Fact) -> None:
        """The earliest unanswered message starts a round of next response; where a first response is promised too,
        rounds begin after it."""
        running = self.current.get(_NEXT_RESPONSE)
        if running is not None and not running.stopped:
            return
        target = self.rules.target(ticket.plan, _NEXT_RESPONSE, ticket.severity)
        if target and self._rounds_begin(ticket):
            self._start(_NEXT_RESPONSE, ticket, fact.at, target, fact)

    def _rounds_begin(self, ticket: Promised) -> bool:
        promised_first = self.rules.target(ticket.plan, _FIRST_RESPONSE, ticket.severity)
        return ticket.first_contact_at is not None or not promised_first

    def escalated(self, escalation: EscalationState, fact: Fact) -> None:
        """Each request has its own time to be decided (LI-5)."""
        requested = escalation.uid == fact.uid and escalation.phase in UNDECIDED
        if requested and self.rules.review is not None:
            self._begin(_REVIEW, fact.at, self.rules.review, None, fact, paused=False)
            return
        # The ticket may have come from a pack with reviews, so a request alone can end the one before.
        clock = self.current.get(_REVIEW)
        if clock is not None and (requested or escalation.phase not in UNDECIDED):
            clock.stop(fact.at, _MET if escalation.phase in _DECIDED else Stop.REPLACED, fact)

    def end_review(self, at: int, fact: Fact | None) -> None:
        """A request ends without a decision; it does not return when the ticket is reopened."""
        clock = self.current.get(_REVIEW)
        if clock is not None:
            clock.stop(at, Stop.REPLACED, fact)

    def start_eta(self, fact: Fact) -> None:
        """A new ETA replaces the one before, which keeps its breach."""
        due = fact.a or fact.at
        self._begin(_ETA, fact.at, due - fact.at, None, fact, paused=False)

    def start_auto_close(self, fact: Fact, target: int) -> None:
        """Each resolution notification starts the closing period anew (OD-12)."""
        self._begin(_AUTO_CLOSE, fact.at, target, None, fact, paused=False)

    def cancel_auto_close(self, at: int, fact: Fact | None) -> None:
        """A request for assistance ends the closing period."""
        clock = self.current.get(_AUTO_CLOSE)
        if clock is not None:
            clock.stop(at, Stop.REPLACED, fact)

    def _fulfilled(self, kind: ClockKind, status_class: StatusClass) -> bool:
        """Whether what would meet a clock of this kind has been given already, or the ticket is closed."""
        if status_class is _CLOSED:
            return True
        rules = self.rules.clocks.get(kind)
        if rules is None:
            return False
        return not rules.met_by.isdisjoint(self._given) or _STATUS_MEETS.get(status_class) in rules.met_by

    def _start(self, kind: ClockKind, ticket: Promised, at: int, target: int, fact: Fact | None) -> None:
        rules = self.rules.clocks.get(kind)
        paused = rules is not None and ticket.status in rules.pauses
        self._begin(kind, at, target, ticket.plan, fact, paused=paused)

    def _begin(
        self,
        kind: ClockKind,
        at: int,
        target: int,
        plan: str | None,
        fact: Fact | None,
        *,
        paused: bool,
    ) -> None:
        before = self.current.get(kind)
        cycle = 0
        if before is not None:
            before.stop(at, Stop.REPLACED, fact)
            self.past.append(before)
            cycle = before.cycle + 1
        axis, calendar_id = self.rules.counting(plan, kind)
        self.current[kind] = SlaClock(kind, cycle, at, target, axis, plan, calendar_id, fact, paused=paused)

    def _retarget(self, clock: SlaClock, ticket: Promised, at: int, target: int, fact: Fact | None) -> None:
        axis, calendar_id = self.rules.counting(ticket.plan, clock.kind)
        if (target, axis, ticket.plan) != (clock.target, clock.axis, clock.plan):
            clock.retarget(at, target, axis, ticket.plan, calendar_id, fact)
