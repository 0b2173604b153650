"""Each role and each act of the services, as a table: what `MAY` does not give is refused and writes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

import pytest

from console.domain.decisions import Actor
from console.domain.errors import ConsoleError, UserError
from console.domain.facts import FactKind
from console.domain.instants import HOUR
from console.domain.roles import MAY, Act, Role, acting, may
from console.services import upkeep
from console.services.agreements import WantedContract
from console.services.generate import generate
from console.services.importing.importer import Importer
from console.services.policy_adoption import adopt_pack
from console.services.rebuild import rebuild
from console.services.severity import Wish
from console.store import parties
from console.store.database import Connection
from tests.domain.packs import POLICIES
from tests.services.served_desk import MANAGER, ServedDesk

Job = Callable[[Connection], object]


class Case:
    """A ticket of its own with a request that waits, and who tries something with it."""

    def __init__(self, served: ServedDesk, ticket: int, actor: Actor) -> None:
        self.served, self.ticket, self.actor = served, ticket, actor
        self.desk = served.desk
        self.base = served.revision()
        self.url = f"sqlite:///{served.store.path}"

    def write(self, job: Job) -> None:
        self.desk.db.write_now(job)

    def fact(self) -> str:
        """The uid of the customer's message, which can be voided."""
        return next(each.uid for each in self.served.facts(self.ticket) if each.kind == FactKind.MESSAGE)

    def decided(self, job: Job) -> int:
        """The number of a decision that the manager has just taken."""
        self.write(job)
        return self.served.journal()[-1].seq


def change_severity(case: Case) -> None:
    severity = case.desk.severity
    case.write(lambda conn: severity.change(conn, case.ticket, 2, case.actor, base_revision=case.base, words="worse"))


def change_many(case: Case) -> None:
    bulk, wish = case.desk.severity_bulk, Wish(2, "worse")
    lines = case.desk.db.read_now(lambda conn: bulk.dry_run(conn, [case.ticket], wish, case.actor))
    case.write(lambda conn: bulk.change(conn, lines, wish, case.actor))


def request(case: Case) -> None:
    escalations = case.desk.escalations
    case.write(lambda conn: escalations.request(conn, case.ticket, "phone", "we wait", actor=case.actor))


def start_review(case: Case) -> None:
    escalations = case.desk.escalations
    case.write(lambda conn: escalations.start_review(conn, case.ticket, case.actor, base_revision=case.base))


def accept(case: Case) -> None:
    update = case.served.time.at + 2 * HOUR
    case.write(
        lambda conn: case.desk.escalations.accept(
            conn,
            case.ticket,
            case.actor,
            base_revision=case.base,
            plan_of_action="an engineer calls",
            next_update_at=update,
            against_verdict="they wait",
        )
    )


def reject(case: Case) -> None:
    escalations = case.desk.escalations
    case.write(lambda conn: escalations.reject(conn, case.ticket, case.actor, base_revision=case.base, words="soon"))


def withdraw(case: Case) -> None:
    escalations = case.desk.escalations
    case.write(lambda conn: escalations.withdraw(conn, case.ticket, case.actor, base_revision=case.base, words="so"))


def set_eta(case: Case) -> None:
    due = case.served.time.at + 9 * HOUR
    case.write(
        lambda conn: case.desk.acts.set_eta(
            conn, case.ticket, case.actor, base_revision=case.base, due_at=due, promise="update", words="so"
        )
    )


def ask_eta(case: Case) -> None:
    acts = case.desk.acts
    case.write(lambda conn: acts.ask_eta(conn, case.ticket, case.actor, base_revision=case.base, words="when"))


def set_owner(case: Case) -> None:
    acts = case.desk.acts
    case.write(
        lambda conn: acts.set_owner(conn, case.ticket, case.actor, base_revision=case.base, owner_id=None, words="x")
    )


def note(case: Case) -> None:
    acts = case.desk.acts
    case.write(lambda conn: acts.note(conn, case.ticket, case.actor, base_revision=case.base, words="looked"))


def void(case: Case) -> None:
    voids, fact = case.desk.voids, case.fact()
    case.write(
        lambda conn: voids.void(conn, case.ticket, case.actor, base_revision=case.base, fact_uid=fact, words="wrong")
    )


def credit(case: Case) -> None:
    case.write(
        lambda conn: case.desk.credits.credit(
            conn,
            case.ticket,
            case.actor,
            base_revision=case.base,
            reason_code="unfixed_bug",
            bug_id="B-1",
            words="a bug",
        )
    )


def spend(case: Case) -> None:
    credits = case.desk.credits
    case.write(lambda conn: credits.spend(conn, "C-1", case.actor, minutes=15, words="a call"))


def decide_quota(case: Case) -> None:
    quota = case.desk.quota
    case.write(
        lambda conn: quota.decide(conn, case.ticket, case.actor, base_revision=case.base, served=True, words="so")
    )


def take_shift(case: Case) -> None:
    shifts = case.desk.shifts

    def take(conn: Connection) -> object:
        open_shift = shifts.current(conn)
        return shifts.take(conn, case.actor, seen=None if open_shift is None else open_shift.uid)

    case.write(take)


def review(case: Case) -> None:
    severity = case.desk.severity
    number = case.decided(
        lambda conn: severity.change(conn, case.ticket, 2, MANAGER, base_revision=case.base, words="worse")
    )
    case.write(lambda conn: case.desk.review.uphold(conn, number, case.actor, "as it should be"))


def add_contract(case: Case) -> None:
    wanted = WantedContract("C-1", "odin", "gold", case.served.time.at)
    case.write(lambda conn: case.desk.agreements.add(conn, wanted, case.actor, "bought"))


def erase(case: Case) -> None:
    erasing = case.desk.erasing
    found = case.desk.db.read_now(lambda conn: erasing.of_ticket(conn, case.ticket))
    case.write(lambda conn: erasing.erase(conn, found, case.actor, words="asked for", ticket_id=case.ticket))


def adopt(case: Case) -> None:
    adopt_pack(case.desk.db, case.served.time, POLICIES / "community.toml", actor=case.actor)


def make_tickets(case: Case) -> None:
    generate(case.desk.db, case.served.time, actor=case.actor, tickets=1, seed=case.ticket)


def bring_in(case: Case) -> None:
    Importer(case.desk.db, case.served.time, case.actor)


def mend(case: Case) -> None:
    rebuild(case.desk, lambda _: None, actor=case.actor)


def copy(case: Case) -> None:
    upkeep.backup(case.url, case.served.store.path.parent / "copy.db", case.served.time, case.actor)


def put_back(case: Case) -> None:
    upkeep.restore(case.url, case.served.store.path.parent / "none.db", case.served.time, case.actor)


ACTS: Mapping[Callable[[Case], None], Act] = MappingProxyType(
    {
        change_severity: Act.CHANGE_SEVERITY,
        change_many: Act.CHANGE_SEVERITY,
        request: Act.REQUEST_ESCALATION,
        start_review: Act.DECIDE_ESCALATION,
        accept: Act.DECIDE_ESCALATION,
        reject: Act.DECIDE_ESCALATION,
        withdraw: Act.DECIDE_ESCALATION,
        set_eta: Act.SET_ETA,
        ask_eta: Act.SET_ETA,
        set_owner: Act.SET_OWNER,
        note: Act.WRITE_NOTE,
        void: Act.VOID_FACT,
        credit: Act.CREDIT_INCIDENT,
        spend: Act.CREDIT_INCIDENT,
        decide_quota: Act.DECIDE_QUOTA,
        take_shift: Act.TAKE_SHIFT,
        review: Act.REVIEW,
        add_contract: Act.MAKE_CONTRACT,
        erase: Act.ERASE,
        adopt: Act.ADOPT_POLICY,
        make_tickets: Act.IMPORT,
        bring_in: Act.IMPORT,
        mend: Act.KEEP_FILES,
        copy: Act.KEEP_FILES,
        put_back: Act.KEEP_FILES,
    }
)
# What a role may do and this desk refuses all the same, for a reason of the case.
OTHER_REASONS: Mapping[tuple[Callable[[Case], None], Role | None], str] = MappingProxyType(
    {
        (change_severity, Role.ENGINEER): "severity_role_not_up",
        (credit, None): "credit_not_deducted",
        (decide_quota, None): "quota_not_reached",
        (put_back, None): "database_missing",
    }
)


def prepared(desk: ServedDesk, role: Role) -> Case:
    """A ticket with an owner, a message and a request that waits."""
    ticket = desk.ticket(f"P {role}", "12T10:00")
    desk.tell(ticket, "12T10:10", FactKind.OWNER_SET, a=owner(desk))
    desk.customer_writes(ticket, "12T10:30")
    desk.asks(ticket, "12T11:00")
    return Case(desk, ticket, Actor("Robin", role, os_user="robin"))


def owner(desk: ServedDesk) -> int:
    def add(conn: Connection) -> int:
        return parties.persons(conn, parties.source(conn, "test", "test"), ["Ann"])["Ann"]

    return desk.store.db.write_now(add)


def stored(path: Path) -> tuple[object, ...]:
    """How much there is of everything that is kept."""
    with closing(sqlite3.connect(path)) as file:
        tables = ("fact", "text", "journal", "evidence", "outbox", "ledger", "contract", "adoption", "ticket", "mark")
        counts = (file.execute(f"SELECT count(*) FROM {table}").fetchone() for table in tables)
        return (*counts, file.execute("SELECT revision, journal_seq FROM head").fetchone())


def tried(case: Case, act: Callable[[Case], None]) -> str | None:
    """The code of the refusal, none where it was done."""
    try:
        act(case)
    except ConsoleError as error:
        return error.code
    return None


@pytest.mark.parametrize("act", list(ACTS), ids=lambda act: act.__name__)
def test_a_role_does_what_it_may_and_nothing_else(
    served: ServedDesk, subtests: pytest.Subtests, act: Callable[[Case], None]
) -> None:
    for role in Role:
        case = prepared(served, role)
        before = stored(served.store.path)
        with subtests.test(role=role):
            code = tried(case, act)
            if ACTS[act] in MAY[role]:
                assert code == OTHER_REASONS.get((act, role), OTHER_REASONS.get((act, None)))
            else:
                assert code == "role_may_not"
            if code is not None and act is not review:
                assert stored(served.store.path) == before


def test_every_act_of_the_table_is_tried() -> None:
    assert set(ACTS.values()) == set(Act)


def test_a_role_that_nobody_knows_may_nothing() -> None:
    assert not any(may("king", act) for act in Act)


def test_a_terminal_takes_a_held_role_that_may() -> None:
    both = Actor("Robin", "team_lead", roles=("team_lead", "administrator"))
    assert acting(both, Act.ERASE).role == "administrator"
    assert acting(both, Act.REVIEW).role == "team_lead"
    with pytest.raises(UserError, match="role_may_not"):
        acting(both, Act.DECIDE_ESCALATION)
