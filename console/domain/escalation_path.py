"""Who is asked at each level of an escalation, by product and by the instant of the request (OD-10)."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.compile import assumed, in_force
from console.domain.policy import Pack
from console.domain.policy_levels import Level, Path


@dataclass(frozen=True, slots=True)
class PathInForce:
    """A path of levels. `assumed`: the request was before the first date from which the path is known."""

    path: Path
    assumed: bool

    def level(self, number: int) -> Level | None:
        """The step with this number, none above the last."""
        return next((step for step in self.path.levels if step.level == number), None)


def escalation_path(pack: Pack, product: str | None, requested_at: int) -> PathInForce | None:
    """The path for a request made at `requested_at` (microseconds UTC); none for a product that no path lists.

    `pack` is the whole one or the one in force at `requested_at`. Products are compared without regard to case.
    """
    wanted = (product or "").strip().casefold()
    for path in in_force(pack, requested_at).paths:
        if path.products is None or wanted in (name.casefold() for name in path.products):
            return PathInForce(path, assumed(path, requested_at))
    return None
