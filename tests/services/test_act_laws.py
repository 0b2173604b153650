"""The law of an ETA, of a void and of undoing: what the preview shows, of clocks and verdict, is what holds after the
commit, over random histories under all packs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.decisions import Change
from console.domain.eligibility import Verdict
from console.domain.errors import UserError
from console.domain.facts import ActorKind, FactKind, NewFact
from console.domain.instants import MINUTE
from console.domain.state import TicketState
from console.store import door
from console.store.database import Connection
from tests.services.escalating import Escalating
from tests.services.served_desk import MANAGER, ServedDesk
from tests.store.desk import NOON

_profile = settings().max_examples
_some = settings(max_examples=_profile if _profile > 1_000 else 40)
_numbers = count()
_CHANNELS = {"odin/gold": "phone", "community/premium": "portal", "analytics/enterprise": "mail"}
_KINDS = (
    FactKind.MESSAGE,
    FactKind.STATUS_SET,
    FactKind.SEVERITY_SET,
    FactKind.PLAN_SET,
    FactKind.ETA_SET,
    FactKind.WORKAROUND_GIVEN,
    FactKind.SOLUTION_NOTIFIED,
    FactKind.ESCALATION_REQUESTED,
    FactKind.OWNER_SET,
)
Told = tuple[FactKind, int, int]
HISTORIES = st.lists(st.tuples(st.sampled_from(_KINDS), st.integers(0, 40 * 60), st.integers(0, 400)), max_size=7)


def _fact(desk: Escalating, ticket: int, plan: str, told: Told) -> NewFact:
    kind, minutes, chance = told
    at = NOON + minutes * MINUTE
    pack = desk.db.read_now(desk.db.book).pack(plan.partition("/")[0], at)
    assert pack is not None
    made = NewFact(ticket, at, kind)
    match kind:
        case FactKind.MESSAGE:
            return made._replace(a=1, b=0, actor_kind=ActorKind.CUSTOMER if chance % 2 else ActorKind.AGENT)
        case FactKind.STATUS_SET:
            return made._replace(t=pack.statuses[chance % len(pack.statuses)].code)
        case FactKind.SEVERITY_SET:
            return made._replace(a=1 + chance % 3)
        case FactKind.PLAN_SET:
            return made._replace(t=sorted(_CHANNELS)[chance % 3])
        case FactKind.ETA_SET:
            return made._replace(a=at + (1 + chance) * MINUTE, t="update" if chance % 2 else "resolution")
        case FactKind.ESCALATION_REQUESTED:
            return made._replace(a=1, t=_CHANNELS[plan])
        case _:
            return made


class Law:
    """A ticket with a history; `holds` compares what was foreseen with what is there."""

    def __init__(self, desk: Escalating, plan: str, severity: int, told: list[Told]) -> None:
        self.desk = desk
        self.ticket = desk.ticket(plan, severity, number=f"L{next(_numbers)}")
        for each in told:
            desk.served.store.record(_fact(desk, self.ticket, plan, each))

    def write(self, act: Callable[[Connection], Change]) -> str | None:
        """The code of the refusal, if it was refused."""
        try:
            self.desk.db.write_now(act)
        except UserError as refusal:
            return refusal.code
        return None

    def holds(self, after: TicketState, verdict: Verdict | None) -> None:
        card = self.desk.served.card(self.ticket, after.as_of)
        assert card.state == after
        assert verdict is None or card.verdict == verdict


def decided(desk: Escalating, conn: Connection, ticket: int, chance: int) -> Change:
    """A severity, or a note where none may be set."""
    base, services = door.revision(conn), desk.served.desk
    try:
        return services.severity.change(conn, ticket, 1 + chance % 3, MANAGER, base_revision=base, words="seen")
    except UserError:
        return services.acts.note(conn, ticket, MANAGER, base_revision=base, words="seen")


def test_what_an_act_foresees_comes_true(served: ServedDesk) -> None:
    desk, services = Escalating(served), served.desk
    outcomes: Counter[str] = Counter()

    @given(
        st.sampled_from(sorted(_CHANNELS)),
        st.integers(1, 3),
        HISTORIES,
        st.integers(0, 60 * 60),
        st.sampled_from(("eta", "void", "undo")),
        st.integers(0, 3_000),
    )
    @_some
    def law(plan: str, severity: int, told: list[Told], later: int, act: str, chance: int) -> None:
        served.time.at = NOON
        case = Law(desk, plan, severity, told)
        served.time.at = NOON + later * MINUTE
        if act == "eta":
            due = served.time.at + (chance - 100) * MINUTE
            eta = desk.db.read_now(lambda conn: services.acts.preview_eta(conn, case.ticket, due, "update"))
            refusal = case.write(
                lambda conn: services.acts.set_eta(
                    conn, case.ticket, MANAGER, base_revision=eta.base_revision, due_at=due, promise="update"
                )
            )
            assert refusal == eta.refusal
            after, verdict = eta.after, eta.verdict_after
        elif act == "void":
            facts = served.facts(case.ticket)
            uid = facts[chance % len(facts)].uid
            void = desk.db.read_now(lambda conn: services.voids.preview(conn, case.ticket, uid))
            refusal = case.write(
                lambda conn: services.voids.void(
                    conn, case.ticket, MANAGER, base_revision=void.base_revision, fact_uid=uid, words="wrong"
                )
            )
            assert refusal == void.refusal
            after, verdict = void.after, void.verdict_after
        else:
            change = desk.db.write_now(lambda conn: decided(desk, conn, case.ticket, chance))
            uid = change.decision_uid or ""
            served.time.at += chance % 12 * MINUTE
            undo = desk.db.read_now(lambda conn: services.undo.preview(conn, uid, MANAGER))
            refusal = case.write(lambda conn: services.undo.undo(conn, uid, MANAGER))
            assert refusal == (undo.refusal and undo.refusal.code)
            after, verdict = undo.after, None
        outcomes[f"{act} {'refused' if refusal else 'done'}"] += 1
        case.holds(after, None if refusal else verdict)

    law()
    assert len(outcomes) >= 4, outcomes
