"""What is kept is kept: the database itself refuses to change or delete it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial

import pytest

from console.domain.facts import FactKind, NewFact
from console.store import journal, queue_rows, tickets
from console.store.tables import KEPT, OUTBOX_STATE
from console.store.verify import verify
from tests.store.desk import NOON, StoreDesk, said_and_erased

COLUMNS = [(table.name, column.name) for table in KEPT for column in table.columns]


@pytest.fixture
def file(desk: StoreDesk) -> sqlite3.Connection:
    """The file as another program opens it, with a row in each kept table."""
    ticket = desk.open_ticket("INC1")
    desk.record(NewFact(ticket, NOON, FactKind.OWNER_SET, a=None))
    desk.decide(ticket, "d1")
    raw = sqlite3.connect(desk.path, isolation_level=None)
    raw.execute("INSERT INTO ledger VALUES (1, 'l1', 1, 1, 'incident', -1, 'OD-6', 1, NULL, 1)")
    raw.execute("INSERT INTO person VALUES (1, 'p1', 1, 1)")
    raw.execute("INSERT INTO support_group VALUES (1, 'Mail')")
    return raw


def test_no_column_changes(file: sqlite3.Connection) -> None:
    with closing(file):
        for table, column in COLUMNS:
            if table == "outbox" and column in OUTBOX_STATE:
                continue
            with pytest.raises(sqlite3.IntegrityError, match=f"{table} is kept: update refused"):
                file.execute(f'UPDATE {table} SET "{column}" = "{column}"')


def test_no_row_goes(file: sqlite3.Connection) -> None:
    with closing(file):
        for table in sorted({table for table, _ in COLUMNS} | {"head"}):
            with pytest.raises(sqlite3.IntegrityError, match=f"{table} is kept: delete refused"):
                file.execute(f"DELETE FROM {table}")


def test_the_outbox_may_say_what_became_of_a_message(file: sqlite3.Connection) -> None:
    with closing(file):
        file.execute("UPDATE outbox SET state = 'sent', attempts = 1, receipt = '250 ok'")
        assert file.execute("SELECT state, attempts FROM outbox").fetchall() == [("sent", 1)]


def test_the_head_never_goes_back(file: sqlite3.Connection) -> None:
    with closing(file):
        for change in ("revision = revision - 1", "journal_seq = 0", "database_uid = 'x'"):
            with pytest.raises(sqlite3.IntegrityError, match="head is kept"):
                file.execute(f"UPDATE head SET {change}")


def test_replacing_a_row_is_no_way_round(desk: StoreDesk) -> None:
    desk.open_ticket("INC1")
    with pytest.raises(Exception, match="text is kept: delete refused"):
        desk.db.write_now(lambda conn: conn.exec_driver_sql("INSERT OR REPLACE INTO text (id, sha256) VALUES (1, 'x')"))


def test_words_can_be_erased_once_and_everywhere(desk: StoreDesk) -> None:
    ticket = desk.open_ticket("INC1", subject="Pay slip of Jane")
    desk.decide(ticket, "d1", words="Jane asked")
    opened = desk.facts(ticket)[0].text_id
    (entry,) = desk.db.read_now(journal.entries)
    for text_id in (opened, entry.text_id):
        assert text_id is not None
        desk.db.write_now(partial(said_and_erased, text_id=text_id))

    assert desk.db.read_now(lambda conn: tickets.identity(conn, ticket)).subject == ""
    assert desk.db.read_now(lambda conn: queue_rows.rows(conn, [ticket]))[0].subject == ""
    assert desk.db.read_now(lambda conn: queue_rows.search(conn, "jane", 9)) == []
    assert desk.db.read_now(journal.entries)[0].words is None
    # The journal says what was erased: blank words of which nobody says so are a finding of `verify`.
    assert desk.db.read_now(lambda conn: verify(conn, desk.db.book(conn))).sound
    with pytest.raises(Exception, match="text is kept"):
        desk.db.write_now(lambda conn: conn.exec_driver_sql(f"UPDATE text SET body = 'x' WHERE id = {opened}"))
