"""What leaves the store for a screen or a terminal: frozen rows, never database objects."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One visible row of a queue. Texts are as people wrote them: show them as plain text.

    Instants in whole seconds UTC; `left_work` in working microseconds for paused rows; `plan` and `status` are codes
    of the pack `pack`. `escalation_s` is when an open escalation was requested, `review_s` by when it is to be decided
    (LI-5), `same_day` whether it was asked for on the day the ticket was opened (LI-2). `mark` is the `QuotaMark` of a
    ticket beyond the quota. `parked_s`: from when a ticket that waits counts as parked.
    """

    ticket_id: int
    number: str
    subject: str
    customer: str
    severity: int | None
    pack: str
    plan: str | None
    status: str
    support_group: str | None
    owner: str | None
    clock: str | None
    group: int
    due_s: int
    left_work: int | None
    clock_started_s: int | None
    target_work: int | None
    calendar_id: int | None
    paused: bool
    breached: bool
    opened_s: int
    last_contact_s: int | None
    escalation: str | None
    revision: int
    escalation_s: int | None = None
    review_s: int | None = None
    parked_s: int | None = None
    mark: str | None = None
    same_day: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a ticket's conversation. `body` is none where the text was erased, and where it is `wordless`:
    nothing was written.

    A decision about the ticket has `value` and `before` as the fact has `a` and `b`, and the code of its `reason`.
    `uid` is that of the fact; `named` the person whom it names (an owner), else its short text.
    """

    at: int
    kind: int
    public: bool
    automatic: bool
    actor_kind: int
    actor: str | None
    body: str | None
    decision_uid: str | None
    value: int | None = None
    before: int | None = None
    reason: str | None = None
    uid: str = ""
    named: str | None = None
    wordless: bool = False

    @property
    def erased(self) -> bool:
        """Whether there were words and they are gone."""
        return self.body is None and not self.wordless


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """Who the customer is. `zone` is an IANA name or none."""

    customer_id: int
    number: str
    name: str
    zone: str | None
    tier: str | None


@dataclass(frozen=True, slots=True)
class TicketIdentity:
    """What never changes of a ticket."""

    ticket_id: int
    number: str
    subject: str
    source: str
    source_url: str | None
    opened_at: int
    customer: CustomerCard | None


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A customer's contract. Instants in microseconds UTC; `end_at` none: open-ended."""

    contract_id: int
    uid: str
    pack: str
    plan: str
    start_at: int
    end_at: int | None
    support_code: str | None
    licence_key: str | None
    product: str | None
    product_version: str | None
