"""Cases of our own, in the words of the case files: what the shared ones do not hold, and the mistakes of users."""

from __future__ import annotations

import json
from typing import Any

OFFICE: dict[str, Any] = {
    "tz": "Europe/Kyiv",
    "week": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "holidays": [],
}
NIGHTS: dict[str, Any] = {"tz": "Europe/Kyiv", "week": {"fri": [["22:00", "06:00"]]}}


def case(op: str, given: dict[str, Any], expected: object, **more: Any) -> dict[str, Any]:
    """A case on the office's calendar."""
    return {"id": f"own-{op}", "calendar": OFFICE, "op": op, "input": given, "expected": expected, **more}


def event(at: str, kind: str, **more: Any) -> dict[str, Any]:
    """An event on 2026-06-01, a Monday; 06:00 is the opening."""
    return {"at": f"2026-06-{at}:00Z", "type": kind, **more}


def status(at: str, status: str) -> dict[str, Any]:
    """A status event."""
    return event(at, "status", status=status)


def scenario(events: list[dict[str, Any]], *expected: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A ticket with four working hours to be solved and one to be answered."""
    given = {
        "targets": {"first_response": 3600, "resolution": 14400},
        "clock": "business",
        "pause_on": ["pending"],
        "stop_on": ["closed"],
        "events": [event("01T06:00", "created"), *events],
    }
    return case("scenario", given | more, list(expected))


def resolution(**values: Any) -> dict[str, Any]:
    """What is expected of the resolution after the last event."""
    return {"target": "resolution", **values}


def due(at: str) -> dict[str, Any]:
    """The due of the resolution after the last event."""
    return resolution(due=f"2026-06-{at}:00Z")


def retarget(at: str, **targets: int) -> dict[str, Any]:
    """Other targets."""
    return event(at, "retarget", targets=targets)


def lines(*cases: object) -> bytes:
    """Cases as a file holds them."""
    return b"".join(json.dumps(each).encode() + b"\n" for each in cases)


RIGHT: tuple[dict[str, Any], ...] = (
    # a pause over closed time costs nothing, one over open time its working time
    scenario([status("01T08:00", "pending"), status("01T09:00", "open")], due("01T11:00")),
    scenario([status("01T08:00", "pending"), status("02T06:00", "open")], due("02T08:00")),
    scenario([status("01T13:00", "pending"), status("02T06:00", "open")], resolution(paused_seconds=3600)),
    scenario([status("01T08:00", "pending")], resolution(due=None, used_seconds=7200, left_seconds=7200)),
    # each target may have pauses of its own
    scenario(
        [status("01T06:30", "pending"), status("01T06:40", "open")],
        {"target": "first_response", "due": "2026-06-01T07:00:00Z"},
        due("01T10:10"),
        pause_on={"resolution": ["pending"]},
    ),
    # a closed spell is a pause, for a status and for a close without one
    scenario([status("01T08:00", "closed"), status("01T09:00", "open")], due("01T11:00")),
    scenario([event("01T08:00", "close"), status("01T09:00", "open")], due("01T11:00")),
    # resolved twice: the first stop counts
    scenario([status("01T08:00", "closed"), event("01T09:00", "close")], resolution(used_seconds=7200)),
    # another target keeps start and what was counted, also while paused or closed
    scenario([retarget("01T08:00", resolution=10800)], due("01T09:00")),
    scenario([retarget("01T08:00", resolution=3600)], due("01T07:00")),
    scenario(
        [status("01T08:00", "pending"), retarget("01T09:00", resolution=10800), status("01T10:00", "open")],
        due("01T11:00"),
    ),
    scenario(
        [status("01T08:00", "closed"), retarget("01T09:00", resolution=10800), status("01T10:00", "open")],
        due("01T11:00"),
    ),
    scenario([retarget("01T08:00"), retarget("01T09:00", resolution=14400)], resolution(used_seconds=7200)),
    # the next response runs from the earliest unanswered message
    scenario(
        [
            event("01T07:00", "customer_contact"),
            event("01T08:00", "agent_contact"),
            event("01T09:00", "customer_contact"),
        ],
        {"after": 0, "target": "update", "due": "2026-06-01T08:00:00Z"},
        {"after": 1, "target": "update", "due": "2026-06-01T08:00:00Z"},
        {"after": 2, "target": "update", "due": None, "status": "met"},
        {"after": 3, "target": "update", "due": "2026-06-01T11:00:00Z", "status": "running"},
        targets={"update": 7200},
    ),
    scenario(
        [event("02T07:00", "first_response")], {"target": "first_response", "used_seconds": 32400, "status": "missed"}
    ),
    scenario([event("01T07:00", "first_response")], {"target": "first_response", "status": "Fulfilled"}),
    scenario([status("01T11:00", "open")], resolution(status="overdue", left_seconds=-3600)),
    scenario([status("01T11:00", "open")], due("01T10:00"), clock="wall"),
    # escalation levels and warnings are deadlines of their own
    case("deadline", {"start": "2026-06-01T06:00:00Z", "seconds": 10800.5}, {"due": "2026-06-01T09:00:00.5Z"}),
    case("deadline", {"start": "2026-06-02T07:00:00Z", "seconds": -7200}, {"due": "2026-06-01T13:00:00Z"}),
    case("deadline", {"start": "2026-06-05T13:00:00Z", "seconds": 7200}, {"due_date": "2026-06-08"}),
    case("subtract", {"end": "2026-06-02T07:00:00Z", "seconds": 7200}, {"start": "2026-06-01T13:00:00Z"}),
    case("subtract", {"end": "2026-06-01T13:00:00Z", "seconds": -7200}, {"start": "2026-06-02T07:00:00Z"}),
    case("elapsed", {"start": "2026-06-01T14:00:00Z", "end": "2026-06-01T12:00:00Z"}, {"seconds": -7200}),
    case("is_open", {"at": "2026-06-06T00:00:00Z"}, {"open": True}, calendar=NIGHTS),
    case("next_close", {"at": "2026-06-05T20:00:00Z"}, {"at": "2026-06-06T03:00:00Z"}, calendar=NIGHTS),
    case("next_close", {"at": "2026-06-05T20:00:00Z"}, {"at": None}, calendar={"always": True}),
    case("next_start", {"at": "2026-06-01T06:00:00Z"}, {"at": "2026-06-02T06:00:00Z"}),
    case("prev_open", {"at": "2026-06-01T05:00:00Z"}, {"at": "2026-05-29T14:00:00Z"}),
    case("working_day", {"date": "2026-06-05"}, {"open": True}, calendar=NIGHTS),
    case("working_day", {"date": "2026-06-06"}, {"open": False}, calendar=NIGHTS),
    case("working_day", {"date": "2026-06-06"}, {"open": True}, calendar={"always": True}),
    case("working_day", {"date": "2026-06-05"}, {"open": False}, calendar=NIGHTS | {"holidays": ["2026-06-05"]}),
    case(
        "on_holiday",
        {"at": "2026-06-30T21:30:00Z"},
        {"holiday": True},
        calendar=OFFICE | {"recurring_holidays": ["07-01"]},
    ),
    case(
        "on_break",
        {"at": "2026-06-01T09:30:00Z"},
        {"break": True},
        calendar=OFFICE | {"breaks": {"2026-06-01": [["12:00", "13:00"]]}},
    ),
    # the list of breaks alone decides, also outside open time and over midnight
    case(
        "on_break",
        {"at": "2026-06-06T21:30:00Z"},
        {"break": True},
        calendar=OFFICE | {"breaks": {"2026-06-06": [["23:00", "01:00"]]}},
    ),
    case(
        "on_break",
        {"at": "2026-06-06T22:00:00Z"},
        {"break": False},
        calendar=OFFICE | {"breaks": {"2026-06-06": [["23:00", "01:00"]]}},
    ),
    # windows that touch may be told apart
    case(
        "periods",
        {"start": "2026-06-01T06:00:00Z", "direction": "forward", "count": 2},
        {
            "periods": [
                ["2026-06-01T06:00:00Z", "2026-06-01T09:00:00Z"],
                ["2026-06-01T09:00:00Z", "2026-06-01T14:00:00Z"],
            ]
        },
        calendar={"tz": "Europe/Kyiv", "week": {"mon": [["09:00", "12:00"], ["12:00", "17:00"]]}},
    ),
    case("wall_to_utc", {"date": "2026-06-01", "time": "24:00"}, {"at": "2026-06-01T21:00:00Z"}),
    case(
        "periods",
        {"start": "2026-06-01T10:00:00Z", "direction": "backward", "count": 2},
        {
            "periods": [
                ["2026-06-01T06:00:00Z", "2026-06-01T10:00:00Z"],
                ["2026-05-29T06:00:00Z", "2026-05-29T14:00:00Z"],
            ]
        },
    ),
    # some end a period at midnight although the desk works on
    case(
        "periods",
        {"start": "2026-06-05T10:00:00Z", "direction": "forward", "count": 2},
        {
            "periods": [
                ["2026-06-05T19:00:00Z", "2026-06-05T21:00:00Z"],
                ["2026-06-05T21:00:00Z", "2026-06-06T03:00:00Z"],
            ]
        },
        calendar=NIGHTS,
    ),
    case(
        "on_holiday",
        {"at": "2026-05-01T09:00:00Z"},
        {"holiday": True},
        calendar={"tz": "UTC", "holidays": ["2026-05-01"]},
    ),
    # beyond the years there is no answer
    case("deadline", {"start": "9998-12-30T00:00:00Z", "seconds": 1e10}, {"due": None}),
)
"""Cases with the answer that is ours by decision."""
