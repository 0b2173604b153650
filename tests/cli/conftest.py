"""A desk for the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal_desk import TerminalDesk


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> TerminalDesk:
    """A file with three tickets."""
    found = TerminalDesk(tmp_path, capsys)
    found.fill()
    return found


@pytest.fixture
def nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> TerminalDesk:
    """No file yet."""
    return TerminalDesk(tmp_path, capsys)
