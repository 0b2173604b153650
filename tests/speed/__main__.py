"""`make bench`: measures what has a limit, prints a table. Exit code 1 over a limit, 2 when the run is void."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TextIO

from tests.speed import axis_lines, fold_lines
from tests.speed.measure import WORST_LATENESS_MS, Lateness, Line, Result, control_timer, measure

ROOT = Path(__file__).parents[2]
HEADS = ("LINE", "SUBJECT", "+-", "REFERENCE", "+-", "FOUND", "LIMIT", "", "WHAT")


def main(arguments: Sequence[str] | None = None, out: TextIO | None = None) -> int:
    """Runs the lines and prints what they cost; times are nanoseconds of one core an item, medians."""
    options = _parser().parse_args(arguments)
    share, pairs = (0.1, 5) if options.quick else (1.0, 15)
    with control_timer() as lateness:
        found = [measure(line, pairs) for line in _lines(share, options.peers, options.only)]
    if not found:
        names = " ".join(line.name for line in _lines(0, options.peers, None))
        _parser().error(f"no line {options.only}; there are {names}")
    return report(found, lateness, options.json, out or sys.stdout)


def report(found: Sequence[Result], lateness: Lateness, target: Path | None, out: TextIO) -> int:
    """Print the table, write the JSON, judge."""
    rows = [HEADS, *(_row(each) for each in found)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADS))]
    for row in rows:
        aligned = (
            cell.ljust(width) if place in (0, 7, 8) else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join(aligned).rstrip(), file=out)
    print(f"Control timer of 10 ms: late by {lateness.p50:.2f} ms (p50), {lateness.p99:.2f} ms (p99).", file=out)
    if lateness.void:
        print(f"VOID: others used the machine (p99 above {WORST_LATENESS_MS:g} ms). Measure again.", file=out)
    if target is not None:
        answer = {
            "void": lateness.void,
            "late_ms": {"p50": lateness.p50, "p99": lateness.p99},
            "lines": [each.as_json() for each in found],
        }
        target.write_text(json.dumps(answer, indent=2) + "\n", encoding="utf-8")
    if lateness.void:
        return 2
    return 0 if all(each.good for each in found) else 1


def _lines(share: float, peers: Path, only: str | None) -> Iterator[Line]:
    every = chain(axis_lines.lines(share, peers), fold_lines.lines(share))
    return (line for line in every if only is None or only in line.name)


def _row(result: Result) -> tuple[str, ...]:
    if result.lacks is not None:
        return (result.name, "", "", "", "", "", _limit(result), result.lacks, result.what)
    mark = "" if result.rule == "shown" else "ok" if result.good else "OVER"
    return (
        result.name,
        _time(result.subject_ns),
        _per_cent(result.subject_spread),
        _time(result.reference_ns),
        _per_cent(result.reference_spread),
        f"{result.found:,.0f}/s" if result.reference_ns is None else f"{result.found:,.2f}x",
        _limit(result),
        mark,
        result.what,
    )


def _limit(result: Result) -> str:
    forms = {"faster": ">= {:g}x", "within": "<= {:g}x", "rate": ">= {:,.0f}/s", "shown": ""}
    return forms[result.rule].format(result.limit)


def _time(nanoseconds: float | None) -> str:
    return "" if nanoseconds is None else f"{nanoseconds:,.1f} ns"


def _per_cent(spread: float | None) -> str:
    return "" if spread is None else f"{spread:.0f} %"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench", description="Measures what has a limit.")
    parser.add_argument("--quick", action="store_true", help="a tenth of the size, five rounds")
    parser.add_argument("--only", metavar="NAME", help="only the lines whose name has this in it")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--peers", type=Path, default=ROOT / "build" / "bench", help="where the peers are installed")
    return parser


if __name__ == "__main__":
    sys.exit(main())
