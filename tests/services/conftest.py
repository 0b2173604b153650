"""A fresh desk for each test of the services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.served_desk import ServedDesk


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ServedDesk]:
    found = ServedDesk(tmp_path / "desk.db")
    yield found
    found.close()
