"""Queues: their order, their bands, and the queue as of an instant, which is the live one of then."""

from __future__ import annotations

import pytest

from console.domain.errors import UserError
from console.domain.facts import ActorKind, FactKind
from console.domain.instants import MINUTE, SECOND
from console.domain.queues import BANDS, QUEUES
from console.services.queues import QueuePage, line_as_json
from tests.services.served_desk import ServedDesk, at
from tests.store.desk import many

EVERY = (*QUEUES, "group:Mail", "group:nobody", "plan:odin/gold", "status:waiting")


def page(served: ServedDesk, queue: str = "open", limit: int | None = None, as_of: int | None = None) -> QueuePage:
    return served.desk.db.read_now(lambda conn: served.desk.queues.page(conn, queue, limit, as_of))


def lines(served: ServedDesk, queue: str = "open", as_of: int | None = None) -> list[dict[str, object]]:
    return [line_as_json(line) for line in page(served, queue, as_of=as_of).lines]


def numbers(found: list[dict[str, object]]) -> list[object]:
    return [line["number"] for line in found]


def by_number(found: list[dict[str, object]]) -> list[dict[str, object]]:
    return sorted(found, key=lambda line: str(line["number"]))


def test_the_least_time_left_comes_first_and_paused_last(served: ServedDesk) -> None:
    overdue = served.ticket("LATE", opened="12T06:00", severity=2)
    served.ticket("SOON", opened="12T08:10", severity=2)
    served.ticket("NEXT", opened="12T10:00", severity=3)
    paused = served.ticket("WAIT", opened="12T10:00", severity=2)
    served.support_writes(paused, "12T10:30")
    served.tell(paused, "12T10:31", FactKind.STATUS_SET, t="waiting")
    found = lines(served)
    assert numbers(found) == ["LATE", "SOON", "NEXT", "WAIT"]
    assert [line["left_seconds"] for line in found] == [-2 * 3600, 10 * 60, 4 * 3600, None]
    assert found[3]["work_left_seconds"] == 12 * 3600 - 31 * 60
    assert [line["paused"] for line in found] == [False, False, False, True]
    assert [line["breached"] for line in found] == [True, False, False, False]
    assert served.row(overdue).clock == "first_response"


def test_equal_deadlines_are_ordered_by_severity_then_age(served: ServedDesk) -> None:
    served.ticket("B", opened="12T10:00", severity=3)
    served.ticket("A", opened="12T10:00", severity=3)
    served.ticket("GRAVE", opened="12T12:00", severity=2)  # due at 16:00 as the others
    assert numbers(lines(served)) == ["GRAVE", "B", "A"]


def test_bands_part_what_runs(served: ServedDesk) -> None:
    many(served.store, 60)
    running = [code for code, _ in BANDS]
    parts = ["overdue", *running, "later", "paused", "no_clock"]
    together = [number for part in parts for number in numbers(lines(served, part))]
    assert sorted(map(str, together)) == sorted(map(str, numbers(lines(served))))
    assert len({*together}) == len(together)
    now_s = served.time.at // SECOND
    for code, lowest, below in zip(running, [0, 900, 3600], [900, 3600, 14_400], strict=True):
        left = [line.row.due_s - now_s for line in page(served, code).lines]
        assert all(max(1, lowest) <= seconds < below for seconds in left)


def test_a_limit_shortens_the_page_and_not_the_total(served: ServedDesk) -> None:
    many(served.store, 30)
    whole = page(served)
    short = page(served, limit=3)
    assert (short.total, short.lines) == (whole.total, whole.lines[:3])
    assert whole.total == len(whole.lines) > 3
    then = page(served, limit=3, as_of=served.time.at)
    assert (then.total, len(then.lines)) == (whole.total, 3)


@pytest.mark.parametrize("queue", EVERY)
def test_the_queue_as_of_now_is_the_live_one(served: ServedDesk, queue: str) -> None:
    many(served.store, 60)
    live, then = lines(served, queue), lines(served, queue, as_of=served.time.at)
    if queue == "closed":
        # Live, what closed last comes first.
        live, then = by_number(live), by_number(then)
    assert then == live
    assert live or queue in ("group:nobody", "no_clock", "under_15m", "under_1h", "overdue")


def test_the_queue_as_of_an_instant_is_what_was_live_then(served: ServedDesk) -> None:
    """Everything is recorded when it happens; then looking back shows each hour as it was seen."""
    seen: dict[int, list[dict[str, object]]] = {}

    def look() -> None:
        seen[served.time.at] = lines(served)

    served.time.at = at("12T10:00")
    first = served.ticket("T1", opened="12T10:00", severity=3)
    second = served.ticket("T2", opened="12T10:00", severity=1, plan="diamond")
    look()
    served.time.at = at("12T10:30")
    served.support_writes(first, "12T10:30")
    served.asks(second, "12T10:30")
    look()
    served.time.at = at("12T11:00")
    served.tell(first, "12T11:00", FactKind.STATUS_SET, t="waiting")
    served.tell(second, "12T11:00", FactKind.SEVERITY_SET, a=2, b=1, actor_kind=ActorKind.MANAGER)
    look()
    served.time.at = at("12T11:30")
    served.tell(second, "12T11:30", FactKind.STATUS_SET, t="closed")
    look()
    served.time.at = at("14T09:00")
    served.customer_writes(first, "14T09:00")
    look()
    assert [numbers(found) for found in seen.values()] == [["T2", "T1"], ["T2", "T1"], ["T2", "T1"], ["T1"], ["T1"]]
    for instant, found in seen.items():
        assert lines(served, as_of=instant) == found
    assert lines(served, as_of=at("12T09:59")) == []


def test_every_ticket_of_then_is_there_in_order(served: ServedDesk) -> None:
    many(served.store, 40)
    past = served.desk.db.read_now(lambda conn: served.desk.queues.as_of(conn, served.time.at - 30 * MINUTE))
    keys = [
        (state.group, state.due_s, state.rank, state.opened_s, row.ticket_id)
        for state, row in zip(past.states, past.rows, strict=True)
    ]
    assert keys == sorted(keys)
    assert len(keys) == 40


@pytest.mark.parametrize("queue", ["nope", "group:", "", "plan"])
def test_an_unknown_queue_is_refused(served: ServedDesk, queue: str) -> None:
    with pytest.raises(UserError) as refused:
        page(served, queue)
    assert (refused.value.code, refused.value.values["queue"]) == ("queue_unknown", queue)


def test_time_alone_closes_what_nobody_answers(served: ServedDesk) -> None:
    ticket = served.ticket()
    served.tell(ticket, "12T11:00", FactKind.STATUS_SET, t="resolved")
    served.tell(ticket, "12T11:00", FactKind.SOLUTION_NOTIFIED)
    served.time.at = at("26T10:59")
    assert served.desk.db.write_now(served.desk.queues.refold_due).ticket_ids == ()
    served.time.at = at("26T11:00")
    assert served.desk.db.write_now(served.desk.queues.refold_due).ticket_ids == (ticket,)
    assert (numbers(lines(served)), numbers(lines(served, "closed"))) == ([], ["T1"])
