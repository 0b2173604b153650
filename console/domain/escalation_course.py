"""The escalations of a ticket while facts are read: requested, under review, decided, closed."""

from __future__ import annotations

from collections.abc import Mapping

from console.domain.facts import Fact, FactKind
from console.domain.state import OPEN_ESCALATION, UNDECIDED, EscalationPhase, EscalationState

_DECIDES: Mapping[int, EscalationPhase] = {
    FactKind.ESCALATION_ACCEPTED: EscalationPhase.ACCEPTED,
    FactKind.ESCALATION_REJECTED: EscalationPhase.REJECTED,
    FactKind.ESCALATION_WITHDRAWN: EscalationPhase.WITHDRAWN,
    FactKind.ESCALATION_SUPERSEDED: EscalationPhase.SUPERSEDED,
}


class EscalationCourse:
    """One open escalation at a time: a second request while one waits for a decision joins it (LI-8), and one of a
    higher level takes its place (LI-7)."""

    __slots__ = ("found",)

    KINDS = frozenset(
        {
            FactKind.ESCALATION_REQUESTED,
            FactKind.REVIEW_STARTED,
            FactKind.ESCALATION_CLOSED,
            *_DECIDES,
        }
    )

    def __init__(self) -> None:
        self.found: list[EscalationState] = []

    @property
    def latest(self) -> EscalationState | None:
        """The newest escalation, whatever its phase."""
        return self.found[-1] if self.found else None

    def read(self, fact: Fact) -> None:
        """Take a fact of one of `KINDS`; one that does not fit the phase changes nothing."""
        latest = self.latest
        if fact.kind == FactKind.ESCALATION_REQUESTED:
            if latest is None or latest.phase not in UNDECIDED or (fact.a or 1) > latest.level:
                self.supersede()
                requested = EscalationPhase.REQUESTED
                self.found.append(EscalationState(fact.uid, fact.a or 1, requested, fact.t or "", fact.at, None))
        elif latest is None or latest.phase not in OPEN_ESCALATION:
            return
        elif fact.kind == FactKind.REVIEW_STARTED and latest.phase is EscalationPhase.REQUESTED:
            self.found[-1] = latest._replace(phase=EscalationPhase.UNDER_REVIEW)
        elif fact.kind == FactKind.ESCALATION_CLOSED:
            self.found[-1] = latest._replace(phase=EscalationPhase.CLOSED)
        elif fact.kind in _DECIDES and latest.phase in UNDECIDED:
            self.found[-1] = latest._replace(phase=_DECIDES[fact.kind], decided_at=fact.at)

    def supersede(self) -> None:
        """The next level takes over from the open one (LI-7), or the process of an outage does (LI-11)."""
        latest = self.latest
        if latest is not None and latest.phase in OPEN_ESCALATION:
            self.found[-1] = latest._replace(phase=EscalationPhase.SUPERSEDED)
