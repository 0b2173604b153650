"""Text for a terminal: harmless, as wide as it says, exact about time."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.cli import moments
from console.cli.plain import Column, clean, clip, table, width
from console.cli.progress import Bar
from console.domain.errors import UserError
from console.domain.instants import DAY, HOUR, MINUTE, SECOND

COLUMNS = (Column("LEFT", right=True), Column("NUMBER"), Column("SUBJECT", elastic=True), Column("WHO", elastic=True))


@given(st.text())
def test_clean_text_is_one_harmless_line(text: str) -> None:
    shown = clean(text)
    assert len(shown) == len(text)
    assert not {sign for sign in shown if not sign.isprintable() and sign not in " \u200c\u200d" and not _private(sign)}
    assert clean(shown) == shown


def _private(sign: str) -> bool:
    return 0xE000 <= ord(sign) <= 0xF8FF or ord(sign) >= 0xF0000


@given(st.text(), st.integers(1, 40))
def test_what_is_cut_fits(text: str, cells: int) -> None:
    shown = clean(text)
    assert width(clip(shown, cells)) <= max(cells, min(1, width(shown)))
    assert clip(shown, width(shown)) == shown


@pytest.mark.parametrize(("text", "cells"), [("", 0), ("Ångström", 8), ("魔法", 4), ("e\u0301", 1), ("‖", 1)])
def test_cells_of_a_terminal(text: str, cells: int) -> None:
    assert width(text) == cells


@given(st.lists(st.tuples(*[st.text(max_size=50)] * 4), max_size=4))
def test_a_table_is_as_wide_as_the_terminal(rows: list[tuple[str, str, str, str]]) -> None:
    fixed = max([6, *(width(clean(row[1])) for row in rows)]) + max([4, *(width(clean(row[0])) for row in rows)])
    line = fixed + 40
    assert all(width(each) <= line for each in table(COLUMNS, rows, line))
    assert len(table(COLUMNS, rows, line)) == len(rows) + 1


def test_columns_that_hold_numbers_are_never_cut() -> None:
    lines = table(COLUMNS, [["1:00:00", "INC0000045", "A very long subject of a ticket", "Ann"]], 20)
    assert "1:00:00  INC0000045" in lines[1]
    assert lines[1].endswith("A very lo…  Ann")


@pytest.mark.parametrize(
    ("micros", "text"),
    [
        (None, ""),
        (0, "0:00:00"),
        (59 * SECOND + 999_999, "0:00:59"),
        (HOUR + 47 * MINUTE, "1:47:00"),
        (3 * DAY + 4 * HOUR, "3d 04:00:00"),
        (-(8 * MINUTE + 12 * SECOND), "-0:08:12"),
        (-1, "-0:00:01"),
    ],
)
def test_spans(micros: int | None, text: str) -> None:
    assert moments.span(micros) == text


@given(st.integers(-(10**14), 10**14))
def test_seconds_are_exact_decimals(micros: int) -> None:
    found = moments.seconds(micros)
    assert isinstance(found, int) == (micros % SECOND == 0)
    assert round(float(repr(found)) * SECOND) == micros
    assert len(repr(found).partition(".")[2]) <= 6 or "e" in repr(found)


@pytest.mark.parametrize("text", ["+2h", "+90m", "+1d12h"])
def test_a_time_from_now(text: str) -> None:
    now = 5 * DAY
    expected = {"+2h": 2 * HOUR, "+90m": 90 * MINUTE, "+1d12h": 36 * HOUR}[text]
    assert moments.read_later("--next-update", text, now) == now + expected


@pytest.mark.parametrize(
    "text", ["", "+", "+0h", "2h", "+2", "2017-09-12", "2017-09-12T08:00:00", "99999-01-01T00:00:00Z"]
)
def test_an_instant_that_is_none(text: str) -> None:
    with pytest.raises(UserError) as refused:
        moments.read_later("--next-update", text, 0)
    assert (refused.value.code, refused.value.values["found"]) == ("option_invalid", text.removeprefix("+"))


def test_a_bar_is_drawn_on_one_line_and_taken_away() -> None:
    stream = io.StringIO()
    bar = Bar(stream, "Importing")
    for done in (0, 50, 50, 100):
        bar.show(done, 100)
    bar.end()
    drawn = stream.getvalue().split("\r")
    assert [each.split("] ")[-1].strip() for each in drawn[1:4]] == ["0 %", "50 %", "100 %"]
    assert "\n" not in stream.getvalue()
    assert (drawn[-2].strip(), drawn[-1]) == ("", "")


def test_no_bar_without_a_terminal() -> None:
    bar = Bar(None, "Importing")
    bar.show(1, 0)
    bar.end()
