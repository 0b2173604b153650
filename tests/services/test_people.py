"""Who is on shift and what they carry, and whom to call tonight."""

from __future__ import annotations

from functools import partial

from console.domain.facts import FactKind
from console.domain.instants import HOUR, SECOND
from console.domain.people import Load, PersonLoad
from console.services.acting.people import CallList
from console.services.past_desk import as_it_was
from tests.services.served_desk import ServedDesk, at
from tests.services.shifts_desk import owned, people, read


def loads(served: ServedDesk, *on_shift: int) -> list[PersonLoad]:
    return list(read(served, partial(served.desk.people.loads, on_shift=on_shift)))


def test_each_carries_what_they_own(served: ServedDesk) -> None:
    ann, bo, cy = people(served, "Ann", "Bo", "Cy")
    owned(served, "T1", ann, "12T08:00", 2)
    owned(served, "T2", ann, "12T10:00", 2)
    owned(served, "T3", bo, "12T10:00", 3)
    closed = owned(served, "T4", bo, "12T10:00", 3)
    served.tell(closed, "12T11:00", FactKind.STATUS_SET, t="closed")
    found = loads(served, bo, cy, ann)
    assert [(each.name, each.on_shift) for each in found] == [("Cy", True), ("Bo", True), ("Ann", True)]
    cy_load, bo_load, ann_load = (each.load for each in found)
    assert cy_load == Load()
    assert bo_load == Load(open=1, overdue=0, paused=0, next_due_s=at("12T16:00") // SECOND)
    assert ann_load == Load(open=2, overdue=1, paused=0, next_due_s=at("12T14:00") // SECOND)


def test_who_is_not_on_shift_comes_after_by_name(served: ServedDesk) -> None:
    zoe, abe, cy = people(served, "Zoe", "abe", "Cy")
    for number, owner in enumerate((zoe, abe)):
        owned(served, f"T{number}", owner)
    assert [(each.name, each.on_shift) for each in loads(served, cy)] == [("Cy", True), ("abe", False), ("Zoe", False)]


def test_the_past_knows_what_each_carried_then(served: ServedDesk) -> None:
    ann, bo = people(served, "Ann", "Bo")
    for number, owner in enumerate((ann, ann, bo)):
        owned(served, f"T{number}", owner, "12T09:00", 2)
    gone = owned(served, "T9", ann, "12T09:00", 3)
    now = loads(served, ann, bo)
    served.time.at += 2 * HOUR
    served.tell(gone, "12T13:30", FactKind.STATUS_SET, t="closed")
    assert loads(served, ann, bo) != now
    then = as_it_was(served.desk, at("12T12:00"))
    assert list(served.desk.db.read_now(partial(then.people.loads, on_shift=(ann, bo)))) == now


def call_list(served: ServedDesk, ticket: int) -> CallList:
    return read(served, partial(served.desk.people.call_list, ticket_id=ticket))


def test_whom_to_call_for_a_ticket_begins_at_its_level(served: ServedDesk) -> None:
    ticket = served.ticket(severity=2)
    served.tell(ticket, "12T10:00", FactKind.PRODUCT_SET, t="Plesk Automation")
    first = call_list(served, ticket)
    numbers = [level.level for level in first.levels]
    assert numbers == sorted(numbers)
    assert [level.level for level in first.levels if level.current] == [1]
    assert all(level.name is not None and level.roles for level in first.levels)
    served.tell(ticket, "12T11:00", FactKind.ESCALATION_REQUESTED, a=2, t="phone")
    above = call_list(served, ticket)
    assert [level.level for level in above.levels] == numbers[1:]
    assert above.levels[0].current


def test_without_a_path_everybody_whom_the_pack_names_is_listed(served: ServedDesk) -> None:
    found = call_list(served, served.ticket())
    (level,) = found.levels
    assert (level.name, level.current) == (None, True)
    assert {each.role for each in level.roles} == {entry.role for entry in found.pack.on_call}
