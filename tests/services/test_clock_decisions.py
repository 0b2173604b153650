"""Which differences are accepted: by a rule that is written down and a tag, for one way to differ, and not too many."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from console.domain.errors import UserError
from console.services.clock_check.check import CheckReport, ClockCheck, Counts
from console.services.clock_check.decisions import Decisions, load_decisions
from tests.rig.shared import ROOT, Shared
from tests.services.clock_cases import case, lines

SHIPPED = ROOT / "resources" / "clock-check" / "accepted.toml"
RULES = ROOT / "docs" / "clock-rules.md"
ROUNDED = '[[accepted]]\nrule = "CR-18"\ntag = "subsecond"\ntheirs = "rounded"\nreason = "exact"\n'


def shipped() -> Decisions:
    return load_decisions(SHIPPED.read_bytes(), SHIPPED.name)


def elapsed(seconds: float, *tags: str, **more: Any) -> dict[str, Any]:
    """A case in which we count 0.25 s."""
    given = {"start": "2026-06-01T09:00:00Z", "end": "2026-06-01T09:00:00.250Z"}
    return case("elapsed", given, {"seconds": seconds}, tags=list(tags), **more)


def check(folder: Path, decisions: Decisions, *cases: object) -> CheckReport:
    path = folder / "cases.jsonl"
    path.write_bytes(lines(*cases))
    return ClockCheck(decisions).run([path])


@pytest.mark.parametrize(
    ("seconds", "tags", "accepted"),
    [
        (0, ["subsecond"], True),
        (1, ["subsecond"], True),
        (1, ["boundary_open", "subsecond"], True),
        (2, ["subsecond"], False),
        (0.5, ["subsecond"], False),
        (1, [], False),
        (1, ["dst_inside"], False),
        (1, ["subsecond2"], False),
    ],
)
def test_a_tag_accepts_one_way_to_differ(tmp_path: Path, seconds: float, tags: list[str], accepted: bool) -> None:
    report = check(tmp_path, load_decisions(ROUNDED.encode(), "mine.toml"), elapsed(seconds, *tags))
    assert report.generic() == Counts(accepted=int(accepted), differ=int(not accepted))
    decision = report.differences[0].decision
    assert (decision is not None and decision.rule == "CR-18") is accepted


def test_at_most_two_per_cent_of_the_generic_cases_differ_by_decision(tmp_path: Path) -> None:
    decisions = load_decisions(ROUNDED.encode(), "mine.toml")
    right, rounded = elapsed(0.25), elapsed(0, "subsecond")
    assert check(tmp_path, decisions, rounded, *[right] * 49).sound
    few = check(tmp_path, decisions, rounded, *[right] * 48)
    assert few.too_many_accepted
    assert not few.sound
    # What one product does alone is not part of the share.
    specific = elapsed(0, "product_specific:rounded_to_second")
    assert check(tmp_path, shipped(), specific, right).sound


def test_what_one_product_does_alone_is_counted_apart(tmp_path: Path) -> None:
    report = check(tmp_path, shipped(), elapsed(77, "product_specific:moon_phase"), elapsed(0.25))
    assert (report.specific(), report.generic()) == (Counts(accepted=1), Counts(agree=1))
    decision = report.differences[0].decision
    assert decision is not None
    assert decision.rule == "CR-24"


def test_what_is_followed_must_agree(tmp_path: Path) -> None:
    tag = "product_specific:start_of_next_period"
    assert tag in shipped().followed
    report = check(tmp_path, shipped(), elapsed(77, tag))
    assert report.specific() == Counts(differ=1)
    assert not report.sound


@pytest.mark.parametrize(
    ("tag", "op", "given", "expected", "more"),
    [
        (
            "boundary_close",
            "deadline",
            {"start": "2026-06-01T13:00:00Z", "seconds": 3600},
            {"due": "2026-06-02T06:00:00Z"},
            {},
        ),
        (
            "zero_duration",
            "deadline",
            {"start": "2026-06-01T05:00:00Z", "seconds": 0},
            {"due": "2026-06-01T05:00:00Z"},
            {},
        ),
        ("reversed", "elapsed", {"start": "2026-06-01T08:00:00Z", "end": "2026-06-01T07:00:00Z"}, {"seconds": 0}, {}),
        (
            "edge in gap",
            "elapsed",
            {"start": "2026-06-01T08:00:00Z", "end": "2026-06-01T09:00:00Z"},
            {"seconds": 7200},
            {"votes": {"3600": ["another"]}},
        ),
    ],
)
def test_common_other_answers_are_accepted_and_no_more(
    tmp_path: Path, tag: str, op: str, given: dict[str, Any], expected: dict[str, Any], more: dict[str, Any]
) -> None:
    found = case(op, given, expected, tags=[tag], **more)
    assert check(tmp_path, shipped(), found).generic() == Counts(accepted=1)
    key, value = next(iter(expected.items()))
    other = value + 1 if isinstance(value, int) else value.replace("00Z", "01Z")
    nobody = case(op, given, {key: other}, tags=[tag])
    assert check(tmp_path, shipped(), nobody).generic() == Counts(differ=1)


def _changed(**calendar: Any) -> dict[str, Any]:
    return {"calendar": {"tz": "Europe/Kyiv", **calendar}}


SPRING = {"start": "2026-03-28T20:00:00Z", "end": "2026-03-29T03:00:00Z"}  # a night of Kyiv from 22 to 06, seven hours
NIGHT = _changed(week={"sat": [["22:00", "06:00"]]})
WHOLE_DAYS = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
FRIDAY_NIGHT = _changed(week={"fri": [["22:00", "06:00"]]}, holidays=["2026-06-06"])


@pytest.mark.parametrize(
    ("rule", "tag", "op", "given", "expected", "wrong", "more"),
    [
        ("CR-1", "boundary_open", "subtract", {"end": "2026-06-02T07:00:00Z", "seconds": 3600},
         {"start": "2026-06-01T14:00:00Z"}, {"start": "2026-06-01T13:59:00Z"}, {}),
        ("CR-2", "boundary_close", "is_open", {"at": "2026-06-01T14:00:00Z"}, {"open": True}, None, {}),
        ("CR-2", "boundary_close", "next_close", {"at": "2026-06-01T14:00:00Z"}, {"at": "2026-06-01T14:00:00Z"},
         {"at": "2026-06-01T14:00:01Z"}, {}),
        ("CR-3", "zero_duration", "subtract", {"end": "2026-06-01T15:00:00Z", "seconds": 0},
         {"start": "2026-06-02T06:00:00Z"}, {"start": "2026-06-02T07:00:00Z"}, {}),
        ("CR-5", "dst_inside", "elapsed", SPRING, {"seconds": 28800}, {"seconds": 28801}, NIGHT),
        ("CR-5", "dst_inside", "deadline", {"start": "2026-03-28T20:00:00Z", "seconds": 21600},
         {"due": "2026-03-29T01:00:00Z"}, {"due": "2026-03-29T00:00:00Z"}, NIGHT),
        ("CR-5", "dst_inside", "subtract", {"end": "2026-03-29T03:00:00Z", "seconds": 21600},
         {"start": "2026-03-28T22:00:00Z"}, {"start": "2026-03-28T23:00:00Z"}, NIGHT),
        ("CR-6", "dst_inside", "wall_to_utc", {"date": "2026-03-29", "time": "03:30"},
         {"at": "2026-03-29T00:30:00Z"}, {"at": "2026-03-29T02:30:00Z"}, {}),
        ("CR-6", "dst_inside", "wall_to_utc", {"date": "2026-10-25", "time": "03:30"},
         {"at": "2026-10-25T01:30:00Z"}, {"at": "2026-10-25T02:30:00Z"}, {}),
        ("CR-7", "date skipped", "elapsed", {"start": "2011-12-29T10:00:00Z", "end": "2011-12-31T10:00:00Z"},
         {"seconds": 172800 + 86400}, {"seconds": 86400}, {"calendar": {"tz": "Pacific/Apia", "week": {
             day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}}}),
        ("CR-8", "midnight_24", "elapsed", {"start": "2026-06-01T06:00:00Z", "end": "2026-06-02T06:00:00Z"},
         {"seconds": 53940}, {"seconds": 53941}, _changed(week={"mon": [["09:00", "24:00"]]})),
        ("CR-8", "midnight_24", "elapsed", {"start": "2026-06-01T06:00:00Z", "end": "2026-06-02T06:00:00Z"},
         {"seconds": 53940}, {"seconds": 53941}, _changed(week={"mon": [["09:00", "23:59"]]})),
        ("CR-8", "midnight_24", "next_close", {"at": "2026-06-01T06:00:00Z"}, {"at": "2026-06-01T21:00:00Z"},
         {"at": "2026-06-02T21:00:00Z"}, _changed(week=WHOLE_DAYS)),
        ("CR-8", "boundary_close", "next_start", {"at": "2026-06-01T06:00:00Z"}, {"at": "2026-06-01T09:00:00Z"},
         {"at": "2026-06-01T09:00:01Z"}, _changed(week={"mon": [["09:00", "12:00"], ["12:00", "17:00"]]})),
        ("CR-9", "overnight", "is_open", {"at": "2026-06-05T00:00:00Z"}, {"open": True}, None,
         _changed(week={"fri": [["22:00", "06:00"]]})),
        ("CR-10", "overnight", "elapsed", {"start": "2026-06-05T19:00:00Z", "end": "2026-06-06T03:00:00Z"},
         {"seconds": 28800}, {"seconds": 21600}, FRIDAY_NIGHT),
    ],
)  # fmt: skip
def test_each_known_other_answer_is_accepted_by_its_rule_and_no_other_answer(
    tmp_path: Path,
    rule: str,
    tag: str,
    op: str,
    given: dict[str, Any],
    expected: dict[str, Any],
    wrong: dict[str, Any] | None,
    more: dict[str, Any],
) -> None:
    report = check(tmp_path, shipped(), case(op, given, expected, tags=[tag], **more))
    decision = report.differences[0].decision
    assert decision is not None
    assert (decision.rule, decision.tag) == (rule, tag)
    if wrong is not None:
        assert check(tmp_path, shipped(), case(op, given, wrong, tags=[tag], **more)).generic() == Counts(differ=1)
    assert check(tmp_path, shipped(), case(op, given, expected, **more)).generic() == Counts(differ=1)


@pytest.mark.parametrize(
    ("op", "given", "expected", "tag"),
    [
        # Inside the window, before it and at its opening nobody's rule says so.
        ("is_open", {"at": "2026-06-01T14:00:01Z"}, {"open": True}, "boundary_close"),
        ("is_open", {"at": "2026-06-01T06:00:00Z"}, {"open": False}, "boundary_close"),
        ("elapsed", {"start": "2026-06-01T06:00:00Z", "end": "2026-06-01T07:00:00Z"}, {"seconds": 7200}, "dst_inside"),
        (
            "subtract",
            {"end": "2026-06-01T08:00:00Z", "seconds": 3600},
            {"start": "2026-05-29T14:00:00Z"},
            "boundary_open",
        ),
    ],
)
def test_a_tag_alone_accepts_nothing(
    tmp_path: Path, op: str, given: dict[str, Any], expected: dict[str, Any], tag: str
) -> None:
    assert check(tmp_path, shipped(), case(op, given, expected, tags=[tag])).generic() == Counts(differ=1)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("accepted = 3", "accepted"),
        ("[[accept]]\n", "'accept'"),
        ("[[accepted]", "the file"),
        ("\xff", "byte 0"),
        ("accepted = [1]", "accepted[0]"),
        ('followed = "x"', "followed"),
        (ROUNDED + 'id = "biz-0046"\n', "accepted[0].id"),
        (ROUNDED.replace("CR-18", "18"), "accepted[0].rule"),
        (ROUNDED.replace('reason = "exact"', 'reason = " "'), "accepted[0].reason"),
        (ROUNDED.replace("rounded", "whatever"), "accepted[0].theirs"),
        (ROUNDED.replace("rounded", "anything"), "accepted[0].tag"),
        (ROUNDED.replace("subsecond", "sub*"), "accepted[0].tag"),
        (ROUNDED.replace('tag = "subsecond"\n', ""), "accepted[0].tag"),
    ],
)
def test_a_file_of_decisions_that_says_too_much_is_refused(text: str, key: str) -> None:
    with pytest.raises(UserError) as refused:
        load_decisions(text.encode("latin-1"), "mine.toml")
    assert refused.value.code == "accepted_invalid"
    assert (refused.value.values["file"], refused.value.values["key"]) == ("mine.toml", key)


def test_each_decision_for_a_shared_tag_decides_something(shared: Shared) -> None:
    report = ClockCheck(shipped()).run(sorted((shared / "cases").glob("*.jsonl")))
    used = {each.decision.tag for each in report.differences if each.decision is not None}
    tags = set(re.findall(r'"(product_specific:[a-z_0-9]+)"', b"".join(_read(shared)).decode()))
    named = {each.tag for each in shipped().accepted if each.tag in tags}
    assert named == used


def _read(shared: Shared) -> list[bytes]:
    return [path.read_bytes() for path in sorted((shared / "cases").glob("*.jsonl"))]


def sections() -> dict[str, str]:
    parts = re.split(r"^### (CR-\d+) ", RULES.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_rule_says_question_decision_why_by_and_the_test_that_holds_it() -> None:
    found = sections()
    assert list(found) == [f"CR-{number}" for number in range(1, len(found) + 1)]
    for rule, text in found.items():
        for word in ("Question", "Decision", "Why", "By", "Held by"):
            assert f"\n- {word}:" in text, rule
        tests = re.findall(r"`(tests/\S+\.py)::(\w+)`", text)
        assert tests, rule
        for path, name in tests:
            module = ast.parse((ROOT / path).read_text("utf-8"))
            assert name in {each.name for each in module.body if isinstance(each, ast.FunctionDef)}, (rule, path, name)


def test_every_decision_names_a_rule_that_is_written_down() -> None:
    assert {each.rule for each in shipped().accepted} <= sections().keys()


def test_every_question_on_which_products_disagree_is_decided(shared: Shared) -> None:
    readme = (shared / "cases/README.md").read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| [^|]+ \|$", readme, flags=re.MULTILINE)
    questions = [row.strip() for row in rows if row.strip() not in ("question", "---")]
    assert len(questions) > 20
    decided = re.findall(r"^- Question: (.+)$", RULES.read_text("utf-8"), flags=re.MULTILINE)
    assert [question for question in questions if question not in decided] == []


OVERLAP = {"tz": "UTC", "week": {"mon": [["09:00", "13:00"], ["12:00", "17:00"]]}}


@pytest.mark.parametrize(
    ("expected", "accepted"),
    [
        # Eight hours with us; the first window has four of them, the last five.
        ({"seconds": 4 * 3600}, True),
        ({"seconds": 5 * 3600}, True),
        ({"seconds": 9 * 3600}, False),
        ({"seconds": 3 * 3600}, False),
    ],
)
def test_overlapping_windows_may_count_once_or_be_refused(tmp_path: Path, expected: object, accepted: bool) -> None:
    day = {"start": "2026-06-01T00:00:00Z", "end": "2026-06-02T00:00:00Z"}
    found = check(tmp_path, shipped(), case("elapsed", day, expected, calendar=OVERLAP, tags=["overlapping_windows"]))
    assert found.generic() == Counts(accepted=int(accepted), differ=int(not accepted))
    decision = found.differences[0].decision
    assert (decision is not None and decision.rule == "CR-11") is accepted
    # Without the tag nothing is explained away, and who unites them as we do agrees.
    assert check(tmp_path, shipped(), case("elapsed", day, expected, calendar=OVERLAP)).generic() == Counts(differ=1)
    ours = case("elapsed", day, {"seconds": 8 * 3600}, calendar=OVERLAP, tags=["overlapping_windows"])
    assert check(tmp_path, shipped(), ours).generic() == Counts(agree=1)


def test_a_product_that_refuses_overlapping_windows_answers_nothing(tmp_path: Path) -> None:
    given = {"start": "2026-06-01T09:00:00Z", "seconds": 3600}
    refuses = case("deadline", given, {"due": None}, calendar=OVERLAP, tags=["overlapping_windows"])
    report = check(tmp_path, shipped(), refuses)
    assert report.generic() == Counts(accepted=1)
    decision = report.differences[0].decision
    assert decision is not None
    assert decision.rule == "CR-11"
