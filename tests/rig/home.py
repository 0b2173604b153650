"""A home of its own for the test process, so that no test reads or writes the user's."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Points the base folders of the desktop at a temporary place, for child processes too."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in FOLDERS:
            folder = home / name.lower()
            # Qt warns of a runtime folder that others may enter.
            folder.mkdir(mode=0o700)
            patch.setitem(os.environ, name, str(folder))
        yield
