"""The law of a severity, an ETA, a void and of undoing: what the preview shows, of clocks and verdict, is what holds
after the commit, over random histories under all packs."""

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
# All examples share a desk, which grows with each.
_some = settings(max_examples=max(40, _profile // 10))
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


Foreseen = tuple[str | None, TicketState, Verdict | None]
"""The code of the refusal, if there was one; what the preview showed of the state, and of the verdict where it does."""


def severity(case: Law, chance: int) -> Foreseen:
    desk, service = case.desk, case.desk.served.desk.severity
    ticket, to = case.ticket, 1 + chance % 3
    seen = desk.db.read_now(lambda conn: service.preview(conn, ticket, to, MANAGER))
    refusal = case.write(
        lambda conn: service.change(conn, ticket, to, MANAGER, base_revision=seen.base_revision, words="seen")
    )
    assert refusal == seen.refusal
    return refusal, seen.before if refusal else seen.after, None


def eta(case: Law, chance: int) -> Foreseen:
    desk, service = case.desk, case.desk.served.desk.acts
    ticket, due = case.ticket, desk.served.time.at + (chance - 100) * MINUTE
    seen = desk.db.read_now(lambda conn: service.preview_eta(conn, ticket, due, "update"))
    base = seen.base_revision
    refusal = case.write(
        lambda conn: service.set_eta(conn, ticket, MANAGER, base_revision=base, due_at=due, promise="update")
    )
    assert refusal == seen.refusal
    return refusal, seen.after, seen.verdict_after


def void(case: Law, chance: int) -> Foreseen:
    desk, service = case.desk, case.desk.served.desk.voids
    facts = desk.served.facts(case.ticket)
    ticket, uid = case.ticket, facts[chance % len(facts)].uid
    seen = desk.db.read_now(lambda conn: service.preview(conn, ticket, uid))
    base = seen.base_revision
    refusal = case.write(
        lambda conn: service.void(conn, ticket, MANAGER, base_revision=base, fact_uid=uid, words="wrong")
    )
    assert refusal == seen.refusal
    return refusal, seen.after, seen.verdict_after


def undo(case: Law, chance: int) -> Foreseen:
    desk, service = case.desk, case.desk.served.desk.undo
    uid = desk.db.write_now(lambda conn: decided(desk, conn, case.ticket, chance)).decision_uid or ""
    desk.served.time.at += chance % 12 * MINUTE
    seen = desk.db.read_now(lambda conn: service.preview(conn, uid, MANAGER))
    refusal = case.write(lambda conn: service.undo(conn, uid, MANAGER))
    assert refusal == (seen.refusal and seen.refusal.code)
    return refusal, seen.after, None


def decided(desk: Escalating, conn: Connection, ticket: int, chance: int) -> Change:
    """A severity, or a note where none may be set."""
    base, services = door.revision(conn), desk.served.desk
    try:
        return services.severity.change(conn, ticket, 1 + chance % 3, MANAGER, base_revision=base, words="seen")
    except UserError:
        return services.acts.note(conn, ticket, MANAGER, base_revision=base, words="seen")


ACTS = (severity, eta, void, undo)


def test_what_an_act_foresees_comes_true(served: ServedDesk) -> None:
    desk = Escalating(served)
    outcomes: Counter[tuple[str, bool]] = Counter()

    @given(
        st.sampled_from(sorted(_CHANNELS)),
        st.integers(1, 3),
        HISTORIES,
        st.integers(0, 60 * 60),
        st.sampled_from(ACTS),
        st.integers(0, 3_000),
    )
    @_some
    def law(
        plan: str,
        grave: int,
        told: list[Told],
        later: int,
        act: Callable[[Law, int], Foreseen],
        chance: int,
    ) -> None:
        served.time.at = NOON
        case = Law(desk, plan, grave, told)
        served.time.at = NOON + later * MINUTE
        refusal, after, verdict = act(case, chance)
        outcomes[act.__name__, refusal is None] += 1
        case.holds(after, None if refusal else verdict)

    law()
    # The acts were not all refused.
    assert {name for name, done in outcomes if done} == {act.__name__ for act in ACTS}, outcomes
