"""A desk as it is made, copied: making the schema takes ten times as long as most tests of what is in it."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from console.store.database import Database
from console.time_source import FixedTime
from tests.rig.shared import ROOT

POLICIES = ROOT / "resources" / "policies"


def fresh_desk(path: Path, now: int, *packs: str) -> None:
    """Put a desk without tickets at `path`, where there is no file yet: made at `now`, microseconds UTC.

    It has adopted the shipped `packs` ("odin.toml"), by default all. For tests of something else than
    the making itself.
    """
    if not path.exists():
        path.write_bytes(_made(now, packs or tuple(sorted(each.name for each in POLICIES.glob("*.toml")))))


@cache
def _made(now: int, packs: tuple[str, ...]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        files = [(name, (POLICIES / name).read_bytes()) for name in packs]
        Database.open(f"sqlite:///{path}", FixedTime(now), files).close_now()
        return path.read_bytes()
