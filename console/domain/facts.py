"""Facts: what happened to a ticket. Append-only; everything else is derived from them."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class FactKind(IntEnum):
    """The closed list of fact kinds. The numbers are stored: never renumber, only add.

    `a`, `b` are integers and `t` a short text; what they mean is noted beside each kind.
    """

    OPENED = 1  # a severity or none when the source gives it later, t channel
    MESSAGE = 2  # a public 0/1, b automatic 0/1, t 'confirmation' where marked; the author is actor_kind
    NOTE = 3
    # t status of the pack; a = 1: coming into this status answers the customer, b = 1: tells of the solution (OD-12)
    STATUS_SET = 4
    SEVERITY_SET = 5  # a to, b from or none
    PLAN_SET = 6  # a contract id or none, t 'pack/plan'
    ETA_SET = 7  # a due, t 'resolution' | 'update'
    WORKAROUND_GIVEN = 8
    SOLUTION_GIVEN = 9
    SOLUTION_NOTIFIED = 10
    CONFIRMED = 11
    OWNER_SET = 12  # a person id, none: nobody
    GROUP_SET = 13  # a support group id, none: no group
    PRODUCT_SET = 14  # t
    CUSTOMER_PRIORITY_SET = 15  # a
    PROMISE_MADE = 16  # a due
    PROMISE_KEPT = 17
    ESCALATION_REQUESTED = 18  # a level, t channel; its uid is the escalation's uid
    ESCALATION_JOINED = 19  # t channel
    REVIEW_STARTED = 20
    ESCALATION_ACCEPTED = 21  # a next update due
    ESCALATION_REJECTED = 22  # t reason code
    ESCALATION_WITHDRAWN = 23
    ESCALATION_SUPERSEDED = 24  # t
    ESCALATION_CLOSED = 25  # t outcome
    BUG_CONFIRMED = 26  # t bug id
    SURVEY_SENT = 27
    SURVEY_ANSWERED = 28
    MERGED_INTO = 29  # a ticket id
    SPLIT_FROM = 30  # a ticket id
    LINKED = 31  # a ticket id, t relation
    VOID = 32  # t uid of the fact that does not count


class ActorKind(IntEnum):
    """Who did it."""

    CUSTOMER = 1
    AGENT = 2
    MANAGER = 3
    SYSTEM = 4


SUPPORT = frozenset({ActorKind.AGENT, ActorKind.MANAGER})


class Fact(NamedTuple):
    """One fact of one ticket, as the fold reads it.

    `at` and `recorded_at` are microseconds UTC; `ord` is the source's own order within an instant (0 where it has
    none). Facts of a ticket are ordered by (at, ord, rank, uid), see `console.domain.order`.
    """

    at: int
    ord: int
    uid: str
    kind: int
    a: int | None = None
    b: int | None = None
    t: str | None = None
    actor_kind: int = ActorKind.SYSTEM
    actor_id: int | None = None
    text_id: int | None = None
    decision_uid: str | None = None
    revision: int = 0
    recorded_at: int = 0


class NewFact(NamedTuple):
    """A fact that is about to be recorded. `text` are words of people; `uid` is made when it is none.

    An import gives a uid that is made from the source's own identity of the event, so that a second import adds
    nothing.
    """

    ticket_id: int
    at: int
    kind: int
    a: int | None = None
    b: int | None = None
    t: str | None = None
    actor_kind: int = ActorKind.SYSTEM
    actor_id: int | None = None
    text: str | None = None
    ord: int = 0
    uid: str | None = None
