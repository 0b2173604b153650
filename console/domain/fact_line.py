"""A fact of a ticket as a person reads it: what it says, who said it, and whether it counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact in the list of a ticket. `at` is microseconds UTC; `kind` and `actor_kind` as facts have them.

    `words` and `actor` are people's: show them as plain text. `named` is the person or group that the fact names.
    `decision` is the kind of the decision that it belongs to, `decided_at` and `decided_by` when and by whom that was
    taken. `voided_by` is the uid of the fact by which it does not count.
    """

    uid: str
    at: int
    kind: int
    a: int | None
    b: int | None
    t: str | None
    actor_kind: int
    actor: str | None
    words: str | None
    named: str | None
    decision_uid: str | None
    decision: str | None
    decided_at: int | None
    decided_by: str | None
    revision: int
    voided_by: str | None = None


@dataclass(frozen=True, slots=True)
class VoidableFact:
    """A fact with the code of why it cannot be voided; none where it can."""

    line: FactLine
    refusal: str | None
