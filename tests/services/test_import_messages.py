"""Conversations that come in with a log: who wrote what for whom, and that it comes in once."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.credentials import STRIPPED
from console.domain.errors import UserError
from console.domain.facts import ActorKind, FactKind
from console.domain.fold import fold
from console.domain.instants import SECOND, parse_instant
from console.domain.rows import Message
from console.services.escalating.escalations import EscalationRequest, EscalationService
from console.services.escalating.messages import MessageTemplates
from console.services.importing.mapping import Mapping
from console.services.importing.report import ImportReport
from console.store import ledger, parties, spoken, texts, tickets, verify
from console.store.database import Connection, Database
from console.time_source import FixedTime
from tests.services.contract_terms import CODE, HARBOUR, make
from tests.services.import_desk import COLUMNS, NOW, csv_text, desk, facts_by_number, row, run, small_mapping

ALL = (*COLUMNS, "comment", "from", "type", "seen by", "escalated", "why")
CUSTOMER, AGENT, SYSTEM = ActorKind.CUSTOMER, ActorKind.AGENT, ActorKind.SYSTEM
COLUMN_LINES = """subject = ["subject"]
message = "comment"
message_author = "from"
message_side = "type"
message_visibility = "seen by"
escalation = "escalated"
escalation_words = "why"
"""
TABLES = """
[escalation]
portal = "button"

[message]
side = "agent"

[message.sides]
user = "customer"
agent = "agent"
robot = "automatic"

[message.visibilities]
all = "public"
team = "internal"

[severity]"""


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with desk(tmp_path / "desk.db") as opened:
        yield opened


def mapping(*changes: tuple[str, str]) -> Mapping:
    columns, tables = COLUMN_LINES, TABLES
    for old, new in changes:
        columns, tables = columns.replace(old, new), tables.replace(old, new)
    return small_mapping(('subject = ["subject"]\n', columns), ("\n[severity]", tables))


def said(
    n: int = 0, comment: str = "", by: str = "Ana", side: str = "", seen: str = "", escalated: str = "", why: str = ""
) -> list[str]:
    return [*row("T1", n, state="?"), comment, by, side, seen, escalated, why]


def bring(db: Database, folder: Path, rows: Sequence[Sequence[str]], *, jsonl: bool = False) -> ImportReport:
    path = folder / ("log.jsonl" if jsonl else "log.csv")
    if jsonl:
        path.write_text("".join(json.dumps(dict(zip(ALL, each, strict=True))) + "\n" for each in rows), "utf-8")
    else:
        path.write_text(csv_text(rows, ALL), "utf-8")
    return run(db, path, mapping())


def conversation(db: Database) -> list[Message]:
    def read(conn: Connection) -> list[Message]:
        return tickets.conversation(conn, tickets.find(conn, "T1"))

    return db.read_now(read)


def shown(db: Database) -> list[tuple[str | None, str | None, int, bool, bool]]:
    return [(each.body, each.actor, each.actor_kind, each.public, each.automatic) for each in conversation(db)]


ROWS = [
    said(0, "It stopped.\n\nSince noon.", "Olga", "user", "all"),
    said(1, "We have got your letter.", "?", "robot", "all"),
    said(2, "Which server?", "Ana", "agent", "all"),
    said(3, "=1+1 is in the log of theirs", "Ben", "agent", "team"),
    said(4, "?"),
    said(5, "Answered without a word of who sees it"),
]
TOLD = [
    ("It stopped.\n\nSince noon.", "Olga", CUSTOMER, True, False),
    ("We have got your letter.", None, SYSTEM, True, True),
    ("Which server?", "Ana", AGENT, True, False),
    ("=1+1 is in the log of theirs", "Ben", AGENT, False, False),
    ("Answered without a word of who sees it", "Ana", AGENT, True, False),
]


@pytest.mark.parametrize("jsonl", [False, True], ids=["csv", "jsonl"])
def test_a_conversation_comes_in_once(db: Database, tmp_path: Path, jsonl: bool) -> None:
    bring(db, tmp_path, ROWS, jsonl=jsonl)
    assert shown(db) == TOLD
    assert [each.kind for each in conversation(db)].count(FactKind.NOTE) == 1
    before = facts_by_number(db)
    assert bring(db, tmp_path, ROWS, jsonl=not jsonl).facts_added == 0
    assert facts_by_number(db) == before
    # Neither the robot's letter nor the note is a contact with the customer.
    by_minute = {minute: parse_instant(f"2025-03-01T09:0{minute}:00Z") for minute in (1, 2, 3)}
    book = db.read_now(db.book)
    contacts = [fold(before["T1"], book, until).row.last_contact_s for until in by_minute.values()]
    assert contacts == [None, by_minute[2] // SECOND, by_minute[2] // SECOND]
    assert db.read_now(lambda conn: verify.verify(conn, db.book(conn))).sound


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (said(2, "Which of the servers?", "Ana", "agent", "all"), ("Which of the servers?", "Ana", AGENT, True, False)),
        (said(2, "Which server?", "Ben", "agent", "all"), ("Which server?", "Ben", AGENT, True, False)),
        (said(2, "Which server?", "Ana", "user", "all"), ("Which server?", "Ana", CUSTOMER, True, False)),
        (said(2, "Which server?", "Ana", "agent", "team"), ("Which server?", "Ana", AGENT, False, False)),
        (said(2, "Which server?", "Ana", "robot", "all"), ("Which server?", "Ana", SYSTEM, True, True)),
    ],
    ids=["text", "author", "side", "visibility", "automatic"],
)
def test_a_changed_cell_changes_one_fact(
    db: Database, tmp_path: Path, changed: list[str], told: tuple[str, str, int, bool, bool]
) -> None:
    bring(db, tmp_path, ROWS)
    report = bring(db, tmp_path, [*ROWS[:2], changed, *ROWS[3:]])
    assert (report.facts_added, report.corrected) == (1, 1)
    assert shown(db) == [*TOLD[:2], told, *TOLD[3:]]
    for rows in (ROWS, [*ROWS[:2], changed, *ROWS[3:]]):
        # An older file flips nothing back.
        again = bring(db, tmp_path, rows)
        assert (again.facts_added, again.corrected) == (0, 0)
        assert shown(db) == [*TOLD[:2], told, *TOLD[3:]]


def test_two_messages_of_one_instant_both_stay_and_a_third_joins_them(db: Database, tmp_path: Path) -> None:
    rows = [said(1, "One"), said(1, "Two")]
    bring(db, tmp_path, [*rows, said(1, "One")])
    assert [each[0] for each in shown(db)] == ["One", "Two"]
    report = bring(db, tmp_path, [*rows, said(1, "Three")])
    assert (report.facts_added, report.corrected) == (1, 0)
    assert [each[0] for each in shown(db)] == ["One", "Two", "Three"]


@pytest.mark.parametrize("erased", ["text", "author"])
def test_what_was_erased_does_not_come_back(db: Database, tmp_path: Path, erased: str) -> None:
    bring(db, tmp_path, ROWS)

    def find(conn: Connection) -> int:
        ids = [tickets.find(conn, "T1")]
        kept = tickets.facts(conn, ids[0])
        uid = next(each.uid for each in spoken.by_sources(conn, ids) if each.body == "Which server?")
        fact = next(each for each in kept if each.uid == uid)
        if erased == "text":
            assert fact.text_id is not None
            return fact.text_id
        name = conn.exec_driver_sql("SELECT name_text_id FROM person WHERE id = ?", (fact.actor_id,))
        return int(name.scalar_one())

    text_id = db.read_now(find)
    db.write_now(partial(texts.erase, text_id=text_id, now=NOW))
    before = shown(db)
    assert bring(db, tmp_path, ROWS).facts_added == 0
    assert shown(db) == before


def test_credentials_are_not_kept(db: Database, tmp_path: Path) -> None:
    rows = [
        said(0, "ftp://ana:hunter2@files.example.com", "Olga", "user"),
        said(1, "Hello", escalated="portal", why="We wait.\nPassword: s3cret"),
    ]
    assert bring(db, tmp_path, rows).stripped == 2
    assert bring(db, tmp_path, rows).stripped == 0
    assert shown(db)[0][0] == f"ftp://ana:{STRIPPED}@files.example.com"
    db.close_now()
    assert db.path is not None
    kept = b"".join(path.read_bytes() for path in db.path.parent.glob(f"{db.path.name}*"))
    assert b"hunter2" not in kept
    assert b"s3cret" not in kept


def test_the_words_of_a_request_come_in_as_they_came_first(db: Database, tmp_path: Path) -> None:
    def waiting() -> list[EscalationRequest]:
        service = EscalationService(db.book, FixedTime(NOW), MessageTemplates(Path()))
        return db.read_now(service.waiting)

    rows = [said(1, escalated="portal", why="Nobody answers."), said(2, why="No request, no words.")]
    bring(db, tmp_path, rows)
    (request,) = waiting()
    assert request.words == "Nobody answers."
    report = bring(db, tmp_path, [said(1, escalated="portal", why="Somebody changed it."), rows[1]])
    assert (report.facts_added, report.corrected) == (0, 0)
    assert waiting() == [request]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (said(1, "Hi", side="boss"), "Column type: the mapping does not know 'boss'; it knows user, agent, robot."),
        (said(1, "Hi", seen="none"), "Column seen by: the mapping does not know 'none'; it knows all, team."),
        (said(1, "x" * 200_001), "Column comment holds more than 200000 characters."),
        (said(1, "Hi", by="x" * 201), "Column from holds more than 200 characters."),
        (said(1, escalated="portal", why="x" * 10_001), "Column why holds more than 10000 characters."),
    ],
    ids=["side", "visibility", "text", "author", "words"],
)
@pytest.mark.parametrize("jsonl", [False, True], ids=["csv", "jsonl"])
def test_a_bad_cell_is_rejected_by_line_and_column(
    db: Database, tmp_path: Path, cells: list[str], reason: str, jsonl: bool
) -> None:
    report = bring(db, tmp_path, [said(0, "Good"), cells], jsonl=jsonl)
    assert (report.rows, report.rejected) == (2, 1)
    assert report.rejects_path is not None
    text = report.rejects_path.read_text("utf-8")
    assert reason in text
    assert ('"import_line": 2' if jsonl else ",3,") in text
    assert [each[0] for each in shown(db)] == ["Good"]


def test_a_message_that_names_no_side_is_rejected_where_the_mapping_has_none(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(csv_text([said(1, "Hi")], ALL), "utf-8")
    report = run(db, path, mapping(('side = "agent"\n', "")))
    assert report.rejected == 1
    assert report.rejects_path is not None
    assert "Column type: the mapping does not know ''; it knows user, agent, robot." in report.rejects_path.read_text()


@pytest.mark.parametrize(
    ("change", "code", "key", "expected"),
    [
        (('message = "comment"\n', ""), "mapping_incomplete", None, "columns.message beside the columns of its"),
        (('escalation = "escalated"\n', ""), "mapping_incomplete", None, "columns.escalation beside columns."),
        (('user = "customer"', 'user = "boss"'), "mapping_invalid", "message.sides.user", 'one of "customer" "agent"'),
        (
            ('team = "internal"', "team = 1"),
            "mapping_invalid",
            "message.visibilities.team",
            'one of "public" "internal"',
        ),
        (('side = "agent"\n', 'sde = "agent"\n'), "mapping_invalid", "message.sde", "side, or another of"),
    ],
)
def test_a_mistake_in_the_mapping_is_named(change: tuple[str, str], code: str, key: str | None, expected: str) -> None:
    with pytest.raises(UserError) as refused:
        mapping(change)
    assert refused.value.code == code
    assert refused.value.values.get("key") == key
    assert str(refused.value.values["expected"]).startswith(expected)


def test_messages_without_any_side_are_refused() -> None:
    with pytest.raises(UserError) as refused:
        small_mapping(('subject = ["subject"]', 'subject = ["subject"]\nmessage = "subject"'))
    assert refused.value.values["expected"] == "columns.message_side, or [message] with side for all messages"


@st.composite
def logs(draw: st.DrawFn) -> list[list[str]]:
    """Rows of one ticket, each event at an instant and order of its own; some name the contract, some say something."""
    rows = []
    for n in draw(st.lists(st.integers(0, 12), min_size=1, max_size=6, unique=True)):
        cells = [*row("T1", n, state=draw(st.sampled_from(["new", "open", "?"])), customer="?")]
        text = draw(st.sampled_from(["", "Hello", "Which server?"]))
        side, seen = draw(st.sampled_from(["user", "agent", "robot"])), draw(st.sampled_from(["all", "team", ""]))
        code = draw(st.sampled_from(["", CODE]))
        rows.append([*cells, text, draw(st.sampled_from(["Ana", "Ben", "?"])), side, seen, "", code])
    return rows


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    """What is told, promised and taken in the end."""
    how = mapping(('escalation = "escalated"\nescalation_words = "why"', 'support_code = "why"'))
    with desk(path) as db:
        make(db, HARBOUR)
        for part in parts:
            log = path.with_suffix(".csv")
            log.write_text(csv_text(part, ALL), "utf-8")
            assert run(db, log, how).rejected == 0
        told = sorted(shown(db), key=str)
        state = db.read_now(lambda conn: fold(tickets.facts(conn, tickets.find(conn, "T1")), db.book(conn), NOW))
        entries = db.read_now(lambda conn: ledger.of_customer(conn, parties.find_customer(conn, "Harbour").customer_id))
        assert db.read_now(lambda conn: verify.verify(conn, db.book(conn))).sound
    clocks = [(each.kind, each.phase, each.started_at, each.due_at) for each in state.clocks]
    return told, state.plan, state.contract_id, clocks, [(each.uid, each.at, each.amount) for each in entries]
