"""Packs that are read, packs that are refused, and the form in which a pack is hashed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.domain.errors import UserError
from console.domain.pack_file import canonical, load_pack
from tests.domain.broken_packs import REFUSED, Values, put
from tests.domain.packs import changed, entry, odin, odin_text, refused


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_pack_is_refused_with_file_key_found_and_expected(name: str) -> None:
    change, key, found, expected = REFUSED[name]
    said = refused(change)
    assert said["file"] == "copy.toml"
    assert str(said["key"]).endswith(key) or str(said["key"]).startswith(key), said
    assert found in str(said["found"]), said
    assert expected in str(said["expected"]), said


@pytest.mark.parametrize(
    ("data", "key", "expected"),
    [
        (b"format = ", "end of document", "a TOML file"),
        (b"\xff", "byte 0", "a TOML file in UTF-8"),
        (b"", "format", "a value"),
        (b"a = 1\na = 2\n", "line 2, column 6", "a TOML file"),
    ],
)
def test_what_is_no_pack_at_all_is_refused(data: bytes, key: str, expected: str) -> None:
    with pytest.raises(UserError) as refusal:
        load_pack(data, "x.toml")
    assert (refusal.value.code, refusal.value.values["file"]) == ("pack_invalid", "x.toml")
    assert (refusal.value.values["key"], refusal.value.values["expected"]) == (key, expected)
    assert refusal.value.values["found"]


def test_the_copies_that_are_refused_differ_from_a_pack_that_is_taken() -> None:
    assert canonical(changed(lambda values: None)) == canonical(odin())


def test_the_canonical_form_does_not_depend_on_how_the_file_is_written() -> None:
    def turn(values: Values) -> None:
        for name in list(reversed(values)):
            values[name] = values.pop(name)
        values["on_customer_message"]["statuses"].reverse()
        put("plans", "gold", "targets.workaround.3", "2d")(values)
        entry(values, "plans", "gold")["archived"] = False
        put("plans", "gold", "source", ["OD-3"])(values)

    assert canonical(changed(turn)) == canonical(odin())
    assert canonical(load_pack(odin_text().replace("\n", "\r\n").encode(), "x.toml")) == canonical(odin())
    assert canonical(load_pack(odin_text().encode("utf-8-sig"), "x.toml")) == canonical(odin())


@pytest.mark.parametrize(
    "change",
    [
        put("plans", "gold", "targets.workaround.3", "49h"),
        put("plans", "gold", "name.ru", "Золото"),
        put("reasons", "other", "source", "OD-1"),
        put("clocks", "workaround", "pauses", ["waiting"]),
    ],
)
def test_whatever_is_changed_changes_the_canonical_form(change: Callable[[Values], None]) -> None:
    assert canonical(changed(change)) != canonical(odin())


def test_the_shipped_pack_says_everything_in_two_languages_and_names_its_sources() -> None:
    pack = odin()
    known = {"ours", *(f"OD-{number}" for number in range(1, 34))}
    for field in type(pack).model_fields:
        for item in getattr(pack, field) if isinstance(getattr(pack, field), tuple) else ():
            for source in getattr(item, "source", ()):
                assert source.rstrip("abcd") in known, source
    assert any("А" <= letter <= "я" for plan in pack.plans for letter in plan.name.ru)
