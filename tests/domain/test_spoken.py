"""Words that say nothing are none."""

from __future__ import annotations

import pytest

from console.domain.spoken import said


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (None, None),
        ("", None),
        (" \n\t", None),
        ("\x00\x07", None),
        ("\u200b\u2060\ufeff", None),
        ("\u202e\ud800\u00a0", None),
        ("  why \n", "why"),
        ("\x00 why", "\x00 why"),
        ("?", "?"),
        ("\N{SNOWMAN}", "\N{SNOWMAN}"),
    ],
)
def test_what_can_be_read(words: str | None, expected: str | None) -> None:
    assert said(words) == expected
