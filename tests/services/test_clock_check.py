"""Cases of other products against our clock: all of those that are shared, and each kind of case by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from console.domain.errors import UserError
from console.services.clock_check.case_file import LONGEST_LINE
from console.services.clock_check.check import CheckReport, ClockCheck, Counts
from console.services.clock_check.decisions import Decisions, load_decisions
from tests.rig.shared import ROOT, Shared
from tests.services.clock_cases import (
    NIGHTS,
    OFFICE,
    RIGHT,
    case,
    due,
    event,
    lines,
    resolution,
    scenario,
    status,
)

SHIPPED = ROOT / "resources" / "clock-check" / "accepted.toml"
MIDDAY = {"at": "2026-06-01T09:00:00Z"}


def shipped() -> Decisions:
    return load_decisions(SHIPPED.read_bytes(), SHIPPED.name)


def check(folder: Path, data: bytes, decisions: Decisions | None = None) -> CheckReport:
    path = folder / "cases.jsonl"
    path.write_bytes(data)
    return ClockCheck(decisions or Decisions()).run([path])


def outcome(folder: Path, *cases: object, decisions: Decisions | None = None) -> Counts:
    report = check(folder, lines(*cases), decisions)
    assert report.bad_lines == []
    total = report.generic()
    total.add(report.specific())
    return total


def test_every_shared_case_agrees_or_differs_by_decision(shared: Shared) -> None:
    report = ClockCheck(shipped()).run(sorted((shared / "cases").glob("*.jsonl")))
    assert report.bad_lines == []
    assert [each.case.id for each in report.differences if each.decision is None] == []
    assert report.sound
    generic, specific = report.generic(), report.specific()
    assert (generic.differ, generic.not_applicable) == (0, 0)
    assert generic.accepted <= 0.02 * generic.answered
    assert generic.agree >= 430
    assert specific.agree >= 22
    # Days and a clock that version 1 does not have are all that is not applicable.
    assert all("CR-19" in reason or "CR-23" in reason for reason in report.reasons)


def test_cases_of_our_own_agree(tmp_path: Path) -> None:
    report = check(tmp_path, lines(*RIGHT))
    assert report.bad_lines == []
    assert [(each.case.line, each.values) for each in report.differences] == []
    assert report.generic() == Counts(agree=len(RIGHT))


def test_a_wrong_expectation_is_a_difference_with_both_values(tmp_path: Path) -> None:
    wrong = case("deadline", {"start": "2026-06-01T07:00:00Z", "seconds": 3600}, {"due": "2026-06-01T09:00:00Z"})
    report = check(tmp_path, lines(wrong | {"source": {"repo": "some/product"}}))
    assert not report.sound
    assert report.sources["some/product"].generic == Counts(differ=1)
    (found,) = report.differences[0].values
    assert (found.what, found.expected, found.ours) == ("due", "2026-06-01T09:00:00Z", "2026-06-01T08:00:00Z")


@pytest.mark.parametrize(
    ("value", "wrong"),
    [("due", None), ("used_seconds", 1), ("left_seconds", 1), ("paused_seconds", 1), ("status", "met")],
)
def test_each_value_of_a_scenario_can_differ(tmp_path: Path, value: str, wrong: object) -> None:
    assert outcome(tmp_path, scenario([], resolution(**{value: wrong}))) == Counts(differ=1)


def test_a_scenario_counts_a_pause_by_its_working_time(tmp_path: Path) -> None:
    over_night = [status("01T13:00", "pending"), status("02T07:00", "open")]
    assert outcome(tmp_path, scenario(over_night, due("02T05:00"))) == Counts(differ=1)
    assert outcome(tmp_path, scenario(over_night, resolution(paused_seconds=7200))) == Counts(agree=1)


def test_a_clock_that_ended_has_no_due(tmp_path: Path) -> None:
    answered = [event("01T06:30", "first_response")]
    kept = scenario(answered, {"target": "first_response", "due": "2026-06-01T07:00:00Z"})
    tagged = kept | {"tags": ["product_specific:due_kept_after_completion"]}
    assert outcome(tmp_path, kept, decisions=shipped()) == Counts(differ=1)
    assert outcome(tmp_path, tagged, decisions=shipped()) == Counts(accepted=1)


def test_a_close_without_a_status_meets_the_resolution_only(tmp_path: Path) -> None:
    told = scenario(
        [event("01T08:00", "close"), event("01T09:00", "first_response")],
        resolution(used_seconds=7200),
        {"target": "first_response", "used_seconds": 10800},
    )
    assert outcome(tmp_path, told) == Counts(agree=1)
    stopped = scenario([status("01T06:30", "closed")], {"target": "first_response", "used_seconds": 1800, "due": None})
    assert outcome(tmp_path, stopped) == Counts(agree=1)


def test_a_warning_is_a_deadline_of_its_own(tmp_path: Path) -> None:
    # Due Tuesday 07:00 UTC, one hour of it on Tuesday: two working hours before is Monday, one hour before closing.
    before = case("deadline", {"start": "2026-06-02T07:00:00Z", "seconds": -7200}, {"due": "2026-06-01T13:00:00Z"})
    assert outcome(tmp_path, before) == Counts(agree=1)


@pytest.mark.parametrize("op", ["add_days", "days_between"])
def test_days_are_not_applicable(tmp_path: Path, op: str) -> None:
    report = check(
        tmp_path, lines(case(op, {"start": "2026-06-01T07:00:00Z", "days": 1}, {"at": "2026-06-02T07:00:00Z"}))
    )
    assert report.generic() == Counts(not_applicable=1)
    assert list(report.reasons) == ["targets in days are not in version 1 (CR-19)"]


def test_a_target_without_a_clock_is_not_applicable(tmp_path: Path) -> None:
    loop = {"target": "keep_in_loop", "due": "2026-06-01T07:00:00Z"}
    assert outcome(tmp_path, scenario([], loop)) == Counts(not_applicable=1)
    # What can be said is said all the same.
    assert outcome(tmp_path, scenario([], loop, due("01T10:00"))) == Counts(agree=1)
    assert outcome(tmp_path, scenario([], loop, due("01T10:01"))) == Counts(differ=1)


@pytest.mark.parametrize("calendar", [{"tz": "UTC", "week": {}}, {"tz": "UTC", "week": {"mon": []}}, {"tz": "UTC"}])
def test_a_calendar_without_open_time_has_no_answers(tmp_path: Path, calendar: dict[str, Any]) -> None:
    given = {"start": "2026-06-01T07:00:00Z", "seconds": 3600}
    assert outcome(tmp_path, case("deadline", given, {"due": "2026-06-01T08:00:00Z"}, calendar=calendar)) == Counts(
        not_applicable=1
    )
    for refusal in (None, {"error": "no working time"}, {"due": None}, {}):
        assert outcome(tmp_path, case("deadline", given, refusal, calendar=calendar)) == Counts(agree=1)
    opened = case("next_open", MIDDAY, {"at": MIDDAY["at"]}, calendar=calendar)
    assert outcome(tmp_path, opened) == Counts(not_applicable=1)
    assert outcome(tmp_path, opened | {"expected": {"at": None}}) == Counts(agree=1)
    for wanted, counts in ((None, Counts(agree=1)), ("2026-06-01T08:00:00Z", Counts(not_applicable=1))):
        told = scenario([], {"target": "resolution", "due": wanted}) | {"calendar": calendar}
        assert outcome(tmp_path, told) == counts
    # The clock on the wall needs no calendar.
    wall = scenario([], due("01T10:00"), clock="wall") | {"calendar": calendar}
    assert outcome(tmp_path, wall) == Counts(agree=1)


def test_shifts_alone_are_open_time(tmp_path: Path) -> None:
    calendar = {"tz": "UTC", "week": {}, "shifts": {"2026-06-01": [["09:00", "17:00"]]}}
    inside = case("deadline", {"start": MIDDAY["at"], "seconds": 3600}, {"due": "2026-06-01T10:00:00Z"})
    beyond = case("deadline", {"start": MIDDAY["at"], "seconds": 36000}, {"due": None})
    assert outcome(tmp_path, *(each | {"calendar": calendar} for each in (inside, beyond))) == Counts(agree=2)
    wrong = beyond | {"calendar": calendar, "expected": {"due": "2026-06-01T19:00:00Z"}}
    (found,) = check(tmp_path, lines(wrong)).differences[0].values
    assert found.ours == "no open time after 2026-06-01"


def test_null_is_as_good_as_absent_and_a_wall_time_may_have_a_fraction(tmp_path: Path) -> None:
    quiet = {"tz": "UTC", "week": {"mon": [["09:00", "17:00"]], "sat": None}, "shifts": None, "breaks": {}}
    assert outcome(tmp_path, case("is_open", MIDDAY, {"open": True}, calendar=quiet)) == Counts(agree=1)
    for time, at in (("03:30:00.5", "00:30:00.5"), ("03:30:00.000001", "00:30:00.000001"), ("24:00:00.0", "21:00:00")):
        found = case("wall_to_utc", {"date": "2026-06-01", "time": time}, {"at": f"2026-06-01T{at}Z"})
        assert outcome(tmp_path, found) == Counts(agree=1)
    for time in ("03:30:00.", "03:30.5", "24:00:00.5", "03:30:00.1234567"):
        found = case("wall_to_utc", {"date": "2026-06-01", "time": time}, {"at": None})
        assert [bad.field for bad in check(tmp_path, lines(found)).bad_lines] == ["input.time"]


def test_a_window_without_length_is_refused(tmp_path: Path) -> None:
    whole = {"tz": "UTC", "week": {"mon": [["00:00", "00:00"]]}}
    report = check(tmp_path, lines(case("is_open", MIDDAY, {"open": True}, calendar=whole)))
    assert list(report.reasons) == ["a window that ends where it starts is refused (CR-8)"]


def test_calendars_of_other_systems_are_mended_with_a_notice(tmp_path: Path) -> None:
    twice = {"tz": "UTC", "week": {"mon": [["08:00", "12:00"], ["10:00", "23:59"]]}}
    found = case(
        "elapsed", {"start": "2026-06-01T00:00:00Z", "end": "2026-06-02T00:00:00Z"}, {"seconds": 57600}, calendar=twice
    )
    report = check(tmp_path, lines(found))
    assert report.generic() == Counts(agree=1)
    assert report.notices == {"midnight": 1, "united": 1}


@pytest.mark.parametrize("extra", [{}, {"tags": None, "note": None, "source": None}, {"check": {}, "tags": ["long"]}])
def test_source_tags_and_note_may_be_absent(tmp_path: Path, extra: dict[str, Any]) -> None:
    report = check(tmp_path, lines(case("is_open", MIDDAY, {"open": True}) | extra))
    assert report.sources["cases.jsonl"].generic == Counts(agree=1)


@pytest.mark.parametrize(
    ("named", "id", "source"),
    [
        ({"id": 7}, "7", "cases.jsonl"),
        ({"id": 1.5}, "1.5", "cases.jsonl"),
        ({"id": ["a"]}, "line 1", "cases.jsonl"),
        ({"id": True}, "line 1", "cases.jsonl"),
        ({"source": "our desk"}, "own-is_open", "our desk"),
        ({"source": {"repo": 12}}, "own-is_open", "12"),
        ({"source": {"repo": None, "url": "x"}}, "own-is_open", "cases.jsonl"),
        ({"source": ["a", "b"], "note": 3}, "own-is_open", "cases.jsonl"),
    ],
)
def test_a_name_that_is_a_number_or_odd_spoils_no_case(
    tmp_path: Path, named: dict[str, object], id: str, source: str
) -> None:
    report = check(tmp_path, lines(case("is_open", MIDDAY, {"open": False}) | named))
    assert report.bad_lines == []
    assert [(each.case.id, each.case.source) for each in report.differences] == [(id, source)]
    assert report.sources[source].generic == Counts(differ=1)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (b"case", "column 1"),
        (b"[]", "line"),
        (b'"\\ud800"', "line"),
        (b"\xff\xfe{}", "byte 0"),
        (b"[" * 100_000, "line"),
        (b'{"op": ' + b"9" * 5000 + b"}", "line"),
        (b'{"op": NaN}', "line"),
        (b" " * (LONGEST_LINE + 1), "line"),
        (lines(case("dedline", {}, {})), "op"),
        (lines({"op": "deadline", "expected": {}}), "input"),
        (lines({"op": "deadline", "input": {}}), "expected"),
        (lines(case("deadline", {"start": "2026-06-01", "seconds": 1}, {"due": None})), "input.start"),
        (lines(case("deadline", {"start": "2026-06-01T00:00:00", "seconds": 1}, {"due": None})), "input.start"),
        (lines(case("deadline", {"start": "0001-01-01T00:00:00+23:59", "seconds": 1}, {})), "input.start"),
        (lines(case("deadline", {"start": MIDDAY["at"], "seconds": "1"}, {"due": None})), "input.seconds"),
        (lines(case("deadline", {"start": MIDDAY["at"], "seconds": True}, {"due": None})), "input.seconds"),
        (lines(case("deadline", {"start": MIDDAY["at"], "seconds": 1e300}, {"due": None})), "input.seconds"),
        (lines(case("deadline", {"start": MIDDAY["at"], "seconds": 1}, {"at": MIDDAY["at"]})), "expected.due"),
        (lines(case("elapsed", {"start": MIDDAY["at"], "end": MIDDAY["at"]}, {})), "expected.seconds"),
        (lines(case("is_open", MIDDAY, {"open": 1})), "expected.open"),
        (lines(case("is_open", MIDDAY, {"open": True}, calendar=None)), "calendar"),
        (lines(case("is_open", MIDDAY, {"open": True}, calendar=OFFICE | {"tz": "Kyiv"})), "calendar.tz"),
        (lines(case("is_open", MIDDAY, {"open": True}, calendar=OFFICE | {"holliday": []})), "calendar.holliday"),
        (lines(case("is_open", MIDDAY, {"open": True}, calendar=OFFICE | {"holidays": ["x"]})), "calendar.holidays.0"),
        (lines(case("is_open", MIDDAY, {"open": True}, calendar=OFFICE | {"holidays": 7})), "calendar.holidays"),
        (
            lines(case("is_open", MIDDAY, {"open": True}, calendar={"tz": "UTC", "week": {"mon": [["9", "10"]]}})),
            "calendar.week.mon[0].start",
        ),
        (lines(case("is_open", MIDDAY, {"open": True}, calendar={"tz": "UTC", "week": 3})), "calendar.week"),
        (lines(case("periods", {"start": MIDDAY["at"], "direction": "up", "count": 1}, {})), "input.direction"),
        (
            lines(case("periods", {"start": MIDDAY["at"], "direction": "forward", "count": 10**9}, {})),
            "input.count",
        ),
        (lines(case("scenario", {"targets": {}, "events": []}, [due("01T10:00")])), "input.events"),
        (lines(scenario([event("01T07:00", "reply")], due("01T10:00"))), "input.events[1].type"),
        (lines(scenario([], due("01T10:00"), targets={"resolution": -1})), "input.targets.resolution"),
        (lines(scenario([], resolution(after=9, due=None))), "expected[0].after"),
        (lines(scenario([], resolution())), "expected[0]"),
        (lines(scenario([])), "expected"),
    ],
)
def test_a_line_that_is_no_case_is_reported_with_its_place(tmp_path: Path, line: bytes, field: str) -> None:
    right = lines(case("is_open", MIDDAY, {"open": True}))
    report = check(tmp_path, right + line.rstrip(b"\n") + b"\n" + right)
    (bad,) = report.bad_lines
    assert (bad.file, bad.line, bad.field) == ("cases.jsonl", 2, field)
    assert bad.found
    assert bad.expected
    # The lines around it are checked, and the run is not sound.
    assert report.generic() == Counts(agree=2)
    assert not report.sound


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    for path in (tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(UserError) as refused:
            ClockCheck(Decisions()).run([path])
        assert refused.value.code == "case_file_unreadable"


def test_a_file_may_begin_with_a_byte_order_mark_and_have_blank_lines(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + lines(case("is_open", MIDDAY, {"open": True})) + b"\n  \r\n"
    assert check(tmp_path, data).generic() == Counts(agree=1)
    assert check(tmp_path, b"").generic() == Counts()
    assert json.loads(lines(NIGHTS)) == NIGHTS
