"""A fresh desk for each test of the store."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.desk import SetTime, StoreDesk, open_database


@pytest.fixture(scope="session")
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk as it is made: copied, because making one takes ten times as long."""
    path = tmp_path_factory.mktemp("empty") / "desk.db"
    open_database(path, SetTime()).close_now()
    return path


@pytest.fixture
def desk(tmp_path: Path, empty_desk: Path) -> Iterator[StoreDesk]:
    shutil.copy(empty_desk, tmp_path / "desk.db")
    found = StoreDesk(tmp_path / "desk.db")
    yield found
    found.close()
