"""What is read back from the records of a desk: journal, messages, shifts, personal marks.

Instants are microseconds UTC.
"""

from __future__ import annotations

from typing import NamedTuple

SHIFT_TAKEN, SHIFT_PEOPLE, SHIFT_HANDED_OVER = "shift_taken", "shift_people", "shift_handed_over"
REVIEW_UPHELD, REVIEW_OVERTURNED = "review_upheld", "review_overturned"
TEXT_ERASED = "text_erased"
CONTRACT_MADE, INCIDENTS_BOUGHT, TAM_SPENT = "contract_made", "incidents_bought", "tam_spent"

WITHOUT_FACTS = frozenset(
    {SHIFT_TAKEN, SHIFT_PEOPLE, SHIFT_HANDED_OVER, REVIEW_UPHELD, REVIEW_OVERTURNED, TEXT_ERASED}
    | {CONTRACT_MADE, INCIDENTS_BOUGHT, TAM_SPENT}
)
"""The kinds of journal entries that change no ticket. Every other entry has at least one fact that carries its uid."""


class JournalFilter(NamedTuple):
    """Which entries of the journal to read; what is empty or none does not limit.

    `since` is included, `until` is not. Entries come oldest first unless `newest_first`.
    """

    kinds: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    ticket_id: int | None = None
    since: int | None = None
    until: int | None = None
    shift_uid: str | None = None
    subject_uid: str | None = None
    limit: int | None = None
    newest_first: bool = False


class OpenShift(NamedTuple):
    """The shift that runs: `uid` and `seq` are those of the journal entry that took it."""

    uid: str
    seq: int
    actor: str
    role: str
    at: int
    evidence_sha256: str | None


class OutboxFilter(NamedTuple):
    """Which messages to read; what is empty or none does not limit. Oldest first unless `newest_first`. `until` is the
    instant (microseconds UTC) up to which their decisions were taken."""

    ticket_id: int | None = None
    decision_uid: str | None = None
    states: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    limit: int | None = None
    newest_first: bool = False
    until: int | None = None


class OutboxMessage(NamedTuple):
    """A message of a decision: `n` orders those of a ticket, `text` is none where it was erased.

    It may not leave before `not_before`. `state` is waiting or cancelled; sending adds its own. `to` is an address of
    `console.domain.addresses`, `name` what that one is called now: none for a role, and where it was erased.
    """

    uid: str
    decision_uid: str
    ticket_id: int | None
    number: str | None
    n: int
    channel: str
    to: str
    text: str | None
    not_before: int
    state: str
    name: str | None = None


class KeptText(NamedTuple):
    """Words of somebody: `what` they are and whose, of which instant (none: a name), and their digest. `body` is none
    once erased."""

    id: int
    what: str
    at: int | None
    who: str | None
    body: str | None
    sha256: str


class Anchor(NamedTuple):
    """The end of a journal: the entry `seq` of the database had this hash and was of the instant `at`; 0 for both
    where nothing was decided yet."""

    database_uid: str
    seq: int
    hash: str
    at: int


PIN, REMIND, LOOKED = "pin", "remind", "looked"


class Mark(NamedTuple):
    """A personal mark of `actor` on a ticket, or with the ticket 0 on the desk as a whole.

    `kind` is pin, remind (at the instant `at`, with `words`) or looked (at `at`, when the desk was at `revision`).
    """

    actor: str
    ticket_id: int
    kind: str
    at: int
    revision: int
    words: str | None = None
