"""The verdict on an escalation in words. What turns true by time alone turns here as well, without a new verdict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from console.domain.eligibility import ChannelVerdict, RuleVerdict
from console.domain.eligibility import rule_words as sentence
from console.domain.policy import Pack
from ui.tr import tr
from ui.when import clock_time, left_words, promise_words
from ui.words.pack_words import pack_language, pack_text


def channel_name(pack: Pack, code: str) -> str:
    """The channel in the pack's words, else in ours; its code where nobody knows it."""
    known = next((each for each in pack.channels if each.code == code), None)
    return _ways().get(code, code) if known is None else pack_text(known.name)


def is_available(verdict: ChannelVerdict, now: int) -> bool:
    """Whether the channel is open at `now` (microseconds UTC), if nothing happened since the verdict."""
    return verdict.available or (verdict.available_at is not None and verdict.available_at <= now)


def channel_words(verdict: ChannelVerdict, zone: tzinfo, now: int) -> str:
    """`✓ since 15:00`, `from 16:20, in 1 h 20 m`, `✗ not available`."""
    if is_available(verdict, now):
        if verdict.available_at is None:
            return tr("✓ available")
        return tr("✓ since {at}", at=clock_time(verdict.available_at, zone, now))
    if verdict.available_at is None:
        return tr("✗ not available")
    at = clock_time(verdict.available_at, zone, now)
    return tr("from {at}, in {left}", at=at, left=left_words(verdict.available_at - now))


def earliest_first(channels: Sequence[ChannelVerdict]) -> list[ChannelVerdict]:
    """Channels by the instant at which they open; those that no instant opens come last, in the order of the pack."""
    never = max((each.available_at or 0 for each in channels), default=0) + 1
    return sorted(channels, key=lambda each: (not each.available, each.available_at or never))


def no_way(pack: Pack, severity: int | None) -> str | None:
    """Why a severity is not escalated at all, in a sentence with its source; none where a channel exists for it or the
    pack has none to speak of (OD-7, LI-4, LI-11)."""
    known = pack.severity(severity)
    if known is None or not pack.channels or any(severity in each.severities for each in pack.channels):
        return None
    source = pack.channels[0].source[0]
    if pack.escalating is not None and severity in pack.escalating.superseded_by:
        if pack.escalating.outage is not None:
            return f"{pack_text(pack.escalating.outage.text)} ({source})"
        said = "Severity {level} is an outage: it goes by the outage line, not by an escalation ({source})."
        return tr(said, level=known.level, source=source)
    return tr("Severity {level} is not escalated ({source}).", level=known.level, source=source)


def holds(rule: RuleVerdict, now: int) -> bool:
    """Whether the rule holds at `now`, if nothing happened since the verdict."""
    return rule.holds or (rule.at is not None and rule.at <= now)


def rule_words(rule: RuleVerdict, zone: tzinfo, now: int) -> str:
    """`✓ OD-7 1 h after the last support correspondence: holds since 12:30`, or from when it will: `✗ ...: from 16:20,
    in 1 h`. Where time changes nothing: `holds`, `stands in the way`.

    `–` stands before a rule that does not hold and need not.
    """
    held = holds(rule, now)
    sign = "✓" if held else "✗" if rule.required else "–"
    said = sentence(rule, pack_language(), lambda at: clock_time(at, zone, now), promise_words)
    text = f"{sign} {rule.rule} {said}"
    if rule.at is None:
        if held:
            return tr("{rule}: holds", rule=text)
        return tr("{rule}: stands in the way", rule=text) if rule.required else tr("{rule}: does not apply", rule=text)
    at = clock_time(rule.at, zone, now)
    if held:
        return tr("{rule}: holds since {at}", rule=text, at=at)
    return tr("{rule}: from {at}, in {left}", rule=text, at=at, left=left_words(rule.at - now))


def _ways() -> dict[str, str]:
    return {
        "button": tr("Button"),
        "phone": tr("Phone"),
        "chat": tr("Chat"),
        "mail": tr("Mail"),
        "account_team": tr("Account team"),
    }
