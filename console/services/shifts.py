"""Shifts: who is on duty, who works with them, how the desk stood when it was taken and handed over.

A shift begins with the journal entry that takes it and ends with the one that hands it over, or when somebody else
takes over. Decisions belong to the shift that runs when they are taken (`JournalEntry.shift_uid`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from console.domain.decisions import Actor, Change, JournalEntry, NewDecision
from console.domain.errors import ConflictError, UserError
from console.domain.instants import TimeSource, format_instant
from console.domain.records import SHIFT_HANDED_OVER, SHIFT_PEOPLE, SHIFT_TAKEN, JournalFilter
from console.domain.roles import Act, require
from console.services.desk_state import DeskState, state_as_evidence, state_of_desk, state_of_evidence
from console.services.standing import BookOf
from console.store import anchor, door, journal, people
from console.store.database import Connection

_ROLE = "shift_manager"
_KINDS = (SHIFT_TAKEN, SHIFT_PEOPLE, SHIFT_HANDED_OVER)


@dataclass(frozen=True, slots=True)
class OnShift:
    """Somebody who works on a shift."""

    person_id: int
    name: str
    """Blank where it was erased."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift. Instants in microseconds UTC; `until` is none while it runs.

    `entry_uid` is the last journal entry about it: who acts on a shift names it, so that two do not act on one at once.
    `words` are those of the take-over, `handed_words` those of the handover to `handed_to`; without a name somebody
    else took over. `people` are the last that were named.
    """

    uid: str
    entry_uid: str
    actor: str
    role: str
    since: int
    until: int | None
    handed_to: str | None
    words: str | None
    handed_words: str | None
    people: tuple[OnShift, ...]
    state_taken: DeskState | None
    state_handed: DeskState | None


class ShiftService:
    """Takes and hands over; reads what was, in the past up to `as_of` (microseconds UTC)."""

    def __init__(self, book_of: BookOf, time: TimeSource, as_of: int | None = None) -> None:
        self._book_of = book_of
        self._time = time
        self.as_of = as_of

    def current(self, conn: Connection) -> Shift | None:
        """The shift that runs; none when nobody is on duty."""
        latest = self.latest(conn)
        return latest if latest is not None and latest.until is None else None

    def latest(self, conn: Connection) -> Shift | None:
        """The shift that runs, else the one that ended last."""
        return next(iter(self.list(conn, 1)), None)

    def list(self, conn: Connection, limit: int | None = None) -> tuple[Shift, ...]:
        """Shifts, the newest first; at most `limit`."""
        until = None if self.as_of is None else self.as_of + 1
        taken = journal.find(conn, JournalFilter(kinds=(SHIFT_TAKEN,), limit=limit, newest_first=True, until=until))
        if not taken:
            return ()
        # By their place in the journal: the time of another desk may be a little behind.
        later = journal.find(conn, JournalFilter(kinds=_KINDS, until=until))
        return tuple(_shift(conn, entry, [each for each in later if each.seq >= entry.seq]) for entry in taken)

    def managers(self, conn: Connection) -> tuple[str, ...]:
        """Everybody who was on duty, was handed a shift, or decided as shift manager, by name."""
        until = None if self.as_of is None else self.as_of + 1
        handed = journal.find(conn, JournalFilter(kinds=(SHIFT_HANDED_OVER,), until=until))
        named = {name for entry in handed if (name := _text(_evidence(conn, entry).get("to")))}
        return tuple(sorted(named | set(journal.actors_as(conn, _ROLE, until)), key=str.casefold))

    def decisions(self, conn: Connection, shift_uid: str) -> tuple[JournalEntry, ...]:
        """What was decided in a shift, the oldest first; its own entries are left out."""
        until = None if self.as_of is None else self.as_of + 1
        found = journal.find(conn, JournalFilter(shift_uid=shift_uid, until=until))
        return tuple(entry for entry in found if entry.kind not in _KINDS)

    def state_of_desk(self, conn: Connection) -> DeskState:
        """How the desk stands now: of the past only what a take-over and a handover kept is known."""
        return state_of_desk(conn, self._book_of, self._time.now())

    def take(
        self,
        conn: Connection,
        actor: Actor,
        on_shift: Sequence[int] = (),
        words: str | None = None,
        *,
        seen: str | None = None,
    ) -> Change:
        """Be on duty from now on, with these people (ids); a shift that runs ends. The state of the desk is kept.

        `seen` is the last entry about shifts that the actor saw, none for the first ever. Raises UserError
        role_may_not, shift_yours when the actor is on duty already, person_unknown; ConflictError shift_changed when
        somebody else acted on the shift meanwhile.
        """
        require(actor, Act.TAKE_SHIFT)
        latest = self._unchanged(conn, seen)
        if latest is not None and latest.until is None and latest.actor == actor.name:
            raise UserError("shift_yours", since=format_instant(latest.since))
        kept = {"people": _known(conn, on_shift), "desk": state_as_evidence(self.state_of_desk(conn))}
        if latest is not None and latest.until is None:
            kept["taken_from"] = latest.actor
        return self._enter(conn, SHIFT_TAKEN, actor, None if latest is None else latest.uid, words, kept)

    def set_people(self, conn: Connection, actor: Actor, on_shift: Sequence[int], *, seen: str | None) -> Change:
        """Name who works on the shift that runs. Raises UserError role_may_not, shift_nobody, shift_not_yours or
        person_unknown; ConflictError shift_changed."""
        require(actor, Act.TAKE_SHIFT)
        shift = self._own(conn, actor, seen)
        return self._enter(conn, SHIFT_PEOPLE, actor, shift.uid, None, {"people": _known(conn, on_shift)})

    def hand_over(
        self, conn: Connection, actor: Actor, to: str, words: str | None = None, *, seen: str | None
    ) -> Change:
        """End the shift that runs; `to` names who takes over, who then does so. The state of the desk is kept.

        Raises UserError role_may_not, shift_nobody, shift_not_yours, shift_to_missing or shift_to_yourself;
        ConflictError shift_changed.
        """
        require(actor, Act.TAKE_SHIFT)
        shift = self._own(conn, actor, seen)
        name = to.strip()
        if not name:
            raise UserError("shift_to_missing", field="to")
        if name == actor.name:
            raise UserError("shift_to_yourself", field="to")
        kept = {
            "to": name,
            "desk": state_as_evidence(self.state_of_desk(conn)),
            # Both of them have seen how far the journal went: its end cannot be cut without either knowing.
            "anchor": anchor.as_json(anchor.take(conn)),
        }
        return self._enter(conn, SHIFT_HANDED_OVER, actor, shift.uid, words, kept)

    def _own(self, conn: Connection, actor: Actor, seen: str | None) -> Shift:
        latest = self._unchanged(conn, seen)
        if latest is None or latest.until is not None:
            raise UserError("shift_nobody")
        if latest.actor != actor.name:
            raise UserError("shift_not_yours", who=latest.actor)
        return latest

    def _unchanged(self, conn: Connection, seen: str | None) -> Shift | None:
        latest = self.latest(conn)
        if latest is not None and seen is not None and latest.entry_uid != seen:
            entry = journal.entry(conn, latest.entry_uid)
            who, when = (latest.actor, latest.since) if entry is None else (entry.actor, entry.at)
            raise ConflictError("shift_changed", who=who, when=format_instant(when))
        return latest

    def _enter(
        self,
        conn: Connection,
        kind: str,
        actor: Actor,
        subject_uid: str | None,
        words: str | None,
        kept: Mapping[str, object],
    ) -> Change:
        decision = NewDecision(
            uid=uuid4().hex,
            kind=kind,
            ticket_id=None,
            subject_uid=subject_uid,
            actor=actor,
            reason_code=None,
            words=(words or "").strip() or None,
            base_revision=door.revision(conn),
            evidence=kept,
        )
        return door.enter(conn, decision, self._time.now())


def _shift(conn: Connection, taken: JournalEntry, later: Sequence[JournalEntry]) -> Shift:
    """A shift of the entry that took it and those from it on, oldest first."""
    following = next((entry for entry in later[1:] if entry.kind == SHIFT_TAKEN), None)
    own = [entry for entry in later if following is None or entry.seq < following.seq]
    handed = next((entry for entry in own if entry.kind == SHIFT_HANDED_OVER), None)
    end = handed or following
    told = _evidence(conn, _last_people(own))
    handed_kept = _evidence(conn, handed)
    return Shift(
        uid=taken.uid,
        entry_uid=own[-1].uid,
        actor=taken.actor,
        role=taken.role,
        since=taken.at,
        until=None if end is None else end.at,
        handed_to=_text(handed_kept.get("to")),
        words=taken.words,
        handed_words=None if handed is None else handed.words,
        people=_people(conn, told.get("people")),
        state_taken=state_of_evidence(conn, _evidence(conn, taken)),
        state_handed=state_of_evidence(conn, handed_kept),
    )


def _last_people(own: Sequence[JournalEntry]) -> JournalEntry:
    return next(entry for entry in reversed(own) if entry.kind in (SHIFT_TAKEN, SHIFT_PEOPLE))


def _evidence(conn: Connection, entry: JournalEntry | None) -> Mapping[str, object]:
    return {} if entry is None or entry.evidence_sha256 is None else journal.evidence_of(conn, entry.evidence_sha256)


def _known(conn: Connection, ids: Sequence[int]) -> list[int]:
    """What evidence keeps of people: ids, as names can be erased and evidence cannot."""
    found = people.names(conn, ids)
    unknown = [each for each in ids if each not in found]
    if unknown:
        raise UserError("person_unknown", field="people", person=unknown[0])
    return list(dict.fromkeys(ids))


def _people(conn: Connection, kept: object) -> tuple[OnShift, ...]:
    if not isinstance(kept, list):
        return ()
    # Evidence of earlier versions kept a table of id and name for each.
    ids = [each["id"] if isinstance(each, Mapping) else each for each in kept]
    named = people.names(conn, ids)
    return tuple(OnShift(each, named.get(each, "")) for each in ids)


def _text(kept: object) -> str | None:
    return kept if isinstance(kept, str) else None
