"""The program's own source as syntax trees, for the tests of its architecture."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from tests.rig.shared import ROOT

PARTS = ("main.py", "console", "models", "ui")


@dataclass(frozen=True)
class Import:
    """One imported name: `module` is the deepest module that the statement is known to load."""

    module: str
    line: int
    function: str | None
    for_types_only: bool

    def is_of(self, *packages: str) -> bool:
        return any(self.module == each or self.module.startswith(each + ".") for each in packages)


@dataclass(frozen=True)
class Source:
    """One Python file of the program."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        name = self.name.removesuffix(".py").replace("/", ".")
        return name.removesuffix(".__init__")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"), filename=self.name)

    @cached_property
    def imports(self) -> list[Import]:
        return list(self._imports(self.tree, None, False))

    def at(self, node: ast.AST, what: str) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 1)}: {what}"

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Each call with the dotted name of what is called; `?` for a part that has no name."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node, dotted(node.func)

    def _imports(self, node: ast.AST, function: str | None, types: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(alias.name, child.lineno, function, types)
            elif isinstance(child, ast.ImportFrom):
                for alias in child.names:
                    module = self._loaded(child, alias.name)
                    yield Import(module, child.lineno, function, types)
            elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from self._imports(child, child.name, types)
            elif isinstance(child, ast.If) and dotted(child.test).endswith("TYPE_CHECKING"):
                yield from self._imports(child, function, True)
            else:
                yield from self._imports(child, function, types)

    def _loaded(self, statement: ast.ImportFrom, name: str) -> str:
        module = statement.module or ""
        if statement.level:
            package = self.module.split(".")
            if self.path.name != "__init__.py":
                package.pop()
            package = package[: len(package) - statement.level + 1]
            module = ".".join([*package, *([module] if module else [])])
        inner = f"{module}.{name}"
        return inner if inner in modules() or module == "PySide6" else module


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"


@cache
def sources() -> tuple[Source, ...]:
    """The program's files, without the tests."""
    found: list[Path] = []
    for part in PARTS:
        path = ROOT / part
        found += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return tuple(Source(path) for path in found)


@cache
def modules() -> frozenset[str]:
    return frozenset(each.module for each in sources())
