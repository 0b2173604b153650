"""What the dialogs of escalations ask others to do, and what they hand over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from console.domain.decisions import Change
from console.domain.policy import Pack
from ui.dialogs.owner_box import Candidate

if TYPE_CHECKING:
    from console.services.escalating.escalations import EscalationRequest

ACCEPT = "accept"
REJECT = "reject"


@dataclass(frozen=True)
class Acceptance:
    """What an acceptance says. `next_update_at` in microseconds UTC; `owner_id` none: the owner stays; `reply` none:
    the one of the template, in `language`."""

    plan_of_action: str
    next_update_at: int
    reason_code: str | None = None
    owner_id: int | None = None
    analysis: str | None = None
    leader: str | None = None
    reply: str | None = None
    against_verdict: str | None = None
    language: str = "en"


@dataclass(frozen=True)
class Rejection:
    """What a rejection says; `reply` none: the one of the template, in `language`."""

    words: str
    reason_code: str | None = None
    analysis: str | None = None
    reply: str | None = None
    language: str = "en"


@dataclass(frozen=True)
class Reply:
    """A message as it would go: `to` is whom it goes to, in words."""

    to: str
    subject: str
    body: str


@dataclass(frozen=True)
class EscalationActs:
    """`accept` and `reject` get the base revision and what was said; `start_review` the base revision. `reload` raises
    UserError when nothing waits. The drafts are what would go to the requesters."""

    accept: Callable[[int, Acceptance], Coroutine[Any, Any, Change]]
    reject: Callable[[int, Rejection], Coroutine[Any, Any, Change]]
    start_review: Callable[[int], Awaitable[Change]]
    reload: Callable[[], Awaitable[EscalationRequest]]
    acceptance_drafts: Callable[[Acceptance], Awaitable[tuple[Reply, ...]]]
    rejection_drafts: Callable[[Rejection], Awaitable[tuple[Reply, ...]]]


@dataclass(frozen=True)
class EscalationSubject:
    """The request as it was when the dialog was opened; `owner` is who works on the ticket, `people` who may."""

    request: EscalationRequest
    pack: Pack
    owner: str | None
    people: tuple[Candidate, ...] = ()
