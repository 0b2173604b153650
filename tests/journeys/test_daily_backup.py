"""The copy of the day: made beside the work, in a thread of its own; where it fails the window says so and goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from console.domain.errors import EnvironmentFault
from console.store.database import Database
from console.store.inspection import check_integrity
from tests.journeys.conftest import Play
from tests.journeys.stage import Stage
from ui import desk_session
from ui.banner import Banner


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_session, "BACKUP_AFTER_MS", 50)


def copies(database: Path) -> list[Path]:
    return sorted((database.parent / "backups").glob("*.db"))


def test_it_is_not_made_while_the_desk_opens(play: Play) -> None:
    async def story(stage: Stage) -> None:
        await stage.settled()
        assert stage.rows()

    play(story)
    assert copies(play.database) == []


@pytest.mark.usefixtures("soon")
def test_it_is_made_beside_the_work(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[threading.Thread] = []
    keep = Database.keep_daily_backup

    def noted(self: Database, now: int, stop: Callable[[], bool]) -> Path | None:
        threads.append(threading.current_thread())
        return keep(self, now, stop)

    monkeypatch.setattr(Database, "keep_daily_backup", noted)

    async def story(stage: Stage) -> None:
        await stage.until(lambda: bool(copies(play.database)), "the copy of the day")
        await stage.settled()
        assert stage.window.banner.notice is None

    play(story)
    (copy,) = copies(play.database)
    check_integrity(copy)
    assert threads
    assert threading.main_thread() not in threads


@pytest.mark.usefixtures("soon")
def test_a_copy_that_fails_is_said_and_can_be_tried_again(play: Play) -> None:
    blocked = play.database.parent / "backups"
    blocked.write_text("a file where the folder should be")

    async def story(stage: Stage) -> None:
        await stage.until(lambda: stage.window.banner.notice is not None, "the banner")
        await stage.settled()
        notice = stage.window.banner.notice
        assert notice is not None
        assert notice.text.startswith("The copy of the day was not made. ")
        assert notice.text.endswith(" The desk goes on without it.")
        assert stage.rows()
        blocked.unlink()
        assert notice.act is not None
        notice.act()
        await stage.until(lambda: bool(copies(play.database)), "the copy of the day")
        await stage.settled()

    play(story)


def test_closing_stops_a_copy_under_way_and_says_nothing(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, stopped = threading.Event(), threading.Event()

    def endless(self: Database, now: int, stop: Callable[[], bool]) -> Path | None:
        begun.set()
        for _ in range(2_000):
            if stop():
                stopped.set()
                raise EnvironmentFault("backup_stopped", path=str(self.path))
            threading.Event().wait(0.01)
        return None

    monkeypatch.setattr(Database, "keep_daily_backup", endless)
    banners: list[Banner] = []

    async def story(stage: Stage) -> None:
        banners.append(stage.window.banner)
        stage.session._start_backup()
        await stage.until(begun.is_set, "the copy of the day")

    play(story)
    assert stopped.is_set()
    assert banners[0].notice is None
