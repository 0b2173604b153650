"""A pack that is adopted later, on a real file: the stored rows of open tickets follow, those of met clocks do not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.errors import UserError
from console.domain.facts import ActorKind, FactKind, NewFact
from console.services.desk import Desk, open_desk
from console.services.policy_adoption import adopt_pack
from console.store import door, parties
from console.store.database import Connection, Database
from console.store.verify import verify
from tests.domain.packs import POLICIES, pack_text
from tests.domain.vendor_stories import instant, minute
from tests.rig.fresh_desk import fresh_desk
from tests.store.desk import ADMIN, MANAGER, SetTime


class Served:
    """A desk with the shipped packs, adopted on Monday 23 November 2026."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.time = SetTime(instant("2026-11-23T08:00"))
        fresh_desk(folder / "desk.db", self.time.at)
        self.desk: Desk = open_desk(f"sqlite:///{folder / 'desk.db'}", self.time, POLICIES, MANAGER)

    def ticket(self, number: str, opened: str, answered: str | None = None) -> int:
        def write(conn: Connection) -> int:
            org = parties.first_organisation(conn)
            customer = parties.customer(conn, org, "C-1", "Andes", "Europe/Kyiv")
            ticket = parties.ticket(conn, parties.source(conn, "t", "t"), number, customer, instant(opened))
            facts = [
                NewFact(ticket, instant(opened), FactKind.OPENED, actor_kind=ActorKind.CUSTOMER, text="Help"),
                NewFact(ticket, instant(opened), FactKind.PLAN_SET, t="analytics/reports_attribution"),
            ]
            if answered is not None:
                at = instant(answered)
                facts.append(NewFact(ticket, at, FactKind.MESSAGE, a=1, b=0, actor_kind=ActorKind.AGENT, text="Hi"))
            door.record(conn, self.desk.db.book(conn), facts, self.time.at)
            return ticket

        return self.desk.db.write_now(write)

    def pack(self, holidays: str, name: str = "mine.toml") -> Path:
        path = self.folder / name
        path.write_text(pack_text("analytics").replace('zone = "UTC+2"', f'zone = "UTC+2"\n{holidays}', 1), "utf-8")
        return path

    def due(self, ticket: int) -> str | None:
        row = self.desk.db.read_now(lambda conn: self.desk.queues.rows(conn, [ticket]))[0]
        return minute(row.due_s * 1_000_000) if row.clock is not None else None


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    found = Served(tmp_path)
    yield found
    found.desk.close_now()


def test_tickets_that_name_no_pack_are_served_by_odin(served: Served) -> None:
    book = served.desk.db.read_now(served.desk.db.book)
    assert [pack.code for pack in book.packs()] == ["analytics", "community", "odin"]
    assert book.default_pack() == "odin"


def test_a_holiday_adopted_later_moves_what_is_open(served: Served) -> None:
    served.time.at = instant("2026-11-24T15:00")
    open_one = served.ticket("T1", "2026-11-24T13:30")
    met = served.ticket("T2", "2026-11-24T09:00", answered="2026-11-24T10:00")
    assert (served.due(open_one), served.due(met)) == ("2026-11-25T09:30", None)

    served.time.at = instant("2026-11-24T16:00")
    before = served.desk.db.read_now(served.desk.db.revision)
    adoption = adopt_pack(served.desk.db, served.time, served.pack("holidays = [2026-11-25]"), actor=ADMIN)
    assert (adoption.pack, adoption.holidays, adoption.revision) == ("analytics", 1, before + 1)
    change = served.desk.db.write_now(served.desk.queues.refold_due)
    assert change.ticket_ids == (open_one,)
    assert served.due(open_one) == "2026-11-26T09:30"
    report = served.desk.db.read_now(lambda conn: verify(conn, served.desk.db.book(conn)))
    assert report.differences == ()


def test_a_pack_that_is_not_sound_changes_nothing(served: Served) -> None:
    before = served.desk.db.read_now(served.desk.db.revision)
    for path in (served.pack("holidays = [2026-11-25]\nhollidays = 1"), served.folder / "missing.toml"):
        with pytest.raises(UserError):
            adopt_pack(served.desk.db, served.time, path, actor=ADMIN)
    assert served.desk.db.read_now(served.desk.db.revision) == before


def test_a_new_database_takes_no_pack_whose_holidays_are_not_dates(tmp_path: Path) -> None:
    listed = '[[calendars]]\ncode = "tickets"'
    source = '[{ country = "PL", first_year = 2026, last_year = 2026 }]'
    text = pack_text("analytics").replace(listed, f"{listed}\nholidays_of = {source}")
    with pytest.raises(UserError, match="holidays_not_dated"):
        Database.open(f"sqlite:///{tmp_path / 'desk.db'}", SetTime(), [("mine.toml", text.encode())])
