"""Decisions as a team lead looks at them: one row each, which of them are late or against the verdict, and reviews.

Instants and durations are microseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from console.domain.decisions import Actor
from console.domain.instants import HOUR
from console.domain.records import REVIEW_OVERTURNED, REVIEW_UPHELD

REVIEWS = (REVIEW_UPHELD, REVIEW_OVERTURNED)
UNDONE = "undone"
ACCEPTED, REJECTED, SEVERITY = "escalation_accepted", "escalation_rejected", "severity_changed"
JUDGED = (
    ACCEPTED,
    REJECTED,
    SEVERITY,
    "escalation_withdrawn",
    "escalation_closed",
    "eta_set",
    "owner_set",
    "fact_voided",
    "incident_credited",
    "quota_served",
    "quota_refused",
)
"""The kinds of decisions that a lead reviews: those about a ticket in which somebody judged."""

BLIND = (ACCEPTED, REJECTED, SEVERITY)
"""The kinds of which a lead can say without knowing what they would have decided."""

SLOW = HOUR
"""Where the pack gives no time to decide an escalation, a decision after more than this is late [ours]."""

HIDDEN = ""
"""What stands in a blind row for who decided, how and why."""


class Sample(StrEnum):
    """Which decisions to look at."""

    ALL = "all"
    LATE = "late"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class DecisionFilter:
    """Which decisions: what is empty or none does not limit. `since` is included, `until` is not.

    `random`: so many of them, drawn by `seed`. The draw stands on the decisions alone, so that it stays the same while
    reviews come in; `unreviewed` then leaves out those that have one. `reviewer`: what this person decided, and so
    cannot review, is left out.
    """

    sample: Sample = Sample.ALL
    actors: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = JUDGED
    since: int | None = None
    until: int | None = None
    unreviewed: bool = False
    random: int | None = None
    seed: int = 0
    reviewer: Actor | None = None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision in a list. `severity`, `plan` and `pack` as the ticket stood when it was taken.

    `level`, `channel` and `asked_at` are those of the escalation that was decided, `review_due_at` of its review clock
    (none where the pack has none). `allowed`: what the rules said on that channel, none where they said nothing.
    `to_severity`: what a severity was changed to. `asked_because`: the reason that the customer gave. `review` is the
    kind of the newest review. Where `hidden`, who decided and how is left out. `undone_at`: when it was taken back; it
    counts for no rate then.
    """

    seq: int
    uid: str
    at: int
    kind: str
    ticket_id: int
    number: str
    customer: str | None
    pack: str
    plan: str | None
    severity: int | None
    level: int | None
    channel: str | None
    asked_at: int | None
    review_due_at: int | None
    allowed: bool | None
    to_severity: int | None
    reason_code: str | None
    asked_because: str | None
    actor: str
    os_user: str
    review: str | None = None
    reviewed_at: int | None = None
    reviewer: str | None = None
    hidden: bool = False
    undone_at: int | None = None

    @property
    def undone(self) -> bool:
        """Whether it was taken back."""
        return self.undone_at is not None

    @property
    def escalation(self) -> bool:
        """Whether an escalation was decided upon."""
        return self.asked_at is not None

    @property
    def took(self) -> int | None:
        """From the request to the decision; none where nothing was asked for."""
        return None if self.asked_at is None else self.at - self.asked_at

    @property
    def answers(self) -> bool:
        """Whether it answered a request."""
        return self.kind in (ACCEPTED, REJECTED)

    @property
    def late(self) -> bool:
        """Whether it came after the due of the review clock, without one more than `SLOW` after the request."""
        if self.took is None or not (self.answers or self.hidden):
            return False
        return self.took > SLOW if self.review_due_at is None else self.at > self.review_due_at

    @property
    def against(self) -> bool:
        """Whether it was accepted though the rules did not allow it, or rejected though they did."""
        return self.allowed is not None and self.answers and self.allowed != (self.kind == ACCEPTED)

    @property
    def blindable(self) -> bool:
        """Whether it can be reviewed without knowing how it was decided."""
        return self.hidden or self.kind in BLIND

    @property
    def outcome(self) -> str:
        """What it came to: the kind, of a severity what it was changed to."""
        return f"{SEVERITY}:{self.to_severity}" if self.kind == SEVERITY else self.kind

    def blind(self) -> DecisionRow:
        """Without who decided, how, why, and what others say of it."""
        return replace(
            self,
            kind=SEVERITY if self.kind == SEVERITY else HIDDEN,
            actor=HIDDEN,
            os_user=HIDDEN,
            reason_code=None,
            to_severity=None,
            review=None,
            reviewed_at=None,
            reviewer=None,
            undone_at=None,
            hidden=True,
        )


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """The version of a pack that a decision was judged by; `sha256` tells it apart, `adopted_at` since when it held."""

    pack: str
    sha256: str
    adopted_at: int


def same_person(actor: Actor, name: str, os_user: str) -> bool:
    """Whether somebody is the one who decided, by name or by the user of the operating system."""
    return actor.name == name or (bool(os_user) and actor.os_user == os_user)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """Rounded to the nearest, halves up; none of nothing."""
        return (200 * self.part + self.whole) // (2 * self.whole) if self.whole else None
