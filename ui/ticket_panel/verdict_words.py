"""The verdict on an escalation in words: the pack's sentences filled with values."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from console.domain.policy import Pack
from ui.pack_words import pack_text
from ui.tr import tr
from ui.when import clock_time, left_words

if TYPE_CHECKING:
    from console.domain.eligibility import ChannelVerdict, RuleVerdict


def channel_name(pack: Pack, code: str) -> str:
    """The channel in words; its code where the pack does not know it."""
    known = next((each for each in pack.channels if each.code == code), None)
    return code if known is None else pack_text(known.name)


def channel_words(verdict: ChannelVerdict, zone: tzinfo, now: int) -> str:
    """`available`, `from 16:20, in 1 h 20 m`, `not available`."""
    if verdict.available:
        return tr("available")
    if verdict.available_at is None:
        return tr("not available")
    at = clock_time(verdict.available_at, zone, now)
    left = verdict.available_at - now
    return tr("from {at}, in {left}", at=at, left=left_words(left)) if left > 0 else tr("from {at}", at=at)


def rule_words(rule: RuleVerdict, pack: Pack, zone: tzinfo, now: int) -> str:
    """`✓ OD-7 1 h after the last support correspondence`; when it does not hold, from when it will."""
    said = f"{'✓' if rule.holds else '✗'} {rule.rule} {rule.text_code}"
    if rule.holds or rule.at is None or rule.at <= now:
        return said
    at = clock_time(rule.at, zone, now)
    return tr("{rule}: from {at}, in {left}", rule=said, at=at, left=left_words(rule.at - now))
