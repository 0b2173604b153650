"""`clock check`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from console.cli.options import AsJson
from console.cli.plain import Column, clean, counted, table
from console.cli.terminal import Terminal
from console.services.clock_check.check import MOST_ACCEPTED, CheckReport, ClockCheck, Counts, Difference
from console.services.clock_check.compared import Compared, Plain
from console.services.clock_check.decisions import Decisions, load_decisions
from console.services.clock_check.read_bytes import read_bytes

Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Cases, one JSON object a line.")]
Accepted = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Which differences are accepted (TOML), instead of those that are shipped."),
]

_COLUMNS = (
    Column("SOURCE", elastic=True),
    Column("AGREE", right=True),
    Column("ACCEPTED", right=True),
    Column("DIFFER", right=True),
    Column("N/A", right=True),
)
# A scenario may have hundreds of values, a list of periods thousands of entries: --json has them whole.
_MOST_VALUE, _MOST_VALUES = 200, 500
_NOTICES = {
    "united": "calendars with windows that overlap: united (CR-11)",
    "midnight": "calendars with an end of 23:59: taken as 24:00 (CR-8)",
}


def application() -> typer.Typer:
    """The group `clock`."""
    group = typer.Typer(help="The SLA clock.", add_completion=False, rich_markup_mode=None, no_args_is_help=False)
    group.callback()(_group)
    group.command("check")(check)
    return group


def _group() -> None:
    """The SLA clock."""


def check(ctx: typer.Context, files: Files, accepted: Accepted = None, as_json: AsJson = False) -> None:
    """Hold the clock against cases: what agrees, differs, or is not applicable. Exit code 1 on an open difference."""
    terminal: Terminal = ctx.obj
    report = ClockCheck(_decisions(terminal.resources, accepted)).run(files)
    terminal.answer(as_json, report_as_json(report), lambda: report_as_text(report, terminal.width))
    if not report.sound:
        raise typer.Exit(1)


def _decisions(resources: Path, accepted: Path | None) -> Decisions:
    path = accepted or resources / "clock-check" / "accepted.toml"
    return load_decisions(read_bytes(path), path.name)


def report_as_json(report: CheckReport) -> dict[str, object]:
    """The answer of `clock check --json`."""
    return {
        "sound": report.sound,
        "sources": [
            {
                "source": name,
                "generic": _counts(counts.generic),
                "product_specific": _counts(counts.specific),
            }
            for name, counts in sorted(report.sources.items())
        ],
        "generic": _counts(report.generic()),
        "product_specific": _counts(report.specific()),
        "generic_accepted_at_most": MOST_ACCEPTED,
        "too_many_accepted": report.too_many_accepted,
        "differences": [_difference(each) for each in report.differences],
        "not_applicable": dict(sorted(report.reasons.items())),
        "notices": dict(sorted(report.notices.items())),
        "bad_lines": report.bad,
        "bad": [
            {"file": bad.file, "line": bad.line, "field": bad.field, "found": bad.found, "expected": bad.expected}
            for bad in report.bad_lines
        ],
    }


def _counts(counts: Counts) -> dict[str, int]:
    return {
        "agree": counts.agree,
        "accepted": counts.accepted,
        "differ": counts.differ,
        "not_applicable": counts.not_applicable,
    }


def _difference(difference: Difference) -> dict[str, object]:
    case, decision = difference.case, difference.decision
    return {
        "file": case.file,
        "line": case.line,
        "id": case.id,
        "source": case.source,
        "op": case.op,
        "tags": list(case.tags),
        "product_specific": case.specific,
        "values": [{"what": each.what, "expected": each.expected, "ours": each.ours} for each in difference.values],
        "accepted": None
        if decision is None
        else {"rule": decision.rule, "tag": decision.tag, "reason": decision.reason},
    }


def report_as_text(report: CheckReport, width: int | None = None) -> Iterator[str]:
    """The lines of the report: tables by source, what was decided on, what was not, and what is no case."""
    for title, rows in (
        ("Cases that hold for every product", _rows(report, specific=False)),
        ("Cases of what one product does alone", _rows(report, specific=True)),
    ):
        yield title
        yield from table(_COLUMNS, rows, width)
        yield ""
    yield from _reasons(report)
    decided = [each for each in report.differences if each.decision is not None]
    if decided:
        yield "Differences that were decided on (docs/clock-rules.md)"
        yield from _by_decision(decided)
        yield ""
    open_ones = [each for each in report.differences if each.decision is None]
    if open_ones:
        yield "Differences that nobody decided on"
        for each in open_ones:
            yield _one_line(each)
        yield ""
    if report.bad:
        yield "Lines that are no cases"
        for bad in report.bad_lines:
            yield clean(f"  {bad.file}:{bad.line}: {bad.field}: found {bad.found}, expected {bad.expected}")
        yield ""
    yield from _verdict(report)


def _rows(report: CheckReport, *, specific: bool) -> list[list[str]]:
    pairs = [(name, each.specific if specific else each.generic) for name, each in sorted(report.sources.items())]
    total = report.specific() if specific else report.generic()
    return [_row(name, counts) for name, counts in pairs if counts != Counts()] + [_row("all", total)]


def _row(name: str, counts: Counts) -> list[str]:
    numbers = (counts.agree, counts.accepted, counts.differ, counts.not_applicable)
    return [name, *(str(number) for number in numbers)]


def _reasons(report: CheckReport) -> Iterator[str]:
    lines = [f"  {count:5}  {clean(reason)}" for reason, count in report.reasons.most_common()]
    if lines:
        yield "Not applicable"
        yield from lines
        yield ""
    notices = [f"  {count:5}  {_NOTICES[code]}" for code, count in sorted(report.notices.items())]
    if notices:
        yield "Mended"
        yield from notices
        yield ""


def _by_decision(differences: list[Difference]) -> Iterator[str]:
    """Each decision once, with its cases below it."""
    decisions = dict.fromkeys(each.decision for each in differences if each.decision is not None)
    for decision in decisions:
        yield f"  {decision.rule}  {clean(decision.tag)}: {clean(decision.reason)}"
        for each in differences:
            if each.decision == decision:
                yield "  " + _one_line(each)


def _one_line(difference: Difference) -> str:
    case = difference.case
    values = _cut("; ".join(_values(each) for each in difference.values), _MOST_VALUES)
    tags = f" [{', '.join(case.tags)}]" if case.tags and difference.decision is None else ""
    return clean(f"  {case.id} ({case.file}:{case.line}) {case.op}{tags}: {values}")


def _values(compared: Compared) -> str:
    expected, ours = compared.expected, compared.ours
    what = compared.what
    if isinstance(expected, list) and isinstance(ours, list):
        same = next((n for n, (a, b) in enumerate(zip(expected, ours, strict=False)) if a != b), None)
        same = min(len(expected), len(ours)) if same is None else same
        if same:
            what, expected, ours = f"{what} after {same} that agree", expected[same:], ours[same:]
    return f"{what}: expected {_plain(expected)}, ours {_plain(ours)}"


def _plain(value: Plain) -> str:
    return "none" if value is None else _cut(str(value), _MOST_VALUE)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _verdict(report: CheckReport) -> Iterator[str]:
    generic, specific = report.generic(), report.specific()
    if report.too_many_accepted:
        share = 100 * generic.accepted / generic.answered
        yield f"{share:.1f} % of the generic cases differ by decision; at most {100 * MOST_ACCEPTED:.0f} % may."
    said = f"{generic.agree} of {generic.answered} generic cases agree, {specific.agree} of {specific.answered} others"
    undecided = generic.differ + specific.differ
    bad = "1 line that is no case" if report.bad == 1 else f"{report.bad} lines that are no cases"
    yield f"{said}; {counted(undecided, 'open difference')}, {bad}."
