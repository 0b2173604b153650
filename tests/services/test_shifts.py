"""Shifts: taken with the state of the desk, handed over with it, and every decision belongs to the one that ran."""

from __future__ import annotations

from functools import partial

import pytest

from console.domain.decisions import Actor, Change, NewLedger
from console.domain.errors import ConflictError, UserError
from console.domain.facts import FactKind, NewFact
from console.domain.instants import HOUR, MINUTE
from console.services.desk_state import DeskState
from console.services.shifts import Shift
from console.store import door, journal
from tests.services.served_desk import ENGINEER, MANAGER, OTHER, ServedDesk, at
from tests.services.shifts_desk import owned, people, read, running, write


def take(
    served: ServedDesk, actor: Actor = MANAGER, on_shift: tuple[int, ...] = (), words: str = "", seen: str | None = None
) -> Change:
    job = partial(served.desk.shifts.take, actor=actor, on_shift=on_shift, words=words, seen=seen)
    return write(served, job)


def hand_over(served: ServedDesk, to: str, actor: Actor = MANAGER, words: str = "", seen: str | None = None) -> Change:
    return write(served, partial(served.desk.shifts.hand_over, actor=actor, to=to, words=words, seen=seen))


def now(served: ServedDesk) -> Shift:
    found = running(served)
    assert found is not None
    return found


def state(served: ServedDesk) -> DeskState:
    return read(served, served.desk.shifts.state_of_desk)


def note(served: ServedDesk, ticket: int, actor: Actor, words: str) -> str | None:
    return write(
        served, lambda conn: served.desk.acts.note(conn, ticket, actor, base_revision=0, words=words)
    ).decision_uid


def test_a_night_from_taking_over_to_handing_over(served: ServedDesk) -> None:
    ann, bo = people(served, "Ann", "Bo")
    ticket = owned(served, "T1", ann, severity=2)
    assert running(served) is None

    took = take(served, on_shift=(ann, bo), words="Quiet so far")
    shift = now(served)
    assert (shift.uid, shift.actor, shift.since, shift.words) == (
        took.decision_uid,
        "Mara",
        served.time.at,
        "Quiet so far",
    )
    assert [each.name for each in shift.people] == ["Ann", "Bo"]
    taken = shift.state_taken
    assert taken is not None
    assert (taken.counts["open"], taken.at_risk_total, taken.escalations) == (1, 1, ())

    decided = note(served, ticket, MANAGER, "Call the vendor")
    served.asks(ticket, "12T12:00")
    served.time.at += 4 * HOUR
    write(served, served.desk.queues.refold_due)
    hand_over(served, "Otto", words="Watch T1")
    assert running(served) is None
    (ended,) = read(served, served.desk.shifts.list)
    assert (ended.until, ended.handed_to, ended.handed_words) == (served.time.at, "Otto", "Watch T1")
    handed = ended.state_handed
    assert handed is not None
    assert (handed.counts["overdue"], handed.counts["decide"]) == (1, 1)
    (escalated,) = handed.escalations
    assert (escalated.number, escalated.state, escalated.requested_at) == ("T1", "requested", at("12T12:00"))
    assert ended.state_taken == taken

    mine = read(served, partial(served.desk.shifts.decisions, shift_uid=ended.uid))
    assert [entry.uid for entry in mine] == [decided]
    after = note(served, ticket, OTHER, "Nobody was on duty")
    assert after not in [
        entry.uid for entry in read(served, partial(served.desk.shifts.decisions, shift_uid=ended.uid))
    ]
    assert read(served, journal.verify_chain) == []


def test_decisions_belong_to_the_shift_in_which_they_were_taken(served: ServedDesk) -> None:
    ticket = served.ticket()
    before = note(served, ticket, MANAGER, "before")
    take(served)
    during = note(served, ticket, ENGINEER, "during, by an engineer")
    served.time.at += HOUR
    take(served, OTHER)
    later = note(served, ticket, MANAGER, "after Otto took over")
    shifts = read(served, served.desk.shifts.list)
    assert [shift.actor for shift in shifts] == ["Otto", "Mara"]
    owner = {entry.uid: entry.shift_uid for entry in served.journal()}
    assert (owner[before or ""], owner[during or ""], owner[later or ""]) == (None, shifts[1].uid, shifts[0].uid)


def test_who_takes_over_without_a_handover_ends_the_shift_before(served: ServedDesk) -> None:
    take(served)
    served.time.at += HOUR
    take(served, OTHER)
    newer, older = read(served, served.desk.shifts.list)
    assert (newer.actor, newer.until) == ("Otto", None)
    assert (older.until, older.handed_to, older.state_handed) == (served.time.at, None, None)
    assert served.evidence(served.journal()[-1])["taken_from"] == "Mara"


def test_people_change_while_the_shift_runs(served: ServedDesk) -> None:
    ann, bo, cy = people(served, "Ann", "Bo", "Cy")
    take(served, on_shift=(ann,))
    job = partial(served.desk.shifts.set_people, actor=MANAGER, on_shift=(cy, bo, cy))
    write(served, lambda conn: job(conn, seen=now(served).entry_uid))
    shift = now(served)
    assert [each.name for each in shift.people] == ["Cy", "Bo"]
    assert [entry.kind for entry in served.journal()] == ["shift_taken", "shift_people"]
    assert {entry.shift_uid for entry in served.journal()} == {shift.uid}
    write(served, lambda conn: served.desk.shifts.set_people(conn, MANAGER, (), seen=None))
    assert now(served).people == ()


def test_who_acts_on_a_shift_that_somebody_changed_is_told(served: ServedDesk) -> None:
    take(served)
    seen = now(served).entry_uid
    served.time.at += MINUTE
    take(served, OTHER)
    before = served.everything()
    for act in (
        lambda: take(served, seen=seen),
        lambda: hand_over(served, "Egon", seen=seen),
        lambda: write(served, lambda conn: served.desk.shifts.set_people(conn, MANAGER, (), seen=seen)),
    ):
        with pytest.raises(ConflictError) as refused:
            act()
        assert (refused.value.code, refused.value.values["who"]) == ("shift_changed", "Otto")
    assert served.everything() == before


def test_what_a_shift_refuses(served: ServedDesk) -> None:
    with pytest.raises(UserError, match="shift_nobody"):
        hand_over(served, "Otto")
    with pytest.raises(UserError, match="role_may_not"):
        take(served, ENGINEER)
    with pytest.raises(UserError, match="person_unknown"):
        take(served, on_shift=(999,))
    assert served.journal() == []
    take(served)
    before = served.everything()
    for act, code in (
        (lambda: take(served), "shift_yours"),
        (lambda: hand_over(served, "  "), "shift_to_missing"),
        (lambda: hand_over(served, "Mara"), "shift_to_yourself"),
        (lambda: hand_over(served, "Egon", OTHER), "shift_not_yours"),
    ):
        with pytest.raises(UserError, match=code):
            act()
    assert served.everything() == before


def test_the_state_of_the_desk_counts_as_the_queues_do(served: ServedDesk) -> None:
    for number, severity in enumerate((1, 2, 3, 4)):
        served.ticket(f"T{number}", "12T10:00", severity)
    waiting = served.ticket("W", "12T10:00")
    served.support_writes(waiting, "12T10:30")
    served.tell(waiting, "12T11:00", FactKind.STATUS_SET, t="waiting")
    found = state(served)
    for queue, counted in found.counts.items():
        page = read(served, partial(served.desk.queues.page, queue=queue))
        assert counted == page.total, queue
    assert found.counts["open"] == 5
    lines = read(served, served.desk.queues.page).lines
    near = [line.row.number for line in lines if line.left_seconds is not None and line.left_seconds < 4 * 3600]
    assert [each.number for each in found.at_risk] == near
    assert found.at_risk_total == len(near) > 0


def test_a_quota_that_is_reached_is_told(served: ServedDesk) -> None:
    ticket = served.ticket("T1", plan="gold")
    contract = served.card(ticket).state.contract_id
    assert contract is not None
    used = NewLedger(contract, ticket, "incident", -99, "OD-6:before", at("12T10:00"))
    last = NewLedger(contract, ticket, "incident", -1, "OD-6:opened", at("12T11:00"))

    def deduct(entry: NewLedger) -> None:
        fact = NewFact(ticket, entry.at, FactKind.NOTE)
        write(served, lambda conn: door.record(conn, served.desk.db.book(conn), [fact], served.time.at, None, [entry]))

    deduct(used)
    assert state(served).quotas == ()
    deduct(last)
    (reached,) = state(served).quotas
    assert (reached.customer, reached.plan, reached.left) == ("Northwind", "gold", 0)


def test_everybody_who_was_on_duty_or_decided_as_manager_can_be_handed_a_shift(served: ServedDesk) -> None:
    assert read(served, served.desk.shifts.managers) == ()
    (ann,) = people(served, "Ann")
    ticket = owned(served, "T1", ann)
    take(served)
    hand_over(served, "zoe")
    note(served, ticket, OTHER, "Seen")
    note(served, ticket, ENGINEER, "Seen as well")
    names = {MANAGER.name, OTHER.name, "zoe"}
    assert read(served, served.desk.shifts.managers) == tuple(sorted(names, key=str.casefold))
