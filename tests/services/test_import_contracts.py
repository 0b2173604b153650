"""Tickets that come in for customers with a contract: which one serves them, and what its ledger says (OD-5, OD-6)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from console.domain.decisions import LedgerEntry
from console.domain.facts import FactKind
from console.domain.fold import fold
from console.domain.instants import parse_instant
from console.domain.quota import QuotaMark
from console.domain.state import TicketState
from console.services.entitling.quota import marks
from console.services.importing.mapping import Mapping
from console.services.importing.report import ImportReport
from console.store import ledger, parties, queue_rows, verify
from console.store.database import Connection, Database
from tests.services.contract_terms import CODE, HARBOUR, LICENCE, OLD_CODE, OTHER_CODE, TERMS, UID, Term, make
from tests.services.import_desk import COLUMNS, NOW, csv_text, desk, facts_by_number, row, run, small_mapping

COLUMN_LINES = (
    'subject = ["subject"]',
    'subject = ["subject"]\nsupport_code = "code"\nlicence_key = "licence"\ncontract = "contract"',
)
PLAN_COLUMN = ('subject = ["subject"]', 'subject = ["subject"]\nplan = "level"')
PLAN_WORDS = ('plan = "gold" }', 'values = { Gold = "gold", Diamond = "diamond" } }')


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with desk(tmp_path / "desk.db") as opened:
        yield opened


def mapping(*changes: tuple[str, str]) -> Mapping:
    return small_mapping(COLUMN_LINES, ('plan = "gold" }', 'plan = "none" }'), *changes)


def line(
    number: str = "T1", n: int = 0, code: str = "", licence: str = "", contract: str = "", **cells: str
) -> list[str]:
    return [*row(number, n, **cells), code, licence, contract]


def bring(db: Database, folder: Path, rows: list[list[str]], how: Mapping | None = None) -> ImportReport:
    path = folder / "log.csv"
    path.write_text(csv_text(rows, (*COLUMNS, "code", "licence", "contract")), "utf-8")
    return run(db, path, how or mapping())


def entries(db: Database, customer: str = "Harbour") -> list[LedgerEntry]:
    def read(conn: Connection) -> list[LedgerEntry]:
        return ledger.of_customer(conn, parties.find_customer(conn, customer).customer_id)

    return db.read_now(read)


def told(db: Database, customer: str = "Harbour") -> list[tuple[str | None, int, str]]:
    return [(each.ticket_number, each.amount, each.rule) for each in entries(db, customer)]


def state(db: Database, number: str = "T1") -> TicketState:
    known = facts_by_number(db)[number]
    return db.read_now(lambda conn: fold(known, db.book(conn), NOW))


def contract_id(db: Database, uid: str) -> int | None:
    return db.read_now(partial(parties.contract_by_uid, uid=uid))


def everything(db: Database) -> object:
    return facts_by_number(db), told(db), told(db, "Northwind")


def test_a_ticket_of_a_customer_with_a_contract_is_served_by_it_and_takes_one_incident_once(
    db: Database, tmp_path: Path
) -> None:
    make(db, *TERMS)
    rows = [line("T1"), line("T1", 1, state="waiting"), line("T2")]
    bring(db, tmp_path, rows)
    assert (state(db).plan, state(db).contract_id) == ("gold", contract_id(db, UID))
    assert told(db) == [("T1", -1, "OD-6:opened"), ("T2", -1, "OD-6:opened")]
    assert {each.at for each in entries(db)} == {parse_instant("2025-03-01T08:00:00Z")}
    before = everything(db)
    assert bring(db, tmp_path, rows).facts_added == 0
    assert everything(db) == before
    # A corrected row changes its fact and nothing of the ledger; a new update of a known ticket neither.
    rows[1] = line("T1", 1, state="open", priority="P1")
    assert bring(db, tmp_path, [*rows, line("T1", 2)]).corrected == 2
    assert told(db) == [("T1", -1, "OD-6:opened"), ("T2", -1, "OD-6:opened")]
    assert db.read_now(lambda conn: verify.verify(conn, db.book(conn))).sound


@pytest.mark.parametrize(
    ("cells", "customer", "plan", "whose"),
    [
        ({"code": "12345-67890"}, "Nobody", "gold", "Harbour"),
        ({"code": " 12345 67890 "}, "Nobody", "gold", "Harbour"),
        ({"code": "1234567890"}, "Nobody", "gold", "Harbour"),
        ({"licence": "plsk.00012345 0000"}, "Nobody", "diamond", "Northwind"),
        ({"contract": UID}, "Nobody", "gold", "Harbour"),
        ({"contract": UID[:8].upper()}, "Nobody", "gold", "Harbour"),
        ({"contract": f"{UID[:8]}-{UID[8:12]}-{UID[12:]}"}, "Nobody", "gold", "Harbour"),
        # Contract and licence key both given: the contract.
        ({"code": CODE, "licence": LICENCE}, "Nobody", "gold", "Harbour"),
        ({"contract": "b" * 32, "code": CODE}, "Nobody", "diamond", "Northwind"),
        # What is named wins over the customer's own; what is not known leaves it.
        ({"code": OTHER_CODE}, "Harbour", "diamond", "Northwind"),
        ({"code": "55555-55555"}, "Harbour", "gold", "Harbour"),
        ({"code": "55555-55555", "licence": LICENCE}, "Nobody", "diamond", "Northwind"),
        # Without a customer it is that of the contract.
        ({"code": CODE}, "?", "gold", "Harbour"),
        ({}, "Nobody", "none", None),
        ({}, "Later", "none", None),
        # An ended contract falls back as the pack says, to no plan, and takes nothing.
        ({}, "Expired", "none", "Expired"),
        ({"code": OLD_CODE}, "Nobody", "none", "Expired"),
    ],
)
def test_which_contract_serves(
    db: Database, tmp_path: Path, cells: dict[str, str], customer: str, plan: str, whose: str | None
) -> None:
    make(db, *TERMS)
    bring(db, tmp_path, [line("T1", 0, customer=customer, **cells)])
    serves = next((contract_id(db, term.uid) for term in TERMS if term.customer == whose), None)
    assert (state(db).plan, state(db).contract_id) == (plan, serves)
    found = {term.customer: len(told(db, term.customer)) for term in TERMS}
    assert found == {term.customer: int(term.customer == whose and plan == "gold") for term in TERMS}
    shown = db.read_now(lambda conn: queue_rows.page(conn, 0, "open", None))[1]
    assert [each.customer for each in shown] == [customer if customer != "?" else "Harbour"]


@pytest.mark.parametrize(
    ("plan", "channel", "amounts"),
    [
        ("gold", "Phone", [-1]),
        ("gold", "Chat", [-1]),
        ("gold", "Online_Sales", []),
        ("silver_plus", "Phone", [-1]),
        ("diamond", "Phone", []),
        ("none", "Phone", []),
        ("per_incident", "Phone", [-1]),
    ],
)
def test_what_creating_a_ticket_takes(
    db: Database, tmp_path: Path, plan: str, channel: str, amounts: list[int]
) -> None:
    make(db, HARBOUR._replace(plan=plan))
    bring(db, tmp_path, [line(via=channel)])
    assert [each.amount for each in entries(db)] == amounts
    assert state(db).contract_id == contract_id(db, UID)


def test_a_ticket_at_balance_0_comes_in_and_is_marked(db: Database, tmp_path: Path) -> None:
    make(db, HARBOUR._replace(plan="per_incident"))
    report = bring(db, tmp_path, [line("T1")])
    assert (report.tickets, report.rejected) == (1, 0)

    def read(conn: Connection) -> list[QuotaMark]:
        shown = queue_rows.page(conn, 0, "open", None)[1]
        return list(marks(conn, db.book(conn), [each.ticket_id for each in shown], NOW).values())

    assert db.read_now(read) == [QuotaMark.EXHAUSTED]


def test_a_ticket_that_was_split_off_is_new_and_takes_its_own_incident(db: Database, tmp_path: Path) -> None:
    make(db, HARBOUR)
    bring(db, tmp_path, [line("T1"), line("T1-2", opened="2025-03-01 08:30")])
    assert [each.at for each in entries(db)] == [
        parse_instant("2025-03-01T08:00:00Z"),
        parse_instant("2025-03-01T08:30:00Z"),
    ]


def test_of_several_terms_and_products_the_one_that_fits(db: Database, tmp_path: Path) -> None:
    make(
        db,
        Term("1" * 32, "Harbour", "gold", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z", CODE),
        Term("2" * 32, "Harbour", "gold", code=CODE, product="Plesk"),
        Term("3" * 32, "Harbour", "gold", code=CODE, product="Mail"),
        Term("4" * 32, "Harbour", "gold", "2025-02-01T00:00:00Z", code=CODE, product="Site Builder"),
    )
    how = mapping(('subject = ["subject"]', 'subject = ["subject"]\nproduct = "team"'))
    rows = [
        line("MAIL", team="mail"),
        line("OTHER", team="?", code=CODE),
        line("OLD", opened="2024-03-01 08:00", team="Mail", code=CODE),
    ]
    bring(db, tmp_path, rows, how)
    found = {number: state(db, number).contract_id for number in ("MAIL", "OTHER", "OLD")}
    assert found == {
        "MAIL": contract_id(db, "3" * 32),
        "OTHER": contract_id(db, "4" * 32),
        "OLD": contract_id(db, "1" * 32),
    }


@pytest.mark.parametrize(
    ("level", "plan", "linked"), [("Gold", "gold", True), ("Diamond", "diamond", False), ("?", "gold", True)]
)
def test_a_plan_that_the_source_names_wins(db: Database, tmp_path: Path, level: str, plan: str, linked: bool) -> None:
    make(db, HARBOUR)
    how = small_mapping(PLAN_COLUMN, PLAN_WORDS)
    path = tmp_path / "log.csv"
    for _ in range(2):
        path.write_text(csv_text([[*row(), level], [*row("T1", 1), level]], (*COLUMNS, "level")), "utf-8")
        run(db, path, how)
        assert (state(db).plan, state(db).contract_id) == (plan, contract_id(db, UID) if linked else None)
        assert len(told(db)) == int(linked)


def test_a_file_that_knows_of_no_plans_leaves_those_of_another(db: Database, tmp_path: Path) -> None:
    make(db, HARBOUR)
    path = tmp_path / "log.csv"
    path.write_text(csv_text([[*row(updated="2025-03-01 08:00"), "Diamond"]], (*COLUMNS, "level")), "utf-8")
    run(db, path, small_mapping(PLAN_COLUMN, PLAN_WORDS))
    bring(db, tmp_path, [line("T1", 1, CODE)])
    assert (state(db).plan, told(db)) == ("diamond", [])


def test_what_a_ticket_came_in_with_stays(db: Database, tmp_path: Path) -> None:
    """A contract that is made later takes nothing and promises nothing for a ticket that was there before."""
    rows = [line("T1")]
    bring(db, tmp_path, rows)
    make(db, HARBOUR)
    assert bring(db, tmp_path, [*rows, line("T1", 1)]).corrected == 0
    assert (state(db).plan, told(db)) == ("none", [])


def test_a_contract_that_the_source_names_afterwards_serves_from_the_opening(db: Database, tmp_path: Path) -> None:
    make(db, *TERMS)
    bring(db, tmp_path, [line("T1", customer="Nobody")])
    rows = [line("T1", customer="Nobody"), line("T1", 1, CODE, customer="Nobody")]
    assert bring(db, tmp_path, rows).corrected == 1
    assert (state(db).plan, told(db)) == ("gold", [("T1", -1, "OD-6:opened")])
    before = everything(db)
    # Neither the same file nor another code afterwards takes anything again.
    for code in (CODE, OTHER_CODE):
        assert bring(db, tmp_path, [rows[0], line("T1", 1, code, customer="Nobody")]).facts_added == 0
        assert everything(db) == before


def test_the_order_of_rows_and_parts_does_not_matter(db: Database, tmp_path: Path) -> None:
    make(db, *TERMS)
    first, second = line("T1", 0, customer="Nobody"), line("T1", 1, CODE, customer="Nobody")
    bring(db, tmp_path, [second])
    bring(db, tmp_path, [first])
    assert (state(db).plan, told(db)) == ("gold", [("T1", -1, "OD-6:opened")])
    with desk(tmp_path / "whole.db") as other:
        make(other, *TERMS)
        bring(other, tmp_path, [first, second])
        assert (state(other).plan, told(other)) == (state(db).plan, told(db))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"code": "12345"}, "Column code: '12345' is no support code; expected 10 digits such as 12345-67890."),
        ({"code": "12345-6789O"}, "Column code: '12345-6789O' is no support code; expected 10 digits"),
        ({"contract": "gold"}, "Column contract: 'gold' is no contract; expected the uid of a contract"),
        ({"licence": "x" * 201}, "Column licence holds more than 200 characters."),
    ],
)
def test_a_bad_cell_is_rejected_by_line_and_column(
    db: Database, tmp_path: Path, cells: dict[str, str], said: str
) -> None:
    make(db, HARBOUR)
    report = bring(db, tmp_path, [line("T1"), line("T2", 0, **cells)])
    assert (report.tickets, report.rejected) == (1, 1)
    assert report.rejects_path is not None
    rejected = report.rejects_path.read_text("utf-8").splitlines()[1]
    assert ",3," in rejected
    assert said in rejected.replace('""', '"')


def test_a_contract_that_is_not_known_is_counted_once(db: Database, tmp_path: Path) -> None:
    rows = [line("T1", 0, "55555-55555"), line("T1", 1, "55555-55555"), line("T2")]
    report = bring(db, tmp_path, rows)
    assert (report.tickets, report.rejected, report.as_json()["unknown_contracts"]) == (2, 0, 1)
    assert "unknown_contracts" not in bring(db, tmp_path, rows).as_json()


def test_json_lines_may_hold_the_code_as_a_number(db: Database, tmp_path: Path) -> None:
    make(db, HARBOUR)
    path = tmp_path / "log.jsonl"
    cells = dict(zip(COLUMNS, row(customer="Nobody"), strict=True))
    path.write_text(json.dumps({**cells, "code": 1234567890}) + "\n", "utf-8")
    run(db, path, mapping())
    assert told(db) == [("T1", -1, "OD-6:opened")]
    assert [fact.kind for fact in facts_by_number(db)["T1"]].count(FactKind.PLAN_SET) == 1
