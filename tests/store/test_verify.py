"""Whether what is stored equals the fold: any changed value is named with its ticket."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from console.domain.facts import FactKind, NewFact
from console.domain.instants import DAY, HOUR, MINUTE
from console.domain.pack_file import load_pack
from console.store import door
from console.store.policies import adopt
from console.store.verify import Report, verify
from tests.store.desk import NOON, PACK, StoreDesk, many


def report(desk: StoreDesk) -> Report:
    return desk.db.read_now(lambda conn: verify(conn, desk.db.book(conn)))


def behind_its_back(desk: StoreDesk, statement: str) -> None:
    with closing(sqlite3.connect(desk.path)) as file, file:
        assert file.execute(statement).rowcount > 0


def test_a_desk_in_all_states_is_sound_also_later(desk: StoreDesk) -> None:
    many(desk, 40)
    desk.time.at += 3 * HOUR
    found = report(desk)
    assert (found.tickets, found.to_fold_again, found.differences, found.chain, found.schema) == (40, 0, (), (), ())
    assert found.sound


@pytest.mark.parametrize(
    ("statement", "table", "key", "column"),
    [
        ("UPDATE clock SET due_at = due_at + 1 WHERE kind = 'workaround'", "clock", "workaround 0", "due_at"),
        ("UPDATE clock SET breached_at = 5 WHERE kind = 'workaround'", "clock", "workaround 0", "breached_at"),
        ("DELETE FROM clock WHERE kind = 'workaround'", "clock", "workaround 0", ""),
        ("UPDATE clock SET cycle = 9 WHERE kind = 'workaround'", "clock", "workaround 9", ""),
        ("UPDATE queue_row SET due_s = due_s - 1", "queue_row", "", "due_s"),
        ("UPDATE queue_row SET severity = 4", "queue_row", "", "severity"),
        ("UPDATE queue_row SET open = 0", "queue_row", "", "open"),
        ("UPDATE queue_row SET next_at_s = 7", "queue_row", "", "next_at_s"),
        ("UPDATE queue_row SET status_code = 0", "queue_row", "", "status_code"),
        ("DELETE FROM queue_row", "queue_row", "", ""),
        ("UPDATE escalation SET state = 'accepted'", "escalation", None, "state"),
        ("DELETE FROM escalation", "escalation", None, ""),
        ("DELETE FROM search", "search", "", ""),
        ("UPDATE search SET subject = 'holiday photos'", "search", "", "subject"),
        ("UPDATE search SET support_code = ''", "search", "", "support_code"),
    ],
)
def test_a_changed_value_is_named(desk: StoreDesk, statement: str, table: str, key: str | None, column: str) -> None:
    asked = NewFact(0, NOON - HOUR, FactKind.ESCALATION_REQUESTED, a=1, t="phone", uid="esc-1")
    desk.open_ticket("INC7", asked)
    clocks = desk.db.read_now(lambda conn: conn.exec_driver_sql("SELECT kind, cycle FROM clock").all())
    assert ("workaround", 0) in [tuple(row) for row in clocks]
    behind_its_back(desk, statement)
    found = report(desk)
    assert not found.sound
    expected = (table, "esc-1" if key is None else key, column)
    assert expected in [(each.table, each.key, each.column) for each in found.differences]
    assert {each.number for each in found.differences} == {"INC7"}
    assert all(each.stored != each.computed for each in found.differences)


def test_both_values_of_a_changed_clock_are_told(desk: StoreDesk) -> None:
    desk.open_ticket("INC7", severity=2)
    behind_its_back(desk, "UPDATE clock SET due_at = 42 WHERE kind = 'first_response'")
    (difference,) = report(desk).differences
    # Gold, severity 2: four hours after the opening at ten.
    assert (difference.stored, difference.computed) == (42, NOON + 2 * HOUR)


def test_rows_of_another_engine_are_to_be_folded_again_and_no_damage(desk: StoreDesk) -> None:
    desk.open_ticket("INC7")
    desk.open_ticket("INC8")
    behind_its_back(desk, "UPDATE queue_row SET engine = 'old', severity = 4 WHERE ticket_id = 1")
    found = report(desk)
    assert (found.tickets, found.to_fold_again, found.sound) == (2, 1, True)

    change = desk.db.write_now(lambda conn: door.refold_due(conn, desk.db.book(conn), desk.time.at))
    assert change.ticket_ids == (1,)
    found = report(desk)
    assert (found.to_fold_again, found.sound) == (0, True)


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        # Targets are those of the ticket's creation, calendars those of the newest adoption.
        (b'2 = "4h"', b'2 = "3h"', ()),
        (b"always = true", b'week = { mon = [["09:00", "17:00"]] }', (1,)),
    ],
)
def test_rows_of_an_older_policy_are_to_be_folded_again(
    desk: StoreDesk, old: bytes, new: bytes, changed: tuple[int, ...]
) -> None:
    desk.open_ticket("INC7")
    pack = PACK.read_bytes().replace(old, new)
    assert pack != PACK.read_bytes()
    desk.db.write_now(lambda conn: adopt(conn, [(load_pack(pack, "odin.toml"), pack)], NOON))
    before = desk.revision()
    assert report(desk).to_fold_again == 1
    assert refold(desk) == changed
    assert desk.revision() == before + len(changed)
    found = report(desk)
    assert (found.to_fold_again, found.sound) == (0, True)


def test_a_changed_schema_is_told(desk: StoreDesk) -> None:
    with closing(sqlite3.connect(desk.path)) as file, file:
        file.execute("DROP TRIGGER kept_fact_delete")
    (fingerprint, trigger) = report(desk).schema
    assert fingerprint.startswith("fingerprint")
    assert trigger == "trigger kept_fact_delete is missing"


def test_a_step_of_another_program_is_told(desk: StoreDesk) -> None:
    behind_its_back(desk, "UPDATE alembic_version SET version_num = '9999'")
    assert report(desk).schema == ("step 9999, expected 0002",)


def test_an_index_that_lost_its_rows_is_told(desk: StoreDesk) -> None:
    desk.open_ticket("INC7")
    root = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_ticket_number'"
    page = desk.db.write_now(lambda conn: conn.exec_driver_sql(root).scalar_one())
    size = desk.db.write_now(lambda conn: conn.exec_driver_sql("PRAGMA page_size").scalar_one())
    desk.close()
    with desk.path.open("r+b") as file:
        # The head of an empty leaf of an index.
        file.seek((page - 1) * size)
        file.write(bytes([10, 0, 0, 0, 0]) + size.to_bytes(2, "big") + b"\0")
    again = StoreDesk(desk.path)
    found = report(again)
    again.close()
    assert not found.sound
    assert any("ix_ticket_number" in line for line in found.file)
    assert found.tickets == 0


def test_what_was_ahead_can_be_found_once_it_has_come(desk: StoreDesk) -> None:
    ahead = NewFact(0, NOON + HOUR, FactKind.PLAN_SET, a=None, t="odin/diamond")
    first, second = desk.open_ticket("INC7", ahead), desk.open_ticket("INC8", ahead)
    desk.time.at = NOON + 2 * HOUR
    desk.record(NewFact(first, desk.time.at, FactKind.MESSAGE, a=1, text="we look"))
    assert second in refold(desk)
    assert report(desk).sound


def test_a_search_row_of_no_ticket_is_told(desk: StoreDesk) -> None:
    behind_its_back(desk, "INSERT INTO search (rowid, number) VALUES (77, 'GHOST')")
    (found,) = report(desk).differences
    assert (found.number, found.table, found.key, found.stored) == ("GHOST", "search", "77", "row")


def test_a_row_without_facts_is_told(desk: StoreDesk) -> None:
    desk.open_ticket("INC7")
    behind_its_back(
        desk,
        "INSERT INTO ticket SELECT 2, org_id, source_id, 'GHOST', NULL, NULL, opened_at FROM ticket",
    )
    behind_its_back(desk, "UPDATE queue_row SET ticket_id = 2")
    found = {(each.number, each.stored, each.computed) for each in report(desk).differences}
    assert found == {("INC7", None, "row"), ("GHOST", "row", None)}


def test_time_alone_closes_a_ticket_when_it_is_folded_again(desk: StoreDesk) -> None:
    ticket = desk.open_ticket(
        "INC7",
        NewFact(0, NOON - HOUR, FactKind.STATUS_SET, t="resolved"),
        NewFact(0, NOON - HOUR, FactKind.SOLUTION_NOTIFIED),
    )
    other = desk.open_ticket("INC8")
    desk.time.at = NOON - HOUR + 14 * DAY - MINUTE
    assert refold(desk) == ()
    desk.time.at += MINUTE
    before = desk.revision()
    assert refold(desk) == (ticket,)
    assert desk.revision() == before + 1
    assert refold(desk) == ()
    query = f"SELECT open, folded_at FROM queue_row WHERE ticket_id IN ({ticket}, {other}) ORDER BY ticket_id"
    rows = desk.db.read_now(lambda conn: [tuple(row) for row in conn.exec_driver_sql(query)])
    assert rows == [(0, desk.time.at), (1, NOON)]
    assert report(desk).sound


def refold(desk: StoreDesk) -> tuple[int, ...]:
    return desk.db.write_now(lambda conn: door.refold_due(conn, desk.db.book(conn), desk.time.at)).ticket_ids


def test_a_desk_with_a_pack_that_a_faster_clock_adopted_is_sound(desk: StoreDesk) -> None:
    pack = PACK.read_bytes().replace(b'2 = "4h"', b'2 = "3h"')
    desk.db.write_now(lambda conn: adopt(conn, [(load_pack(pack, "odin.toml"), pack)], NOON + HOUR))
    desk.open_ticket("INC7")
    assert report(desk).sound
