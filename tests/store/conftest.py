"""A fresh desk for each test of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.desk import StoreDesk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[StoreDesk]:
    found = StoreDesk(tmp_path / "desk.db")
    yield found
    found.close()
