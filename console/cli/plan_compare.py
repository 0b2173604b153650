"""`plan compare`: the plans of a pack side by side, or what differs between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from console.cli import moments
from console.cli.options import AsJson, Db
from console.cli.plain import Column, clean, table
from console.cli.terminal import Terminal
from console.domain.errors import UserError
from console.domain.plan_compare import CompareRow, PlanComparison, PlanValue, side_by_side, two_of
from console.services.desk import LANGUAGE

_PARTS = {
    "calendar": "hours",
    "contacts": "ways",
    "incidents": "incidents",
    "bundle": "fewest bought together",
    "tam_week": "account manager a week",
    "funding": "paid by",
    "archived": "sold",
}
Plans = Annotated[
    list[str] | None, typer.Argument(metavar="[PLAN PLAN]", help="Two plans by their codes; none: all of the pack.")
]
PackCode = Annotated[str | None, typer.Option("--pack", metavar="PACK", help="The policy pack; else the desk's own.")]
All = Annotated[bool, typer.Option("--all", help="Rows that do not differ too.")]


def compare(
    ctx: typer.Context,
    plans: Plans = None,
    pack: PackCode = None,
    everything: All = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Lay plans side by side: promises, hours, ways, incidents, account manager."""
    terminal: Terminal = ctx.obj.told(db)
    with terminal.reading() as desk:
        book = desk.db.read_now(desk.db.book)
        code = pack or book.default_pack()
        found = book.pack(code, desk.time.now())
    if found is None:
        raise UserError("pack_unknown", pack=code)
    shown = chosen(side_by_side(found), plans or [], everything)
    terminal.answer(as_json, comparison_as_json(shown), lambda: _lines(shown, terminal.width))


def chosen(comparison: PlanComparison, plans: Sequence[str], everything: bool) -> PlanComparison:
    """Two of the plans, or all for none. Raises UserError plan_not_in_pack, and option_invalid for another number."""
    if not plans:
        return comparison
    if len(plans) != 2:
        raise UserError("option_invalid", option="PLAN", found=" ".join(plans), expected="two plans, or none for all")
    known = [head.code for head in comparison.heads]
    for each in plans:
        if each not in known:
            raise UserError("plan_not_in_pack", plan=each, pack=comparison.pack, expected=", ".join(known))
    return two_of(comparison, plans[0], plans[1], only_differing=not everything)


def comparison_as_json(shown: PlanComparison) -> dict[str, object]:
    """The answer of `plan compare --json`."""
    return {
        "pack": shown.pack,
        "plans": [
            {"code": head.code, "name": head.name.say(LANGUAGE), "archived": head.archived, "base": head.base}
            for head in shown.heads
        ],
        "rows": [
            {
                "part": row.part,
                "severity": row.severity,
                "clock": None if row.clock is None else row.clock.value,
                "differs": row.differs,
                "values": [_value_as_json(value) for value in row.values],
            }
            for row in shown.rows
        ],
    }


def _value_as_json(value: PlanValue) -> object:
    match value.kind:
        case "duration":
            return {"seconds": moments.seconds(value.number or 0)}
        case "count":
            return value.number
        case "texts":
            return [text.say(LANGUAGE) for text in value.texts]
        case "code":
            return value.code
        case "unlimited":
            return "unlimited"
        case _:
            return None


def _lines(shown: PlanComparison, width: int | None) -> list[str]:
    if not shown.rows:
        return ["These plans promise the same."]
    heads = [clean(head.name.say(LANGUAGE)).upper() + (" (ARCHIVED)" if head.archived else "") for head in shown.heads]
    columns = [Column(""), Column("WHAT"), *(Column(head, elastic=True) for head in heads)]
    rows = [["*" if row.differs else "", _what(row), *(_value(value) for value in row.values)] for row in shown.rows]
    return table(columns, rows, width)


def _what(row: CompareRow) -> str:
    if row.clock_name is None or row.severity_name is None:
        return _PARTS.get(row.part, row.part)
    return f"{row.clock_name.say(LANGUAGE)}, {row.severity} {row.severity_name.say(LANGUAGE)}"


def _value(value: PlanValue) -> str:
    match value.kind:
        case "duration":
            return moments.span(value.number)
        case "count":
            return str(value.number)
        case "texts":
            return ", ".join(text.say(LANGUAGE) for text in value.texts)
        case "code":
            return value.code
        case "unlimited":
            return "unlimited"
        case _:
            return "-"
