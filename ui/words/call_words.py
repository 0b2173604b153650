"""Whom to call, in words."""

from __future__ import annotations

from datetime import tzinfo

from console.domain.on_call import OnCall
from console.domain.policy import Pack
from ui.tr import tr
from ui.when import clock_time
from ui.words.pack_words import pack_language


def role_of(pack: Pack, role: str) -> str:
    """What the pack calls a role."""
    return pack.role_name(role, pack_language())


def means_words(by: str) -> str:
    """`phone`, `mobile`, `pager`, `e-mail`, `chat`."""
    known = {
        "phone": tr("phone"),
        "mobile": tr("mobile"),
        "pager": tr("pager"),
        "e-mail": tr("e-mail"),
        "chat": tr("chat"),
    }
    return known.get(by, by)


def reach_words(way: OnCall, zone: tzinfo, now: int) -> str:
    """`reachable now, until 18:00`, `not before 09:00`."""
    if way.reachable:
        if way.next_change is None:
            return tr("reachable at any time")
        return tr("reachable now, until {at}", at=clock_time(way.next_change, zone, now))
    if way.next_change is None:
        return tr("not reachable")
    return tr("not before {at}", at=clock_time(way.next_change, zone, now))
