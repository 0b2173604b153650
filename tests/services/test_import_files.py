"""Files that are not what they say, and rows that are not what they should be."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from console.domain.errors import ConsoleError, UserError
from console.domain.facts import FactKind
from console.services.importing.importer import Importer
from console.services.importing.report import ImportReport
from console.services.importing.rows import harmless
from console.store import queue_rows, tickets
from console.store.changes import log_path
from console.store.database import Database
from console.time_source import FixedTime
from tests.services.import_desk import (
    COLUMNS,
    NOW,
    csv_text,
    desk,
    facts_by_number,
    row,
    run,
    small_mapping,
)
from tests.store.desk import ADMIN

GOOD = csv_text([row("T1"), row("T2")])


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with desk(tmp_path / "desk.db") as opened:
        yield opened


def imported(db: Database, path: Path, data: str | bytes) -> ImportReport:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return run(db, path, small_mapping())


REFUSED: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.csv", b"", "import_file_refused"),
    "blank lines only": ("a.csv", b"\n\n  \r\n", "import_file_refused"),
    "binary": ("a.csv", bytes(range(256)) * 40, "import_file_refused"),
    "nul bytes in the header": ("a.csv", GOOD.replace("opened", "op\0ned", 1).encode(), "import_file_refused"),
    "an Excel workbook": ("a.csv", b"PK\x03\x04" + b"\x00" * 60, "import_file_refused"),
    "an old Excel workbook": ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60, "import_file_refused"),
    "compressed": ("a.csv.gz", gzip.compress(GOOD.encode()), "import_file_refused"),
    "Latin-1": ("a.csv", csv_text([row(customer="Müller"), row("T2", customer="Ångström")]).encode("latin-1"),
                "import_file_refused"),
    "UTF-16": ("a.csv", GOOD.encode("utf-16"), "import_file_refused"),
    "CSV named .jsonl": ("a.jsonl", GOOD.encode(), "import_file_refused"),
    "JSON Lines named .csv": ("a.csv", b'{"id": "T1"}\n', "import_file_refused"),
    "one JSON list": ("a.json", b'[{"id": "T1"}]', "import_file_refused"),
    "a column is missing": ("a.csv", GOOD.replace("updated", "changed", 1).encode(), "import_columns_missing"),
    "another log": ("a.csv", b"a,b,c\n1,2,3\n", "import_columns_missing"),
    "objects of another log": ("a.jsonl", b'{"a": 1}\n{"a": 2}\n', "import_columns_missing"),
    "a column twice": ("a.csv", b"id," + GOOD.encode().replace(b"\nT", b"\nX,T"), "import_columns_twice"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_what_it_says_is_refused_before_anything_is_written(
    db: Database, tmp_path: Path, case: str
) -> None:
    name, data, code = REFUSED[case]
    revision = db.read_now(db.revision)
    with pytest.raises(UserError) as caught:
        imported(db, tmp_path / name, data)
    assert caught.value.code == code
    assert name in str(caught.value.values["file"])
    assert db.read_now(db.revision) == revision
    assert db.read_now(tickets.count) == 0
    assert sorted(path.name for path in tmp_path.glob("*rejects*")) == []


def test_a_folder_and_a_missing_file(db: Database, tmp_path: Path) -> None:
    with pytest.raises(UserError) as folder:
        run(db, tmp_path, small_mapping())
    assert folder.value.code == "import_file_refused"
    assert folder.value.values["found"] == "a directory"
    with pytest.raises(UserError) as missing:
        run(db, tmp_path / "none.csv", small_mapping())
    assert missing.value.code == "import_file_missing"


TAKEN: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "with a byte order mark": lambda text: text.encode("utf-8-sig"),
    "with CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "with the line ends of old Macs": lambda text: text.replace("\n", "\r").encode(),
    "with semicolons": lambda text: text.replace(",", ";").encode(),
    "with tabs": lambda text: text.replace(",", "\t").encode(),
    "with blank lines": lambda text: ("\n\n" + text.replace("\n", "\n\n")).encode(),
    "without a last line end": lambda text: text.rstrip("\n").encode(),
    "with a column more": lambda text: "".join(f"{line},x\n" for line in text.splitlines()).encode(),
    "with an unused column twice": lambda text: "".join(f"{line},x,x\n" for line in text.splitlines()).encode(),
    "with a cell of 10 MB": lambda text: "".join(
        f"{line},{'x' * (10 << 20 if at else 1)}\n" for at, line in enumerate(text.splitlines())
    ).encode(),
}


@pytest.mark.parametrize("case", TAKEN)
def test_all_common_ways_to_write_a_file_are_read(db: Database, tmp_path: Path, case: str) -> None:
    report = imported(db, tmp_path / "log.csv", TAKEN[case](GOOD))
    assert report.as_json() == {"rows": 2, "tickets": 2, "facts_added": 12, "rejected": 0}


def test_embedded_line_ends_formulas_and_markup_are_kept_as_text(db: Database, tmp_path: Path) -> None:
    subjects = ['two\nlines, "quoted"', "=cmd|'/c calc'!A1", "<b>bold</b>", "مرحبا", "🔥 東京"]
    rows = [row(f"T{index}", subject=subject) for index, subject in enumerate(subjects)]
    report = imported(db, tmp_path / "log.csv", csv_text(rows))
    assert (report.rows, report.rejected) == (5, 0)
    shown = db.read_now(lambda conn: {line.number: line.subject for line in queue_rows.page(conn, 0, "open", None)[1]})
    assert shown == {f"T{index}": subject for index, subject in enumerate(subjects)}


BAD_ROWS: dict[str, tuple[list[str], str]] = {
    "no number": (row(""), "Column id holds no ticket number."),
    "an unknown number": (row("?"), "Column id holds no ticket number."),
    "a date that is none": (
        row(updated="2025-02-30 10:00"),
        "Column updated: '2025-02-30 10:00' is no date; expected ",
    ),
    "no date": (row(opened="?"), "Column opened: '?' is no date"),
    "a date of another format": (row(updated="01.03.2025 10:00"), "Column updated: "),
    "a date before computers": (row(opened="0001-01-01 00:00"), "Column opened: "),
    "a date to come": (row(updated="2031-01-01 00:00"), "Column updated: '2031-01-01 00:00' is still to come."),
    "a status that the mapping does not know": (
        row(state="Frozen"),
        "Column state: the mapping does not know 'Frozen'; it knows ",
    ),
    "a severity that the mapping does not know": (
        row(priority="P9"),
        "Column priority: the mapping does not know 'P9'",
    ),
    "an order that is no number": (row(n="first"), "Column n: 'first' is no order; expected a whole number"),
    "a negative order": (row(n="-1"), "Column n: '-1' is no order"),
    "a huge order": (row(n="9" * 4400), "Column n: '999"),
    "other digits": (row(n="٣"), "Column n: "),
    "a cell too few": (row()[:-1], "The row has 11 cells; the header has 12."),
    "a cell too many": ([*row(), "more"], "The row has 13 cells; the header has 12."),
    "a NUL byte": (row(team="Ma\0il"), "The row holds a NUL byte; expected text."),
    "a name of a megabyte": (row(owner="x" * 1_000_000), "Column owner holds more than "),
    "a subject of a megabyte": (row(subject="x" * 1_000_000), "Column subject holds more than "),
}


@pytest.mark.parametrize("case", BAD_ROWS)
def test_a_bad_row_is_rejected_and_stops_nothing(db: Database, tmp_path: Path, case: str) -> None:
    bad, reason = BAD_ROWS[case]
    report = imported(db, tmp_path / "log.csv", csv_text([row("before"), bad, row("after")]))
    assert (report.rows, report.tickets, report.rejected) == (3, 2, 1)
    assert sorted(facts_by_number(db)) == ["after", "before"]
    path = tmp_path / "log.rejects.csv"
    assert report.as_json()["rejects_file"] == str(path)
    header, line = _cells(path)
    assert header == [*COLUMNS, "import_line", "import_reason"]
    assert line[-2] == "3"
    assert line[-1].startswith(reason)
    if len(bad) == 12 and case != "a NUL byte":
        assert line[:-2] == [harmless(cell) for cell in bad]


def test_a_quote_that_is_never_closed_costs_its_own_line_only(db: Database, tmp_path: Path) -> None:
    lines = csv_text([row(f"T{index}") for index in range(40)]).splitlines(keepends=True)
    lines[7] = lines[7].replace("Queue is stuck", '"Queue is stuck')
    lines[30] = lines[30].replace("T29", '"T29"x')
    report = imported(db, tmp_path / "log.csv", "".join(lines))
    assert (report.rows, report.tickets, report.rejected) == (40, 38, 2)
    assert set(facts_by_number(db)) == {f"T{index}" for index in range(40)} - {"T6", "T29"}
    assert [line[-2] for line in _cells(tmp_path / "log.rejects.csv")[1:]] == ["8", "31"]


def test_one_damaged_letter_rejects_its_row(db: Database, tmp_path: Path) -> None:
    data = csv_text([row("T1", customer="Müller"), row("T2", customer="Zoë"), row("T3", customer="Ångström")]).encode()
    report = imported(db, tmp_path / "log.csv", data.replace("Zoë".encode(), "Zoë".encode()[:-1]))
    assert (report.tickets, report.rejected) == (2, 1)
    assert "The row holds bytes that are no letters" in (tmp_path / "log.rejects.csv").read_bytes().decode(
        "utf-8", "replace"
    )


def test_rejects_that_were_mended_can_be_imported(db: Database, tmp_path: Path) -> None:
    wrong = [row("=T1", state="Frozen", subject="-1 +2"), row("'@T2", state="Frozen"), row("T3")]
    imported(db, tmp_path / "log.csv", csv_text(wrong))
    rejects = tmp_path / "log.rejects.csv"
    text = rejects.read_text()
    assert "\n'=T1," in text, "a spreadsheet would run it"
    mended = tmp_path / "mended.csv"
    mended.write_text(text.replace("Frozen", "open"))
    report = run(db, mended, small_mapping())
    assert (report.tickets, report.rejected) == (2, 0)
    assert sorted(facts_by_number(db)) == ["'@T2", "=T1", "T3"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_rejects_are_written_as_their_source_is(db: Database, tmp_path: Path, encoding: str, delimiter: str) -> None:
    said = f'file = {{ encoding = "{encoding}", delimiter = "{delimiter}", unknown'.replace("\t", "\\t")
    mapping = small_mapping(("file = { unknown", said))
    log = tmp_path / "log.csv"
    with log.open("w", encoding=encoding, newline="") as handle:
        rows = [row("T1", state="Frozen", customer="Café; Søn", subject="a\tb"), row("T2", by="Zoë")]
        csv.writer(handle, delimiter=delimiter).writerows([COLUMNS, *rows])
    rejects = run(db, log, mapping).rejects_path
    assert rejects is not None
    mended = tmp_path / "mended.csv"
    mended.write_text(rejects.read_text(encoding).replace("Frozen", "open", 1), encoding)
    report = run(db, mended, mapping)
    assert (report.tickets, report.rejected) == (1, 0)
    shown = db.read_now(lambda conn: {line.number: line.customer for line in queue_rows.page(conn, 0, "open", None)[1]})
    assert shown == {"T1": "Café; Søn", "T2": "Harbour"}


def test_a_reason_has_letters_that_the_source_has_not(db: Database, tmp_path: Path) -> None:
    mapping = small_mapping(
        ("file = { unknown", 'file = { encoding = "cp1252", unknown'), ("open = {", '"відкрито" = {')
    )
    log = tmp_path / "log.csv"
    log.write_text(csv_text([row(state="closed"), row("T2", state="Frozen")]), "cp1252")
    assert run(db, log, mapping).rejected == 1
    assert "it knows new, \\u0432\\u0456" in (tmp_path / "log.rejects.csv").read_text("cp1252")


def test_json_lines_flat_and_nested(db: Database, tmp_path: Path) -> None:
    flat = dict(zip(COLUMNS, row("T1"), strict=True))
    nested = flat | {"id": 17, "n": 3, "owner": None, "team": {"name": "Billing"}}
    mapping = small_mapping(('group = "team"', 'group = "team.name"'))
    path = tmp_path / "log.jsonl"
    path.write_text(json.dumps(flat | {"team.name": "Mail"}) + "\r\n\n" + json.dumps(nested) + "\n")
    report = run(db, path, mapping)
    assert report.as_json() == {"rows": 2, "tickets": 2, "facts_added": 11, "rejected": 0}
    groups = db.read_now(lambda conn: {r.number: r.support_group for r in queue_rows.page(conn, 0, "open", None)[1]})
    assert groups == {"T1": "Mail", "17": "Billing"}


BAD_LINES = {
    "no JSON": ('{"id": ', "The line is no JSON object: "),
    "no object": ('["id"]', "The line is no JSON object: a list."),
    "a list for text": (
        json.dumps({"id": ["T9"], "opened": "", "updated": ""}),
        "Column id holds a list; expected text or a whole number.",
    ),
    "half a letter": ('{"id": "T\\ud800"}', "The row holds bytes that are no letters"),
    "a NUL byte": ('{"id": "T\\u0000"}', "The row holds a NUL byte"),
    "deeply nested": ("[" * 100_000, "The line is no JSON object: "),
    "nothing of ours": ('{"other": 1}', "Column id holds no ticket number."),
}


@pytest.mark.parametrize("case", BAD_LINES)
def test_a_bad_line_of_json_is_rejected_and_stops_nothing(db: Database, tmp_path: Path, case: str) -> None:
    bad, reason = BAD_LINES[case]
    good = [json.dumps(dict(zip(COLUMNS, row(number), strict=True))) for number in ("T1", "T2")]
    report = imported(db, tmp_path / "log.jsonl", "\n".join([good[0], bad, good[1]]))
    assert (report.rows, report.tickets, report.rejected) == (3, 2, 1)
    entry = json.loads((tmp_path / "log.rejects.jsonl").read_text())
    assert entry["import_line"] == 2
    assert entry["import_reason"].startswith(reason)


def test_where_rejects_go(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(csv_text([row(state="Frozen")]))
    chosen = tmp_path / "elsewhere" / "bad.csv"
    with pytest.raises(ConsoleError) as caught:
        run(db, path, small_mapping(), rejects=chosen)
    assert caught.value.code == "import_rejects_unwritable"
    with pytest.raises(UserError) as same:
        run(db, path, small_mapping(), rejects=path)
    assert same.value.code == "import_rejects_is_input"
    for own in (db.path, log_path(db.path)):
        with pytest.raises(UserError, match="import_rejects_is_database"):
            run(db, path, small_mapping(), rejects=own)
    chosen.parent.mkdir()
    assert run(db, path, small_mapping(), rejects=chosen).rejects_path == chosen
    assert len(_cells(chosen)) == 2


def test_rejects_of_an_earlier_import_are_not_written_over(db: Database, tmp_path: Path) -> None:
    path, being_mended = tmp_path / "log.csv", tmp_path / "log.rejects.csv"
    path.write_text(csv_text([row(state="Frozen")]))
    being_mended.write_text("half mended")
    for number in (2, 3):
        report = run(db, path, small_mapping())
        assert report.rejects_path == tmp_path / f"log.rejects-{number}.csv"
        assert len(_cells(report.rejects_path)) == 2
    assert being_mended.read_text() == "half mended"


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="this system has no such device")
def test_rejects_that_nobody_wants(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(csv_text([row(state="Frozen")]))
    assert run(db, path, small_mapping(), rejects=Path("/dev/null")).rejects_path == Path("/dev/null")


def test_progress_ends_at_the_size_of_the_file(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(csv_text(row(f"T{index}") for index in range(2_500)))
    seen: list[tuple[int, int]] = []
    Importer(db, FixedTime(NOW), ADMIN).run(path, small_mapping(), lambda done, total: seen.append((done, total)))
    size = path.stat().st_size
    assert seen[-1] == (size, size)
    assert seen == sorted(seen)
    assert len(seen) == 4, "each 1,000 tickets and at the end"


def test_an_import_that_is_broken_off_is_whole_and_can_be_completed(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(csv_text(row(f"T{index}") for index in range(2_500)))

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Importer(db, FixedTime(NOW), ADMIN).run(path, small_mapping(), interrupt)
    assert db.read_now(tickets.count) == 1_000
    assert all(len(facts) == 6 for facts in facts_by_number(db).values())
    assert run(db, path, small_mapping()).facts_added == 1_500 * 6
    assert db.read_now(tickets.count) == 2_500


def test_a_link_opens_the_ticket_in_its_own_system(db: Database, tmp_path: Path) -> None:
    imported(db, tmp_path / "log.csv", csv_text([row("A/1 &x")]))
    identity = db.read_now(lambda conn: tickets.identity(conn, tickets.find(conn, "A/1 &x")))
    assert identity.source_url == "https://tracker.example/t/A%2F1%20%26x"


def test_unknown_cells_make_no_facts(db: Database, tmp_path: Path) -> None:
    unknown = row("T1", state="?", priority="", team="?", owner="?", customer="?", by="?", via="?", subject="?")
    assert imported(db, tmp_path / "log.csv", csv_text([unknown])).as_json()["facts_added"] == 2
    facts = facts_by_number(db)["T1"]
    assert {fact.kind for fact in facts} == {FactKind.OPENED, FactKind.PLAN_SET}
    identity = db.read_now(lambda conn: tickets.identity(conn, tickets.find(conn, "T1")))
    assert (identity.subject, identity.customer) == ("T1", None)


def _cells(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as handle:
        csv.field_size_limit(1 << 24)
        return list(csv.reader(handle))
