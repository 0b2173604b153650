"""Every rule of the documents is behaviour, shown or background, and docs/policy-rules.md says which and where."""

from __future__ import annotations

import ast
import re

import pytest

from console.domain.policy_text import lines
from tests.domain.packs import changed, desk_of, pack_text, shipped
from tests.domain.rule_values import VALUES
from tests.rig.shared import ROOT

TEXT = (ROOT / "docs" / "policy-rules.md").read_text("utf-8")
ROW = re.compile(r"^\| ((?:OD|LI|OW)-\d+) \| (behaviour|shown|background) \| (.+?) \|$", re.MULTILINE)
EXAMPLE = re.compile(r"^\| ((?:OD|LI|OW)-\d+[a-z]?|re-target) \| `(tests/[^`]+)` \|$", re.MULTILINE)
TEST_ID = re.compile(r"`(tests/[\w/]+\.py)::(\w+)(?:\[([\w-]+)\])?`")
COMMAND = re.compile(r"`policy show (\w+)`")
RULES = [f"{code}-{number}" for code, last in (("OD", 33), ("LI", 12), ("OW", 10)) for number in range(1, last + 1)]
PACKS = {"OD": "odin", "LI": "community", "OW": "analytics"}
# The documents' examples: how many lines of them a rule has.
EXAMPLES = {
    **{"OD-2": 1, "OD-3": 2, "OD-4": 1, "OD-6": 1, "OD-7": 2, "OD-8b": 1, "OD-8d": 1, "OD-10": 1, "OD-12": 1},
    **{"OD-16": 1, "OD-17": 1, "re-target": 1, "OD-26": 1},
    **{"LI-1": 1, "LI-4": 1, "LI-5": 1, "LI-6": 1, "LI-7": 1, "OW-1": 1, "OW-3": 1, "OW-6": 1},
}


@pytest.mark.parametrize("rule", VALUES)
def test_a_changed_value_changes_the_outcome(rule: str) -> None:
    found = VALUES[rule]
    before, after = shipped(found.pack), changed(found.change, pack_text(found.pack))
    assert found.outcome(before, desk_of(before)) == found.outcome(before, desk_of(before))
    assert found.outcome(after, desk_of(after)) != found.outcome(before, desk_of(before))


def test_the_list_is_complete_and_in_order() -> None:
    assert [rule for rule, _, _ in ROW.findall(TEXT)] == RULES


def test_behaviour_names_tests_that_are_there() -> None:
    for rule, mark, where in ROW.findall(TEXT):
        tests = TEST_ID.findall(where)
        assert bool(tests) == (mark == "behaviour"), rule
        for file, function, case in tests:
            assert function in functions(file), f"{rule}: {file}::{function}"
            assert not case or case in VALUES, f"{rule}: {case}"
            # A rule is not proved by the value of another one.
            assert not case or re.fullmatch(rf"{rule}[a-z]?(-[a-z]+)?", case), f"{rule}: {case}"
    named = {case for _, _, where in ROW.findall(TEXT) for _, _, case in TEST_ID.findall(where)}
    assert named - {""} == set(VALUES)


def test_what_is_shown_is_shown_there() -> None:
    for rule, mark, where in ROW.findall(TEXT):
        if mark == "shown":
            (pack,) = COMMAND.findall(where)
            sources = {source for line in lines(shipped(pack), "en") for source in line.source}
            assert any(re.fullmatch(rf"{rule}[a-z]?", source) for source in sources), rule
            assert pack == PACKS[rule.split("-")[0]]


@pytest.mark.parametrize("pack", ["odin", "community", "analytics"])
def test_every_source_of_a_pack_is_a_rule(pack: str) -> None:
    sources = {source for line in lines(shipped(pack), "en") for source in line.source}
    own = {code for code, name in PACKS.items() if name == pack}
    for source in sources - {"ours"}:
        assert re.sub("[a-z]$", "", source) in RULES, source
        assert source.split("-")[0] in own, source


def test_every_example_of_the_documents_is_a_test() -> None:
    found: dict[str, int] = {}
    for rule, test in EXAMPLE.findall(TEXT):
        file, function = test.split("::")
        assert function in functions(file), test
        found[rule] = found.get(rule, 0) + 1
    assert found == EXAMPLES


def functions(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
