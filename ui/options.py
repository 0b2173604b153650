"""What `main.py` was asked for, read without typer and without Qt: the window opens sooner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from console.domain.errors import UserError
from console.domain.instants import parse_instant

THEMES = ("light", "dark", "system")
SQLITE = "sqlite:///"

_WITH_VALUE = ("--db", "--as-of", "--theme", "--role", "--roles")
_FLAGS = ("--fresh", "--compact")


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """How to open the window. `as_of` is microseconds UTC; without `db` it is the demo desk, without `theme` that of
    last time. `role` is the one to begin in, `roles` the file that says who holds which."""

    db: str | None = None
    as_of: int | None = None
    fresh: bool = False
    theme: str | None = None
    compact: bool = False
    role: str | None = None
    roles: Path | None = None


def command_word(arguments: Sequence[str]) -> str | None:
    """The command among the arguments, `--help` or `--version` as one of them; none when the window is meant."""
    skip = False
    for each in arguments:
        if skip:
            skip = False
        elif each in ("--help", "-h", "--version"):
            return each
        elif each in _WITH_VALUE:
            skip = True
        elif not each.startswith("-"):
            return each
    return None


def read_options(arguments: Sequence[str]) -> WindowOptions:
    """The window's options from arguments without a command.

    Raises UserError: `option_unknown`, `option_without_value`, `option_invalid` (option, found, expected).
    """
    values: dict[str, str] = {}
    flags = set()
    left = list(arguments)
    while left:
        name, equals, value = left.pop(0).partition("=")
        if name in _FLAGS and not equals:
            flags.add(name)
        elif name not in _WITH_VALUE:
            raise UserError("option_unknown", option=name, expected=", ".join((*_WITH_VALUE, *_FLAGS)))
        elif equals or left:
            values[name] = value if equals else left.pop(0)
        else:
            raise UserError("option_without_value", option=name)
    return WindowOptions(
        db=values.get("--db"),
        as_of=_instant(values.get("--as-of")),
        fresh="--fresh" in flags,
        theme=_theme(values.get("--theme")),
        compact="--compact" in flags,
        role=values.get("--role"),
        roles=Path(values["--roles"]) if "--roles" in values else None,
    )


def sqlite_path(url: str) -> Path | None:
    """The file behind an SQLite URL; none for another database or one in memory."""
    if not url.startswith(SQLITE):
        return None
    path = url.removeprefix(SQLITE)
    return None if path in ("", ":memory:") else Path(path)


def _instant(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return parse_instant(text)
    except ValueError:
        expected = "an instant such as 2026-09-12T08:00:00Z"
        raise UserError("option_invalid", option="--as-of", found=text, expected=expected) from None


def _theme(text: str | None) -> str | None:
    if text is not None and text not in THEMES:
        raise UserError("option_invalid", option="--theme", found=text, expected=", ".join(THEMES))
    return text
