"""Reviews by team leads: what was decided, what was seen then, what came of it, and whether it stands.

A review is an entry of the journal; the decision and every earlier review stay. Overturning changes no ticket.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Any
from uuid import uuid4

from console.domain.decisions import Actor, Change, JournalEntry, NewDecision
from console.domain.errors import UserError
from console.domain.instants import TimeSource
from console.domain.policy import Pack
from console.domain.records import REVIEW_OVERTURNED, REVIEW_UPHELD, JournalFilter
from console.domain.reviews import ACCEPTED, REJECTED, REVIEWS, SEVERITY, DecisionFilter, DecisionRow, same_person
from console.domain.roles import Act, may, require
from console.services.reviewing.review_aftermath import Aftermath, aftermath
from console.services.reviewing.review_agreement import Agreement, agreement
from console.services.reviewing.review_charts import Chart, charts
from console.services.reviewing.review_consistency import Parting, partings
from console.services.reviewing.review_evidence import BookThen, Seen, SeenThen
from console.services.reviewing.review_sample import Found, find_sample
from console.services.standing import BookOf
from console.services.tickets import TicketService
from console.store import decision_rows, door, journal
from console.store.database import Connection
from console.store.derive import engine_version


@dataclass(frozen=True, slots=True)
class Review:
    """A review. `own` is what the lead would have decided where they were asked blind."""

    entry: JournalEntry
    upheld: bool
    blind: bool
    own: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """A decision to review. `refusal` is a code where this person may not.

    While `row.hidden` there is no entry, no preview, nothing that came after, and no review. `afterwards_then` ends at
    the newest review. `choices` are what could have been decided (outcomes).
    """

    row: DecisionRow
    seen: Seen
    entry: JournalEntry | None
    afterwards: Aftermath | None
    afterwards_then: Aftermath | None
    reviews: tuple[Review, ...]
    refusal: str | None
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review that was recorded."""

    change: Change
    uid: str
    upheld: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What a page of reviews begins with. `packs` are the newest versions of all that are adopted."""

    found: Found
    agreement: Agreement
    managers: tuple[str, ...]
    packs: tuple[Pack, ...]


class ReviewService:
    """Reads for everybody; reviewing is for the role that may (`Act.REVIEW`)."""

    def __init__(
        self,
        book_of: BookOf,
        book_then: BookThen,
        time: TimeSource,
        tickets: TicketService,
        as_of: int | None = None,
    ) -> None:
        """`as_of` (microseconds UTC): what was decided and reviewed later is left out; none: nothing is."""
        self._as_of = as_of
        self._tickets = tickets
        self._book_of = book_of
        self._book_then = book_then
        self._time = time
        self._then = SeenThen(book_then, tickets)

    def as_it_was(self, time: TimeSource, instant: int) -> ReviewService:
        """The same for a desk as it was at `instant` (microseconds UTC). For reading."""
        return ReviewService(self._book_of, self._book_then, time, self._tickets, instant)

    def find(self, conn: Connection, wanted: DecisionFilter) -> Found:
        """The decisions that fit. Raises UserError review_random."""
        if self._as_of is not None:
            end = self._as_of + 1
            wanted = replace(wanted, until=end if wanted.until is None else min(end, wanted.until))
        return find_sample(conn, wanted)

    def rows(
        self, conn: Connection, numbers: Sequence[int], viewer: Actor, *, blind: bool = False
    ) -> list[DecisionRow]:
        """Rows by number, the newest first. `blind` hides who decided, and how, in those that the viewer has not
        reviewed."""
        found = [self._known(row) for row in decision_rows.decision_rows(conn, numbers)]
        if not blind:
            return found
        open_eyed = decision_rows.reviews_of(conn, viewer.name, [row.uid for row in found])
        return [row if row.uid in open_eyed or not row.blindable else row.blind() for row in found]

    def choices(self, conn: Connection) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Managers and packs of the decisions there are."""
        return tuple(decision_rows.deciders(conn)), tuple(decision_rows.packs_decided(conn))

    def number(self, conn: Connection, named: str) -> int:
        """A decision by its number in the journal, else by its uid or by how that begins. Raises UserError
        review_unknown."""
        found = None
        if named.isdecimal() and len(named) < 10:
            found = next((row.seq for row in decision_rows.decision_rows(conn, [int(named)])), None)
        if found is None and named:
            found = decision_rows.decision_number(conn, named)
        if found is None:
            raise UserError("review_unknown", found=named)
        return found

    def case(self, conn: Connection, number: int, viewer: Actor, *, blind: bool = False) -> Case:
        """A decision with all that is needed to judge it. Raises UserError review_unknown."""
        (row, entry) = self._decision(conn, number)
        (shown,) = self.rows(conn, [number], viewer, blind=blind)
        seen = self._then.of(conn, entry)
        refusal = self._review_refusal(conn, viewer, row)
        choices = _choices(row, seen.card.pack)
        if shown.hidden:
            return Case(shown, _hidden(seen), None, None, None, (), refusal, choices)
        reviews = self._reviews(conn, entry.uid)
        last = reviews[-1].entry if reviews else None
        then = None if last is None else aftermath(conn, self._book_of, entry, last.at, last.revision)
        after = aftermath(conn, self._book_of, entry, self._time.now())
        return Case(shown, seen, entry, after, then, reviews, refusal, choices)

    def uphold(self, conn: Connection, number: int, actor: Actor, words: str) -> Reviewed:
        """The decision stands. Raises UserError role_may_not, words_missing, review_own_decision, review_unknown."""
        return self._review(conn, number, actor, words, True, None)

    def overturn(self, conn: Connection, number: int, actor: Actor, words: str) -> Reviewed:
        """The decision was wrong; the ticket stays as it is. Raises what `uphold` raises."""
        return self._review(conn, number, actor, words, False, None)

    def judge(self, conn: Connection, number: int, actor: Actor, own: str, words: str) -> Reviewed:
        """What the lead would have decided, without knowing what was: the same upholds, another one overturns.

        Raises UserError review_choice for what could not have been decided, review_seen for a decision that this lead
        has reviewed before, and what `uphold` raises.
        """
        (row, entry) = self._decision(conn, number)
        pack = self._book_then(conn, entry.revision - 1).pack(row.pack, entry.at)
        choices = () if pack is None else _choices(row, pack)
        if own not in choices:
            raise UserError("review_choice", found=own, expected=", ".join(choices))
        if decision_rows.reviews_of(conn, actor.name, [row.uid]):
            raise UserError("review_seen", ticket=row.number)
        return self._review(conn, number, actor, words, own == row.outcome, own)

    def agreement(self, conn: Connection, since: int | None = None, until: int | None = None) -> Agreement:
        """How often leads agreed with the decisions that they reviewed, blind and open apart."""
        return agreement(conn, since, until)

    def look(self, conn: Connection, wanted: DecisionFilter) -> Look:
        """The decisions that fit, how leads agree in their period, and what else can be asked for."""
        managers, codes = self.choices(conn)
        packs = tuple(pack for pack in self._book_of(conn).packs() if pack.code in codes)
        agreed = self.agreement(conn, wanted.since, wanted.until)
        return Look(self.find(conn, wanted), agreed, managers, packs)

    def consistency(self, conn: Connection, wanted: DecisionFilter) -> tuple[Parting, ...]:
        """Decisions that are alike and went different ways."""
        return partings(self.all_rows(conn, wanted))

    def charts(self, conn: Connection, wanted: DecisionFilter, zone: tzinfo) -> tuple[Chart, ...]:
        """The decisions in numbers; days and weeks are those of `zone`."""
        return charts(self.all_rows(conn, wanted), zone)

    def all_rows(self, conn: Connection, wanted: DecisionFilter) -> list[DecisionRow]:
        """The rows of every decision that fits, for charts and comparisons."""
        return [self._known(row) for row in decision_rows.decision_rows(conn, self.find(conn, wanted).numbers)]

    def _known(self, row: DecisionRow) -> DecisionRow:
        """Without a review or an undoing that was still to come."""
        if self._as_of is None:
            return row
        if row.undone_at is not None and row.undone_at > self._as_of:
            row = replace(row, undone_at=None)
        if row.reviewed_at is None or row.reviewed_at <= self._as_of:
            return row
        return replace(row, review=None, reviewed_at=None, reviewer=None)

    def _decision(self, conn: Connection, number: int) -> tuple[DecisionRow, JournalEntry]:
        row = next(iter(decision_rows.decision_rows(conn, [number])), None)
        entry = None if row is None else journal.entry(conn, row.uid)
        if row is None or entry is None:
            raise UserError("review_unknown", found=number)
        return row, entry

    def _review(
        self, conn: Connection, number: int, actor: Actor, words: str, upheld: bool, own: str | None
    ) -> Reviewed:
        require(actor, Act.REVIEW)
        if not words.strip():
            raise UserError("words_missing", field="reason")
        (row, entry) = self._decision(conn, number)
        refusal = self._review_refusal(conn, actor, row)
        if refusal is not None:
            raise UserError(refusal, ticket=row.number, who=actor.name)
        kept: dict[str, Any] = {
            "blind": own is not None,
            "own": own,
            "taken": row.outcome,
            "own_decision": same_person(actor, row.actor, row.os_user),
            "decision_seq": entry.seq,
            "decision_hash": entry.hash,
            "engine": engine_version(),
        }
        decision = NewDecision(
            uid=uuid4().hex,
            kind=REVIEW_UPHELD if upheld else REVIEW_OVERTURNED,
            ticket_id=row.ticket_id,
            subject_uid=row.uid,
            actor=actor,
            reason_code=None,
            words=words.strip(),
            base_revision=door.revision(conn),
            evidence=kept,
        )
        # A desk whose time is behind reviews no decision before it was taken.
        change = door.enter(conn, decision, max(self._time.now(), entry.at))
        return Reviewed(change, decision.uid, upheld)

    def _review_refusal(self, conn: Connection, actor: Actor, row: DecisionRow) -> str | None:
        """Nobody reviews their own decision, unless nobody else ever decided at this desk: who is alone may look back
        at what they did, and it counts for no rate."""
        if not may(actor.role, Act.REVIEW):
            return "role_may_not"
        own = same_person(actor, row.actor, row.os_user)
        return "review_own_decision" if own and decision_rows.somebody_else(conn, actor) else None

    def _reviews(self, conn: Connection, uid: str) -> tuple[Review, ...]:
        until = None if self._as_of is None else self._as_of + 1
        found = journal.find(conn, JournalFilter(kinds=REVIEWS, subject_uid=uid, until=until))
        return tuple(_review_of(conn, entry) for entry in found)


def _review_of(conn: Connection, entry: JournalEntry) -> Review:
    kept = {} if entry.evidence_sha256 is None else journal.evidence_of(conn, entry.evidence_sha256)
    own = kept.get("own")
    blind = bool(kept.get("blind"))
    return Review(entry, entry.kind == REVIEW_UPHELD, blind, own if isinstance(own, str) else None)


def _choices(row: DecisionRow, pack: Pack) -> tuple[str, ...]:
    if row.kind == SEVERITY:
        return tuple(f"{SEVERITY}:{each.level}" for each in pack.severities)
    return (ACCEPTED, REJECTED) if row.answers else ()


def _hidden(seen: Seen) -> Seen:
    """What was seen, without what was then decided."""
    return replace(
        seen,
        preview=(),
        evidence={},
        differences=tuple(each for each in seen.differences if each.what != "preview"),
    )
