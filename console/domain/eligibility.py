"""Whether a ticket may be escalated now, channel by channel and rule by rule (OD-7, OD-8, OD-10).

A verdict advises: an early request is recorded and decided all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from console.domain.eligibility_rules import Judged, judge
from console.domain.policy import Channel, Pack
from console.domain.policy_rules import EligibilityRule, NoHumanContact
from console.domain.policy_values import Text
from console.domain.rules import Rules
from console.domain.state import TicketState

_DURATIONS = frozenset({"wait", "guaranteed"})
_UNKNOWN = "—"


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """One rule of a channel. `at` is the instant from which it holds (microseconds UTC); none: no instant makes it so.

    `required` is false for a rule that opens a channel by itself (OD-10) and for those that it overrides just now, and
    for one that only flags (LI-2).
    `text` with `{names}` of `values` says it in words, see `rule_words`; keys that end in `_at` are instants, `wait`
    and `guaranteed` durations in microseconds, `share` per cent.
    """

    rule: str
    source: tuple[str, ...]
    text_code: str
    text: Text
    values: Mapping[str, int | str | None]
    holds: bool
    at: int | None
    required: bool = True


@dataclass(frozen=True, slots=True)
class ChannelVerdict:
    """One channel: available at the instant of the verdict, and from when.

    `available_at` is the latest of the instants of its rules; none while a rule that does not hold has no instant.
    """

    channel: str
    name: Text
    available: bool
    available_at: int | None
    rules: tuple[RuleVerdict, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """All channels of the pack, in its order; empty for a pack without escalation."""

    as_of: int
    channels: tuple[ChannelVerdict, ...]

    def channel(self, code: str) -> ChannelVerdict | None:
        """The verdict for one channel."""
        return next((channel for channel in self.channels if channel.channel == code), None)


def verdict(state: TicketState, pack: Pack, rules: Rules, now: int) -> Verdict:
    """The verdict at `now` (microseconds UTC): what can be said of a later instant assumes that nothing happens.

    `pack` as in force at `now`, as an escalation goes by the instant of its request; `rules` as in force at the
    ticket's creation, as its promises do.
    """
    return Verdict(now, tuple(_of_channel(channel, state, pack, rules, now) for channel in pack.channels))


def rule_words(
    rule: RuleVerdict, language: str, show_instant: Callable[[int], str], show_duration: Callable[[int], str]
) -> str:
    """The rule as a sentence in `language` ("en", "ru"), with instants and durations as the caller shows them."""

    def shown(name: str, value: int | str | None) -> str:
        if isinstance(value, int):
            if name.endswith("_at"):
                return show_instant(value)
            return show_duration(value) if name in _DURATIONS else str(value)
        return _UNKNOWN if value is None else value

    # Every name that a text may hold is given by its kind of rule: `load_pack` refuses others.
    return rule.text.say(language).format_map({name: shown(name, value) for name, value in rule.values.items()})


def _of_channel(channel: Channel, state: TicketState, pack: Pack, rules: Rules, now: int) -> ChannelVerdict:
    severity = state.severity
    if severity is None:
        return _refused(channel, "severity_unknown", pack.severity_unknown, {})
    concerned = [rule for rule in pack.eligibility if channel.code in rule.channels and severity in rule.severities]
    if severity not in channel.severities and all(rule.kind != "severity_blocks" for rule in concerned):
        return _refused(channel, "not_for_severity", channel.unavailable, {"severity": severity})
    judged = [(rule, judge(rule, state, rules)) for rule in concerned]
    found = _with_overrides([(rule, _said(rule, verdict, now)) for rule, verdict in judged])
    return ChannelVerdict(
        channel=channel.code,
        name=channel.name,
        available=all(rule.holds for rule in found if rule.required),
        available_at=_available_at(judged, state.created_at),
        rules=tuple(found),
    )


def _refused(channel: Channel, code: str, text: Text, values: Mapping[str, int | str | None]) -> ChannelVerdict:
    rule = RuleVerdict(channel.source[0], channel.source, code, text, values, holds=False, at=None)
    return ChannelVerdict(channel.code, channel.name, available=False, available_at=None, rules=(rule,))


def _said(rule: EligibilityRule, judged: Judged, now: int) -> RuleVerdict:
    return RuleVerdict(
        rule=rule.source[0],
        source=rule.source,
        text_code=rule.code if judged.field == "text" else f"{rule.code}.{judged.field}",
        text=rule.texts()[judged.field],
        values=judged.values,
        holds=judged.always if judged.at is None else now >= judged.at,
        at=judged.at,
        required=not rule.advises,
    )


def _with_overrides(found: Sequence[tuple[EligibilityRule, RuleVerdict]]) -> list[RuleVerdict]:
    overridden = {
        code for rule, said in found if isinstance(rule, NoHumanContact) and said.holds for code in rule.overrides
    }
    return [replace(said, required=False) if rule.code in overridden else said for rule, said in found]


def _available_at(judged: Sequence[tuple[EligibilityRule, Judged]], created_at: int) -> int | None:
    """The latest instant of the rules, each taken at the earliest of itself and what overrides it."""
    openings = {
        code: verdict.at
        for rule, verdict in judged
        if isinstance(rule, NoHumanContact) and verdict.at is not None
        for code in rule.overrides
    }
    latest = created_at
    for rule, verdict in judged:
        if rule.advises or (verdict.at is None and verdict.always):
            continue
        instants = [at for at in (verdict.at, openings.get(rule.code)) if at is not None]
        if not instants:
            return None
        latest = max(latest, min(instants))
    return latest
