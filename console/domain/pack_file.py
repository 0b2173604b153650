"""Reads a policy pack from TOML and writes its canonical form."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from types import MappingProxyType

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from console.domain.errors import UserError
from console.domain.policy import Pack
from console.domain.policy_checks import check_pack
from console.domain.toml_words import written

_SAYS = re.compile(
    r"(?:Value error, )?(?:(?P<key>[^ :]+): )?found (?P<found>.+?), expected (?P<expected>.+)", re.DOTALL
)
_SHOWN = 80
_TYPES = MappingProxyType(
    {
        "bool_type": "true or false",
        "dict_type": "a table",
        "frozen_set_type": "a list",
        "list_type": "a list",
        "mapping_type": "a table",
        "model_attributes_type": "a table",
        "model_type": "a table",
        "string_type": "a text",
        "tuple_type": "a list",
    }
)
_PATTERNS = MappingProxyType({"country": "two capital letters such as DE"})


def load_pack(data: bytes, name: str) -> Pack:
    """The pack in `data`, a TOML file called `name`.

    Raises UserError "pack_invalid" with file, key (dotted, entries by their code), found and expected.
    """
    pack = load_adopted(data, name)
    try:
        check_pack(pack)
    except ValueError as error:
        key, found, expected = _said(str(error), "")
        raise _invalid(name, key, found, expected) from error
    return pack


def load_adopted(data: bytes, name: str) -> Pack:
    """The pack that was adopted as `data`: as `load_pack`, but without the checks of what its entries say about each
    other. It was checked when it was adopted, and a check that was added since must not lock up a database."""
    try:
        values = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _invalid(name, f"byte {error.start}", "what is not UTF-8", "a TOML file in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).rstrip(")").rpartition(" (at ")
        raise _invalid(name, place, message, "a TOML file") from error
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits, or brackets within brackets without end.
        raise _invalid(name, "the file", "what is too long or too deep", "a TOML file") from error
    try:
        return Pack.model_validate(values)
    except ValidationError as error:
        key, found, expected = _explain(error.errors(), values)
        raise _invalid(name, key, found, expected) from error


def canonical(pack: Pack) -> bytes:
    """The pack as sorted JSON in UTF-8, for hashing: equal packs give equal bytes however their files are written.

    Durations are microseconds. What has its default value is left out, so that a key added later does not change the
    hash of old packs.
    """
    values = _plain(pack.model_dump(mode="python", by_alias=True, exclude_defaults=True))
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {_name(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset):
        # Members are codes, small numbers or enumerations; a set has no order of its own.
        return sorted((_plain(item) for item in value), key=str)
    if isinstance(value, Enum):
        return _plain(value.value)
    return value.isoformat() if isinstance(value, date) else value


def _name(key: object) -> str:
    plain = _plain(key)
    return plain if isinstance(plain, str) else str(plain)


def _invalid(file: str, key: str, found: str, expected: str) -> UserError:
    return UserError("pack_invalid", file=file, key=key, found=found, expected=expected)


def _explain(errors: Sequence[ErrorDetails], values: Mapping[str, object]) -> tuple[str, str, str]:
    """Key, found and expected of the first error of pydantic. A key that is missing where an unknown one stands is
    misspelt: that one is named."""
    error = errors[0]
    key = _key(error["loc"], values)
    kind = error["type"]
    if kind == "missing":
        *parent, name = error["loc"]
        for other in errors:
            if other["type"] == "extra_forbidden" and [*other["loc"][:-1]] == parent:
                return _key(other["loc"], values), "a key that is not known here", str(name)
        return key, "nothing", "a value"
    if kind == "extra_forbidden":
        return key, "a key that is not known here", "only the keys of the format"
    if kind == "union_tag_not_found":
        return f"{key}.kind", "nothing", "a kind of rule"
    if kind == "union_tag_invalid":
        context = error.get("ctx", {})
        return f"{key}.kind", repr(context.get("tag")), f"one of {context.get('expected_tags')}"
    if kind == "value_error":
        return _said(error["msg"], key)
    return key, _shown(error.get("input")), _expected(error, key)


def _expected(error: ErrorDetails, key: str) -> str:
    """What a field takes, in words of the file: pydantic's name types of Python."""
    kind, least = error["type"], error.get("ctx", {}).get("min_length")
    if kind in ("int_type", "int_parsing", "int_from_float"):
        return 'a whole number or "unlimited"' if key.endswith(".incidents") else "a whole number"
    if kind == "too_short":
        return f"at least {least} {'entry' if least == 1 else 'entries'}"
    if kind == "string_too_short":
        return "at least one character"
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(key.rpartition(".")[2], error["msg"])
    return _TYPES.get(kind) or error["msg"].removeprefix("Input should be ")


def _said(message: str, key: str) -> tuple[str, str, str]:
    parts = _SAYS.fullmatch(message)
    if parts is None:
        return key, "what it says", message.removeprefix("Value error, ")
    # A calendar names its fields itself, so the last step of the key may come twice.
    steps, inner = key.split("."), (parts["key"] or "").split(".")
    if steps[-1] == inner[0]:
        del inner[0]
    return ".".join(step for step in (*steps, *inner) if step), parts["found"], parts["expected"]


def _shown(found: object) -> str:
    text = written(found)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _key(loc: tuple[int | str, ...], values: object) -> str:
    """A dotted key in which entries of lists are named by their code, kind or number where they have one."""
    parts: list[str] = []
    at = values
    tag = None
    for step in loc:
        if step == tag:
            tag = None  # pydantic puts the chosen kind of a rule into the path
            continue
        if isinstance(step, int) and isinstance(at, list) and step < len(at):
            at = at[step]
            parts.append(_entry_name(at, step))
            tag = at.get("kind") if isinstance(at, Mapping) else None
            continue
        at = at.get(step) if isinstance(at, Mapping) else None
        parts.append(str(step))
    return ".".join(part for part in parts if part != "[key]")


def _entry_name(entry: object, number: int) -> str:
    if isinstance(entry, Mapping):
        for field in ("code", "level", "kind", "role"):
            if isinstance(entry.get(field), (str, int)) and not isinstance(entry[field], bool):
                return str(entry[field])
    return str(number + 1)
