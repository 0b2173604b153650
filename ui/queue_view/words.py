"""What the queue's codes are called on screen: names of the packs, and everything else through `tr`."""

from __future__ import annotations

from collections.abc import Mapping

from console.domain.quota import QuotaMark
from console.domain.rules import ClockKind
from models.queue_columns import Column
from models.time_text import Risk, TimeWords
from ui.tr import tr
from ui.when import time_words

# (pack, 'severity' | 'plan' | 'status', code) -> its name in the user's language.
PackNames = Mapping[tuple[str, str, str], str]


class ScreenWords:
    """See `models.row_words.RowWords`. A code without a name is made readable: `in_progress`, In progress."""

    def __init__(self, names: PackNames | None = None) -> None:
        self._names: PackNames = names or {}
        self._time = time_words()
        self._headers = {
            Column.SEVERITY: tr("Severity"),
            Column.NUMBER: tr("Ticket"),
            Column.SUBJECT: tr("Subject"),
            Column.CUSTOMER: tr("Customer"),
            Column.PLAN: tr("Plan"),
            Column.STATUS: tr("Status"),
            Column.CLOCK: tr("Clock"),
            Column.LEFT: tr("Left"),
            Column.WORK_LEFT: tr("Work left"),
            Column.DUE: tr("Due"),
            Column.OWNER: tr("Owner"),
            Column.ASKED: tr("Waiting"),
        }
        self._clocks = {
            ClockKind.FIRST_RESPONSE: tr("First response"),
            ClockKind.NEXT_RESPONSE: tr("Next response"),
            ClockKind.WORKAROUND: tr("Workaround"),
            ClockKind.ETA: tr("ETA"),
            ClockKind.ESCALATION_REVIEW: tr("Escalation review"),
            ClockKind.AUTO_CLOSE: tr("Auto-close"),
        }

    @property
    def time(self) -> TimeWords:
        """Units and months."""
        return self._time

    def header(self, column: Column) -> str:
        """The head of a column."""
        return self._headers[column]

    def severity(self, pack: str, severity: int | None) -> str:
        """The name of a severity; blank for an unknown one or where the pack gives no name."""
        return "" if severity is None else self._names.get((pack, "severity", str(severity)), "")

    def severity_spoken(self, pack: str, severity: int | None) -> str:
        """For a screen reader, such as 'Severity 1 urgent'."""
        if severity is None:
            return tr("Severity unknown")
        name = self.severity(pack, severity).lower()
        return tr("Severity {number} {name}", number=severity, name=name).rstrip()

    def plan(self, pack: str, plan: str | None) -> str:
        """The name of a plan; blank for none."""
        return self._name(pack, "plan", plan)

    def status(self, pack: str, status: str) -> str:
        """The name of a status."""
        return self._name(pack, "status", status)

    def clock(self, kind: str | None) -> str:
        """The name of a kind of clock; blank for none."""
        return "" if kind is None else self._clocks[ClockKind(kind)]

    def review(self, text: str) -> str:
        """What is left of the time to decide a request."""
        return tr("due {time}", time=text)

    def left_spoken(self, text: str, risk: str) -> str:
        """What is left for a screen reader: 'Overdue by 8 m', 'Paused with 2 h 5 m left', '12 m left'."""
        if risk == Risk.OVERDUE:
            return tr("Overdue by {time}", time=text)
        if risk == Risk.PAUSED:
            return tr("Paused with {time} left", time=text)
        return tr("{time} left", time=text)

    def quota(self, mark: str | None) -> tuple[str, str]:
        """`⊘` while a manager has to decide, `✓` served all the same, `×` not served, with what that means."""
        signs = {
            QuotaMark.EXHAUSTED: ("⊘", tr("beyond the incidents, to be decided")),
            QuotaMark.NOT_ENTITLED: ("⊘", tr("not entitled, to be decided")),
            QuotaMark.SERVED: ("✓", tr("beyond the quota, served all the same")),
            QuotaMark.REFUSED: ("×", tr("beyond the quota, not served")),
        }
        return ("", "") if mark is None else signs[QuotaMark(mark)]

    def _name(self, pack: str, kind: str, code: str | None) -> str:
        if code is None:
            return ""
        return self._names.get((pack, kind, code)) or code.replace("_", " ").capitalize()
