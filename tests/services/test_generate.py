"""The made-up desk: it looks like a real one, keeps its promises of repetition, and goes on living."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from console.domain.entitlements import Standing, balance
from console.domain.errors import UserError
from console.domain.facts import ActorKind, Fact, FactKind
from console.domain.instants import DAY, HOUR, MINUTE, SECOND, parse_instant
from console.domain.rows import QueueRow
from console.services.generate import generate
from console.services.generating.people import make_customers
from console.store import ledger, parties, queue_rows, tickets, verify
from console.store.database import Connection, Database
from console.time_source import FixedTime
from tests.rig.fresh_desk import fresh_desk
from tests.services.import_desk import PACK, facts_by_number
from tests.store.desk import ADMIN

NOW = parse_instant("2026-11-18T04:00:00Z")
COUNT = 2_000


class MovingTime:
    """A time that passes when somebody waits."""

    def __init__(self, instant: int) -> None:
        self.instant = instant
        self.waits = 0

    def now(self) -> int:
        return self.instant

    def wait(self, seconds: float) -> None:
        self.instant += int(seconds * SECOND)
        self.waits += 1


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    db = opened(path)
    seen: list[tuple[int, int]] = []
    report = generate(db, FixedTime(NOW), actor=ADMIN, tickets=COUNT, seed=1, on_progress=lambda *at: seen.append(at))
    db.close_now()
    assert report.tickets == COUNT
    assert report.facts_added > 10 * COUNT
    assert seen == [(1_000, COUNT), (COUNT, COUNT)]
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copy(demo_file, tmp_path / "demo.db")
    db = opened(tmp_path / "demo.db")
    yield db
    db.close_now()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Callable[[str], Database]]:
    """Makes empty databases."""
    made: list[Database] = []

    def make(name: str) -> Database:
        made.append(opened(tmp_path / name))
        return made[-1]

    yield make
    for db in made:
        db.close_now()


def opened(path: Path) -> Database:
    fresh_desk(path, NOW, PACK.name)
    return Database.open(f"sqlite:///{path}", FixedTime(NOW), [(PACK.name, PACK.read_bytes())])


def page(db: Database, queue: str) -> list[QueueRow]:
    return db.read_now(lambda conn: queue_rows.page(conn, NOW // SECOND, queue, None)[1])


def test_the_queues_look_like_a_desk(demo: Database) -> None:
    sizes = {name: len(page(demo, name)) for name in ("open", "overdue", "under_15m", "under_1h", "under_4h", "later")}
    assert 300 <= sizes["open"] <= 700
    assert 8 <= sizes["overdue"] <= 20
    assert 2 <= sizes["under_15m"] <= 12
    assert 6 <= sizes["under_1h"] <= 30
    assert 24 <= sizes["under_4h"] <= 90
    assert sizes["later"] > sizes["under_4h"]
    assert 0.1 <= len(page(demo, "paused")) / sizes["open"] <= 0.2
    assert 5 <= len(page(demo, "decide")) <= 9


def test_most_older_tickets_are_closed_and_few_are_urgent(demo: Database) -> None:
    old = [row for row in (*page(demo, "open"), *page(demo, "closed")) if row.opened_s < (NOW - 5 * DAY) // SECOND]
    still_open = [row for row in page(demo, "open") if row.opened_s < (NOW - 5 * DAY) // SECOND]
    assert len(still_open) < len(old) * 0.2
    severities = Counter(row.severity for row in (*page(demo, "open"), *page(demo, "closed")))
    assert severities.total() == COUNT
    assert severities[1] < severities[2] < severities[4] < severities[3]


def test_all_plans_groups_statuses_and_kinds_of_fact_are_there(demo: Database) -> None:
    rows = page(demo, "open")
    assert {row.plan for row in rows} >= {"silver_plus", "gold", "platinum", "diamond", "limited_free", "per_incident"}
    assert {row.support_group for row in rows} == {
        "Mail", "Billing", "Panel", "Network", "Licensing", "Database", "Migration",
    }  # fmt: skip
    assert {row.status for row in rows} == {"new", "open", "waiting", "waiting_internal", "resolved"}
    assert len({row.owner for row in rows}) > 10
    kinds = {fact.kind for facts in facts_by_number(demo).values() for fact in facts}
    assert kinds >= {
        FactKind.NOTE, FactKind.ETA_SET, FactKind.WORKAROUND_GIVEN, FactKind.SOLUTION_NOTIFIED, FactKind.SURVEY_SENT,
        FactKind.SEVERITY_SET, FactKind.ESCALATION_REQUESTED, FactKind.ESCALATION_ACCEPTED,
        FactKind.ESCALATION_REJECTED,
    }  # fmt: skip


def test_facts_are_of_the_last_days_and_none_is_to_come(demo: Database) -> None:
    found = facts_by_number(demo)
    instants = [fact.at for facts in found.values() for fact in facts]
    assert max(instants) <= NOW
    assert min(instants) >= NOW - 12 * DAY
    days = Counter((NOW - min(fact.at for fact in facts)) // DAY for facts in found.values())
    assert all(days[day] > COUNT / 20 for day in range(10))


def test_only_the_manager_or_nobody_changes_severities(demo: Database) -> None:
    changes = [fact for facts in facts_by_number(demo).values() for fact in facts if fact.kind == FactKind.SEVERITY_SET]
    assert changes
    assert {fact.actor_kind for fact in changes} == {ActorKind.MANAGER}
    assert all(fact.a != fact.b for fact in changes)


def test_undecided_escalations_carry_words_of_the_customer(demo: Database) -> None:
    def words(conn: Connection) -> list[tuple[str | None, str | None]]:
        asked = [
            fact
            for key in queue_rows.undecided(conn)
            for fact in tickets.facts(conn, key)
            if fact.kind == FactKind.ESCALATION_REQUESTED
        ]
        return [tickets.text_and_author(conn, fact) for fact in asked]

    found = demo.read_now(words)
    assert found
    assert all(text and len(text) > 40 and author for text, author in found)
    assert all(row.severity in (1, 2, 3) for row in page(demo, "decide"))


def test_conversations_read_like_letters(demo: Database) -> None:
    row = page(demo, "overdue")[0]
    talk = demo.read_now(lambda conn: tickets.conversation(conn, row.ticket_id))
    assert talk[0].actor_kind == ActorKind.CUSTOMER
    assert talk[0].body is not None
    assert talk[0].body.count("\n\n") >= 2
    subjects = [each.subject for each in (*page(demo, "open"), *page(demo, "closed"))]
    letters = [subject for subject in subjects if "{" in subject]
    assert not letters, "a place was not filled in"
    assert any("<b>" in subject for subject in subjects)
    assert any(len(subject) > 300 for subject in subjects)
    assert any("\u0590" <= sign <= "\u06ff" for subject in subjects for sign in subject)
    strange = sum(not subject.isascii() or "<" in subject for subject in subjects)
    assert 0 < strange < COUNT * 0.03


def test_incidents_are_used_up_here_and_there(demo: Database) -> None:
    customers = make_customers(1, NOW, 166)

    def shares(conn: Connection) -> list[tuple[float, Standing]]:
        pack = demo.book(conn).pack("odin", NOW)
        assert pack is not None
        found = []
        ids = {each.number: parties.CustomerDetails(each.name) for each in customers}
        for key in parties.customers(conn, parties.first_organisation(conn), ids).values():
            for contract in parties.contracts(conn, key):
                sums = balance(pack.plan(contract.plan), ledger.of_contract(conn, contract.contract_id), NOW)
                if sums.granted:
                    found.append((sums.used / sums.granted, sums.standing))
        return found

    found = demo.read_now(shares)
    assert sum(0.79 <= share <= 0.81 for share, _ in found) >= 2
    assert sum(0.89 <= share <= 0.91 for share, _ in found) >= 2
    assert sum(standing is Standing.EXHAUSTED for _, standing in found) >= 2
    assert sum(share < 0.75 for share, _ in found) > len(found) / 2


def test_support_codes_and_zones(demo: Database) -> None:
    customers = make_customers(1, NOW, 166)
    assert all(len(each.support_code) == 11 and each.support_code[5] == "-" for each in customers)
    assert len({each.zone for each in customers}) > 10
    assert len({each.name for each in customers}) == len(customers)
    number = page(demo, "open")[0].ticket_id
    card = demo.read_now(lambda conn: tickets.identity(conn, number)).customer
    assert card is not None
    assert card.zone is not None


def test_stored_rows_equal_the_fold(demo: Database) -> None:
    report = demo.read_now(lambda conn: verify.verify(conn, demo.book(conn)))
    assert report.sound
    assert report.tickets == COUNT


def test_the_same_seed_and_now_give_the_same_facts(fresh: Callable[[str], Database]) -> None:
    def told(db: Database, seed: int) -> dict[str, list[Fact]]:
        generate(db, FixedTime(NOW), actor=ADMIN, tickets=60, seed=seed)
        return facts_by_number(db)

    first, second, other = told(fresh("a.db"), 7), told(fresh("b.db"), 7), told(fresh("c.db"), 8)
    assert first == second
    assert first != other


def test_more_tickets_get_numbers_of_their_own(fresh: Callable[[str], Database]) -> None:
    db = fresh("a.db")
    for seed in (7, 7, 8):
        generate(db, FixedTime(NOW), actor=ADMIN, tickets=30, seed=seed)
    assert sorted(facts_by_number(db)) == [str(number) for number in range(48_001, 48_091)]


def test_a_rate_adds_facts_of_the_present_minute_by_minute(fresh: Callable[[str], Database]) -> None:
    db, time = fresh("a.db"), MovingTime(NOW)
    report = generate(
        db, time, actor=ADMIN, tickets=100, seed=3, rate=120, stop=lambda: time.waits >= 600, wait=time.wait
    )
    living = [fact for facts in facts_by_number(db).values() for fact in facts if fact.at > NOW]
    assert 1_190 <= len(living) <= 1_215, "ten minutes of 120 facts"
    assert report.tickets > 100
    assert report.facts_added == sum(map(len, facts_by_number(db).values()))
    per_minute = Counter((fact.at - NOW) // MINUTE for fact in living)
    assert all(110 <= per_minute[minute] <= 130 for minute in range(10))
    kinds = {fact.kind for fact in living}
    assert kinds >= {FactKind.OPENED, FactKind.MESSAGE, FactKind.STATUS_SET, FactKind.CONFIRMED, FactKind.ETA_SET}
    assert db.read_now(lambda conn: verify.verify(conn, db.book(conn))).sound


def test_a_slow_rate_does_nothing_most_of_the_time(fresh: Callable[[str], Database]) -> None:
    db, time = fresh("a.db"), MovingTime(NOW)
    generate(db, time, actor=ADMIN, tickets=20, seed=3, rate=0.5, stop=lambda: time.waits >= 60, wait=time.wait)
    assert sum(fact.at > NOW for facts in facts_by_number(db).values() for fact in facts) == 0
    generate(db, time, actor=ADMIN, tickets=0, seed=3, rate=0.5, stop=lambda: time.waits >= 60 + 4 * 60, wait=time.wait)
    assert 2 <= sum(fact.at > NOW for facts in facts_by_number(db).values() for fact in facts) <= 8


def test_a_desk_without_tickets_comes_to_life_too(fresh: Callable[[str], Database]) -> None:
    db, time = fresh("a.db"), MovingTime(NOW)
    report = generate(db, time, actor=ADMIN, tickets=0, seed=3, rate=600, stop=lambda: time.waits >= 30, wait=time.wait)
    assert report.tickets > 3
    assert min(fact.at for facts in facts_by_number(db).values() for fact in facts) >= NOW


def test_it_stops_between_transactions(fresh: Callable[[str], Database]) -> None:
    db = fresh("a.db")
    report = generate(
        db, FixedTime(NOW), actor=ADMIN, tickets=5_000, seed=1, stop=lambda: db.read_now(tickets.count) >= 1_000
    )
    assert report.tickets == db.read_now(tickets.count) == 1_000


@pytest.mark.parametrize(
    ("count", "rate", "code"),
    [
        (-1, None, "generate_count"),
        (10**9, None, "generate_count"),
        (1, 0.0, "generate_rate"),
        (1, -5.0, "generate_rate"),
        (1, float("nan"), "generate_rate"),
        (1, 1e12, "generate_rate"),
    ],
)
def test_what_cannot_be_generated(fresh: Callable[[str], Database], count: int, rate: float | None, code: str) -> None:
    db = fresh("a.db")
    with pytest.raises(UserError) as caught:
        generate(db, FixedTime(NOW), actor=ADMIN, tickets=count, seed=1, rate=rate)
    assert caught.value.code == code
    assert db.read_now(tickets.count) == 0


def test_a_desk_without_the_pack_says_so(tmp_path: Path) -> None:
    other = PACK.read_text("utf-8").replace('code = "odin"', 'code = "other"', 1)
    db = Database.open(f"sqlite:///{tmp_path}/o.db", FixedTime(NOW), [("other.toml", other.encode())])
    with pytest.raises(UserError) as caught:
        generate(db, FixedTime(NOW), actor=ADMIN, tickets=1, seed=1)
    db.close_now()
    assert caught.value.code == "generate_without_pack"


def test_breaches_of_overdue_tickets_are_fresh(demo: Database) -> None:
    late = [NOW // SECOND - row.due_s for row in page(demo, "overdue")]
    assert sum(seconds < 6 * HOUR // SECOND for seconds in late) >= len(late) / 2
