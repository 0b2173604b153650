"""Every rule of the domain is reached: no function that a screen, a command or the store never comes to."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rig.shared import ROOT

DOMAIN = ROOT / "console" / "domain"
# The row of a ticket over time is what laws compare with the fold at each instant, and what a bundle will hold.
LAWS = frozenset({"history"})


def names(tree: ast.AST) -> set[str]:
    """Every name that a piece of code uses, its imports aside."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
    return found


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """The functions of a module; methods are reached by their objects."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            yield node


def imported(path: Path) -> set[str]:
    """What a module takes from the domain, by name or as an attribute of a module of it."""
    tree = ast.parse(path.read_text("utf-8"))
    taken = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    found = {each.name for node in taken if (node.module or "").startswith("console.domain.") for each in node.names}
    modules = {each.asname or each.name for node in taken if node.module == "console.domain" for each in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            found.add(node.attr)
    return found


def outside() -> set[str]:
    """What services, store, terminal, models and window use."""
    folders = [each for each in (ROOT / "console").iterdir() if each.is_dir() and each != DOMAIN]
    files = [path for folder in (*folders, ROOT / "models", ROOT / "ui") for path in folder.rglob("*.py")]
    found: set[str] = set()
    for path in (*files, *(ROOT / "console").glob("*.py"), ROOT / "main.py"):
        found |= imported(path)
    return found


@pytest.fixture(scope="module")
def reached() -> set[str]:
    """Names that are used from outside, by classes of the domain, or by a function that is reached itself."""
    found = outside() | LAWS
    bodies: dict[str, set[str]] = {}
    for path in DOMAIN.glob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                bodies.setdefault(node.name, set()).update(names(node))
            else:
                found |= names(node)
    grown = True
    while grown:
        more = set().union(*(used for name, used in bodies.items() if name in found)) - found
        found |= more
        grown = bool(more)
    return found


@pytest.mark.parametrize("module", sorted(path.stem for path in DOMAIN.glob("*.py")))
def test_no_rule_is_left_unreached(module: str, reached: set[str]) -> None:
    lost = [each.name for each in functions(DOMAIN / f"{module}.py") if each.name not in reached]
    assert lost == [], f"only tests come to {module}.{', '.join(lost)}"


def test_a_function_that_nothing_calls_would_be_found(reached: set[str]) -> None:
    assert "on_call" in reached
    assert "a_function_that_nobody_wrote" not in reached
