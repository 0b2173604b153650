"""What is wrong with a mapping file, in the words of who writes one: key, found and expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType

from pydantic_core import ErrorDetails

_SHOWN = 80
_CODE = "small letters, digits and _, such as"
_COLUMN = "the name of a column in quotes"
_SIDE = 'one of "customer" "agent" "automatic"'
_VISIBILITY = 'one of "public" "internal"'
_WORDS_OF = (["plan", "values"], ["message", "sides"], ["message", "visibilities"])
_EXPECTED: Mapping[str, str] = MappingProxyType(
    {
        "format": "1",
        "name": "a name for the mapping in quotes",
        "source": "a table [source] with kind and name",
        "source.kind": f"a kind of system: {_CODE} servicenow",
        "source.name": "the name of the system in quotes",
        "source.url": "an address in quotes that holds {number}",
        "file": "a table [file]",
        "file.encoding": 'the name of an encoding such as "utf-8" or "cp1252"',
        "file.delimiter": r'one of "," ";" "\t" "|"',
        "file.unknown": 'a list of texts such as ["?", "n/a"]',
        "columns": "a table [columns] with number, opened and at",
        "columns.subject": 'a list of names of columns such as ["subject"]',
        "columns.*": _COLUMN,
        "dates": "a table [dates] with formats",
        "dates.formats": 'a list of formats such as ["%d-%m-%Y %H:%M"], or of "iso", "epoch_s", "epoch_ms"',
        "dates.zone": 'a zone in quotes such as "Europe/Kyiv"',
        "status": 'a table [status] with lines such as Closed = { to = "closed", answered = true }',
        "status.*": '{ to = "STATUS" } or { to = "STATUS", answered = true }, with the code of a status of the pack',
        "status.*.to": f"the code of a status of the pack: {_CODE} waiting",
        "status.*.answered": "true or false",
        "status.*.notifies": "true or false",
        "severity": "a table [severity] with lines such as P1 = 1",
        "severity.*": "a severity of the pack, a whole number of 1 to 9 without quotes",
        "channel": 'a table [channel] with lines such as "Phone call" = "phone"',
        "channel.*": f"a channel: {_CODE} phone",
        "plan": "a table [plan] with pack",
        "plan.pack": f"the code of a policy pack: {_CODE} odin",
        "plan.plan": f"the code of a plan of the pack: {_CODE} gold",
        "plan.values": 'a table [plan.values] with lines such as "Gold support" = "gold"',
        "plan.values.*": f"the code of a plan of the pack: {_CODE} gold",
        "message": "a table [message] with side, visibility, sides or visibilities",
        "message.side": _SIDE,
        "message.visibility": _VISIBILITY,
        "message.sides": 'a table [message.sides] with lines such as "End user" = "customer"',
        "message.sides.*": _SIDE,
        "message.visibilities": 'a table [message.visibilities] with lines such as "Work note" = "internal"',
        "message.visibilities.*": _VISIBILITY,
    }
)
_TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType({"status.*": ("to", "answered", "notifies")})
"""Keys of tables that each entry of another table has."""


def explained(error: ErrorDetails, fields: Mapping[str, Sequence[str]]) -> tuple[str, str, str]:
    """Key, found and expected of one error of pydantic; `fields`: the keys of the file ("") and of its tables."""
    steps = [str(step) for step in error["loc"] if step != "[key]"]
    key = ".".join(steps)
    kind = error["type"]
    if kind == "extra_forbidden":
        return key, "a key that is not known here", _known(steps, fields)
    if kind == "value_error":
        # Our own checks say what they expect.
        expected = error["msg"].removeprefix("Value error, ").rpartition("expected ")[2]
        return key, _shown(error["input"]), expected
    expected = _expected(steps) or error["msg"].removeprefix("Input should be ")
    return key, "nothing" if kind == "missing" else _shown(error["input"]), expected


def _expected(steps: Sequence[str]) -> str | None:
    """The words for a key, else for any key of its table; an entry of a list has those of its list."""
    said = _EXPECTED.get(".".join(steps)) or _EXPECTED.get(_pattern(steps))
    return said or (_expected(steps[:-1]) if len(steps) > 1 and steps[-1].isdecimal() else None)


def _pattern(steps: Sequence[str]) -> str:
    """`status.New.to` -> `status.*.to`: words of the source stand where the table is one of words."""
    word = 2 if list(steps[:2]) in _WORDS_OF else 1
    return ".".join("*" if place == word else step for place, step in enumerate(steps))


def _known(steps: Sequence[str], fields: Mapping[str, Sequence[str]]) -> str:
    table = steps[:-1]
    known = fields.get(".".join(table)) or _TABLES.get(_pattern(table)) or ()
    near = get_close_matches(steps[-1], known, n=1)
    return f"{near[0]}, or another of {', '.join(known)}" if near else f"one of {', '.join(known)}"


def _shown(found: object) -> str:
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, Mapping):
        return "a table" + (f" with {', '.join(map(str, found))}"[:_SHOWN] if found else " without keys")
    text = repr(found)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
