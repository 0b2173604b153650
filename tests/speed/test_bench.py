"""The benchmark itself: it runs, it judges, and its references stay short."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.speed.__main__ import main, report
from tests.speed.measure import Lateness, Line, Result, Run, control_timer, measure

REFERENCES = sorted(Path(__file__).with_name("references").glob("*.py"))
QUIET = Lateness(0.1, 0.5)


def waste(rounds: int) -> Run:
    return Run(lambda: sum(range(rounds)), 1)


def judged(rule: str, limit: float, ours: int = 20_000, theirs: int | None = None) -> Result:
    return measure(Line("x", "a line", waste(ours), rule, limit, None if theirs is None else waste(theirs)), 5)


def test_the_lines_run_and_are_written_down(tmp_path: Path) -> None:
    out, target = io.StringIO(), tmp_path / "figures.json"
    # As small as it gets: subjects and references must agree, the figures mean nothing.
    code = main(["--quick", "--peers", str(tmp_path), "--json", str(target), "--only", "call"], out)
    assert code in (0, 1, 2)
    (line,) = json.loads(target.read_text("utf-8"))["lines"]
    assert (line["name"], line["lacks"], line["subject_ns"]) == ("call", "peer not installed", None)
    assert "peer not installed" in out.getvalue()
    assert "Control timer" in out.getvalue()


@pytest.mark.parametrize(
    ("result", "good"),
    [
        (judged("faster", 4, theirs=200_000), True),
        (judged("faster", 100, theirs=200_000), False),
        (judged("within", 3, theirs=20_000), True),
        (judged("within", 0.2, theirs=20_000), False),
        (judged("rate", 1), True),
        (judged("rate", 1e12), False),
        (judged("shown", 0), True),
    ],
    ids=lambda value: f"{value.rule}-{value.limit:g}" if isinstance(value, Result) else "",
)
def test_a_line_over_its_limit_fails_the_run(result: Result, good: bool) -> None:
    assert result.good is good
    assert report([result], QUIET, None, io.StringIO()) == (0 if good else 1)


def test_a_run_that_others_disturbed_is_void_whatever_it_found() -> None:
    out = io.StringIO()
    assert report([judged("rate", 1)], Lateness(1, 5.1), None, out) == 2
    assert "VOID" in out.getvalue()
    assert report([judged("rate", 1)], Lateness(1, 5.0), None, io.StringIO()) == 0


def test_the_control_timer_finds_a_lateness() -> None:
    with control_timer() as lateness:
        sum(range(3_000_000))
    assert 0 <= lateness.p50 <= lateness.p99


def test_an_unknown_line_is_refused_with_those_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--quick", "--only", "nope"])
    said = capsys.readouterr().err
    names = "deadlines calendars left batch call far axis cached fold explain"
    assert f"no line nope; there are {names}" in said


@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.stem)
def test_references_are_library_calls_of_few_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 20
