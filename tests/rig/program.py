"""The program as its user starts it: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping

import pytest

from tests.rig.shared import ROOT

Program = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def program() -> Program:
    """Runs `main.py` to its end: `program("queue", "--json", env={...}, timeout=60)`.

    Returns the finished process with its output as text, whatever its exit code. A variable that
    `env` gives as None is taken away.
    """

    def run(
        *arguments: str, env: Mapping[str, str | None] | None = None, timeout: float = 60
    ) -> subprocess.CompletedProcess[str]:
        # All of `-X dev` but the debug mode of asyncio, which complains of a machine that is busy.
        careful = {"PYTHONUTF8": "1", "PYTHONMALLOC": "debug"}
        environment: dict[str, str | None] = {**os.environ, **careful, **(env or {})}
        return subprocess.run(
            [sys.executable, "-W", "default", "-X", "faulthandler", str(ROOT / "main.py"), *arguments],
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
            env={name: value for name, value in environment.items() if value is not None},
        )

    return run
