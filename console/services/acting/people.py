"""People: who is on shift and what each carries, and whom to call for a level tonight."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from console.domain.escalation_path import escalation_path
from console.domain.instants import SECOND, TimeSource
from console.domain.on_call import OnCall, on_call
from console.domain.people import Load, PersonLoad
from console.domain.policy import Pack
from console.domain.policy_values import Text
from console.domain.state import Group, RowState
from console.services.queues import QueueService
from console.services.standing import BookOf, standing, standing_live
from console.store import people
from console.store.database import Connection

_NOTHING = Load()


@dataclass(frozen=True, slots=True)
class CallRole:
    """A role of a level's audience with the ways to reach who has it, in the order in which one calls."""

    role: str
    ways: tuple[OnCall, ...]


@dataclass(frozen=True, slots=True)
class CallLevel:
    """A level of the escalation path: who is told of it and how they are reached. `current`: the ticket is there.

    `name` is none where the pack has no path for the ticket: then the roles are all that the pack names.
    """

    level: int
    name: Text | None
    current: bool
    roles: tuple[CallRole, ...]


@dataclass(frozen=True, slots=True)
class CallList:
    """Whom to call for a ticket at `as_of` (microseconds UTC): its level and those above, the lowest first."""

    pack: Pack
    as_of: int
    levels: tuple[CallLevel, ...]


class PeopleService:
    """Reads only, at the present or for a ticket as it was at `as_of` (microseconds UTC)."""

    def __init__(self, book_of: BookOf, time: TimeSource, as_of: int | None = None) -> None:
        self._book_of = book_of
        self._time = time
        self._as_of = as_of

    def loads(self, conn: Connection, on_shift: Collection[int]) -> tuple[PersonLoad, ...]:
        """Everybody who is `on_shift` (person ids) or ever owned a ticket: those on shift first, who carries least
        first among them, then the others by name. An erased name is left out."""
        carried = people.carried(conn, self._time.now() // SECOND) if self._as_of is None else self._carried_then(conn)
        named = {**people.owners(conn), **people.names(conn, on_shift)}
        found = [
            PersonLoad(each, name, each in on_shift, carried.get(each, _NOTHING))
            for each, name in named.items()
            if name
        ]
        return tuple(sorted(found, key=_first_asked))

    def _carried_then(self, conn: Connection) -> dict[int, Load]:
        """The same of the past, folded anew."""
        now = self._time.now()
        found: dict[int, Load] = {}
        for row in QueueService(self._book_of, self._time).as_of(conn, now).states:
            if row.open and row.owner_id is not None:
                found[row.owner_id] = _with(found.get(row.owner_id, _NOTHING), row, now // SECOND)
        return found

    def call_list(self, conn: Connection, ticket_id: int) -> CallList:
        """Whom to call for the level at which the ticket stands (the first where none is asked for), and above."""
        now = self._time.now()
        stood = standing_live if self._as_of is None else standing
        was = stood(conn, self._book_of, ticket_id, now)
        escalation = was.state.escalation
        at = 1 if escalation is None else escalation.level
        found = escalation_path(was.pack, was.state.product, now)
        steps = () if found is None else found.path.levels

        def called(roles: Iterable[str]) -> tuple[CallRole, ...]:
            return tuple(CallRole(role, on_call(was.book, was.pack, role, now)) for role in roles)

        levels = tuple(
            CallLevel(step.level, step.name, step.level == at, called(step.audience))
            for step in sorted(steps, key=lambda step: step.level)
            if step.level >= at
        )
        if not levels:
            levels = (CallLevel(at, None, True, called(dict.fromkeys(entry.role for entry in was.pack.on_call))),)
        return CallList(was.pack, now, levels)


def _with(load: Load, row: RowState, now_s: int) -> Load:
    running, overdue = row.group is Group.RUNNING, row.group is Group.RUNNING and row.due_s <= now_s
    ahead = [each for each in (load.next_due_s, row.due_s if running and not overdue else None) if each is not None]
    return Load(
        load.open + 1, load.overdue + overdue, load.paused + (row.group is Group.PAUSED), min(ahead, default=None)
    )


def _first_asked(person: PersonLoad) -> tuple[bool, int, str, int]:
    return not person.on_shift, person.load.open if person.on_shift else 0, person.name.casefold(), person.person_id
