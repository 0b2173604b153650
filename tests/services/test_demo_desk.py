"""The demo desk: made on the first start, kept, made anew when asked, never half."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from console.domain.decisions import JournalEntry
from console.domain.errors import EnvironmentFault
from console.domain.instants import DAY, parse_instant
from console.domain.reviews import DecisionFilter
from console.services.demo_desk import demo_path, fill_past, open_demo
from console.services.desk import Desk, open_desk
from console.services.escalating.messages import MessageTemplates
from console.services.generating import shift_story
from console.services.generating.cases import CommunityCases
from console.services.generating.people import MANAGERS
from console.store import tickets
from console.store.database import Connection
from console.store.verify import verify
from console.time_source import FixedTime
from tests.rig.shared import ROOT

POLICIES = ROOT / "resources" / "policies"
TIME = FixedTime(parse_instant("2026-11-19T10:00:00Z"))


def test_it_is_made_once_and_kept(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    folder = tmp_path / "new" / "folder"
    desk = open_demo(folder, TIME, POLICIES, tickets=30, on_progress=lambda done, total: seen.append((done, total)))
    assert desk.db.read_now(tickets.count) == 30
    assert desk.queues is not None
    desk.close_now()
    assert seen[-1] == (30, 30)
    again = open_demo(folder, TIME, POLICIES, tickets=50)
    assert again.db.read_now(tickets.count) == 30
    again.close_now()
    assert [each.name for each in folder.iterdir() if "making" in each.name] == []


def test_fresh_makes_it_anew(tmp_path: Path) -> None:
    open_demo(tmp_path, TIME, POLICIES, tickets=10).close_now()
    desk = open_demo(tmp_path, TIME, POLICIES, tickets=20, fresh=True)
    assert desk.db.read_now(tickets.count) == 20
    desk.close_now()


def test_a_desk_that_is_open_is_not_made_anew(tmp_path: Path) -> None:
    desk = open_demo(tmp_path, TIME, POLICIES, tickets=10)
    desk.db.read_now(tickets.count)
    with pytest.raises(EnvironmentFault, match="database_in_use"):
        open_demo(tmp_path, TIME, POLICIES, tickets=20, fresh=True)
    desk.close_now()


def test_a_start_that_is_broken_off_leaves_the_old_one(tmp_path: Path) -> None:
    open_demo(tmp_path, TIME, POLICIES, tickets=10).close_now()
    with pytest.raises(EnvironmentFault, match="demo_stopped"):
        open_demo(tmp_path, TIME, POLICIES, tickets=200, fresh=True, stop=lambda: True)
    desk = open_demo(tmp_path, TIME, POLICIES, tickets=99)
    assert desk.db.read_now(tickets.count) == 10
    desk.close_now()
    assert not [each for each in tmp_path.iterdir() if "making" in each.name]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFault, match="folder_unwritable"):
        open_demo(tmp_path / "file" / "desk", TIME, POLICIES)
    assert not demo_path(tmp_path / "file" / "desk").exists()


def test_a_large_one_has_cases_of_a_second_organisation(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    desk = open_desk(f"sqlite:///{path}", TIME, POLICIES)
    try:
        CommunityCases(desk.db, TIME, MessageTemplates(ROOT / "resources" / "messages")).run()
        third, same_day = desk.db.read_now(desk.escalations.waiting)
        assert (third.row.number, third.escalation.level, third.needs) == ("C-10231", 3, ("analysis",))
        assert (same_day.row.number, same_day.same_day) == ("C-10236", True)
        assert desk.db.read_now(lambda conn: verify(conn, desk.db.book(conn))).sound
    finally:
        desk.close_now()


def test_its_past_has_decisions_of_three_managers_some_of_them_reviewed(tmp_path: Path) -> None:
    desk = open_demo(tmp_path, TIME, POLICIES, tickets=200)
    assert desk.db.write_now(fill_past(desk)) == 20
    assert desk.db.write_now(fill_past(desk)) == 0
    rows = desk.db.read_now(lambda conn: desk.review.all_rows(conn, DecisionFilter(packs=("odin",))))
    assert len(rows) == 20
    assert {row.actor for row in rows} == set(MANAGERS)
    assert any(row.against for row in rows)
    assert any(row.review is not None for row in rows)
    assert all(TIME.now() - 21 * DAY < row.at < TIME.now() for row in rows)
    for row in rows:
        case = desk.db.read_now(lambda conn, row=row: desk.review.case(conn, row.seq, desk.actor))  # type: ignore[misc]
        assert case.seen.differences == ()
    desk.close_now()


def test_a_small_desk_has_no_past(tmp_path: Path) -> None:
    desk = open_demo(tmp_path, TIME, POLICIES, tickets=30)
    assert desk.db.write_now(fill_past(desk)) == 0
    desk.close_now()


def test_its_past_has_shifts_that_were_handed_over_and_the_last_one_to_who_sits_here(tmp_path: Path) -> None:
    desk = open_demo(tmp_path, TIME, POLICIES, tickets=200)
    desk.db.write_now(fill_past(desk))
    shifts = desk.db.read_now(desk.shifts.list)
    assert len(shifts) >= 3 * 20
    assert {shift.actor for shift in shifts} == set(MANAGERS)
    assert all(shift.until is not None and shift.people and shift.state_handed for shift in shifts)
    assert shifts[0].handed_to == desk.actor.name
    assert all(earlier.handed_to == later.actor for later, earlier in pairwise(shifts))
    decided = [(shift, each) for shift in shifts for each in desk.db.read_now(partial(_decided, desk, shift.uid))]
    assert len(decided) >= 15
    # Who is on duty decides, within the shift.
    for shift, entry in decided:
        assert shift.since <= entry.at <= (shift.until or TIME.now())
        assert entry.kind.startswith("review_") or entry.actor == shift.actor
    assert desk.db.read_now(lambda conn: verify(conn, desk.db.book(conn))).sound
    desk.close_now()


def test_the_desk_of_the_manual_is_in_the_middle_of_a_shift(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shift.db'}"
    shift_story.tell(url, POLICIES, TIME)
    desk = open_desk(url, TIME, POLICIES)
    running = desk.db.read_now(desk.shifts.current)
    assert running is not None
    decided = desk.db.read_now(partial(_decided, desk, running.uid))
    assert [each.kind for each in decided] == [
        "severity_changed",
        "escalation_rejected",
        "escalation_accepted",
        "note_written",
    ]
    assert [each.at for each in decided] == sorted(each.at for each in decided)
    desk.close_now()


def _decided(desk: Desk, uid: str, conn: Connection) -> tuple[JournalEntry, ...]:
    return desk.shifts.decisions(conn, uid)
