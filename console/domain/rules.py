"""What the fold needs of a policy pack, compiled to plain look-ups: no pydantic on the hot path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # The kinds of clock are needed before numpy is loaded.
    from console.domain.axis import Axis


# Three places fit into the 16 bits that the queue has for a rank.
_PLACES = 30
_BY_SEVERITY = ("severity",)


class ClockKind(StrEnum):
    """The kinds of SLA clock."""

    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    WORKAROUND = "workaround"
    ETA = "eta"
    ESCALATION_REVIEW = "escalation_review"
    AUTO_CLOSE = "auto_close"


class StatusClass(StrEnum):
    """Each status of a pack belongs to one class."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    ON_HOLD = "on_hold"
    RESOLVED = "resolved"
    CLOSED = "closed"


WAITING_CLASSES = frozenset({StatusClass.WAITING, StatusClass.ON_HOLD})
"""The classes of statuses in which a ticket waits for somebody else, whatever its clocks do."""


class Met(StrEnum):
    """What meets a clock. Facts meet it for good; a status class only until the ticket is reopened."""

    CONTACT = "contact"  # a public message of a person of support, not automatic
    WORKAROUND = "workaround"
    SOLUTION = "solution"
    RESOLVED = "resolved"  # the status class
    CLOSED = "closed"  # the status class


@dataclass(frozen=True, slots=True)
class ClockRules:
    """How clocks of one kind behave: what meets them and in which statuses (codes of the pack) they pause."""

    kind: ClockKind
    met_by: frozenset[Met]
    pauses: frozenset[str]


class ParkedReason(StrEnum):
    """Why a ticket that waits counts as parked."""

    WAITS_LONG = "waits_long"
    NEAR_BREACH = "near_breach"
    CUSTOMER_WAITS = "customer_waits"


@dataclass(frozen=True, slots=True)
class ParkedRules:
    """Which tickets that wait count as parked: after `after` (plain microseconds), with no more than `before_breach`
    of working time left (none: whatever is left), while a customer's message has no answer."""

    after: int
    before_breach: int | None
    customer_waits: bool

    def begin(self, waits_since: int, left: int | None, unanswered_at: int | None) -> list[tuple[ParkedReason, int]]:
        """The reasons that hold or will, each with its instant (microseconds UTC). The ticket waits since
        `waits_since`; `left` is what its paused clock has left, none without one."""
        found = [(ParkedReason.WAITS_LONG, waits_since + self.after)]
        if left is not None and self.before_breach is not None and left <= self.before_breach:
            found.append((ParkedReason.NEAR_BREACH, waits_since))
        if self.customer_waits and unanswered_at is not None:
            found.append((ParkedReason.CUSTOMER_WAITS, max(waits_since, unanswered_at)))
        return found


@dataclass(frozen=True, slots=True)
class Rules:
    """One version of a pack, ready for the fold.

    `targets[plan][kind][severity]` are working microseconds (missing: no promise). `axes[plan][kind]` is the working
    time on which that clock counts; `axes[""][kind]` serves what does not depend on a plan (ETA, auto-close) and
    tickets without one. `base_targets` holds for tickets whose plan the pack does not know (OD-4). A message of support
    moves a ticket from `moved_by_support` to `answered_status` (OW-5). `automatic_answers` and `internal_answers`:
    whether automatic mail and internal notes of support count as answers. `review`: working time to decide an
    escalation (LI-5); a severity of `outage` ends an open one (LI-11). `order` and the two maps of ranks make `rank`;
    none in a map stands for what it does not list. `parked`: none: no ticket ever counts as parked.
    """

    pack: str
    revision_id: int
    initial_status: str
    closed_status: str
    reopen_status: str
    status_class: Mapping[str, StatusClass]
    reopens_on_message: frozenset[str]
    clocks: Mapping[ClockKind, ClockRules]
    targets: Mapping[str, Mapping[ClockKind, Mapping[int, int]]]
    base_targets: Mapping[ClockKind, Mapping[int, int]]
    axes: Mapping[str, Mapping[ClockKind, Axis]]
    calendar_ids: Mapping[str, Mapping[ClockKind, int]]
    auto_close: int | None
    row_clocks: tuple[ClockKind, ...]
    rank_unknown: int = 9
    automatic_answers: bool = False
    internal_answers: bool = False
    base_plan: str | None = None
    severity_default: int | None = None
    moved_by_support: frozenset[str] = frozenset()
    answered_status: str = ""
    review: int | None = None
    outage: frozenset[int] = frozenset()
    order: tuple[str, ...] = _BY_SEVERITY
    plan_ranks: Mapping[str | None, int] = field(default_factory=lambda: MappingProxyType({}))
    priority_ranks: Mapping[int | None, int] = field(default_factory=lambda: MappingProxyType({}))
    parked: ParkedRules | None = None

    def promises(self, plan: str | None) -> Mapping[ClockKind, Mapping[int, int]]:
        """Working microseconds by kind and severity. A plan the pack knows overrides the base even where it promises
        less (OD-4)."""
        by_kind = self.targets.get(plan) if plan is not None else None
        return self.base_targets if by_kind is None else by_kind

    def target(self, plan: str | None, kind: ClockKind, severity: int | None) -> int | None:
        """Working microseconds promised, or none."""
        by_severity = self.promises(plan).get(kind)
        return None if by_severity is None or severity is None else by_severity.get(severity)

    def rank(self, plan: str | None, severity: int | None, priority: int | None) -> int:
        """Orders tickets of one deadline, the lowest first: severity, or what the pack puts in its place (LI-1)."""
        if self.order == _BY_SEVERITY:
            place = severity or self.rank_unknown
            return place if place < _PLACES else _PLACES - 1
        found = 0
        for part in self.order:
            if part == "severity":
                place = severity or self.rank_unknown
            elif part == "plan":
                place = self.plan_ranks.get(plan, self.plan_ranks.get(None, 0))
            else:
                place = self.priority_ranks.get(priority, self.priority_ranks.get(None, 0))
            found = found * _PLACES + (place if place < _PLACES else _PLACES - 1)
        return found

    def axis(self, plan: str | None, kind: ClockKind) -> Axis:
        """The working time of a clock of this plan."""
        return (self.axes.get(plan or "") or self.axes[""])[kind]

    def counting(self, plan: str | None, kind: ClockKind) -> tuple[Axis, int]:
        """The axis of a clock of this plan with the calendar revision that is stored beside it."""
        own = plan if plan is not None and plan in self.axes else ""
        return self.axes[own][kind], self.calendar_ids[own][kind]


class PolicyBook(Protocol):
    """The policy in force by instant: adoptions of packs, compiled. Immutable once handed to a fold."""

    def rules(self, pack: str, at: int) -> Rules | None:
        """The version of `pack` in force for a ticket created at `at`, none when the pack is not adopted. Calendars
        are always those of the newest adoption."""
        ...

    def by_calendars(self, pack: str, at: int) -> tuple[tuple[int, Rules], ...]:
        """The rules for a ticket of `pack` created at `at`, once for each set of calendars in force from then on, each
        with the instant of its adoption, oldest first; empty when the pack is not adopted."""
        ...

    def default_pack(self) -> str:
        """The pack of tickets that name none."""
        ...
