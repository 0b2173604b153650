"""The queue "To decide": by the due of the review where there is one, else by age, on every way to read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.instants import HOUR, SECOND
from console.domain.rows import QueueRow
from console.services.past_desk import as_it_was
from models.row_sorting import sorted_rows
from models.selection import Selection, SortKey
from tests.services.escalating import Escalating
from tests.services.served_desk import ServedDesk, at


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Escalating]:
    served = ServedDesk(tmp_path / "desk.db")
    served.time.at = at("12T12:00")
    yield Escalating(served)
    served.close()


def rows(desk: Escalating, *tickets: int) -> list[QueueRow]:
    return desk.db.read_now(lambda conn: desk.served.desk.queues.rows(conn, tickets))


def order(desk: Escalating) -> list[int]:
    places = desk.db.read_now(lambda conn: desk.served.desk.queues.ranks(conn, "asked"))
    return [int(ticket) for ticket, _ in sorted(places.tolist(), key=lambda pair: pair[1])]


def test_reviews_come_by_their_due_then_the_others_by_age_and_who_was_answered_last(desk: Escalating) -> None:
    answered, old, late, young = (
        desk.ticket(plan, 3, number=f"T{number}")
        for number, plan in enumerate(("odin/gold", "odin/gold", "community/premium", "odin/gold"))
    )
    for ticket, channel in ((answered, "phone"), (old, "phone"), (late, "portal"), (young, "phone")):
        desk.ask(ticket, channel)
        desk.served.time.at += HOUR
    later = desk.ticket("community/premium", 3, number="T9")
    desk.ask(later, "portal")
    desk.served.support_writes(answered, "12T15:30")
    expected = [late, later, old, young, answered]
    assert order(desk) == expected
    assert [each.row.ticket_id for each in desk.waiting()] == expected
    shown = sorted_rows(rows(desk, *sorted(expected)), Selection("decide", sort=SortKey.ASKED))
    assert [row.ticket_id for row in shown] == expected


def test_a_row_says_by_when_it_is_reviewed_and_whether_it_was_asked_on_the_same_day(desk: Escalating) -> None:
    today = desk.ticket("community/premium", 2, opened="12T08:00", number="T1")
    before = desk.ticket("community/premium", 2, opened="11T08:00", number="T2")
    odin = desk.ticket("odin/gold", 2, opened="12T08:00", number="T3")
    for ticket, channel in ((today, "portal"), (before, "portal"), (odin, "phone")):
        desk.ask(ticket, channel)
    dues = [desk.of_ticket(ticket).review_due_at for ticket in (today, before)]
    first, second = ((due or 0) // SECOND for due in dues)
    assert second == first + 1
    expected = [(first, True), (second, False), (None, False)]
    assert [(row.review_s, row.same_day) for row in rows(desk, today, before, odin)] == expected
    past = desk.db.read_now(lambda conn: desk.served.desk.queues.as_of(conn, desk.served.time.at + SECOND)).rows
    then = {row.ticket_id: (row.review_s, row.same_day) for row in past}
    assert [then[ticket] for ticket in (today, before, odin)] == expected


def test_what_was_decided_has_no_review_any_more(desk: Escalating) -> None:
    ticket = desk.ticket("community/premium", 2, opened="12T08:00")
    desk.ask(ticket, "portal")
    desk.reject(ticket)
    (row,) = rows(desk, ticket)
    assert (row.review_s, row.same_day) == (None, False)
    assert order(desk) == []


def test_the_outbox_of_a_desk_as_it_was_has_what_was_written_by_then(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 2)
    desk.ask(ticket, "phone")
    desk.reject(ticket)
    first = desk.served.time.at
    desk.ask(ticket, "phone")
    desk.reject(ticket)
    now = desk.db.read_now(desk.served.desk.outbox.list)
    then = desk.db.read_now(as_it_was(desk.served.desk, first).outbox.list)
    assert len(now) == 2
    assert then == (now[1],)
