"""Opening: what is no desk is said to be none, and nothing is written to it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from console.domain.errors import ConsoleError, EnvironmentFault, UserError
from console.domain.pack_file import load_pack
from console.store import parties, policies
from console.store.database import Database
from console.store.first_rows import first_rows
from console.words import say
from tests.store.desk import NOON, PACK, SetTime, StoreDesk, open_database

MAKE_TABLE = "CREATE TABLE recipes (name TEXT)"


def refused(path: Path) -> ConsoleError:
    """The error with which the file is refused, after which nothing has changed in its folder."""
    before = contents(path.parent)
    with pytest.raises(ConsoleError) as caught:
        open_database(path, SetTime()).close_now()
    assert contents(path.parent) == before
    assert "{" not in say(caught.value)
    assert caught.value.code not in say(caught.value)
    return caught.value


def contents(folder: Path) -> dict[str, bytes | None]:
    return {each.name: each.read_bytes() if each.is_file() else None for each in folder.iterdir()}


def made(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as file, file:
        for statement in statements:
            file.execute(statement)
    return path


@pytest.fixture
def closed(desk: StoreDesk) -> Path:
    """The file of a desk that was closed."""
    desk.decide(desk.open_ticket("INC1"), "d1")
    desk.close()
    return desk.path


def test_a_new_file_is_made_with_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    db = Database.open("sqlite:///deep/er/x.db", SetTime(), [(PACK.name, PACK.read_bytes())])
    monkeypatch.chdir("/")
    assert db.path == tmp_path / "deep" / "er" / "x.db"
    assert db.read_now(db.revision) == 1
    db.close_now()
    assert sorted(each.name for each in db.path.parent.iterdir()) == ["x.db"]


def test_what_was_written_is_there_after_opening_again(closed: Path) -> None:
    db = open_database(closed, SetTime())
    assert db.read_now(lambda conn: conn.exec_driver_sql("SELECT count(*) FROM journal").scalar()) == 1
    db.close_now()


def test_a_text_file_is_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "thesis.txt"
    path.write_text("Chapter one\n" * 500)
    assert refused(path).code == "database_not_ours"


def test_the_database_of_another_program_is_not_ours(tmp_path: Path) -> None:
    assert refused(made(tmp_path / "kitchen.db", MAKE_TABLE)).code == "database_not_ours"
    marked = made(tmp_path / "marked.db", "PRAGMA application_id = 77")
    assert refused(marked).code == "database_not_ours"


def test_an_empty_file_becomes_a_desk(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.touch()
    open_database(path, SetTime()).close_now()
    assert sqlite3.connect(path).execute("SELECT count(*) FROM adoption").fetchone() == (1,)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "desk.db").mkdir()
    assert refused(tmp_path / "desk.db").code == "database_is_folder"


def test_a_newer_schema_is_left_to_the_newer_program(closed: Path) -> None:
    made(closed, "PRAGMA user_version = 99")
    error = refused(closed)
    assert isinstance(error, UserError)
    assert (error.code, error.values["found"], error.values["known"]) == ("database_newer", 99, 2)


def test_a_step_that_nobody_here_knows_is_left_to_the_newer_program(closed: Path) -> None:
    made(closed, "UPDATE alembic_version SET version_num = '9999'")
    error = refused(closed)
    assert isinstance(error, UserError)
    assert (error.code, error.values["found"], error.values["known"]) == ("database_newer", "9999", "0002")
    with pytest.raises(UserError, match="database_newer"):
        first_rows(closed, 10)


@pytest.mark.parametrize("statement", ["DELETE FROM alembic_version", "DROP TABLE alembic_version"])
def test_a_step_that_is_gone_is_damage(closed: Path, statement: str) -> None:
    made(closed, statement)
    assert refused(closed).code == "database_damaged"


def test_tables_that_are_gone_are_damage(closed: Path) -> None:
    made(closed, "DROP TRIGGER kept_head_delete", "DROP TABLE head")
    assert refused(closed).code == "database_damaged"


def test_a_torn_file_is_damaged(closed: Path) -> None:
    with closed.open("r+b") as file:
        file.truncate(4096 * 3 + 100)
    assert refused(closed).code == "database_damaged"


def test_damage_that_shows_later_is_a_fault_as_well(closed: Path) -> None:
    with closed.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (closed.stat().st_size - 4096))
    with pytest.raises(EnvironmentFault, match="database_damaged"):
        open_database(closed, SetTime())


@pytest.mark.parametrize("url", ["", "x.db", "sqlite://", "sqlite:///", "sqlite:///:memory:", "postgresql://h/d"])
def test_another_url_is_refused(url: str) -> None:
    with pytest.raises(UserError, match="database_url"):
        Database.open(url, SetTime())


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(EnvironmentFault, match="database_cannot_open"):
        open_database(tmp_path / "file" / "desk.db", SetTime())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    with pytest.raises(EnvironmentFault, match="database_cannot_open"):
        open_database(folder / "desk.db", SetTime())


def test_a_broken_pack_is_refused_before_the_file_is_made(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="pack_invalid"):
        Database.open(f"sqlite:///{tmp_path / 'x.db'}", SetTime(), [("bad.toml", b"format = 7")])
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_someone_keeps_locked(closed: Path) -> None:
    db = open_database(closed, SetTime())
    db.write_now(lambda conn: conn.exec_driver_sql("PRAGMA busy_timeout = 50"))
    with closing(sqlite3.connect(closed, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(EnvironmentFault, match="database_locked"):
            db.write_now(lambda conn: None)
        assert db.read_now(db.revision) > 0
        other.execute("ROLLBACK")
        db.write_now(lambda conn: parties.support_group(conn, "Mail"))
    db.close_now()


def test_a_full_file_takes_nothing_of_a_decision(desk: StoreDesk) -> None:
    ticket = desk.open_ticket("INC1")
    pages = desk.db.write_now(lambda conn: conn.exec_driver_sql("PRAGMA page_count").scalar())
    desk.db.write_now(lambda conn: conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}"))
    before = desk.revision()
    with pytest.raises(EnvironmentFault, match="disk_full"):
        desk.decide(ticket, "d1", words="long " * 100_000)
    assert desk.revision() == before
    assert len(desk.facts(ticket)) == 2
    desk.db.write_now(lambda conn: conn.exec_driver_sql("PRAGMA max_page_count = 1000000"))
    assert desk.decide(ticket, "d1").revision == before + 1


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")
def test_a_disk_that_fills_while_a_desk_is_made_leaves_an_error_only(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys; from pathlib import Path; from tests.store.desk import *;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000));"
        "from console.domain.errors import EnvironmentFault\n"
        "try: open_database(Path(sys.argv[1]), SetTime())\n"
        "except EnvironmentFault as error: print(error.code)"
    )
    path = tmp_path / "x.db"
    run = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=PACK.parents[2], capture_output=True, text=True, check=False
    )
    assert run.stdout.strip() in ("disk_full", "disk_error"), run.stderr
    open_database(path, SetTime()).close_now()


def test_packs_are_copied_in_at_first_use_only(closed: Path) -> None:
    changed = PACK.read_bytes().replace(b"24x7", b"24by7")
    assert load_pack(changed, "odin.toml") != load_pack(PACK.read_bytes(), "odin.toml")
    db = Database.open(f"sqlite:///{closed}", SetTime(), [(PACK.name, changed)])
    query = "SELECT body FROM policy_revision"
    assert db.read_now(lambda conn: conn.exec_driver_sql(query).scalars().all()) == [PACK.read_text()]
    book = db.read_now(db.book)
    assert db.read_now(db.book) is book

    later = load_pack(changed, "odin.toml")
    db.write_now(lambda conn: policies.adopt(conn, [(later, changed)], NOON))
    assert db.read_now(db.book) is not book
    assert [pack.calendar for pack in db.read_now(db.book).packs()] == ["24by7"]
    db.close_now()


def test_nothing_but_the_desk_is_needed_to_read_it(closed: Path, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere" / "copy.db"
    copy.parent.mkdir()
    shutil.copy(closed, copy)
    db = Database.open(f"sqlite:///{copy}", SetTime())
    assert db.read_now(db.book).default_pack() == "odin"
    db.close_now()
