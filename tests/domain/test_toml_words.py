"""What a refusal says was found stands as it stands in the file."""

from __future__ import annotations

import tomllib

import pytest

from console.domain.toml_words import written


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2026-12-24T00:00:00", "2026-12-24T00:00:00"),
        ("2026-12-24T00:00:00Z", "2026-12-24T00:00:00+00:00"),
        ("2026-12-24", "2026-12-24"),
        ("09:00:00", "09:00:00"),
        ("[true, 1, 2026-12-24]", "[true, 1, 2026-12-24]"),
        ("{ mon = 09:00:00, open = 'x' }", "{ mon = 09:00:00, open = 'x' }"),
        ("[" * 100 + "]" * 100, "[[[[…]]]]"),
    ],
)
def test_values_are_shown_in_the_words_of_the_file(value: str, text: str) -> None:
    assert written(tomllib.loads(f"x = {value}")["x"]) == text
