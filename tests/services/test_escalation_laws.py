"""Laws of escalations over random lives under all packs: the preview comes true for every clock, one is open at most,
what is undone leaves nothing, what is refused writes nothing."""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.decisions import Change
from console.domain.errors import UserError
from console.domain.facts import FactKind
from console.domain.fold import fold
from console.domain.instants import HOUR, MINUTE
from console.domain.state import OPEN_ESCALATION, UNDECIDED
from console.services.standing import clocks_as_evidence
from console.store import journal
from console.store.verify import verify
from tests.services.escalating import Escalating
from tests.services.served_desk import ServedDesk, at
from tests.store.desk import NOON

_profile = settings().max_examples
_some = settings(max_examples=1_000 if _profile > 1_000 else 15)
_numbers = count()

PLANS = {"odin/gold": "phone", "community/premium": "portal", "analytics/enterprise": "mail"}
RARE = ("review", "withdraw", "close", "severity", "customer", "support")
ACTS = ("accept", "undo", "reject", "ask") * 2 + RARE
LIVES = st.lists(
    st.tuples(st.sampled_from(ACTS), st.one_of(st.integers(1, 8), st.integers(60, 900))), min_size=3, max_size=10
)


class Life:
    """One ticket and what is done to it."""

    def __init__(self, desk: Escalating, plan: str, severity: int) -> None:
        self.desk = desk
        self.channel = PLANS[plan]
        self.ticket = desk.ticket(plan, severity, number=f"L{next(_numbers)}")
        self.severity = severity
        self.last: str | None = None
        self.outcomes: Counter[str] = Counter()

    def live(self, act: str, minutes: int) -> None:
        self.desk.served.time.at += minutes * MINUTE
        if act in ("customer", "support"):
            when = f"{(self.desk.served.time.at - at('01T00:00')) // (24 * HOUR) + 1:02d}T12:00"
            writes = self.desk.served.customer_writes if act == "customer" else self.desk.served.support_writes
            writes(self.ticket, min(when, "29T12:00"))
            return
        before = self.desk.served.revision(), self.desk.served.facts(self.ticket)
        try:
            change = self._act(act)
        except UserError as refusal:
            assert (self.desk.served.revision(), self.desk.served.facts(self.ticket)) == before
            self.outcomes[f"{act}: {refusal.code}"] += 1
            return
        self.outcomes[act] += 1
        undone, self.last = self.last, change.decision_uid
        self._came_true(change)
        if act == "undo":
            self._leaves_nothing(undone, change)

    def _act(self, act: str) -> Change:
        desk, ticket = self.desk, self.ticket
        if act == "ask":
            return desk.ask(ticket, self.channel).change
        if act == "undo":
            return desk.undo(self.last or "none")
        if act == "severity":
            self.severity = 1 if self.severity != 1 else 3
            base = desk.served.revision()
            return desk.db.write_now(
                lambda conn: desk.served.desk.severity.change(
                    conn, ticket, self.severity, desk.served.desk.actor, base_revision=base, words="as it is"
                )
            )
        given: dict[str, dict[str, Any]] = {
            "accept": {"against_verdict": "they wait", "analysis": "seen late", "leader": "Vic"},
            "reject": {"analysis": "seen late"},
        }
        change: Change = getattr(desk, act)(ticket, **given.get(act, {}))
        return change

    def _came_true(self, change: Change) -> None:
        state = self.desk.served.card(self.ticket).state
        assert change.decision_uid is not None
        uid = change.decision_uid
        entry = self.desk.db.read_now(lambda conn: journal.entry(conn, uid))
        assert entry is not None
        kept = self.desk.served.evidence(entry)
        assert kept["preview"] == clocks_as_evidence(state.clocks)
        assert sum(each.phase in OPEN_ESCALATION for each in state.escalations) <= 1
        waits = state.escalation is not None and state.escalation.phase in UNDECIDED
        assert (self.desk.served.row(self.ticket).escalation in UNDECIDED) is waits

    def _leaves_nothing(self, undone: str | None, undo: Change) -> None:
        facts = self.desk.served.facts(self.ticket)
        state = self.desk.served.card(self.ticket).state
        without = [fact for fact in facts if fact.decision_uid not in (undone, undo.decision_uid)]
        book = self.desk.db.read_now(self.desk.db.book)
        assert fold(without, book, state.as_of) == state
        assert {fact.kind for fact in facts if fact.decision_uid == undo.decision_uid} == {FactKind.VOID}
        assert {mail.state for mail in self.desk.messages(undone)} <= {"cancelled"}


def test_laws_of_escalations(served: ServedDesk) -> None:
    desk = Escalating(served)
    outcomes: Counter[str] = Counter()

    @given(st.sampled_from(sorted(PLANS)), st.integers(1, 4), LIVES)
    @_some
    def law(plan: str, severity: int, acts: list[tuple[str, int]]) -> None:
        served.time.at = NOON
        life = Life(desk, plan, severity)
        for act, minutes in [("ask", 1), *acts]:
            life.live(act, minutes)
        outcomes.update(life.outcomes)

    law()
    # The lives were not all refusals.
    for act in ("ask", "accept", "reject", "undo", "severity"):
        assert outcomes[act] > 0, outcomes
    assert desk.db.read_now(lambda conn: verify(conn, desk.db.book(conn))).sound
