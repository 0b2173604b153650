"""Personal marks: pins, reminders, and what is new since somebody looked."""

from __future__ import annotations

from functools import partial

import pytest

from console.domain.decisions import Actor
from console.domain.errors import UserError
from console.domain.facts import FactKind
from console.domain.instants import HOUR
from console.domain.rules import ClockKind
from console.services.acting.marks import Looked, Marks, SinceLooked
from tests.services.served_desk import MANAGER, OTHER, ServedDesk, at
from tests.services.shifts_desk import read, write


def marks_of(served: ServedDesk, actor: Actor = MANAGER) -> Marks:
    return read(served, partial(served.desk.marks.of, actor=actor))


def look(served: ServedDesk, ticket: int) -> Looked:
    seen = Looked(served.card(ticket).state.as_of, served.revision())
    write(served, lambda conn: served.desk.marks.looked(conn, ticket, MANAGER, seen))
    return seen


def since(served: ServedDesk, ticket: int) -> SinceLooked | None:
    looked = marks_of(served).looked
    assert looked is not None
    card = served.card(ticket)
    return read(served, lambda conn: served.desk.marks.since(conn, card, MANAGER, looked[ticket]))


def test_pins_are_my_own_and_come_off(served: ServedDesk) -> None:
    first, second = served.ticket("T1"), served.ticket("T2")
    before = served.everything()
    for ticket in (first, second, first):
        write(served, partial(served.desk.marks.pin, ticket_id=ticket, actor=MANAGER))
    assert marks_of(served).pinned == {first, second}
    assert marks_of(served, OTHER).pinned == frozenset()
    write(served, partial(served.desk.marks.unpin, ticket_id=first, actor=MANAGER))
    write(served, partial(served.desk.marks.unpin, ticket_id=first, actor=MANAGER))
    assert marks_of(served).pinned == {second}
    # No decision, no fact, no revision.
    assert served.everything() == before


def test_a_reminder_comes_when_its_instant_has(served: ServedDesk) -> None:
    first, second = served.ticket("T1"), served.ticket("T2")
    remind = served.desk.marks.remind
    write(served, lambda conn: remind(conn, first, MANAGER, at("12T14:00"), "  Call them back "))
    write(served, lambda conn: remind(conn, second, MANAGER, at("12T13:00"), None))
    found = marks_of(served)
    assert [(each.ticket_id, each.words) for each in found.reminders] == [(second, None), (first, "Call them back")]
    assert [len(found.due(at(when))) for when in ("12T12:59", "12T13:00", "12T14:00")] == [0, 1, 2]
    write(served, lambda conn: remind(conn, first, MANAGER, at("12T18:00"), "Later"))
    moved = marks_of(served).reminder(first)
    assert moved is not None
    assert (moved.at, moved.words) == (at("12T18:00"), "Later")
    write(served, partial(served.desk.marks.forget, ticket_id=first, actor=MANAGER))
    assert marks_of(served).reminder(first) is None


def test_nobody_is_reminded_of_the_past(served: ServedDesk) -> None:
    ticket = served.ticket()
    with pytest.raises(UserError, match="remind_past"):
        write(served, lambda conn: served.desk.marks.remind(conn, ticket, MANAGER, served.time.at, None))
    assert marks_of(served).reminders == ()


def test_what_others_did_since_i_looked_is_new_and_what_i_did_is_not(served: ServedDesk) -> None:
    ticket = served.ticket(opened="12T10:00", severity=3)
    looked = look(served, ticket)
    assert since(served, ticket) is None
    write(served, lambda conn: served.desk.acts.note(conn, ticket, MANAGER, base_revision=0, words="Mine"))
    assert since(served, ticket) is None
    write(served, lambda conn: served.desk.acts.note(conn, ticket, OTHER, base_revision=0, words="Otto's"))
    served.tell(ticket, "12T11:30", FactKind.SEVERITY_SET, a=2, b=3)
    found = since(served, ticket)
    assert found is not None
    assert found.looked == looked
    assert [(FactKind(line.kind), line.words) for line in found.facts] == [
        (FactKind.SEVERITY_SET, None),
        (FactKind.NOTE, "Otto's"),
    ]
    moved = {line.kind: (line.before_due, line.after_due) for line in found.clocks}
    assert moved[ClockKind.FIRST_RESPONSE] == (at("12T16:00"), at("12T14:00"))
    look(served, ticket)
    assert since(served, ticket) is None


def test_a_clock_that_time_alone_moved_is_new(served: ServedDesk) -> None:
    ticket = served.ticket(opened="12T10:00", severity=3)
    look(served, ticket)
    served.time.at += 5 * HOUR
    found = since(served, ticket)
    assert found is not None
    assert (found.facts, [line.kind for line in found.clocks]) == ((), [ClockKind.FIRST_RESPONSE])
