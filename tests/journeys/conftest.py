"""A small demo desk, made once and copied for each story."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from console.services.demo_desk import demo_path, fill_past, open_demo
from tests.journeys.stage import POLICIES, StageTime, Story, perform
from ui.options import WindowOptions

TICKETS = 120


class Play(Protocol):
    """Runs a story on a desk of its own: `play(story)`, `play(story, as_of=...)`."""

    database: Path

    def __call__(self, story: Story, *, as_of: int | None = None, theme: str | None = "light") -> None: ...


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated desk with escalations waiting; copy it."""
    folder = tmp_path_factory.mktemp("demo")
    desk = open_demo(folder, StageTime(), POLICIES, tickets=TICKETS)
    desk.db.write_now(fill_past(desk))
    desk.close_now()
    return demo_path(folder)


@pytest.fixture
def play(qapp: QApplication, tmp_path: Path, demo_database: Path) -> Iterator[Play]:
    """A desk on screen; see `Play`. The application looks as before afterwards."""
    palette, style = QPalette(qapp.palette()), qapp.style().objectName()
    path = tmp_path / "desk.db"
    shutil.copy(demo_database, path)

    class Player:
        database = path

        def __call__(self, story: Story, *, as_of: int | None = None, theme: str | None = "light") -> None:
            perform(qapp, WindowOptions(db=f"sqlite:///{path}", as_of=as_of, theme=theme), tmp_path, story)

    yield Player()
    qapp.setStyle(style)
    qapp.setPalette(palette)
