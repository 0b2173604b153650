"""Copies: made while the desk works, checked, put back only when they are sound."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from console.domain.errors import EnvironmentFault, UserError
from console.domain.instants import DAY, HOUR
from console.store.backup import backup, keep_daily, restore
from console.store.inspection import check_integrity
from console.store.verify import verify
from tests.store.desk import NOON, PACK, SetTime, StoreDesk, open_database


@pytest.fixture
def copy(desk: StoreDesk, tmp_path: Path) -> Path:
    """A copy of the desk with one decision, made while it is open."""
    desk.decide(desk.open_ticket("INC1"), "d1")
    target = tmp_path / "copies" / "copy.db"
    target.parent.mkdir()
    backup(desk.path, target)
    return target


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if each.is_file())


def decisions(path: Path) -> int:
    with closing(sqlite3.connect(path)) as file:
        return int(file.execute("SELECT count(*) FROM journal").fetchone()[0])


def test_the_desk_goes_back_to_its_copy(desk: StoreDesk, copy: Path) -> None:
    desk.decide(1, "d2", severity=3)
    desk.close()
    kept = restore(copy, desk.path, NOON)

    assert kept is not None
    assert (decisions(desk.path), decisions(kept), decisions(copy)) == (1, 2, 1)
    db = open_database(desk.path, SetTime())
    assert db.read_now(lambda conn: verify(conn, db.book(conn))).sound
    db.close_now()
    assert names(desk.path.parent) == ["desk-replaced-20170912T120000Z.db", "desk.db"]


def test_a_copy_is_one_sound_file_and_replaces_an_older_one(desk: StoreDesk, copy: Path) -> None:
    assert names(copy.parent) == ["copy.db", "copy.db.anchor.json"]
    check_integrity(copy)
    desk.decide(1, "d2", severity=3)
    backup(desk.path, copy)
    assert (decisions(copy), names(copy.parent)) == (2, ["copy.db", "copy.db.anchor.json"])


def test_a_damaged_desk_can_be_restored_over(desk: StoreDesk, copy: Path) -> None:
    desk.close()
    desk.path.write_bytes(b"\xff" * 10_000)
    kept = restore(copy, desk.path, NOON)
    assert kept is not None
    assert kept.read_bytes() == b"\xff" * 10_000
    assert decisions(desk.path) == 1


def test_a_copy_can_make_a_new_desk(copy: Path, tmp_path: Path) -> None:
    assert restore(copy, tmp_path / "fresh.db", NOON) is None
    assert decisions(tmp_path / "fresh.db") == 1


def test_a_desk_that_is_open_is_not_replaced(desk: StoreDesk, copy: Path) -> None:
    desk.decide(1, "d2", severity=3)
    with pytest.raises(EnvironmentFault, match="database_in_use"):
        restore(copy, desk.path, NOON)
    assert desk.decide(1, "d3", severity=4).facts_added == 1
    assert [name for name in names(desk.path.parent) if "replaced" in name or "part" in name] == []


def test_a_desk_that_another_process_has_open_is_not_replaced(desk: StoreDesk, copy: Path) -> None:
    desk.close()
    code = (
        "import sys; from pathlib import Path; from tests.store.desk import *;"
        "db = open_database(Path(sys.argv[1]), SetTime()); db.read_now(db.revision);"
        "print('open', flush=True); sys.stdin.read(); db.close_now()"
    )
    command = [sys.executable, "-c", code, str(desk.path)]
    with subprocess.Popen(command, cwd=PACK.parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"open"
        with pytest.raises(EnvironmentFault, match="database_in_use"):
            restore(copy, desk.path, NOON)
        other.communicate()
    assert restore(copy, desk.path, NOON) is not None


def damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("PRAGMA user_version = 99")


def newer_step(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("CREATE TABLE recipes (name TEXT)")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (damaged, "database_damaged"),
        (newer, "database_newer"),
        (newer_step, "database_newer"),
        (foreign, "database_not_ours"),
        (lambda path: path.write_text("x" * 5000), "database_not_ours"),
        (lambda path: path.unlink(), "database_missing"),
        (lambda path: (path.unlink(), path.mkdir()), "database_is_folder"),
    ],
)
def test_what_is_no_sound_copy_replaces_nothing(desk: StoreDesk, copy: Path, spoil: object, code: str) -> None:
    desk.close()
    before = desk.path.read_bytes()
    assert callable(spoil)
    spoil(copy)
    with pytest.raises((UserError, EnvironmentFault), match=code):
        restore(copy, desk.path, NOON)
    assert desk.path.read_bytes() == before
    assert names(desk.path.parent) == ["desk.db"]


def test_a_newer_step_is_not_copied(desk: StoreDesk, tmp_path: Path) -> None:
    desk.close()
    newer_step(desk.path)
    with pytest.raises(UserError, match="database_newer"):
        backup(desk.path, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_copy_does_not_replace_a_desk_that_is_open(desk: StoreDesk, tmp_path: Path) -> None:
    other = StoreDesk(tmp_path / "other.db")
    other.open_ticket("INC9")
    with pytest.raises(EnvironmentFault, match="database_in_use"):
        backup(desk.path, other.path)
    assert other.open_ticket("INC10") == 2
    other.close()
    backup(desk.path, other.path)
    assert [name for name in names(tmp_path) if name.startswith("other")] == ["other.db", "other.db.anchor.json"]


@pytest.mark.parametrize(("content", "code"), [(b"my letters\n" * 900, "database_not_ours"), (b"", None), (None, None)])
def test_a_copy_replaces_nothing_but_a_copy(
    desk: StoreDesk, tmp_path: Path, content: bytes | None, code: str | None
) -> None:
    target = tmp_path / "target.db"
    if content is not None:
        target.write_bytes(content)
    if code is None:
        backup(desk.path, target)
        check_integrity(target)
        return
    with pytest.raises(UserError, match=code):
        backup(desk.path, target)
    assert target.read_bytes() == content


def test_a_damaged_copy_is_replaced(desk: StoreDesk, copy: Path) -> None:
    damaged(copy)
    backup(desk.path, copy)
    check_integrity(copy)


def test_a_copy_can_be_stopped_and_leaves_nothing(desk: StoreDesk) -> None:
    asked = []

    def stop() -> bool:
        asked.append(1)
        return True

    with pytest.raises(EnvironmentFault, match="backup_stopped"):
        desk.db.keep_daily_backup(NOON, stop)
    assert asked
    assert names(desk.path.parent / "backups") == []
    assert desk.db.keep_daily_backup(NOON, lambda: False) is not None


def test_a_file_is_not_copied_onto_itself(desk: StoreDesk, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(desk.path)
    for target in (desk.path, link):
        with pytest.raises(UserError, match="backup_onto_itself"):
            backup(desk.path, target)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")
def test_a_full_disk_leaves_the_old_copy_and_nothing_half_written(desk: StoreDesk, copy: Path) -> None:
    before = copy.read_bytes()
    code = (
        "import resource, signal, sys; from pathlib import Path;"
        "from console.store.backup import backup; from console.domain.errors import EnvironmentFault\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))\n"
        "try: backup(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "except EnvironmentFault as error: print(error.code)"
    )
    command = [sys.executable, "-c", code, str(desk.path), str(copy)]
    run = subprocess.run(command, cwd=PACK.parents[2], capture_output=True, text=True, check=False)
    assert run.stdout.strip() in ("disk_full", "disk_error"), run.stderr
    assert copy.read_bytes() == before
    assert names(copy.parent) == ["copy.db", "copy.db.anchor.json"]


def test_a_copy_a_day_is_kept_for_seven_days(desk: StoreDesk) -> None:
    desk.open_ticket("INC1")
    (desk.path.parent / "backups").mkdir()
    (desk.path.parent / "backups" / "mine.db").write_text("of someone else")
    (desk.path.parent / "backups" / "desk-notes.db").write_text("of someone else")
    made = [keep_daily(desk.path, NOON + step * 6 * HOUR) for step in range(4 * 9)]
    days = [each.name for each in made if each is not None]
    assert len(days) == 9
    assert days[1] == "desk-20170913T120000Z.db"
    kept = names(desk.path.parent / "backups")
    anchors = [f"{day}.anchor.json" for day in days[-7:]]
    assert kept == sorted([*days[-7:], *anchors, "mine.db", "desk-notes.db"])
    assert desk.db.keep_daily_backup(NOON + 20 * DAY) is not None
