"""`shift`: who is on duty, taking over and handing over in the terminal."""

from __future__ import annotations

import json

import pytest

from console.domain.instants import HOUR
from tests.cli.terminal_desk import NOW, TerminalDesk


def test_a_shift_from_taking_over_to_handing_over(desk: TerminalDesk) -> None:
    nobody = desk.json("shift", "show")
    assert (nobody["on_duty"], nobody["shift"]) == (None, None)
    assert nobody["now"]["counts"]["open"] == 3
    assert desk("shift", "show").out.startswith("Nobody is on duty: no shift was taken yet.")

    taken = desk.json("shift", "take", "--note", "Quiet so far")
    me = taken["shift"]["on_duty"]
    assert taken["shift"]["note"] == "Quiet so far"
    assert taken["shift"]["taken"]["counts"] == nobody["now"]["counts"]
    desk("severity", "T2", "1", "--reason", "the shop is down")
    desk.now = NOW + 8 * HOUR
    shown = desk.json("shift", "show")
    assert (shown["on_duty"], shown["shift"]["since"]) == (me, "2025-03-03T12:00:00Z")
    assert shown["now"]["counts"]["overdue"] == 2
    assert f"On duty: {me}, since 2025-03-03T12:00:00Z. Quiet so far" in desk("shift", "show").out

    handed = desk.json("shift", "hand-over", "Otto", "--note", "Watch T2")
    assert (handed["shift"]["handed_to"], handed["shift"]["handover_note"]) == ("Otto", "Watch T2")
    assert handed["shift"]["handed_over"]["counts"]["overdue"] == 2
    (listed,) = desk.json("shift", "list")["shifts"]
    assert listed == handed["shift"]
    decided = desk.json("journal", "--shift", listed["id"])["entries"]
    assert [entry["kind"] for entry in decided] == ["shift_taken", "severity_changed", "shift_handed_over"]
    assert "handed over to Otto" in desk("shift", "show").out


def test_people_are_named_by_their_names(desk: TerminalDesk) -> None:
    before = desk.json("shift", "list")
    refused = desk("shift", "take", "--with", "Nobody of this name")
    assert refused.code != 0
    assert "There is no person Nobody of this name." in refused.err
    assert desk.json("shift", "list") == before == {"shifts": []}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["hand-over", "Otto"], "Nobody is on duty: take over first."),
        (["hand-over", "  "], "Nobody is on duty"),
    ],
)
def test_what_a_shift_refuses(desk: TerminalDesk, arguments: list[str], said: str) -> None:
    refused = desk("shift", *arguments)
    assert refused.code != 0
    assert said in refused.err


def test_taking_over_twice_and_naming_nobody_is_refused(desk: TerminalDesk) -> None:
    desk("shift", "take")
    assert "You are on duty already" in desk("shift", "take").err
    assert "Say who takes over." in desk("shift", "hand-over", " ").err
    assert len(desk.json("shift", "list")["shifts"]) == 1


def test_the_past_knows_the_shifts_of_then(desk: TerminalDesk) -> None:
    desk("shift", "take")
    desk.now = NOW + HOUR
    desk("shift", "hand-over", "Otto")
    then = json.loads(desk("shift", "show", "--as-of", "2025-03-03T12:30:00Z", "--json").out)
    assert (then["on_duty"] is not None, then["now"], then["shift"]["until"]) == (True, None, None)
    assert json.loads(desk("shift", "list", "--as-of", "2025-03-03T11:00:00Z", "--json").out) == {"shifts": []}


def test_a_viewer_may_look_and_not_take(desk: TerminalDesk) -> None:
    refused = desk("--role", "viewer", "shift", "take")
    assert refused.code != 0
    assert desk.json("shift", "list") == {"shifts": []}
