"""Every act of the services in one line each: tried by somebody on a ticket of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from console.domain.decisions import Actor
from console.domain.facts import FactKind
from console.domain.instants import HOUR
from console.domain.roles import Act, Role
from console.services import upkeep
from console.services.entitling.agreements import WantedContract
from console.services.generate import generate
from console.services.importing.importer import Importer
from console.services.policy_adoption import adopt_pack
from console.services.rebuild import rebuild
from console.services.severities.severity import Wish
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


def close(case: Case) -> None:
    escalations = case.desk.escalations
    case.write(
        lambda conn: escalations.close(
            conn, case.ticket, case.actor, base_revision=case.base, outcome="resolved", words="so"
        )
    )


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


def propose(case: Case) -> None:
    credits = case.desk.credits
    case.write(
        lambda conn: credits.propose(
            conn, case.ticket, case.actor, base_revision=case.base, bug_id="B-1", words="perhaps a bug"
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


def with_a_shift(case: Case) -> None:
    """The same person has taken the shift as the manager."""
    shifts, manager = case.desk.shifts, case.actor._replace(role=Role.MANAGER)
    running = case.desk.db.read_now(shifts.current)
    if running is None or running.until is not None:
        case.write(lambda conn: shifts.take(conn, manager))


def hand_over(case: Case) -> None:
    shifts = case.desk.shifts
    with_a_shift(case)
    case.write(lambda conn: shifts.hand_over(conn, case.actor, "Otto", "all quiet", seen=None))


def set_people(case: Case) -> None:
    shifts = case.desk.shifts
    with_a_shift(case)
    case.write(lambda conn: shifts.set_people(conn, case.actor, (), seen=None))


def raised(case: Case) -> int:
    """The number of a decision of the manager to look at."""
    severity = case.desk.severity
    return case.decided(
        lambda conn: severity.change(conn, case.ticket, 2, MANAGER, base_revision=case.base, words="worse")
    )


def uphold(case: Case) -> None:
    number = raised(case)
    case.write(lambda conn: case.desk.review.uphold(conn, number, case.actor, "as it should be"))


def overturn(case: Case) -> None:
    number = raised(case)
    case.write(lambda conn: case.desk.review.overturn(conn, number, case.actor, "not a real outage"))


def undo(case: Case) -> None:
    raised(case)
    decided = case.served.journal()[-1].uid
    case.write(lambda conn: case.desk.undo.undo(conn, decided, case.actor, "by mistake"))


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
        close: Act.DECIDE_ESCALATION,
        set_eta: Act.SET_ETA,
        ask_eta: Act.SET_ETA,
        set_owner: Act.SET_OWNER,
        note: Act.WRITE_NOTE,
        void: Act.VOID_FACT,
        credit: Act.CREDIT_INCIDENT,
        propose: Act.WRITE_NOTE,
        spend: Act.CREDIT_INCIDENT,
        decide_quota: Act.DECIDE_QUOTA,
        take_shift: Act.TAKE_SHIFT,
        hand_over: Act.TAKE_SHIFT,
        set_people: Act.TAKE_SHIFT,
        uphold: Act.REVIEW,
        overturn: Act.REVIEW,
        # The decision of somebody else: who may void facts may undo it.
        undo: Act.VOID_FACT,
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
