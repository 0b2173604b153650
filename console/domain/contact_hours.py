"""When support can be reached, by way and plan (OW-2, OW-3, OD-22)."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.compile import CompiledBook
from console.domain.policy import Pack
from console.domain.policy_values import Text


@dataclass(frozen=True, slots=True)
class ContactHours:
    """A way to reach support at an instant; `next_change` is when it opens or closes, none: never."""

    contact: str
    name: Text
    open: bool
    next_change: int | None


def contact_hours(book: CompiledBook, pack: Pack, plan: str | None, at: int) -> tuple[ContactHours, ...]:
    """The ways that the plan includes, at `at` (microseconds UTC); those of the pack for a plan that lists none."""
    found = pack.plan(plan)
    included = found.contacts if found is not None and found.contacts else tuple(each.code for each in pack.contacts)
    hours = []
    for contact in pack.contacts:
        axis = book.axis(pack.code, contact.calendar or pack.calendar)
        if contact.code in included and axis is not None:
            is_open = axis.is_open(at)
            change = axis.next_close(at) if is_open else axis.next_start(at)
            hours.append(ContactHours(contact.code, contact.name, is_open, change))
    return tuple(hours)
