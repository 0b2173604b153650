"""Cases and data that lie beside the checkout in `../shared` and are not part of it."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT.parent / "shared"


def shared_file(name: str) -> Path:
    """The path of `name` in the shared folder, in a test or at the head of a test module.

    Skips where there is no such folder. Where there is one, a missing file is a failure: a test
    that nobody notices to be skipped proves nothing.
    """
    if not FOLDER.is_dir():
        pytest.skip("there is no ../shared", allow_module_level=True)
    path = FOLDER / name
    if not path.exists():
        pytest.fail(f"../shared is there, but {name} is not")
    return path


class Shared:
    """The shared folder: `shared / "data/log.csv"` or `shared("data/log.csv")`."""

    def __call__(self, name: str) -> Path:
        return shared_file(name)

    def __truediv__(self, name: str) -> Path:
        return shared_file(name)


@pytest.fixture(scope="session")
def shared() -> Shared:
    """Files of `../shared`; see `shared_file` for what happens where one is missing."""
    return Shared()
