"""The ways to escalate a ticket before and after something is decided (OD-7, OD-8, OD-10)."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.eligibility import ChannelVerdict, Verdict


@dataclass(frozen=True, slots=True)
class ChannelSide:
    """A channel as it stands: whether it may be used, and from when (microseconds UTC); none: no instant is known."""

    available: bool
    available_at: int | None


@dataclass(frozen=True, slots=True)
class ChannelChange:
    """One channel of the pack before and after."""

    channel: str
    before: ChannelSide
    after: ChannelSide

    @property
    def changes(self) -> bool:
        """Whether it can be used at another time than before."""
        if self.before.available and self.after.available:
            return False
        return self.before != self.after

    @property
    def opens(self) -> bool:
        """Whether the ticket becomes escalatable by it at once."""
        return self.after.available and not self.before.available


def channel_changes(before: Verdict, after: Verdict) -> tuple[ChannelChange, ...]:
    """Every channel of the pack, in its order, also those that do not change."""
    return tuple(
        ChannelChange(each.channel, _side(each), _side(after.channel(each.channel) or each)) for each in before.channels
    )


def _side(found: ChannelVerdict) -> ChannelSide:
    return ChannelSide(found.available, found.available_at)
