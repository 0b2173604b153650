"""When the use of a contract's incidents is told: at the shares that the pack names (OD-6)."""

from __future__ import annotations

from console.domain.entitlements import Balance
from console.domain.policy import Pack


def warning(pack: Pack, balance: Balance) -> int | None:
    """The highest share in per cent that was reached of the incidents granted and bought; none below the first, and
    where incidents are without limit or not granted at all."""
    if pack.incidents is None or balance.granted is None:
        return None
    total = balance.granted + balance.bought
    used = balance.used - balance.credited
    reached = [share for share in pack.incidents.warn_at if total > 0 and used * 100 >= share * total]
    return max(reached, default=None)
