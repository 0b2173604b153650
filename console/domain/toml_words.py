"""Values of a TOML file as they stand in it, for what a refusal says was found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time


def written(found: object) -> str:
    """`2026-12-24T00:00:00`, `true`, `['a', 1]`, `{ week = 'x' }`: no names of Python's types."""
    match found:
        case bool():
            return "true" if found else "false"
        case date() | time():  # a datetime is a date
            return found.isoformat()
        case list() | tuple():
            return f"[{', '.join(map(written, found))}]"
        case Mapping():
            return f"{{ {', '.join(f'{key} = {written(value)}' for key, value in found.items())} }}"
        case _:
            return repr(found)
