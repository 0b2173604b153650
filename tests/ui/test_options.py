"""What the window is asked for on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain.errors import UserError
from ui.options import WindowOptions, command_word, read_options, sqlite_path


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ([], None),
        (["--theme", "dark"], None),
        (["--db", "sqlite:///x.db"], None),
        (["--db", "sqlite:///x.db", "queue", "--json"], "queue"),
        (["--db=sqlite:///x.db", "import", "f.csv"], "import"),
        (["--as-of", "2017-09-12T08:00:00Z"], None),
        (["--help"], "--help"),
        (["snapshot", "--help"], "snapshot"),
        (["--fresh", "--compact"], None),
    ],
)
def test_a_command_is_told_from_the_window(arguments: list[str], word: str | None) -> None:
    assert command_word(arguments) == word


def test_options_are_read() -> None:
    read = read_options(["--db=sqlite:///x.db", "--as-of", "2017-09-12T10:00:00+02:00", "--theme", "dark", "--compact"])
    assert read == WindowOptions("sqlite:///x.db", 1_505_203_200_000_000, False, "dark", True)
    assert read_options([]) == WindowOptions()
    assert read_options(["--fresh"]).fresh


@pytest.mark.parametrize(
    ("arguments", "code", "field"),
    [
        (["--colour", "red"], "option_unknown", "--colour"),
        (["--fresh=yes"], "option_unknown", "--fresh"),
        (["--db"], "option_without_value", "--db"),
        (["--theme", "pink"], "option_invalid", "--theme"),
        (["--as-of", "2017-09-12T08:00:00"], "option_invalid", "--as-of"),
        (["--as-of", "yesterday"], "option_invalid", "--as-of"),
    ],
)
def test_what_is_wrong_is_named(arguments: list[str], code: str, field: str) -> None:
    with pytest.raises(UserError) as caught:
        read_options(arguments)
    assert (caught.value.code, caught.value.values["option"]) == (code, field)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///x.db", Path("x.db")),
        ("sqlite:////tmp/x.db", Path("/tmp/x.db")),
        ("sqlite:///:memory:", None),
        ("postgresql://desk", None),
    ],
)
def test_the_file_behind_a_url(url: str, path: Path | None) -> None:
    assert sqlite_path(url) == path
