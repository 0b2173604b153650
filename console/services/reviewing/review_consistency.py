"""Decisions that are alike and went different ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from console.domain.reviews import SEVERITY, DecisionRow


class Likeness(NamedTuple):
    """What makes decisions alike. `decision` is escalation or severity_changed. `reason`: of a severity its reason
    code; of an escalation what the customer gave as one. `allowed`: what the rules said (none: nothing)."""

    decision: str
    pack: str
    reason: str
    severity: int | None
    plan: str
    level: int | None
    allowed: bool | None


@dataclass(frozen=True, slots=True)
class Parting:
    """Decisions that are alike, by what they came to, the most frequent first."""

    alike: Likeness
    ways: tuple[tuple[str, tuple[DecisionRow, ...]], ...]

    @property
    def count(self) -> int:
        """All of them."""
        return sum(len(rows) for _, rows in self.ways)

    @property
    def minority(self) -> int:
        """How many did not go the way that most went."""
        return self.count - len(self.ways[0][1])


def partings(rows: Iterable[DecisionRow]) -> tuple[Parting, ...]:
    """Those that went more than one way, the most divided first; a decision that is no answer has none, and one
    that was undone does not count."""
    groups: dict[Likeness, dict[str, list[DecisionRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        alike = None if row.undone else likeness(row)
        if alike is not None:
            groups[alike][row.outcome].append(row)
    found = [Parting(alike, _ways(ways)) for alike, ways in groups.items() if len(ways) > 1]
    return tuple(sorted(found, key=lambda each: (-each.minority, -each.count, str(each.alike))))


def likeness(row: DecisionRow) -> Likeness | None:
    """What the decision is alike by; none for one that is not compared."""
    if row.answers:
        reason = row.asked_because or ""
        return Likeness("escalation", row.pack, reason, row.severity, row.plan or "", row.level, row.allowed)
    if row.kind == SEVERITY:
        return Likeness(SEVERITY, row.pack, row.reason_code or "", row.severity, row.plan or "", None, None)
    return None


def _ways(ways: dict[str, list[DecisionRow]]) -> tuple[tuple[str, tuple[DecisionRow, ...]], ...]:
    return tuple((way, tuple(rows)) for way, rows in sorted(ways.items(), key=lambda each: (-len(each[1]), each[0])))
