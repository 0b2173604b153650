"""What a pack says of the desk's own work: whom to call, where an outage goes, when a ticket that waits is parked."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictBool, StrictInt, StrictStr

from console.domain.policy_values import Code, Dated, Duration, Frozen, Sources, Text

Means = Literal["phone", "mobile", "pager", "e-mail", "chat"]

_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")


def _mail(found: str) -> str:
    if _MAIL.fullmatch(found) is None:
        raise ValueError(f"found {found!r}, expected an e-mail address")
    return found


MailAddress = Annotated[StrictStr, AfterValidator(_mail)]


class OnCallEntry(Dated):
    """How to reach who has a role tonight. `place` is the order in which one calls: 1 first.

    `calendar` has the hours in which this way works; none: at any time. By its dates one person follows another; an
    entry that is yet to begin is not called before.
    """

    role: Code
    name: Annotated[StrictStr, Field(min_length=1)]
    by: Means
    address: Annotated[StrictStr, Field(min_length=1)]
    place: Annotated[StrictInt, Field(ge=1, le=99)] = 1
    calendar: Code | None = None

    @property
    def key(self) -> str:
        """Role, place and means."""
        return f"{self.role}.{self.place}.{self.by}"


class Outage(Frozen):
    """What a request is led to instead where an outage has its own process (LI-11): `text` says what to do, `role` is
    whom to call."""

    text: Text
    role: Code


class Parked(Frozen):
    """Which tickets that wait count as parked.

    `after`: waiting for so long, in plain hours. `before_breach`: paused with no more than this left, in the time of
    the clock. `customer_waits`: waiting although a customer's message has no answer.
    """

    after: Duration
    before_breach: Duration | None = None
    customer_waits: StrictBool = False
    source: Sources
