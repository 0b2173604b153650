"""Plans side by side, in words."""

from __future__ import annotations

from console.domain.plan_compare import CompareRow, PlanComparison, PlanHead, PlanValue
from models.text_table import Cell, Head, Line
from ui.tr import grouped, tr
from ui.when import promise_words
from ui.words.pack_words import pack_text
from ui.words.severity_words import severity_text

DIFFERS = "≠"
_HEAD_LETTERS = 14


def compare_heads(shown: PlanComparison) -> tuple[Head, ...]:
    """The row's name and a column for each plan; archived ones say so."""
    return (Head(""), *(Head(_head(head)) for head in shown.heads))


def _head(head: PlanHead) -> str:
    name = _two_lines(pack_text(head.name))
    return tr("{plan}\narchived", plan=name) if head.archived else name


def _two_lines(name: str) -> str:
    """A head does not wrap by itself: a long name is broken at the last blank that leaves its first line shorter."""
    place = name.rfind(" ", 0, _HEAD_LETTERS)
    return name if len(name) <= _HEAD_LETTERS or place < 0 else f"{name[:place]}\n{name[place + 1 :]}"


def compare_lines(shown: PlanComparison, *, marked: bool) -> list[Line]:
    """A line for each thing that plans promise; `marked`: those that differ have a sign and are bold."""
    lines = []
    for row in shown.rows:
        strong = marked and row.differs
        name = row_name(row)
        first = Cell(f"{DIFFERS} {name}" if strong else name, bold=strong, spoken=_spoken(name, strong))
        lines.append(Line((first, *(_cell(row, value, strong) for value in row.values)), name))
    return lines


def row_name(row: CompareRow) -> str:
    """`First response ◆ 1 Urgent`, `Incidents`."""
    if row.severity is not None and row.clock_name is not None and row.severity_name is not None:
        return f"{pack_text(row.clock_name)}  {severity_text(row.severity, pack_text(row.severity_name))}"
    names = {
        "calendar": tr("Hours"),
        "contacts": tr("Ways to reach support"),
        "incidents": tr("Incidents"),
        "bundle": tr("Fewest bought together"),
        "tam_week": tr("Account manager a week"),
        "funding": tr("Paid by"),
        "archived": tr("Sold"),
    }
    return names[row.part]


def value_words(value: PlanValue) -> str:
    """What a plan says in one row."""
    match value.kind:
        case "duration":
            return promise_words(value.number or 0)
        case "count":
            return grouped(value.number or 0)
        case "texts":
            return ", ".join(pack_text(text) for text in value.texts)
        case "code":
            return _code(value.code)
        case "unlimited":
            return tr("unlimited")
        case _:
            return tr("none")


def _code(code: str) -> str:
    names = {
        "contract": tr("contract"),
        "licence": tr("licence"),
        "purchase": tr("purchase"),
        "none": tr("nobody"),
        "as_bought": tr("as bought"),
        "archived": tr("no longer, archived"),
        "sold": tr("yes"),
    }
    return names.get(code, code)


def _cell(row: CompareRow, value: PlanValue, strong: bool) -> Cell:
    text = value_words(value)
    quiet = value.kind == "none" or (row.part == "archived" and value.code == "archived")
    return Cell(text, bold=strong, tone="muted" if quiet and not strong else "")


def _spoken(name: str, strong: bool) -> str:
    return tr("{name}, differs", name=name) if strong else ""
