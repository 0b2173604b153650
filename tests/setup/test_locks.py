"""The lock files pin everything with hashes and name no place that packages come from."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from typing import Any

import pytest

from tests.rig.shared import ROOT

RUN, DEV = "requirements.lock", "requirements-dev.lock"
PINNED = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)(?P<marker> ;[^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def lines(name: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def pinned(name: str) -> dict[str, str]:
    found = (PINNED.match(line) for line in lines(name))
    return {each["name"]: each["version"] for each in found if each}


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=~! ]", each)[0].lower() for each in requirements}


@pytest.mark.parametrize("lock", [RUN, DEV])
def test_each_line_is_a_pinned_package_or_its_hash(lock: str) -> None:
    assert [line for line in lines(lock) if not PINNED.match(line) and not HASH.match(line)] == []


@pytest.mark.parametrize("lock", [RUN, DEV])
def test_each_package_has_a_hash(lock: str) -> None:
    all_lines = [*lines(lock), ""]
    assert [a for a, b in pairwise(all_lines) if PINNED.match(a) and not HASH.match(b)] == []


@pytest.mark.parametrize("lock", [RUN, DEV])
def test_no_address_and_no_path(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"://|index|find-links|(?:^|\s)/\w+", text) == []


def test_the_lock_for_developers_contains_the_other() -> None:
    assert pinned(RUN).items() <= pinned(DEV).items()


def test_the_locks_hold_what_the_project_names() -> None:
    data = project()
    direct = names(data["project"]["dependencies"])
    assert direct <= pinned(RUN).keys()
    developers = names(data["dependency-groups"]["dev"])
    assert developers <= pinned(DEV).keys()
    assert not developers & pinned(RUN).keys()


def test_qt_is_the_release_that_survives_python_3_11() -> None:
    assert pinned(RUN)["pyside6-essentials"].startswith("6.11.")
