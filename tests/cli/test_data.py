"""`import`, `generate`, `plan`, `backup`, `restore`, `verify`."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from console.services.desk import open_desk
from console.store import tickets
from console.time_source import FixedTime
from tests.cli.terminal_desk import MAPPING, RESOURCES, ROWS, TerminalDesk


def test_importing_again_adds_nothing_and_a_correction_is_counted(nothing: TerminalDesk) -> None:
    first = nothing.fill()
    assert list(first) == ["rows", "tickets", "facts_added", "rejected"]
    assert (first["rows"], first["tickets"], first["rejected"]) == (6, 3, 0)
    assert first["facts_added"] > 0
    assert nothing.fill() == first | {"facts_added": 0}
    corrected = nothing.fill(ROWS.replace("waiting,P3", "waiting,P2"))
    assert corrected["corrected"] > 0


def test_a_bad_row_stops_no_other(nothing: TerminalDesk) -> None:
    report = nothing.fill(ROWS.replace("2025-03-03T09:00:00Z,0,new,P2", "not a date,0,new,P2"))
    assert (report["rows"], report["tickets"], report["rejected"]) == (6, 2, 1)
    rejects = report["rejects_file"]
    assert rejects == str(nothing.folder / "rejects.csv")
    assert "not a date" in (nothing.folder / "rejects.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("file", "mapping", "said"),
    [
        ("nope.csv", "servicenow-audit", "nope.csv"),
        ("rows.csv", "nope", "There is no mapping nope. Shipped are: servicenow-audit"),
        ("rows.csv", "servicenow-audit", "rows.csv has no columns"),
    ],
)
def test_what_cannot_be_imported(nothing: TerminalDesk, file: str, mapping: str, said: str) -> None:
    nothing.file("rows.csv", ROWS)
    answer = nothing("import", str(nothing.folder / file), "--mapping", mapping)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert said in answer.err


def test_a_made_up_desk_is_the_same_for_the_same_seed(nothing: TerminalDesk) -> None:
    made = nothing.json("generate", "--tickets", "40", "--seed", "7")
    assert (made["tickets"], made["facts_added"] > 40) == (40, True)
    page = nothing.json("queue")
    nothing.path = nothing.folder / "second.db"
    assert nothing.json("generate", "--tickets", "40", "--seed", "7") == made
    assert nothing.json("queue")["rows"] == page["rows"]
    assert "40 tickets checked, 0 findings" in nothing("verify").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--tickets", "-1"], "--tickets"),
        (["--rate", "0"], "A rate of 0"),
        (["--rate", "5", "--for", "ever"], "--for: ever does not fit"),
    ],
)
def test_what_cannot_be_made(nothing: TerminalDesk, arguments: list[str], said: str) -> None:
    answer = nothing("generate", *arguments)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert said in answer.err
    assert not nothing.path.exists()


def test_the_plan_of_a_customer(nothing: TerminalDesk) -> None:
    nothing.json("generate", "--tickets", "60", "--seed", "7")
    row = next(each for each in nothing.json("queue")["rows"] if each["plan"] == "gold")
    found = nothing.json("plan", row["customer"])
    assert (found["customer"]["name"], found["pack"], found["plan"]) == (row["customer"], "odin", "gold")
    assert found["targets"][0]["clocks"] == {"first_response": 7200, "workaround": 21600}
    used = -sum(entry["amount"] for entry in found["ledger"] if entry["kind"] == "incident" and entry["amount"] < 0)
    assert (found["incidents"]["used"], found["incidents"]["granted"]) == (used, 100)
    assert nothing.json("plan", found["customer"]["number"]) == found
    begun = nothing.json("plan", row["customer"], "--as-of", "2025-02-25T00:00:00Z")
    assert 0 <= begun["incidents"]["used"] <= used
    text = nothing("plan", row["customer"]).out
    assert "Plan Gold" in text
    assert f"{found['incidents']['left']} left of 100" in text


def test_a_customer_that_nobody_knows(desk: TerminalDesk) -> None:
    answer = desk("plan", "Nobody")
    assert (answer.code, answer.out, answer.err) == (2, "", "There is no customer Nobody.\n")


@pytest.mark.parametrize(
    ("customer", "said"),
    [
        ("harbor", "There is no customer harbor. Near are: Harbour.\n"),
        ("north", "There is no customer north. Near are: Northwind.\n"),
        ("", "There is no customer .\n"),
    ],
)
def test_names_near_a_customer_that_nobody_knows(desk: TerminalDesk, customer: str, said: str) -> None:
    answer = desk("plan", customer)
    assert (answer.code, answer.out, answer.err) == (2, "", said)


def test_a_copy_brings_back_what_was(desk: TerminalDesk) -> None:
    before = desk.json("queue")
    copy = desk.json("backup", str(desk.folder / "copy.db"))
    assert (copy["database"], copy["backup"]) == (str(desk.path), str(desk.folder / "copy.db"))
    desk("severity", "T2", "1", "--reason", "the shop is down")
    assert desk.json("queue") != before
    restored = desk.json("restore", copy["backup"])
    assert desk.json("queue") == before
    desk.path = desk.folder / restored["replaced"]
    assert desk.json("queue")["rows"][0]["severity"] == 1


def test_without_a_target_the_copy_is_kept_beside(desk: TerminalDesk) -> None:
    answer = desk("backup")
    assert answer.out == f"Copied to {desk.folder / 'backups' / 'desk-20250303T120000Z.db'}\n"


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_database_is_not_copied_onto_itself(desk: TerminalDesk, command: str) -> None:
    answer = desk(command, str(desk.path))
    assert (answer.code, answer.err) == (2, f"{desk.path} cannot be copied onto itself.\n")


def test_verify_finds_what_somebody_bent(desk: TerminalDesk) -> None:
    assert desk.json("verify")["sound"] is True
    with closing(sqlite3.connect(desk.path)) as file, file:
        file.execute("UPDATE queue_row SET due_s = due_s + 60 WHERE open")
        file.execute("UPDATE clock SET due_at = due_at + 1 WHERE kind = 'workaround'")
    answer = desk("verify", "--json")
    assert (answer.code, answer.err) == (1, "")
    report = answer.json
    assert report["sound"] is False
    found = {(each["number"], each["table"], each["column"]) for each in report["differences"]}
    assert {("T2", "queue_row", "due_s"), ("T2", "clock", "due_at")} <= found
    text = desk("verify")
    assert (text.code, text.err) == (1, "")
    assert f"3 tickets checked, {len(report['differences'])} findings" in text.out


def refused_import(nothing: TerminalDesk, file: str, mapping: str, *more: str) -> str:
    """What is said of an import that is refused; no file and no folder came of it."""
    nothing.path = nothing.folder / "new" / "desk.db"
    before = sorted(nothing.folder.iterdir())
    answer = nothing("import", file, "--mapping", mapping, *more)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert sorted(nothing.folder.iterdir()) == before
    return answer.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "an empty file"),
        (bytes(range(256)) * 9, "binary"),
        (b"\x1f\x8b" + b"x" * 99, "a gzip archive"),
        (ROWS.encode("utf-16"), "UTF-16 text"),
        (ROWS.replace("updated", "changed").encode(), "has no columns updated"),
        (None, "There is no file"),
    ],
)
def test_a_file_that_is_refused_makes_no_desk(nothing: TerminalDesk, content: bytes | None, said: str) -> None:
    path = nothing.folder / "log.csv"
    if content is not None:
        path.write_bytes(content)
    assert said in refused_import(nothing, str(path), nothing.file("small.toml", MAPPING))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"gold"', '"copper"', "plan.plan: found copper, expected "),
        ('"odin"', '"thor"', "plan.pack: found thor, expected "),
        ("[status]", "status", "Mapping wrong.toml is no TOML in UTF-8: Expected '='"),
        ("[severity]\nP1 = 1\nP2 = 2\nP3 = 3\n", "", "lacks [severity] with the values of column 'priority'."),
    ],
)
def test_a_mapping_that_is_wrong_makes_no_desk(nothing: TerminalDesk, old: str, new: str, said: str) -> None:
    assert old in MAPPING
    wrong = nothing.file("wrong.toml", MAPPING.replace(old, new))
    err = refused_import(nothing, nothing.file("rows.csv", ROWS), wrong)
    assert said in err
    assert ": :" not in err


def test_rejects_that_have_nowhere_to_go_make_no_desk(nothing: TerminalDesk) -> None:
    rows, mapping = nothing.file("rows.csv", ROWS), nothing.file("small.toml", MAPPING)
    assert "cannot be written" in refused_import(nothing, rows, mapping, "--rejects", str(nothing.folder / "no" / "x"))
    assert "it is the file to import" in refused_import(nothing, rows, mapping, "--rejects", rows)
    database = str(nothing.folder / "new" / "desk.db")
    assert "it belongs to the database" in refused_import(nothing, rows, mapping, "--rejects", database)


def test_rejects_go_beside_the_database_with_a_sentence_each(nothing: TerminalDesk) -> None:
    nothing.path = nothing.folder / "new" / "desk.db"
    rows = nothing.file("rows.csv", ROWS.replace("waiting,P3", "frozen,P3"))
    answer = nothing("import", rows, "--mapping", nothing.file("small.toml", MAPPING))
    rejects = nothing.path.parent / "rows.rejects.csv"
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.endswith(f"1 row rejected, see {rejects}\n")
    assert "Column state: the mapping does not know 'frozen'; it knows new, open, waiting." in rejects.read_text(
        "utf-8"
    )


def test_verify_counts_in_words(desk: TerminalDesk) -> None:
    with closing(sqlite3.connect(desk.path)) as file, file:
        file.execute("UPDATE search SET subject = 'cake' WHERE number = 'T3'")
    answer = desk("verify")
    assert answer.code == 1
    assert "3 tickets checked, 1 finding\n" in answer.out


def test_verify_names_the_entry_whose_evidence_is_gone(desk: TerminalDesk) -> None:
    desk("severity", "T2", "1", "--reason", "the shop is down")
    with closing(sqlite3.connect(desk.path)) as file, file:
        file.execute("DROP TRIGGER kept_evidence_delete")
        file.execute("DELETE FROM evidence")
    found = desk("verify", "--json").json["journal"]
    assert [(each["seq"], each["problem"]) for each in found] == [(1, "journal_evidence")]


@pytest.mark.parametrize("command", [["queue"], ["verify"], ["backup"], ["restore", "COPY"]])
def test_a_desk_of_a_newer_program_is_left_alone(desk: TerminalDesk, command: list[str]) -> None:
    copy = desk.folder / "copy.db"
    assert desk("backup", str(copy)).code == 0
    newer = copy if command[0] == "restore" else desk.path
    with closing(sqlite3.connect(newer)) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    answer = desk(*(str(copy) if word == "COPY" else word for word in command))
    assert (answer.code, answer.out) == (2, "")
    assert "newer version of this program (schema 9999" in answer.err


def test_a_desk_that_another_has_open(desk: TerminalDesk) -> None:
    """Copying and checking go on beside it; putting a copy in its place does not."""
    copy = str(desk.folder / "copy.db")
    window = open_desk(desk.url, FixedTime(desk.now), RESOURCES / "policies")
    try:
        window.data_version()
        assert desk("backup", copy).code == 0
        assert "0 findings" in desk("verify").out
        answer = desk("restore", copy)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err == f"{desk.path} is open in another program. Close that first; nothing was changed.\n"
        assert window.db.read_now(tickets.count) == 3
    finally:
        window.close_now()
    assert desk("restore", copy).code == 0
