"""The shipped packs, and changed copies of them, compiled without a database."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from console.domain.axis import AxisCache
from console.domain.compile import AdoptedCalendar, AdoptedPack, CompiledBook
from console.domain.errors import UserError
from console.domain.pack_file import load_pack
from console.domain.policy import Pack

POLICIES = Path(__file__).parents[2] / "resources" / "policies"


def odin_text() -> str:
    """The text of the shipped Odin pack."""
    return (POLICIES / "odin.toml").read_text("utf-8")


def odin() -> Pack:
    """The shipped Odin pack."""
    return load_pack(odin_text().encode(), "odin.toml")


def pack_text(name: str) -> str:
    """The text of a shipped pack."""
    return (POLICIES / f"{name}.toml").read_text("utf-8")


def shipped(name: str) -> Pack:
    """A shipped pack."""
    return load_pack(pack_text(name).encode(), f"{name}.toml")


def desk_of(*packs: Pack) -> CompiledBook:
    """The book of a desk that adopted these packs at once."""
    return book(*(adopted(pack, 0, number, 100 * number) for number, pack in enumerate(packs, 1)))


def adopted(pack: Pack, at: int = 0, revision_id: int = 1, first_calendar_id: int = 1) -> AdoptedPack:
    """`pack` as adopted at `at` (microseconds UTC), its calendars numbered from `first_calendar_id`."""
    numbered = enumerate(pack.calendars, first_calendar_id)
    return AdoptedPack(
        pack, revision_id, at, {entry.code: AdoptedCalendar(number, entry.hours) for number, entry in numbered}
    )


def book(*adoptions: AdoptedPack) -> CompiledBook:
    """A book over these adoptions."""
    return CompiledBook(adoptions, AxisCache())


def odin_book() -> CompiledBook:
    """The book of a desk that has adopted the shipped Odin pack and nothing else."""
    return book(adopted(odin()))


def changed(change: Callable[[dict[str, Any]], object], text: str | None = None) -> Pack:
    """A copy of the Odin pack after `change` was applied to its TOML values."""
    values = tomllib.loads(text or odin_text())
    change(values)
    return load_pack(_toml(values).encode(), "copy.toml")


def refused(change: Callable[[dict[str, Any]], object]) -> Mapping[str, object]:
    """The values of the error with which a changed copy of the Odin pack is refused."""
    with pytest.raises(UserError) as refusal:
        changed(change)
    assert refusal.value.code == "pack_invalid"
    return refusal.value.values


def entry(values: dict[str, Any], field: str, code: object) -> dict[str, Any]:
    """The first entry of a list of the pack whose code, level, kind or role this is."""
    found: dict[str, Any] = next(
        item
        for item in values[field]
        if code in (item.get("code"), item.get("level"), item.get("role")) or code == item.get("kind")
    )
    return found


def _toml(values: Mapping[str, Any]) -> str:
    return "\n".join(f"{_key(key)} = {_value(value)}" for key, value in values.items())


def _key(key: str) -> str:
    return key if key.replace("_", "").isalnum() and key.isascii() else _string(key)


def _string(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{quoted}"'


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return _string(value) if isinstance(value, str) else str(value)
