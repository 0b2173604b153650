"""`policy adopt`: a pack put in force in a database moves what is open, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from console.domain.instants import parse_instant
from tests.cli.terminal_desk import MAPPING, TerminalDesk
from tests.domain.packs import pack_text
from tests.rig.fresh_desk import fresh_desk

OFFICE = MAPPING.replace('pack = "odin", plan = "gold"', 'pack = "analytics", plan = "reports_attribution"')
# Answers within four working hours, Monday to Friday 07:00-15:00 UTC. T1 waits over the night, T2 was answered.
ROWS = """\
id,opened,updated,n,state,priority,customer,subject
T1,2025-03-03T13:30:00Z,2025-03-03T13:30:00Z,0,new,P3,Harbour,Report is empty
T2,2025-03-03T08:00:00Z,2025-03-03T08:00:00Z,0,new,P3,Harbour,Chart is wrong
T2,2025-03-03T08:00:00Z,2025-03-03T09:00:00Z,1,waiting,P3,Harbour,Chart is wrong
"""
HOLIDAY = ("policy", "adopt", "analytics", "--holidays", "tickets=2025-03-04")


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> TerminalDesk:
    """A desk by the analytics pack at 14:00 on the Monday."""
    desk = TerminalDesk(tmp_path, capsys)
    fresh_desk(desk.path, parse_instant("2025-03-03T07:00:00Z"))
    desk.now = parse_instant("2025-03-03T14:00:00Z")
    log, mapping = desk.file("rows.csv", ROWS), desk.file("office.toml", OFFICE)
    assert desk.json("import", log, "--mapping", mapping)["rejected"] == 0
    return desk


def due(desk: TerminalDesk, number: str) -> list[Any]:
    return [(clock["state"], clock["due_at"]) for clock in desk.json("explain", number)["clocks"]]


def content(desk: TerminalDesk) -> tuple[Any, ...]:
    """What a command that writes nothing must leave as it was."""
    return desk.json("queue")["revision"], due(desk, "T1"), due(desk, "T2")


def test_a_new_holiday_moves_the_deadline_that_is_open_and_no_other(office: TerminalDesk) -> None:
    answered = due(office, "T2")
    assert due(office, "T1") == [("running", "2025-03-04T09:30:00Z")]
    told = office.json(*HOLIDAY)
    assert due(office, "T1") == [("running", "2025-03-05T09:30:00Z")]
    assert due(office, "T2") == answered
    assert told["adopted_at"] == "2025-03-03T14:00:00Z"
    assert told["holidays"] == [{"calendar": "tickets", "added": ["2025-03-04"], "removed": []}]
    assert (told["open_tickets"], told["tickets_moved"], told["clocks_moved"], told["breached_at_once"]) == (2, 1, 1, 0)
    assert told["clocks"] == [
        {
            "ticket": "T1",
            "kind": "next_response",
            "cycle": 0,
            "before": {"state": "running", "due_at": "2025-03-04T09:30:00Z"},
            "after": {"state": "running", "due_at": "2025-03-05T09:30:00Z"},
            "breached_at_once": False,
        }
    ]
    found = office.json("verify")
    assert (found["sound"], found["to_fold_again"]) == (True, 0)


def test_a_pack_of_a_file_is_shown_by_the_code_under_which_it_was_adopted(office: TerminalDesk) -> None:
    text = pack_text("analytics").replace('code = "analytics"', 'code = "house"', 1)
    office.json("policy", "adopt", office.file("house.toml", text), "--holidays", "tickets=2025-03-04")
    shown = office.json("policy", "show", "house")
    assert shown["pack"] == "house"
    assert office.bare(["policy", "show", "house", "--db", office.url, "--json"]).json == shown
    assert office.bare(["policy", "show", "analytics"]).out == office("policy", "show", "analytics").out
    unnamed = office.bare(["policy", "show", "house"])
    assert (unnamed.code, unnamed.out) == (2, "")
    assert unnamed.err.endswith("; or name a file, or with --db the database that has adopted it.\n")


def test_a_dry_run_says_the_same_and_writes_nothing(office: TerminalDesk) -> None:
    before = content(office)
    asked = office.json(*HOLIDAY, "--dry-run")
    assert content(office) == before
    assert (asked["adopted_at"], asked["revision"], asked["folded_again"]) == (None, None, None)
    told = office.json(*HOLIDAY)
    assert [asked[key] for key in ("holidays", "entries", "clocks")] == [
        told[key] for key in ("holidays", "entries", "clocks")
    ]


def test_adopting_the_same_again_changes_nothing(office: TerminalDesk) -> None:
    office(*HOLIDAY)
    before = content(office)
    office.now += 60_000_000
    again = office.json(*HOLIDAY)
    assert (again["in_force_already"], again["adopted_at"], again["clocks"]) == (True, None, [])
    assert content(office) == before
    assert "in force already" in office(*HOLIDAY).out


def test_holidays_given_later_join_those_of_before_and_a_pack_alone_takes_them_back(office: TerminalDesk) -> None:
    office(*HOLIDAY)
    office.now += 1_000_000
    more = office.json("policy", "adopt", "analytics", "--holidays", "tickets=PL:2025")
    assert more["holidays"][0]["removed"] == []
    assert "2025-05-01" in more["holidays"][0]["added"]
    office.now += 1_000_000
    office("policy", "adopt", "analytics", "--holidays", "tickets=2025-03-05")
    assert due(office, "T1") == [("running", "2025-03-06T09:30:00Z")]
    office.now += 1_000_000
    back = office.json("policy", "adopt", "analytics")
    assert {"2025-03-04", "2025-03-05", "2025-05-01"} < set(back["holidays"][0]["removed"])
    assert due(office, "T1") == [("running", "2025-03-04T09:30:00Z")]
    assert office.json("verify")["sound"]


def test_a_pack_adopted_by_a_desk_whose_time_is_ahead_holds_when_that_time_has_come(office: TerminalDesk) -> None:
    office.now += 60_000_000
    office(*HOLIDAY)
    office.now -= 60_000_000
    office("policy", "adopt", "analytics", "--holidays", "tickets=2025-03-05")
    assert due(office, "T1") == [("running", "2025-03-04T09:30:00Z")]
    office.now += 61_000_000
    row = next(each for each in office.json("queue")["rows"] if each["number"] == "T1")
    assert row["due_at"] == "2025-03-06T09:30:00Z"
    assert office.json("verify")["sound"]


def test_a_breach_that_happened_stays_when_its_day_becomes_a_holiday(office: TerminalDesk) -> None:
    office.now = parse_instant("2025-03-04T10:00:00Z")
    missed = office.json("explain", "T1")["clocks"][0]["breached_at"]
    assert missed == "2025-03-04T09:30:00Z"
    assert office.json(*HOLIDAY)["clocks"] == []
    clock = office.json("explain", "T1")["clocks"][0]
    assert (clock["breached_at"], clock["due_at"]) == (missed, missed)


def test_a_new_version_says_its_entries_and_serves_tickets_opened_from_then_on(office: TerminalDesk) -> None:
    old = '[plans.targets.next_response]\n1 = "4h"\n2 = "4h"\n3 = "4h"'
    mine = office.file("mine.toml", pack_text("analytics").replace(old, old.replace("4h", "1h"), 1))
    told = office.json("policy", "adopt", mine)
    assert [(each["part"], each["entry"]) for each in told["entries"]] == [("plans", "reports_attribution")]
    assert "3: 4h" in told["entries"][0]["before"]
    assert "3: 1h" in told["entries"][0]["after"]
    assert (told["holidays"], told["clocks"]) == ([], [])
    office.now = parse_instant("2025-03-03T14:30:00Z")
    row = "T9,2025-03-03T14:20:00Z,2025-03-03T14:20:00Z,0,new,P3,Harbour,Later\n"
    log = office.file("rows.csv", ROWS.splitlines()[0] + "\n" + row)
    office.json("import", log, "--mapping", str(office.folder / "office.toml"))
    assert due(office, "T1") == [("running", "2025-03-04T09:30:00Z")]
    assert due(office, "T9") == [("running", "2025-03-04T07:20:00Z")]


def test_the_words_name_what_moves(office: TerminalDesk) -> None:
    said = office(*HOLIDAY, "--dry-run").out
    assert "calendar tickets: closed now: 2025-03-04" in said
    assert "analytics: 2 open tickets looked at, 1 clock of 1 ticket moves" in said
    assert "T1      next response  running, due 2025-03-04T09:30:00Z  running, due 2025-03-05T09:30:00Z" in said
    assert said.endswith("Nothing was written.\n")


def test_holidays_that_are_none_are_refused_and_nothing_is_written(office: TerminalDesk) -> None:
    before = content(office)
    for given, expected in (
        ("tickets", "CALENDAR="),
        ("tickets=2025-02-30", "CALENDAR="),
        ("tickets=PL", "CALENDAR="),
        ("nights=2025-03-04", "tickets, chat"),
        ("tickets=XX:2025", "whose holidays are known"),
        ("tickets=DE-XX:2025", "one of"),
        ("tickets=PL:2026-2025", "the first not after the last"),
        ("tickets=missing.ics:2025", "can be read"),
    ):
        answer = office("policy", "adopt", "analytics", "--holidays", given)
        assert (answer.code, answer.out) == (2, ""), given
        assert expected in answer.err
    assert content(office) == before


def test_a_calendar_that_is_always_open_takes_no_holiday(office: TerminalDesk) -> None:
    answer = office("policy", "adopt", "odin", "--holidays", "24x7=2025-03-04")
    assert answer.code == 2
    assert "this pack has none" in answer.err


def test_a_desk_for_a_pack_of_your_own_is_made_on_request(nothing: TerminalDesk) -> None:
    nothing.now = parse_instant("2025-03-03T14:00:00Z")
    mine = nothing.file("mine.toml", pack_text("analytics").replace('code = "analytics"', 'code = "mine"', 1))
    for given in ((), ("--dry-run",), ("--dry-run", "--new-database")):
        refused = nothing("policy", "adopt", mine, *given)
        assert (refused.code, refused.out, nothing.path.exists()) == (2, "", False)
        assert "--new-database makes one" in refused.err
        assert "only where its mapping names a shipped pack" in refused.err
    wrong = nothing("policy", "adopt", mine, "--new-database", "--holidays", "nights=2025-03-04")
    assert (wrong.code, nothing.path.exists()) == (2, False)

    # An import alone makes none for it, and takes it once it is adopted.
    log = nothing.file("rows.csv", ROWS)
    mapping = nothing.file("mine-map.toml", OFFICE.replace('pack = "analytics"', 'pack = "mine"'))
    assert (nothing("import", log, "--mapping", mapping).code, nothing.path.exists()) == (2, False)
    assert nothing("policy", "adopt", mine, "--new-database").code == 0
    assert nothing.json("import", log, "--mapping", mapping)["rejected"] == 0
    assert nothing.json("queue")["rows"]
