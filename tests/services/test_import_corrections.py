"""A source that says something else than before, and files in parts: what counts in the end."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.facts import Fact, FactKind
from console.domain.fold import fold
from console.domain.instants import format_instant, parse_instant
from console.domain.order import without_voided
from console.domain.rules import ClockKind
from console.store import queue_rows, verify
from console.store.database import Connection, Database
from tests.services.import_desk import NOW, csv_text, desk, facts_by_number, row, run, small_mapping


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with desk(tmp_path / "desk.db") as opened:
        yield opened


def take(db: Database, path: Path, rows: Sequence[Sequence[str]], *changes: tuple[str, str]) -> dict[str, int | str]:
    path.write_text(csv_text(rows))
    answer = run(db, path, small_mapping(*changes)).as_json()
    assert answer.pop("rejected") == 0
    return answer


def status(db: Database, number: str = "T1") -> str:
    def read(conn: Connection) -> str:
        return fold(facts_of[number], db.book(conn), NOW).status

    facts_of = facts_by_number(db)
    return db.read_now(read)


def test_a_corrected_status_replaces_the_one_before(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    assert take(db, path, [row(state="open")]) == {"rows": 1, "tickets": 1, "facts_added": 6}
    assert status(db) == "open"
    assert take(db, path, [row(state="waiting")]) == {"rows": 1, "tickets": 1, "facts_added": 1, "corrected": 1}
    assert status(db) == "waiting"
    statuses = [fact for fact in facts_by_number(db)["T1"] if fact.kind in (FactKind.STATUS_SET, FactKind.VOID)]
    assert [fact.t for fact in without_voided(statuses, NOW)] == ["waiting"]
    assert db.read_now(lambda conn: queue_rows.page(conn, 0, "open", None))[1][0].status == "waiting"


def test_an_older_file_imported_again_flips_nothing(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    for state in ("open", "waiting"):
        take(db, path, [row(state=state)])
    for state in ("open", "waiting", "open"):
        assert take(db, path, [row(state=state)]) == {"rows": 1, "tickets": 1, "facts_added": 0}
        assert status(db) == "waiting"
    assert take(db, path, [row(state="closed")]) == {"rows": 1, "tickets": 1, "facts_added": 1, "corrected": 1}
    assert status(db) == "closed"


def test_a_mended_mapping_corrects_what_the_wrong_one_said(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = [row(f"T{index}", priority=f"P{index % 3 + 1}") for index in range(9)]
    take(db, path, rows)
    answer = take(db, path, rows, ("P3 = 3", "P3 = 4"))
    assert answer == {"rows": 9, "tickets": 9, "facts_added": 3, "corrected": 3}


@pytest.mark.parametrize("changed", ["actor", "line", "column that is not read"])
def test_what_is_no_part_of_an_event_changes_nothing(db: Database, tmp_path: Path, changed: str) -> None:
    path = tmp_path / "log.csv"
    rows = [row("T1"), row("T2")]
    take(db, path, rows)
    if changed == "actor":
        rows[0] = row("T1", by="Somebody else")
    elif changed == "line":
        rows.reverse()
    else:
        rows[0] = row("T1", via="Chat")
    assert take(db, path, rows) == {"rows": 2, "tickets": 2, "facts_added": 0}


def test_rows_of_one_file_that_contradict_each_other_both_stay(db: Database, tmp_path: Path) -> None:
    answer = take(db, tmp_path / "log.csv", [row(state="open"), row(state="waiting")])
    assert answer == {"rows": 2, "tickets": 1, "facts_added": 7}
    assert take(db, tmp_path / "log.csv", [row(state="waiting"), row(state="open")])["facts_added"] == 0


def test_rows_of_one_file_far_apart_do_not_correct_each_other(db: Database, tmp_path: Path) -> None:
    between = [row(f"B{index}") for index in range(1_000)]
    answer = take(db, tmp_path / "log.csv", [row(state="open"), *between, row(state="waiting")])
    assert answer == {"rows": 1_002, "tickets": 1_001, "facts_added": 6 * 1_001 + 1}


def test_the_subject_is_that_of_the_earliest_row(db: Database, tmp_path: Path) -> None:
    rows = [row(n=n, subject=f"As of update {n}") for n in (3, 1, 2)]
    take(db, tmp_path / "log.csv", rows)
    assert db.read_now(lambda conn: queue_rows.page(conn, 0, "open", None))[1][0].subject == "As of update 1"


def test_two_sources_may_use_the_same_number(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    take(db, path, [row()])
    assert take(db, path, [row()], ('name = "Tracker"', 'name = "Other"'))["facts_added"] == 6


def test_plan_and_product_of_a_row(db: Database, tmp_path: Path) -> None:
    mapping = (
        ('subject = ["subject"]', 'subject = ["subject"]\nplan = "customer"\nproduct = "team"'),
        ('plan = "gold" }', 'plan = "gold", values = { Harbour = "diamond" } }'),
    )
    take(db, tmp_path / "log.csv", [row("T1"), row("T2", customer="?")], *mapping)

    def plans(conn: Connection) -> dict[str, tuple[str | None, str | None]]:
        states = {key: fold(facts, db.book(conn), NOW) for key, facts in known.items()}
        return {key: (state.plan, state.product) for key, state in states.items()}

    known = facts_by_number(db)
    assert db.read_now(plans) == {"T1": ("diamond", "Mail"), "T2": ("gold", "Mail")}


@st.composite
def logs(draw: st.DrawFn) -> list[list[str]]:
    """Rows of a few tickets, each event at an instant and order of its own."""
    rows = []
    for ticket in range(draw(st.integers(1, 3))):
        for n in draw(st.lists(st.integers(0, 12), min_size=1, max_size=6, unique=True)):
            cells = {
                "updated": f"2025-03-01 09:{draw(st.sampled_from([5, 5, 20])):02d}",
                "state": draw(st.sampled_from(["new", "open", "waiting", "closed", "?"])),
                "priority": draw(st.sampled_from(["P1", "P2", "P3", "?"])),
                "team": draw(st.sampled_from(["Mail", "Billing", "?"])),
                "owner": draw(st.sampled_from(["Ana", "Ben", "?"])),
            }
            rows.append(row(f"T{ticket}", n, **cells))
    return rows


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=logs(), data=st.data())
def test_parts_in_any_order_give_what_the_whole_file_gives(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(rows))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(rows)), max_size=3)))
    parts = [shuffled[begin:end] for begin, end in itertools.pairwise([0, *cuts, len(rows)]) if begin < end]
    folder = tmp_path_factory.mktemp("parts")
    whole = outcome(folder / "whole.db", [rows])
    assert outcome(folder / "parts.db", [*parts, data.draw(st.sampled_from(parts))]) == whole


def outcome(path: Path, parts: Sequence[Sequence[Sequence[str]]]) -> object:
    """Facts without what an import may number as it likes, and the rows of the queue."""
    with desk(path) as db:
        for part in parts:
            take(db, path.with_suffix(".csv"), part)
        facts = {number: sorted(map(_told, found)) for number, found in facts_by_number(db).items()}
        open_rows = db.read_now(lambda conn: queue_rows.page(conn, 0, "open", None)[1])
        closed_rows = db.read_now(lambda conn: queue_rows.page(conn, 0, "closed", None)[1])
        assert db.read_now(lambda conn: verify.verify(conn, db.book(conn))).sound
    shown = {
        (line.number, line.status, line.severity, line.support_group, line.owner, line.group, line.due_s, line.subject)
        for line in (*open_rows, *closed_rows)
    }
    return facts, shown


def _told(fact: Fact) -> tuple[object, ...]:
    number = None if fact.kind in (FactKind.OWNER_SET, FactKind.GROUP_SET) else fact.a
    return fact.at, fact.ord, fact.uid, fact.kind, number or 0, fact.t or "", fact.actor_kind


RESOLVED = ("\n[severity]", 'resolved = { to = "resolved", answered = true, notifies = true }\n\n[severity]')
SILENT = ("\n[severity]", 'resolved = { to = "resolved", answered = true }\n\n[severity]')


def closing(db: Database, now: int) -> tuple[str, list[tuple[str, str, str]]]:
    """The status at `now`, and each closing period: from, until, phase."""

    def read(conn: Connection) -> tuple[str, list[tuple[str, str, str]]]:
        state = fold(facts_of["T1"], db.book(conn), now)
        clocks = [clock for clock in state.clocks if clock.kind is ClockKind.AUTO_CLOSE]
        return state.status, [
            (format_instant(clock.started_at), format_instant(clock.due_at or 0), clock.phase.value) for clock in clocks
        ]

    facts_of = facts_by_number(db)
    return db.read_now(read)


def test_od_12_a_status_that_notifies_begins_the_closing_period_and_says_so_once(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = [row(n=0), row(n=1, state="resolved"), row(n=2, state="resolved", owner="Cid")]
    take(db, path, rows, RESOLVED)
    soon = parse_instant("2025-03-10T00:00:00Z")
    period = ("2025-03-01T09:01:00Z", "2025-03-15T09:01:00Z")
    assert closing(db, soon) == ("resolved", [(*period, "running")])
    assert closing(db, NOW)[0] == "closed"
    assert take(db, path, rows, RESOLVED)["facts_added"] == 0
    # Reopened and resolved again: a period of its own.
    take(db, path, [row(n=3, state="open"), row(n=4, state="resolved")], RESOLVED)
    assert closing(db, soon) == (
        "resolved",
        [(*period, "stopped"), ("2025-03-01T09:04:00Z", "2025-03-15T09:04:00Z", "running")],
    )


def test_od_12_the_closing_period_goes_with_a_corrected_status_and_comes_with_a_mended_mapping(
    db: Database, tmp_path: Path
) -> None:
    path = tmp_path / "log.csv"
    soon = parse_instant("2025-03-10T00:00:00Z")
    take(db, path, [row(state="resolved")], SILENT)
    assert closing(db, NOW) == ("resolved", [])
    answer = take(db, path, [row(state="resolved")], RESOLVED)
    assert (answer["facts_added"], answer["corrected"]) == (1, 1)
    assert [phase for *_, phase in closing(db, soon)[1]] == ["running"]
    answer = take(db, path, [row(state="waiting")], RESOLVED)
    assert (answer["facts_added"], answer["corrected"]) == (1, 1)
    assert closing(db, NOW) == ("waiting", [])
