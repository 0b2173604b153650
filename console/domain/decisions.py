"""Decisions and what they leave behind: who took them, why, the ledger and the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Actor(NamedTuple):
    """Who acts: `name` and `role` as shown, `person_id` where the source knows the person.

    `role` is the one acted in, `roles` are all that this person holds. `os_user`, `db_user` and `desk_uid` say from
    where; they are written into the journal.
    """

    name: str
    role: str
    person_id: int | None = None
    os_user: str = ""
    db_user: str = ""
    desk_uid: str = ""
    roles: tuple[str, ...] = ()


class NewMessage(NamedTuple):
    """A message that a decision sends. It may not leave before `not_before` (microseconds UTC)."""

    channel: str
    to: str
    text: str
    not_before: int


class NewDecision(NamedTuple):
    """A decision that is about to be recorded; its facts carry `uid`.

    `subject_uid` names what was decided upon (an escalation), `base_revision` what the manager had
    seen. `evidence` holds integers, strings, lists and tables only: verdict and clocks as they stood.
    """

    uid: str
    kind: str
    ticket_id: int | None
    subject_uid: str | None
    actor: Actor
    reason_code: str | None
    words: str | None
    base_revision: int
    evidence: Mapping[str, object]
    messages: tuple[NewMessage, ...] = ()


class NewLedger(NamedTuple):
    """An entry for the ledger of a contract: `kind` incident or tam_minutes, negative deducts."""

    contract_id: int
    ticket_id: int | None
    kind: str
    amount: int
    rule: str
    at: int
    uid: str | None = None


class LedgerEntry(NamedTuple):
    """One entry of a contract's ledger as it was recorded; `at` is microseconds UTC."""

    uid: str
    contract_id: int
    ticket_id: int | None
    ticket_number: str | None
    kind: str
    amount: int
    rule: str
    at: int
    decision_uid: str | None
    revision: int


class ChangedFact(NamedTuple):
    """What someone else recorded since: for the message of a refused decision."""

    kind: int
    at: int
    actor: str | None
    decision_uid: str | None


class Change(NamedTuple):
    """What a write changed. `revision` is the newest one; nothing changed when `ticket_ids` is empty. `decision_uid`
    names the decision that was recorded, if there was one."""

    revision: int
    ticket_ids: tuple[int, ...]
    facts_added: int
    decision_uid: str | None = None


class JournalEntry(NamedTuple):
    """One line of the journal. Each carries the hash of the one before."""

    seq: int
    uid: str
    revision: int
    at: int
    kind: str
    ticket_id: int | None
    subject_uid: str | None
    actor: str
    role: str
    os_user: str
    db_user: str
    desk_uid: str
    policy_revision_id: int | None
    base_revision: int
    reason_code: str | None
    text_id: int | None
    text_sha256: str | None
    evidence_sha256: str | None
    hash_version: int
    prev_hash: str
    hash: str
    words: str | None = None
    """What the manager wrote, none where there was nothing or it was erased. Not part of the hash."""
    shift_uid: str | None = None
    """The shift that it belongs to, none outside of shifts."""

    @property
    def erased(self) -> bool:
        """Whether there were words and they are gone."""
        return self.words is None and self.text_id is not None
