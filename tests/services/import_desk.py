"""A database to import into, and files to import."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from console.domain.facts import Fact
from console.domain.instants import parse_instant
from console.services.importing.importer import Importer
from console.services.importing.mapping import Mapping, load_mapping, parse_mapping
from console.services.importing.report import ImportReport
from console.store import queue_rows, tickets
from console.store.database import Connection, Database
from console.time_source import FixedTime
from tests.rig.fresh_desk import fresh_desk
from tests.store.desk import ADMIN

ROOT = Path(__file__).parents[2]
MAPPINGS = ROOT / "resources/mappings"
PACK = ROOT / "resources/policies/odin.toml"
LOG = "data/incident_event_log_sample.csv"
NOW = parse_instant("2026-01-15T12:00:00Z")

SMALL = b"""
format = 1
name = "small"
source = { kind = "tracker", name = "Tracker", url = "https://tracker.example/t/{number}" }
file = { unknown = ["?"] }
plan = { pack = "odin", plan = "gold" }
dates = { formats = ["%Y-%m-%d %H:%M"], zone = "UTC" }

[columns]
number = "id"
opened = "opened"
at = "updated"
order = "n"
status = "state"
severity = "priority"
group = "team"
owner = "owner"
customer = "customer"
actor = "by"
channel = "via"
subject = ["subject"]

[status]
new = { to = "new" }
open = { to = "open", answered = true }
waiting = { to = "waiting", answered = true }
closed = { to = "closed", answered = true }

[severity]
P1 = 1
P2 = 2
P3 = 3
"""
COLUMNS = ("id", "opened", "updated", "n", "state", "priority", "team", "owner", "customer", "by", "via", "subject")


def small_mapping(*changes: tuple[str, str]) -> Mapping:
    """The mapping of small files, with pieces of its text replaced."""
    text = SMALL.decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return parse_mapping(text.encode(), "small.toml")


def servicenow() -> Mapping:
    return load_mapping("servicenow-audit", MAPPINGS)


def row(number: str = "T1", n: int | str = 0, **cells: str) -> list[str]:
    """A good row of a small file."""
    usual = {
        "id": number,
        "opened": "2025-03-01 08:00",
        "updated": f"2025-03-01 09:{n if isinstance(n, int) else 0:02d}",
        "n": str(n),
        "state": "open",
        "priority": "P2",
        "team": "Mail",
        "owner": "Ana",
        "customer": "Harbour",
        "by": "Ben",
        "via": "Phone",
        "subject": "Queue is stuck",
    }
    return list((usual | cells).values())


def csv_text(rows: Iterable[Sequence[str]], columns: Sequence[str] = COLUMNS) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([columns, *rows])
    return out.getvalue()


@contextmanager
def desk(path: Path) -> Iterator[Database]:
    """The database at `path`, made where there is none."""
    fresh_desk(path, NOW, PACK.name)
    db = Database.open(f"sqlite:///{path}", FixedTime(NOW), [(PACK.name, PACK.read_bytes())])
    try:
        yield db
    finally:
        db.close_now()


def run(db: Database, path: Path, mapping: Mapping, rejects: Path | None = None) -> ImportReport:
    return Importer(db, FixedTime(NOW), ADMIN).run(path, mapping, rejects_path=rejects)


def facts_by_number(db: Database) -> dict[str, list[Fact]]:
    """The facts of every ticket by its number."""

    def read(conn: Connection) -> dict[str, list[Fact]]:
        known = dict(tickets.all_facts(conn))
        return {row.number: known[row.ticket_id] for row in queue_rows.rows(conn, list(known))}

    return db.read_now(read)
