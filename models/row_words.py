"""What a row's codes are called on screen: asked of whoever knows the packs and the language."""

from __future__ import annotations

from typing import Protocol

from models.queue_columns import Column
from models.time_text import TimeWords


class RowWords(Protocol):
    """Names for codes, in the user's language. All plain text."""

    @property
    def time(self) -> TimeWords:
        """Units and months."""
        ...

    def header(self, column: Column) -> str:
        """The head of a column."""
        ...

    def severity(self, pack: str, severity: int | None) -> str:
        """The name of a severity, such as 'Urgent'; blank for an unknown one."""
        ...

    def severity_spoken(self, pack: str, severity: int | None) -> str:
        """For a screen reader, such as 'Severity 1 urgent'."""
        ...

    def plan(self, pack: str, plan: str | None) -> str:
        """The name of a plan; blank for none."""
        ...

    def status(self, pack: str, status: str) -> str:
        """The name of a status."""
        ...

    def clock(self, kind: str | None) -> str:
        """The name of a kind of clock; blank for none."""
        ...

    def review(self, text: str) -> str:
        """What is left of the time to decide a request, such as 'due 3 h 20 m'."""
        ...

    def left_spoken(self, text: str, risk: str) -> str:
        """What is left for a screen reader, such as 'Overdue by 8 m'."""
        ...

    def quota(self, mark: str | None) -> tuple[str, str]:
        """A sign before the plan of a ticket beyond the quota and what it means; both blank for none."""
        ...
