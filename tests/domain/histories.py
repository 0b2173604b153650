"""Random histories of one ticket of the small policy, for laws."""

from __future__ import annotations

from hypothesis import strategies as st

from console.domain.facts import ActorKind, Fact, FactKind
from console.domain.instants import MINUTE
from tests.domain.small_policy import SmallBook, at

START = at("11T00:00")
BOOK = SmallBook()

MINUTES = st.integers(0, 30 * 24 * 60)


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """Facts of thirty days in any order, voids among them."""
    facts = [Fact(START, 0, "a-opened", FactKind.OPENED, a=draw(st.sampled_from([None, 1, 2, 3, 4])))]
    plan = draw(st.sampled_from(["gold", "office", "answers", "unknown"]))
    facts.append(Fact(START, 0, "a-plan", FactKind.PLAN_SET, t=f"small/{plan}"))
    for number in range(draw(st.integers(0, 14))):
        when = START + draw(MINUTES) * MINUTE
        kind = draw(
            st.sampled_from(
                [
                    FactKind.MESSAGE,
                    FactKind.MESSAGE,
                    FactKind.STATUS_SET,
                    FactKind.STATUS_SET,
                    FactKind.SEVERITY_SET,
                    FactKind.PLAN_SET,
                    FactKind.ETA_SET,
                    FactKind.WORKAROUND_GIVEN,
                    FactKind.SOLUTION_NOTIFIED,
                    FactKind.CONFIRMED,
                    FactKind.ESCALATION_REQUESTED,
                    FactKind.ESCALATION_REJECTED,
                    FactKind.MERGED_INTO,
                    FactKind.VOID,
                ]
            )
        )
        a, t = 1, None
        if kind is FactKind.STATUS_SET:
            t = draw(st.sampled_from(["new", "open", "waiting", "resolved", "closed", "odd"]))
            a = draw(st.integers(0, 1))
        elif kind is FactKind.SEVERITY_SET:
            a = draw(st.integers(1, 4))
        elif kind is FactKind.PLAN_SET:
            t = "small/" + draw(st.sampled_from(["gold", "office", "answers"]))
        elif kind is FactKind.ETA_SET:
            a, t = when + draw(MINUTES) * MINUTE, draw(st.sampled_from(["update", "resolution"]))
        elif kind is FactKind.VOID:
            t = draw(st.sampled_from([fact.uid for fact in facts[2:]] or ["none"]))
        actor = draw(st.sampled_from([ActorKind.CUSTOMER, ActorKind.AGENT]))
        facts.append(Fact(when, draw(st.integers(0, 2)), f"f{number:02}", kind, a=a, t=t, actor_kind=actor))
    return facts
