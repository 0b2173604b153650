"""The verdict on an escalation in words. What turns true by time alone turns here as well, without a new verdict."""

from __future__ import annotations

from datetime import tzinfo

from console.domain.eligibility import ChannelVerdict, RuleVerdict
from console.domain.eligibility import rule_words as sentence
from console.domain.policy import Pack
from ui.pack_words import pack_language, pack_text
from ui.tr import tr
from ui.when import clock_time, left_words, promise_words


def channel_name(pack: Pack, code: str) -> str:
    """The channel in words; its code where the pack does not know it."""
    known = next((each for each in pack.channels if each.code == code), None)
    return code if known is None else pack_text(known.name)


def is_available(verdict: ChannelVerdict, now: int) -> bool:
    """Whether the channel is open at `now` (microseconds UTC), if nothing happened since the verdict."""
    return verdict.available or (verdict.available_at is not None and verdict.available_at <= now)


def channel_words(verdict: ChannelVerdict, zone: tzinfo, now: int) -> str:
    """`available`, `from 16:20, in 1 h 20 m`, `not available`."""
    if is_available(verdict, now):
        return tr("available")
    if verdict.available_at is None:
        return tr("not available")
    at = clock_time(verdict.available_at, zone, now)
    return tr("from {at}, in {left}", at=at, left=left_words(verdict.available_at - now))


def holds(rule: RuleVerdict, now: int) -> bool:
    """Whether the rule holds at `now`, if nothing happened since the verdict."""
    return rule.holds or (rule.at is not None and rule.at <= now)


def rule_words(rule: RuleVerdict, zone: tzinfo, now: int) -> str:
    """`✓ OD-7 1 h after the last support correspondence`; where it does not hold ✗, and from when it will.

    `–` stands before a rule that does not hold and need not.
    """
    held = holds(rule, now)
    sign = "✓" if held else "✗" if rule.required else "–"
    said = sentence(rule, pack_language(), lambda at: clock_time(at, zone, now), promise_words)
    text = f"{sign} {rule.rule} {said}"
    if held or rule.at is None:
        return text
    at = clock_time(rule.at, zone, now)
    return tr("{rule}: from {at}, in {left}", rule=text, at=at, left=left_words(rule.at - now))
