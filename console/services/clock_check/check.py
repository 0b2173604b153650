"""Runs cases and counts by source what agrees, what differs and what version 1 cannot say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from console.services.clock_check.answers import Answers, Question, answers
from console.services.clock_check.calendars import Calendars
from console.services.clock_check.case import Case, NoOpenTime, NotApplicable
from console.services.clock_check.case_file import BadLine, read_cases
from console.services.clock_check.compared import Compared
from console.services.clock_check.decisions import Decision, Decisions
from console.services.clock_check.fields import BadCase
from console.services.clock_check.scenario import scenario_answers
from console.services.clock_check.variants import Variants

MOST_ACCEPTED = 0.02
"""The share of generic cases with an answer that may differ by decision."""
MOST_LISTED = 1000
"""Differences and bad lines that a report lists; the others are counted."""


@dataclass(slots=True)
class Counts:
    """Cases by outcome. `accepted` differ by decision, `differ` without one."""

    agree: int = 0
    accepted: int = 0
    differ: int = 0
    not_applicable: int = 0

    @property
    def answered(self) -> int:
        """Cases on which version 1 has an opinion."""
        return self.agree + self.accepted + self.differ

    def add(self, other: Counts) -> None:
        """Count those of another as well."""
        self.agree += other.agree
        self.accepted += other.accepted
        self.differ += other.differ
        self.not_applicable += other.not_applicable


@dataclass(slots=True)
class SourceCounts:
    """Cases of one source; those of what the product does alone stand apart."""

    generic: Counts = field(default_factory=Counts)
    specific: Counts = field(default_factory=Counts)


@dataclass(frozen=True, slots=True)
class Difference:
    """A case that differs, the values that do, and the decision that accepts it, if one does."""

    case: Case
    values: tuple[Compared, ...]
    decision: Decision | None


@dataclass(slots=True)
class CheckReport:
    """What a run found. `bad` counts lines that are no cases."""

    sources: dict[str, SourceCounts] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    bad_lines: list[BadLine] = field(default_factory=list)
    bad: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    notices: Counter[str] = field(default_factory=Counter)

    def generic(self) -> Counts:
        """All generic cases."""
        return _sum(each.generic for each in self.sources.values())

    def specific(self) -> Counts:
        """All cases of what one product does alone."""
        return _sum(each.specific for each in self.sources.values())

    @property
    def too_many_accepted(self) -> bool:
        """Whether decisions explain away more than they may."""
        generic = self.generic()
        return generic.accepted > MOST_ACCEPTED * generic.answered

    @property
    def sound(self) -> bool:
        """Whether every line was a case and every difference was decided on."""
        return not (self.bad or self.generic().differ or self.specific().differ or self.too_many_accepted)


class ClockCheck:
    """Holds our clock against cases. Make one for a run: it keeps what it found."""

    def __init__(self, decisions: Decisions, answer: Callable[[Question], Answers] | None = None) -> None:
        self._decisions = decisions
        self._answer = answer or our_answers
        self._variants = Variants(self._answer)
        self._calendars = Calendars()
        self.report = CheckReport(notices=self._calendars.notices)

    def run(self, paths: Iterable[Path]) -> CheckReport:
        """Check the files in their order. Raises UserError case_file_unreadable (file, why)."""
        for path in paths:
            for found in read_cases(path):
                self.take(found)
        return self.report

    def take(self, found: Case | BadLine) -> None:
        """Check one case."""
        if isinstance(found, BadLine):
            self._refuse(found)
            return
        try:
            compared = self._compared(found)
        except BadCase as error:
            self._refuse(BadLine(found.file, found.line, error.field, error.found, error.expected))
            return
        except NotApplicable as reason:
            self.report.reasons[reason.why] += 1
            self._counts(found).not_applicable += 1
            return
        self._judge(found, tuple(each for each in compared if not each.agrees))

    def _compared(self, case: Case) -> Sequence[Compared]:
        """The compared values; where both refuse, both agree."""
        try:
            found = self._answer(Question(case, self._calendars))
        except NotApplicable as reason:
            if case.expects_nothing if isinstance(reason, NoOpenTime) else case.expects_refusal:
                return ()
            raise
        except OverflowError as error:
            if case.expects_nothing:
                return ()
            return (Compared("answer", "one", str(error), False),)
        return found

    def _judge(self, case: Case, differing: tuple[Compared, ...]) -> None:
        counts = self._counts(case)
        if not differing:
            counts.agree += 1
            return
        if case.tags:
            differing = self._variants.named(case, differing)
        decision = self._decisions.on(case, differing)
        counts.accepted += decision is not None
        counts.differ += decision is None
        if len(self.report.differences) < MOST_LISTED:
            self.report.differences.append(Difference(case, differing, decision))

    def _refuse(self, bad: BadLine) -> None:
        self.report.bad += 1
        if len(self.report.bad_lines) < MOST_LISTED:
            self.report.bad_lines.append(bad)

    def _counts(self, case: Case) -> Counts:
        source = self.report.sources.setdefault(case.source, SourceCounts())
        return source.specific if case.specific else source.generic


def our_answers(question: Question) -> Answers:
    """What our clock answers: a scenario by the fold, all else by the axis."""
    return scenario_answers(question) if question.case.op == "scenario" else answers(question)


def _sum(counts: Iterable[Counts]) -> Counts:
    total = Counts()
    for each in counts:
        total.add(each)
    return total
