"""Every code that the program raises has a sentence, and the sentence asks only for values that are given."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter

from console.domain.errors import ConflictError, EnvironmentFault, InternalFault, UserError
from console.services.importing.problems import BadRow
from console.words import TEXTS, fill, say, template
from tests.rig.source import Source, sources

KINDS = {kind.__name__ for kind in (UserError, ConflictError, EnvironmentFault, InternalFault, BadRow)}
# Functions whose result is the code of a refusal, and files that hold codes of errors in a table.
REFUSALS = {
    "may_change",
    "reason_refusal",
    "credit_refusal",
    "plan_in_force",
    "new_contract_refusal",
    "purchase_refusal",
    "next_level",
    "finish_refusal",
    "eta_refusal",
    "void_refusal",
    "_review_refusal",
}
TABLES = ("console/store/sqlite_faults.py",)


@dataclass(frozen=True)
class Raised:
    """One place that makes an error: its code when it is written there, the names of its values."""

    place: str
    code: str | None
    values: frozenset[str]
    open_ended: bool  # values come by `**`


def raised() -> Iterator[Raised]:
    for source in sources():
        for call, name in source.calls():
            if name.split(".")[-1] in KINDS and call.args:
                yield from _codes(source, call)


def _codes(source: Source, call: ast.Call) -> Iterator[Raised]:
    values = frozenset(each.arg for each in call.keywords if each.arg is not None)
    open_ended = any(each.arg is None for each in call.keywords)
    first = call.args[0]
    choices = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
    for choice in choices:
        code = choice.value if isinstance(choice, ast.Constant) and isinstance(choice.value, str) else None
        yield Raised(source.at(call, code or ast.unparse(choice)), code, values, open_ended)


def refusals() -> Iterator[tuple[str, str]]:
    """(place, code) of what functions of refusals return, and of the codes in tables."""
    for source in sources():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef) and node.name in REFUSALS:
                yield from ((source.at(each, ""), each.value) for each in _returned(node) if each.value)
        if source.name in TABLES:
            for node in source.tree.body:
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
                    yield from (
                        (source.at(each, ""), each.value)
                        for each in node.value.values
                        if isinstance(each, ast.Constant)
                    )


def _returned(function: ast.FunctionDef) -> Iterator[ast.Constant]:
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and node.value is not None:
            apart = {id(part) for each in ast.walk(node.value) for part in _no_codes(each)}
            parts = (each for each in ast.walk(node.value) if isinstance(each, ast.Constant) and id(each) not in apart)
            yield from (each for each in parts if isinstance(each.value, str))


def _no_codes(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in a comparison, or is put together from parts."""
    if isinstance(node, ast.Compare | ast.JoinedStr):
        yield from ast.walk(node)


def places(code: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(TEXTS[code]) if name is not None}


def test_every_raised_code_has_a_sentence() -> None:
    missing = sorted({each.place for each in raised() if each.code is not None and each.code not in TEXTS})
    assert not missing, "\n" + "\n".join(missing)


def test_every_refusal_has_a_sentence() -> None:
    found = list(refusals())
    missing = sorted(f"{place}{code}" for place, code in found if code not in TEXTS)
    assert not missing, "\n" + "\n".join(missing)
    # Families of refusals begin with a part that is put together; each of its ends is a code.
    assert {"severity_same", "credit_twice", "disk_full"} <= {code for _, code in found}
    assert {"severity_role_not_up", "severity_role_not_down"} <= set(TEXTS)


def test_a_sentence_asks_for_values_that_are_given() -> None:
    wrong = sorted(
        f"{each.place}: {sorted(places(each.code) - each.values)} not given"
        for each in raised()
        if each.code in TEXTS and not each.open_ended and places(each.code) - each.values
    )
    assert not wrong, "\n" + "\n".join(wrong)


def test_codes_that_are_put_together_are_known() -> None:
    """Where no literal stands as the code, the reader of this test has looked at where it comes from."""
    computed = {each.place.split(":")[0] for each in raised() if each.code is None}
    assert computed <= {
        "console/cli/severity.py",  # refusals of may_change
        "ui/dialogs/severity_form.py",  # refusals of may_change
        "console/services/severities/severity.py",  # refusals of may_change and reason_refusal
        "console/services/acting/acts.py",  # refusals of eta_refusal
        "console/services/acting/voids.py",  # refusals of void_refusal
        "console/services/reviewing/review.py",  # refusals of _review_refusal
        "ui/dialogs/eta_form.py",  # refusals of eta_refusal
        "ui/dialogs/void_form.py",  # refusals of void_refusal
        "console/domain/escalation_requests.py",  # refusals of next_level
        "console/services/escalating/escalation_decisions.py",  # refusals of finish_refusal
        "console/services/entitling/contracts.py",  # refusals of new_contract_refusal and purchase_refusal
        "console/services/entitling/agreements.py",  # refusals of purchase_refusal
        "console/services/entitling/credits.py",  # refusals of credit_refusal
        "ui/dialogs/credit_form.py",  # refusals of credit_refusal
        "console/store/sqlite_faults.py",  # its own tables
    }


def test_values_that_refusals_need_are_given() -> None:
    given = {"severity", "before", "role", "reason", "expected"}
    asked = {name for code in TEXTS if code.startswith("severity_") for name in places(code)}
    assert asked <= given


def test_no_sentence_is_left_over() -> None:
    used = {each.code for each in raised()} | {code for _, code in refusals()}
    families = ("severity_role_not_", "escalation_needs_")
    left = sorted(code for code in TEXTS if code not in used and not code.startswith(families))
    assert not left, "\n".join(left)


def test_each_sentence_reads_as_one() -> None:
    for code, sentence in TEXTS.items():
        assert sentence[0] in "{-" or sentence[0].isupper(), code
        assert sentence.endswith("."), code
        assert "\n" not in sentence, code


def test_an_error_says_its_values_and_never_fails_itself() -> None:
    assert say(UserError("ticket_unknown", number="T{1}")) == "There is no ticket T{1}."
    assert say(UserError("ticket_unknown")) == "There is no ticket {number}."
    assert say(UserError("nobody_knows_this", a=1)) == "nobody_knows_this"
    assert fill(template("option_without_value"), {"option": "--db"}) == "--db needs a value."
