"""Messages of the outbox in words, and which of them a filter shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from enum import StrEnum

from console.domain.records import OutboxMessage
from models.outbox_model import OutboxWords
from ui.tr import tr
from ui.when import clock_time, left_words
from ui.words.address_words import address_words

SUBJECT = "Subject:"
CANCELLED = "cancelled"


class Stage(StrEnum):
    """Where a message stands. It waits out the time in which its decision can be undone, then for its delivery."""

    LEAVING = "leaving"
    WAITING = "waiting"
    CANCELLED = "cancelled"


def stage_of(message: OutboxMessage, now: int) -> Stage:
    """Where it stands at `now`, microseconds UTC."""
    if message.state == CANCELLED:
        return Stage.CANCELLED
    return Stage.LEAVING if message.not_before > now else Stage.WAITING


def stage_words(stage: Stage) -> str:
    """For the choice of a filter."""
    return {
        Stage.LEAVING: tr("Can still be undone"),
        Stage.WAITING: tr("Waits for delivery"),
        Stage.CANCELLED: tr("Cancelled"),
    }[stage]


def leaves_words(message: OutboxMessage, zone: tzinfo, now: int) -> str:
    """`from 02:24` while its decision can be undone, `02:24` since it may leave, `✗ cancelled`."""
    match stage_of(message, now):
        case Stage.CANCELLED:
            return tr("✗ cancelled")
        case Stage.LEAVING:
            return tr("from {at}", at=clock_time(message.not_before, zone, now))
        case Stage.WAITING:
            return clock_time(message.not_before, zone, now)


def stage_sentence(message: OutboxMessage, zone: tzinfo, now: int) -> str:
    """Where it stands, in a sentence."""
    at = clock_time(message.not_before, zone, now)
    match stage_of(message, now):
        case Stage.CANCELLED:
            return tr("Cancelled: its decision was undone, and it never leaves.")
        case Stage.LEAVING:
            left = left_words(message.not_before - now)
            return tr("Leaves {at}, in {left}; until then its decision can be undone.", at=at, left=left)
        case Stage.WAITING:
            return tr("Free to leave since {at}; it waits for delivery.", at=at)


def split(text: str | None) -> tuple[str, str]:
    """Subject and body of a message as the outbox keeps it."""
    if text is None:
        return tr("The text was erased"), ""
    head, _, rest = text.partition("\n")
    if not head.startswith(SUBJECT):
        return "", text
    return head.removeprefix(SUBJECT).strip(), rest.strip("\n")


def outbox_words(zone: tzinfo, roles: Mapping[str, str]) -> OutboxWords:
    """How the table shows messages; `roles` are names of audiences by code."""
    return OutboxWords(
        headers=(tr("Free to leave"), tr("To"), tr("By"), tr("Ticket"), tr("Subject")),
        leaves=lambda message, now: leaves_words(message, zone, now),
        to=lambda message: address_words(message.to, roles, message.name),
        channel=lambda channel: {"mail": tr("mail")}.get(channel, channel),
        subject=lambda text: split(text)[0],
    )


def matching(messages: Sequence[OutboxMessage], number: str, stage: Stage | None, now: int) -> list[OutboxMessage]:
    """Those of tickets whose number holds `number`, at a stage; none: at any."""
    wanted = number.strip().casefold()
    return [
        each
        for each in messages
        if (not wanted or wanted in (each.number or "").casefold()) and (stage is None or stage_of(each, now) is stage)
    ]
