"""Who hears of a request at once (OD-9, LI-5, LI-8), and by when it is reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.domain.escalation_path import escalation_path
from console.domain.rules import ClockKind
from ui.tr import tr
from ui.when import promise_words
from ui.words.pack_words import pack_text

if TYPE_CHECKING:
    from console.services.tickets import TicketCard


def told_words(card: TicketCard, channel: str, on_duty: str | None, now: int) -> list[str]:
    """A line for each: the mail to the manager on duty, the roles that are told, the time of the review. `now` in
    microseconds UTC."""
    pack = card.pack
    lines = []
    way = next((each for each in pack.channels if each.code == channel), None)
    if way is not None and way.mails_on_duty:
        lines.append(_mail(card, on_duty))
    path = escalation_path(pack, card.state.product, now)
    roles = [*(pack.escalating.alerts if pack.escalating is not None else ())]
    roles += path.path.informed if path is not None else ()
    names = {person.code: pack_text(person.name) for person in pack.people}
    if roles:
        told = ", ".join(names.get(role, role) for role in dict.fromkeys(roles))
        lines.append(tr("Told at once: {who}.", who=told))
    review = pack.clock(ClockKind.ESCALATION_REVIEW)
    if review is not None and review.target is not None:
        lines.append(tr("It is reviewed within {time} of working time.", time=promise_words(review.target)))
    return lines


def _mail(card: TicketCard, on_duty: str | None) -> str:
    if on_duty is not None:
        return tr("A mail goes at once to {who}, the shift manager on duty.", who=on_duty)
    fallback = card.pack.escalating.fallback if card.pack.escalating is not None else None
    if fallback is None:
        return tr("▲ Nobody is on duty: no mail goes out. Take the shift first.")
    return tr("▲ Nobody is on duty: the mail goes to {address}.", address=fallback)
