"""Values of a TOML file as they stand in it, for what a refusal says was found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

_DEEPEST = 4


def written(found: object, depth: int = 0) -> str:
    """`2026-12-24T00:00:00`, `true`, `['a', 1]`, `{ week = 'x' }`: no names of Python's types."""
    if depth == _DEEPEST:
        return "…"  # a file may hold lists in lists without end
    match found:
        case bool():
            return "true" if found else "false"
        case date() | time():  # a datetime is a date
            return found.isoformat()
        case list() | tuple():
            return f"[{', '.join(written(each, depth + 1) for each in found)}]"
        case Mapping():
            return f"{{ {', '.join(f'{key} = {written(value, depth + 1)}' for key, value in found.items())} }}"
        case _:
            return repr(found)
