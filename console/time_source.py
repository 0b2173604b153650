"""What time it is: the only place that asks the machine."""

from __future__ import annotations

import time
from dataclasses import dataclass


class SystemTime:
    """The machine's own time. It may jump when the machine is set right; durations are not measured with it."""

    def now(self) -> int:
        """The present instant, microseconds UTC."""
        return time.time_ns() // 1000


@dataclass(frozen=True, slots=True)
class FixedTime:
    """Always the same instant: a desk as it was, and tests."""

    instant: int

    def now(self) -> int:
        """The instant, microseconds UTC."""
        return self.instant
