"""What a severity would do beside the clocks, in words: the ways to escalate, the place in the queue."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from console.domain.policy import Pack
from ui.dialogs.change_words import ChangeLine
from ui.pack_words import pack_text
from ui.tr import grouped, tr
from ui.when import clock_time

if TYPE_CHECKING:
    from console.services.channel_changes import ChannelChange, ChannelSide
    from console.services.severity_preview import SeverityPreview


def effect_lines(preview: SeverityPreview, pack: Pack, zone: tzinfo, now: int) -> list[ChangeLine]:
    """A line for each channel that opens or closes at another time, one for the place. Instants in microseconds UTC."""
    names = {each.code: pack_text(each.name) for each in pack.channels}
    lines = [_channel(each, names, zone, now) for each in preview.becomes_escalatable]
    if preview.ends_escalation:
        lines.append(ChangeLine(tr("Open escalation"), tr("ends: this severity is an outage"), "soon"))
    place = preview.queue_position
    if place is not None:
        moves = place.before != place.after
        words = tr("{before} → {after}", before=grouped(place.before), after=grouped(place.after))
        stays = tr("{place}, stays", place=grouped(place.before))
        lines.append(ChangeLine(tr("Place in the queue"), words if moves else stays, "text" if moves else "muted"))
    return lines


def _channel(change: ChannelChange, names: dict[str, str], zone: tzinfo, now: int) -> ChangeLine:
    name = tr("Escalation: {channel}", channel=names.get(change.channel, change.channel))
    before, after = (_side(each, zone, now) for each in (change.before, change.after))
    return ChangeLine(name, tr("{before} → {after}", before=before, after=after), "soon" if change.opens else "text")


def _side(side: ChannelSide, zone: tzinfo, now: int) -> str:
    if side.available:
        return tr("open")
    if side.available_at is None:
        return tr("no")
    return tr("from {time}", time=clock_time(side.available_at, zone, now))
