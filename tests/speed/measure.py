"""Measures subject and reference in turns, so that both meet the same machine, and judges the medians."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles
from time import thread_time

WORST_LATENESS_MS = 5.0
_TIMER = Path(__file__).with_name("control_timer.py")


@dataclass(frozen=True)
class Run:
    """Something to measure; one call does `items` things."""

    call: Callable[[], object]
    items: int


@dataclass(frozen=True)
class Line:
    """A line of the table. `rule` says how it is judged against `limit`:

    "faster": the reference takes at least so many times longer an item; "within": the subject takes at most so many
    times as long; "rate": the subject does at least so many items a second; "shown": not judged. `lacks` says why there
    is nothing to measure.
    """

    name: str
    what: str
    subject: Run
    rule: str
    limit: float = 0.0
    reference: Run | None = None
    lacks: str | None = None


@dataclass(frozen=True)
class Result:
    """A measured line: nanoseconds an item, half the distance of the quartiles in per cent of the median."""

    name: str
    what: str
    rule: str
    limit: float
    subject_ns: float | None = None
    subject_spread: float | None = None
    reference_ns: float | None = None
    reference_spread: float | None = None
    found: float | None = None
    good: bool = True
    lacks: str | None = None

    def as_json(self) -> dict[str, object]:
        return asdict(self)


@dataclass
class Lateness:
    """How late a process woke that asked for 10 ms, in milliseconds."""

    p50: float = 0.0
    p99: float = 0.0

    @property
    def void(self) -> bool:
        """Whether others used the machine so much that the figures say nothing."""
        return self.p99 > WORST_LATENESS_MS


def measure(line: Line, pairs: int) -> Result:
    """The line after one round to warm up and `pairs` rounds that count."""
    if line.lacks is not None:
        return Result(line.name, line.what, line.rule, line.limit, lacks=line.lacks)
    subject: list[float] = []
    reference: list[float] = []
    for number in range(-1, pairs):
        turns = [(line.subject, subject), (line.reference, reference)]
        for run, times in turns if number % 2 else reversed(turns):
            if run is not None:
                took = _nanoseconds(run)
                if number >= 0:
                    times.append(took)
    ours, theirs = median(subject), median(reference) if reference else None
    found = 1e9 / ours
    if theirs is not None:
        ratios = [two / one for one, two in zip(subject, reference, strict=True)]
        found = median(ratios) if line.rule == "faster" else 1 / median(ratios)
    good = line.rule == "shown" or (found <= line.limit if line.rule == "within" else found >= line.limit)
    spread = _spread(reference) if reference else None
    return Result(line.name, line.what, line.rule, line.limit, ours, _spread(subject), theirs, spread, found, good)


def _nanoseconds(run: Run) -> float:
    # Time of this thread on a core: what others do on the machine counts as little as possible.
    began = thread_time()
    run.call()
    return (thread_time() - began) / run.items * 1e9


def _spread(times: list[float]) -> float:
    if len(times) < 2:
        return 0.0
    first, _, third = quantiles(times, n=4)
    return (third - first) / 2 / median(times) * 100


@contextmanager
def control_timer() -> Iterator[Lateness]:
    """A process of its own beside the measurements; what it found stands in the `Lateness` afterwards."""
    lateness = Lateness()
    with subprocess.Popen(
        [sys.executable, "-I", str(_TIMER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as timer:
        try:
            yield lateness
        finally:
            said, _ = timer.communicate("")
            lateness.p50, lateness.p99 = (float(each) for each in said.split())
