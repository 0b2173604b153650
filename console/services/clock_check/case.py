"""One case: a calendar, an operation, what is given, what is expected, and where all that comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from console.services.clock_check.fields import BadCase, Fields

SPECIFIC = "product_specific:"

_ASKED = frozenset({"after", "target", "at"})  # what an expectation of a scenario asks for; all else is expected
OPERATIONS: Mapping[str, str] = MappingProxyType(
    {
        "deadline": "the instant at which working time has passed",
        "subtract": "the same backwards",
        "elapsed": "working time between two instants",
        "is_open": "whether the calendar is open",
        "next_open": "first open instant",
        "prev_open": "last instant that open time reaches",
        "next_close": "end of this or the next period",
        "next_start": "start of the next period",
        "periods": "the next or last periods",
        "working_day": "whether a date has open time",
        "on_holiday": "whether an instant is on a holiday",
        "on_break": "whether an instant is in a break",
        "wall_to_utc": "the instant of a wall time",
        "add_days": "a target in days",
        "days_between": "a difference in days",
        "scenario": "the life of a ticket",
    }
)


class NotApplicable(Exception):
    """The case asks for what version 1 does not have, or gives what it refuses; says which."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NoOpenTime(NotApplicable):
    """The case's calendar is never open: there is no answer, and a case may expect just that."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case whose frame is valid; calendar, input and expectation are read by the operation.

    `expected` is a table, for a scenario a list of them; none when the other product has no answer or refuses.
    `listed` are the answers of other engines and defensible alternatives, as plain words.
    """

    file: str
    line: int
    id: str
    source: str
    op: str
    calendar: Fields | None
    given: Fields
    expected: tuple[Fields, ...]
    tags: tuple[str, ...]
    note: str
    listed: frozenset[str]

    @property
    def specific(self) -> bool:
        """Whether the case shows what one product does alone."""
        return any(tag.startswith(SPECIFIC) for tag in self.tags)

    @property
    def expects_refusal(self) -> bool:
        """Whether the other product has no answer either: null, or a table with an error."""
        return not self.expected or any(table.has(key) for table in self.expected for key in ("error", "refused"))

    @property
    def expects_nothing(self) -> bool:
        """Whether every expected value is null, or the other product refuses."""
        return self.expects_refusal or all(
            value is None
            for table in self.expected
            for key, value in table.values.items()
            if self.op != "scenario" or key not in _ASKED
        )

    def expectation(self) -> Fields:
        """The one table of expected values; empty where no answer is expected."""
        return self.expected[0] if self.expected else Fields("expected", {})


def read_case(found: object, file: str, line: int) -> Case:
    """The case of one parsed line. Raises BadCase."""
    fields = Fields("", found)
    op = fields.choice("op", OPERATIONS)
    return Case(
        file=file,
        line=line,
        id=_name(fields.values.get("id")) or f"line {line}",
        source=_source(fields.values.get("source")) or file,
        op=op,
        calendar=fields.table("calendar") if fields.has("calendar") else None,
        given=fields.table("input"),
        expected=_expected(fields, op),
        tags=fields.texts("tags"),
        note=_name(fields.values.get("note")),
        listed=_listed(fields),
    )


def _source(found: object) -> str:
    """Where a case comes from: a table with `repo`, or a plain name."""
    return _name(found.get("repo")) if isinstance(found, Mapping) else _name(found)


def _name(found: object) -> str:
    """A name as text, also where the file has a number: nothing is computed from it. Anything else names nothing."""
    return str(found) if isinstance(found, (str, int, float)) and not isinstance(found, bool) else ""


def _expected(fields: Fields, op: str) -> tuple[Fields, ...]:
    if "expected" not in fields.values:
        raise BadCase("expected", None, "what the other product answers")
    if not fields.has("expected"):
        return ()
    if op != "scenario":
        return (fields.table("expected"),)
    tables = tuple(fields.tables("expected"))
    if not tables:
        raise BadCase("expected", [], "at least one expectation")
    return tables


def _listed(fields: Fields) -> frozenset[str]:
    answers: list[object] = []
    if fields.has("alternatives"):
        answers.extend(fields.table("alternatives").values.values())
    if fields.has("votes"):
        answers.extend(fields.table("votes").values)
    return frozenset(str(answer) for answer in answers)
