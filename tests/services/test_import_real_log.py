"""A real audit log: what a manager who imports it gets to see."""

from __future__ import annotations

import csv
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.explain import Segment, SegmentKind, explain
from console.domain.facts import Fact, FactKind
from console.domain.fold import fold
from console.domain.instants import format_instant, parse_instant
from console.domain.rules import ClockKind
from console.store import tickets, verify
from console.store.database import Connection, Database
from tests.rig.shared import Shared, shared_file
from tests.services.import_desk import LOG, desk, run, servicenow

AS_OF = parse_instant("2016-03-02T12:00:00Z")


@pytest.fixture(scope="module")
def imported_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("real") / "log.db"
    with desk(path) as db:
        report = run(db, shared_file(LOG), servicenow())
    assert report.as_json() == {"rows": 5998, "tickets": 890, "facts_added": 23920, "rejected": 0}
    return path


@pytest.fixture
def imported(imported_file: Path, tmp_path: Path) -> Iterator[Database]:
    copy = tmp_path / "log.db"
    shutil.copy(imported_file, copy)
    with desk(copy) as db:
        yield db


def test_the_log_is_taken_over_once(imported: Database, shared: Shared) -> None:
    revision = imported.read_now(imported.revision)
    again = run(imported, shared(LOG), servicenow())
    assert again.as_json() == {"rows": 5998, "tickets": 890, "facts_added": 0, "rejected": 0}
    assert imported.read_now(imported.revision) == revision


def test_shuffled_with_one_value_changed_adds_one_fact(imported: Database, shared: Shared, tmp_path: Path) -> None:
    changes = {"incident_state": "Awaiting User Info", "priority": "1 - Critical", "assignment_group": "Group 7"}
    for seed, (column, value) in enumerate(changes.items()):
        rng = random.Random(seed)
        rows = read_log(shared(LOG))
        rng.shuffle(rows)
        chosen = rng.choice([each for each in rows if each[column] not in (value, "?")])
        chosen[column] = value
        report = run(imported, write_log(tmp_path / f"{column}.csv", rows), servicenow())
        assert report.as_json() == {"rows": 5998, "tickets": 890, "facts_added": 1, "rejected": 0, "corrected": 1}, (
            column
        )
    assert imported.read_now(lambda conn: verify.verify(conn, imported.book(conn))).sound


def test_statuses_as_of_an_instant(imported: Database) -> None:
    def count(conn: Connection) -> tuple[Counter[str], int]:
        book = imported.book(conn)
        states = [fold(facts, book, AS_OF) for _, facts in known_by(conn, AS_OF)]
        return Counter(state.status for state in states), sum(state.severity is None for state in states)

    statuses, without_row = imported.read_now(count)
    assert without_row == 3
    assert statuses["new"] == 302 + without_row
    assert statuses["open"] == 127
    assert statuses["waiting"] + statuses["waiting_internal"] == 95
    assert statuses["resolved"] == 208
    assert statuses["closed"] == 2
    assert statuses.total() == 737


def test_the_last_row_of_each_ticket_is_its_state(imported: Database, shared: Shared) -> None:
    names = {word: status.to for word, status in servicenow().status.items()}
    last: dict[str, dict[str, str]] = {}
    for each in read_log(shared(LOG)):
        key = (sortable(each["sys_updated_at"]), int(each["sys_mod_count"]))
        before = last.get(each["number"])
        if before is None or key > (sortable(before["sys_updated_at"]), int(before["sys_mod_count"])):
            last[each["number"]] = each

    def states(conn: Connection) -> dict[str, tuple[str, int | None]]:
        book = imported.book(conn)
        return {
            tickets.identity(conn, key).number: (state.status, state.severity)
            for key, facts in tickets.all_facts(conn)
            for state in [fold(facts, book, max(fact.at for fact in facts))]
        }

    expected = {number: (names[each["incident_state"]], int(each["priority"][0])) for number, each in last.items()}
    assert imported.read_now(states) == expected


def test_the_first_row_that_is_not_new_is_the_first_response(imported: Database, shared: Shared) -> None:
    rows = read_log(shared(LOG))
    rows.sort(key=lambda each: (sortable(each["sys_updated_at"]), int(each["sys_mod_count"])))
    expected: dict[str, str] = {}
    for each in rows:
        if each["incident_state"] != "New":
            expected.setdefault(each["number"], sortable(each["sys_updated_at"]))

    def answered(conn: Connection) -> dict[str, str]:
        book = imported.book(conn)
        found = {}
        for key, facts in tickets.all_facts(conn):
            state, stories = explain(facts, book, max(fact.at for fact in facts))
            first = next(story.clock for story in stories if story.clock.kind is ClockKind.FIRST_RESPONSE)
            assert first.stopped_at is not None
            assert first.stopped_at == state.first_contact_at
            found[tickets.identity(conn, key).number] = format_instant(first.stopped_at)[:16]
        return found

    assert imported.read_now(answered) == expected


@pytest.mark.parametrize("instant", ["2016-03-02T12:00:00Z", "2016-05-20T00:00:00Z", "2026-01-15T12:00:00Z"])
def test_segments_of_every_clock_sum_to_its_time(imported: Database, instant: str) -> None:
    until = parse_instant(instant)

    def check(conn: Connection) -> int:
        book = imported.book(conn)
        clocks = 0
        for _, facts in known_by(conn, until):
            instants = {fact.at for fact in facts}
            state, stories = explain(facts, book, until)
            assert [story.clock for story in stories] == list(state.clocks)
            for story in stories:
                clocks += 1
                assert sum(segment.work for segment in story.segments) == story.elapsed_work
                assert_contiguous(story.segments, story.clock.started_at)
                for segment in story.segments:
                    # Odin works round the clock: its calendar has no edges, so each begins at a fact.
                    assert segment.cause.fact is not None, format_instant(segment.from_at)
                    assert segment.from_at in instants
                    assert segment.kind in (SegmentKind.COUNTED, SegmentKind.PAUSED)
        return clocks

    assert imported.read_now(check) > 1_000


def test_no_fact_is_made_of_hindsight(imported: Database, shared: Shared) -> None:
    """resolved_at and closed_at stand on each row, also on those before the event."""
    told = {(each["number"], sortable(each["sys_updated_at"])) for each in read_log(shared(LOG))}

    def check(conn: Connection) -> int:
        seen = 0
        for key, facts in tickets.all_facts(conn):
            number = tickets.identity(conn, key).number
            for fact in facts:
                if fact.kind == FactKind.STATUS_SET:
                    seen += 1
                    assert (number, format_instant(fact.at)[:16]) in told
        return seen

    assert imported.read_now(check) == 5998


def test_what_a_card_shows_of_an_imported_ticket(imported: Database) -> None:
    identity = imported.read_now(lambda conn: tickets.identity(conn, tickets.find(conn, "INC0000045")))
    assert identity.subject == "Category 55 / Subcategory 170 / Symptom 72"
    assert identity.source == "ServiceNow"
    assert identity.customer is not None
    assert identity.customer.name == "Caller 2403"
    assert format_instant(identity.opened_at) == "2016-02-29T01:16:00Z"


def known_by(conn: Connection, instant: int) -> Iterator[tuple[int, list[Fact]]]:
    """The tickets that exist at `instant`, with their facts up to it."""
    for key, facts in tickets.all_facts(conn):
        happened = [fact for fact in facts if fact.at <= instant]
        if happened:
            yield key, happened


def assert_contiguous(segments: tuple[Segment, ...], begin: int) -> None:
    for segment in segments:
        assert segment.from_at == begin < segment.to_at
        begin = segment.to_at


def read_log(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def write_log(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def sortable(text: str) -> str:
    """'29-02-2016 01:23' -> '2016-02-29T01:23'"""
    return f"{text[6:10]}-{text[3:5]}-{text[:2]}T{text[11:]}"
