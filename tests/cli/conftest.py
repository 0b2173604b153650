"""A desk for the terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.terminal_desk import TerminalDesk, filled


@pytest.fixture(scope="session")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("filled"))


@pytest.fixture
def desk(tmp_path: Path, filled_folder: Path, capsys: pytest.CaptureFixture[str]) -> TerminalDesk:
    """A file with three tickets."""
    shutil.copytree(filled_folder, tmp_path, dirs_exist_ok=True)
    return TerminalDesk(tmp_path, capsys)


@pytest.fixture(scope="module")
def kept_folder(filled_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(filled_folder, tmp_path_factory.mktemp("kept") / "desk")


@pytest.fixture
def kept(kept_folder: Path, capsys: pytest.CaptureFixture[str]) -> TerminalDesk:
    """A file with three tickets, one for all tests of a module that prove that they write nothing."""
    return TerminalDesk(kept_folder, capsys)


@pytest.fixture
def nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> TerminalDesk:
    """No file yet."""
    return TerminalDesk(tmp_path, capsys)
