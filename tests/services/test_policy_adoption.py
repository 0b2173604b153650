"""A pack that is adopted later, on a real file: the stored rows of open tickets follow, those of met clocks do not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from console.domain.errors import UserError
from console.domain.facts import ActorKind, FactKind, NewFact
from console.domain.instants import HOUR
from console.domain.records import OutboxFilter, OutboxMessage
from console.services.desk import Desk, open_desk
from console.services.policy_adoption import adopt_pack
from console.store import door, parties
from console.store.database import Connection, Database
from console.store.outbox import messages
from console.store.tables import clock
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

    def ticket(
        self,
        number: str,
        opened: str,
        answered: str | None = None,
        plan: str = "analytics/reports_attribution",
        severity: int | None = None,
    ) -> int:
        def write(conn: Connection) -> int:
            org = parties.first_organisation(conn)
            customer = parties.customer(conn, org, "C-1", "Andes", "Europe/Kyiv")
            ticket = parties.ticket(conn, parties.source(conn, "t", "t"), number, customer, instant(opened))
            at_first = instant(opened)
            facts = [
                NewFact(
                    ticket, instant(opened), FactKind.OPENED, a=severity, actor_kind=ActorKind.CUSTOMER, text="Help"
                ),
                NewFact(ticket, at_first, FactKind.PLAN_SET, t=plan),
            ]
            if answered is not None:
                at = instant(answered)
                facts.append(NewFact(ticket, at, FactKind.MESSAGE, a=1, b=0, actor_kind=ActorKind.AGENT, text="Hi"))
            door.record(conn, self.desk.db.book(conn), facts, self.time.at)
            return ticket

        return self.desk.db.write_now(write)

    def pack(self, holidays: str, of: str = "analytics", zone: str = "UTC+2") -> Path:
        path = self.folder / "mine.toml"
        named = f'zone = "{zone}"'
        path.write_text(pack_text(of).replace(named, f"{named}\n{holidays}", 1), "utf-8")
        return path

    def clocks(self, kind: str = "next_response") -> dict[int, dict[str, Any]]:
        """What is stored of the clock of this kind of each ticket, but for when it was stored."""

        def read(conn: Connection) -> dict[int, dict[str, Any]]:
            found = conn.execute(select(clock).where(clock.c.kind == kind)).mappings()
            return {row["ticket_id"]: {**row, "revision": None} for row in found}

        return self.desk.db.read_now(read)

    def sent(self) -> list[OutboxMessage]:
        return self.desk.db.read_now(lambda conn: messages(conn, OutboxFilter()))

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


def test_a_holiday_moves_no_clock_that_ended(served: Served) -> None:
    served.time.at = instant("2026-11-24T15:00")
    met = served.ticket("T1", "2026-11-24T09:00", answered="2026-11-24T10:00")
    breached = served.ticket("T2", "2026-11-24T07:00")
    open_one = served.ticket("T3", "2026-11-24T13:30")
    rows = served.clocks()
    assert [rows[ticket]["state"] for ticket in (met, breached, open_one)] == ["met", "breached", "running"]

    served.time.at = instant("2026-11-24T16:00")
    adopt_pack(served.desk.db, served.time, served.pack("holidays = [2026-11-24, 2026-11-25]"), actor=ADMIN)
    served.desk.db.write_now(served.desk.queues.refold_due)
    now = served.clocks()
    # What was counted on a day that is a holiday now counts no more: four hours from the 26th on.
    assert minute(now[open_one]["due_at"]) == "2026-11-26T11:00"
    assert (now[met], now[breached]) == (rows[met], rows[breached])


def test_a_holiday_sends_no_alert_twice(served: Served) -> None:
    ticket = served.ticket("T1", "2026-11-24T08:00", plan="community/premium", severity=2)
    served.time.at = instant("2026-11-24T15:00")
    db, escalations = served.desk.db, served.desk.escalations
    db.write_now(lambda conn: escalations.request(conn, ticket, "portal", "It stands still", actor=MANAGER))
    sent = served.sent()
    assert "role:escalation_manager" in {message.to for message in sent}
    assert minute(served.clocks("escalation_review")[ticket]["due_at"]) == "2026-11-25T10:00"

    for _ in range(2):
        served.time.at += HOUR
        listed = served.pack("holidays = [2026-11-25]", of="community", zone="UTC")
        adopt_pack(db, served.time, listed, actor=ADMIN)
        db.write_now(served.desk.queues.refold_due)
        assert minute(served.clocks("escalation_review")[ticket]["due_at"]) == "2026-11-26T10:00"
        assert served.sent() == sent


def test_a_holiday_moves_the_running_review_alone_and_leaves_the_outbox_as_it_is(served: Served) -> None:
    db, escalations = served.desk.db, served.desk.escalations

    def asked(number: str, at: str) -> int:
        served.time.at = instant(at)
        ticket = served.ticket(number, at, plan="community/premium", severity=2)
        db.write_now(lambda conn: escalations.request(conn, ticket, "portal", "It stands still", actor=MANAGER))
        return ticket

    def outbox() -> list[tuple[Any, ...]]:
        query = "SELECT o.*, t.body FROM outbox o JOIN text t ON t.id = o.text_id ORDER BY o.uid"
        return db.read_now(lambda conn: [tuple(row) for row in conn.exec_driver_sql(query)])

    breached, met = asked("T1", "2026-11-23T09:00"), asked("T2", "2026-11-24T10:00")
    served.time.at = instant("2026-11-24T11:00")
    seen = db.read_now(db.revision)
    db.write_now(lambda conn: escalations.reject(conn, met, MANAGER, base_revision=seen, words="The date holds"))
    running = asked("T3", "2026-11-24T15:00")
    # A breach is stored when its ticket is folded next.
    noted = NewFact(breached, served.time.at, FactKind.NOTE, actor_kind=ActorKind.AGENT, text="Nobody looked")
    db.write_now(lambda conn: door.record(conn, db.book(conn), [noted], served.time.at))
    before, sent = served.clocks("escalation_review"), outbox()
    assert [before[ticket]["state"] for ticket in (met, breached, running)] == ["met", "breached", "running"]
    alerted = [message.ticket_id for message in served.sent() if message.to == "role:escalation_manager"]
    assert set(alerted) == {met, breached, running}
    assert len(alerted) == 3

    served.time.at = instant("2026-11-24T16:00")
    listed = served.pack("holidays = [2026-11-23, 2026-11-24, 2026-11-25]", of="community", zone="UTC")
    adopt_pack(db, served.time, listed, actor=ADMIN)
    db.write_now(served.desk.queues.refold_due)
    now = served.clocks("escalation_review")
    assert (now[met], now[breached]) == (before[met], before[breached])
    assert now[running]["due_at"] > before[running]["due_at"]
    # The hours of the 24th count no more: four hours from the opening of the 26th on.
    assert minute(now[running]["due_at"]) == "2026-11-26T13:00"
    assert now[running]["state"] == "running"
    assert db.read_now(lambda conn: escalations.open_one(conn, running)) is not None
    # Byte by byte: no message again, none held back, none otherwise.
    assert outbox() == sent
    assert sent


def test_a_roster_of_dated_shifts_is_adopted_and_goes_on_with_the_next(served: Served) -> None:
    def week(*days: str) -> Path:
        listed = "".join(f'{day} = [["07:00", "15:00"]]\n' for day in days)
        begin, rest = pack_text("analytics").split("[calendars.hours.week]", 1)
        _, rest = rest.split("[[calendars]]", 1)
        path = served.folder / "roster.toml"
        path.write_text(f"{begin}[calendars.hours.shifts]\n{listed}\n[[calendars]]{rest}", "utf-8")
        return path

    served.time.at = instant("2026-11-24T06:00")
    adopt_pack(served.desk.db, served.time, week("2026-11-23", "2026-11-24"), actor=ADMIN)
    served.time.at = instant("2026-11-24T14:00")
    ticket = served.ticket("T1", "2026-11-24T14:00")
    assert served.due(ticket) is None
    assert served.clocks()[ticket]["due_at"] is served.clocks()[ticket]["original_due_at"] is None
    sound = served.desk.db.read_now(lambda conn: verify(conn, served.desk.db.book(conn)))
    assert sound.differences == ()

    served.time.at = instant("2026-11-25T06:00")
    adopt_pack(served.desk.db, served.time, week("2026-11-23", "2026-11-24", "2026-11-30"), actor=ADMIN)
    served.desk.db.write_now(served.desk.queues.refold_due)
    found = served.clocks()[ticket]
    assert minute(found["due_at"]) == minute(found["original_due_at"]) == served.due(ticket) is not None


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
