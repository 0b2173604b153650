"""What a severity would do beside the clocks, in words: the ways to escalate, the place in the queue."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from console.domain.policy import Channel, Pack
from console.domain.policy_rules import SeverityBlocks
from ui.dialogs.change_words import ChangeLine
from ui.tr import grouped, tr
from ui.when import clock_time
from ui.words.pack_words import pack_text

if TYPE_CHECKING:
    from console.services.severities.channel_changes import ChannelChange, ChannelSide
    from console.services.severities.severity_preview import SeverityPreview


def effect_lines(preview: SeverityPreview, pack: Pack, zone: tzinfo, now: int) -> list[ChangeLine]:
    """A line for each channel that opens or closes at another time, one for the place. Instants in microseconds UTC."""
    lines = [_channel(each, preview, pack, zone, now) for each in preview.becomes_escalatable]
    if preview.ends_escalation:
        lines.append(ChangeLine(tr("Open escalation"), tr("ends: this severity is an outage"), "soon"))
    place = preview.queue_position
    if place is not None:
        moves = place.before != place.after
        words = tr("{before} → {after}", before=grouped(place.before), after=grouped(place.after))
        stays = tr("{place}, stays", place=grouped(place.before))
        lines.append(ChangeLine(tr("Place in the queue"), words if moves else stays, "text" if moves else "muted"))
    return lines


def _channel(change: ChannelChange, preview: SeverityPreview, pack: Pack, zone: tzinfo, now: int) -> ChangeLine:
    channel = next((each for each in pack.channels if each.code == change.channel), None)
    name = tr("Escalation: {channel}", channel=change.channel if channel is None else pack_text(channel.name))
    before = _side(change.before, None, zone, now)
    after = _side(change.after, _why_never(channel, pack, preview.to), zone, now)
    return ChangeLine(name, tr("{before} → {after}", before=before, after=after), "soon" if change.opens else "text")


def _side(side: ChannelSide, never: str | None, zone: tzinfo, now: int) -> str:
    if side.available:
        return tr("open")
    if side.available_at is None:
        return never or tr("no")
    return tr("from {time}", time=clock_time(side.available_at, zone, now))


def _why_never(channel: Channel | None, pack: Pack, severity: int) -> str | None:
    """Why a severity is never escalated by a channel, where the severity alone is why."""
    if channel is None:
        return None
    rules = [rule for rule in pack.eligibility if channel.code in rule.channels and severity in rule.severities]
    if any(isinstance(rule, SeverityBlocks) for rule in rules):
        return tr("no: severity {severity} is not escalated", severity=severity)
    if severity not in channel.severities:
        name = pack_text(channel.name)
        return tr("no: severity {severity} has no {channel}", severity=severity, channel=name[:1].lower() + name[1:])
    return None
