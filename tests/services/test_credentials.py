"""OD-15: what customers send holds no credentials any more when it is kept, and it is told how many there were."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.credentials import STRIPPED
from console.store import journal, queue_rows
from console.store.database import Connection, Database
from tests.services.import_desk import csv_text, desk, row, run, small_mapping
from tests.services.served_desk import MANAGER, ServedDesk

URL = "ftp://ana:hunter2@files.example.com does not open"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with desk(tmp_path / "desk.db") as opened:
        yield opened


def kept(db: Database) -> bytes:
    """All that is on the disk."""
    db.close_now()
    assert db.path is not None
    return b"".join(path.read_bytes() for path in db.path.parent.glob(f"{db.path.name}*"))


def test_credentials_in_what_customers_wrote_are_not_kept_and_are_counted(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(csv_text([row("T1", subject=URL), row("T2", subject="Password: s3cret"), row("T3")]))
    report = run(db, path, small_mapping())
    assert (report.stripped, report.as_json()["credentials_stripped"]) == (2, 2)
    shown = db.read_now(lambda conn: queue_rows.page(conn, 0, "open", None))[1]
    assert {each.number: each.subject for each in shown} == {
        "T1": f"ftp://ana:{STRIPPED}@files.example.com does not open",
        "T2": f"Password: {STRIPPED}",
        "T3": "Queue is stuck",
    }
    # The same file again: nothing is new, so nothing is taken out.
    again = run(db, path, small_mapping())
    assert (again.facts_added, again.stripped) == (0, 0)
    assert "credentials_stripped" not in again.as_json()
    found = kept(db)
    assert b"hunter2" not in found
    assert b"s3cret" not in found


def test_the_words_of_a_request_are_kept_without_credentials(served: ServedDesk) -> None:
    ticket = served.ticket("T1", severity=2)

    def ask(conn: Connection) -> int:
        words = "We wait.\npassword: hunter2"
        return served.desk.escalations.request(conn, ticket, "phone", words, actor=MANAGER).stripped

    assert served.desk.db.write_now(ask) == 1
    (entry,) = served.desk.db.read_now(lambda conn: journal.entries(conn, ticket))
    assert entry.words == f"We wait.\npassword: {STRIPPED}"
    assert b"hunter2" not in kept(served.desk.db)
