"""What the dialog for a request asks others to do, and what it hands over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from console.services.escalating.escalations import RequestOutcome
    from console.services.tickets import TicketCard


@dataclass(frozen=True)
class Asked:
    """A request as it was told. `level` none: it joins the one that waits; `who` blank: nobody is named."""

    channel: str
    who: str
    words: str
    level: int | None
    reason_code: str | None


@dataclass(frozen=True)
class RequestActs:
    """`record` writes the request; `reload` gives the ticket as it is now."""

    record: Callable[[Asked], Coroutine[Any, Any, RequestOutcome]]
    reload: Callable[[], Awaitable[TicketCard]]


@dataclass(frozen=True)
class RequestSubject:
    """The ticket as it was when the dialog was opened. `askers`: who speaks for the customer; `on_duty` the manager of
    the shift that runs, none where none does."""

    card: TicketCard
    askers: tuple[str, ...]
    on_duty: str | None
