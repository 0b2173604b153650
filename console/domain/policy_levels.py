"""Who is told of an escalation, level by level, and what a pack says of escalating as such (OD-10, LI-5 to LI-7)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, StrictStr

from console.domain.policy_duty import MailAddress, Outage
from console.domain.policy_values import Code, Frozen, Named, Sources, Text


class Person(Named):
    """A role that takes part in support (OD-18, LI-7); audiences of levels name it."""


class Level(Frozen):
    """One step of an escalation path: who is asked and by what means.

    `by` are means of reaching somebody, the button, the portal, or codes of the pack's channels and contacts.
    `audience` are the roles that this step adds; a pack that is read from a file names at least one. `needs`: what has
    to be recorded before its request is finished: a full analysis, the leader who takes it over.
    """

    level: Annotated[StrictInt, Field(ge=1, le=9)]
    name: Text
    by: tuple[StrictStr, ...] = Field(min_length=1)
    audience: tuple[Code, ...] = ()
    needs: frozenset[Literal["analysis", "leader"]] = frozenset()


class Path(Named):
    """An escalation path of some products, or of all when it lists none (OD-10); by its dates versions follow.

    `cumulative`: each level is told beside those below it (LI-7). `informed` are told at every level (LI-8).
    """

    products: tuple[StrictStr, ...] | None = Field(default=None, min_length=1)
    levels: tuple[Level, ...] = Field(min_length=1)
    cumulative: StrictBool = False
    informed: tuple[Code, ...] = ()


class Escalating(Frozen):
    """What holds for every escalation of a pack.

    `superseded_by` are severities that end an open request, as an outage has its own process (LI-11).
    `rejection_replies` says who is told of a rejection (LI-6). `next_level`: whether the level above may be asked for
    at any time after the former, or once that is decided or its review is overdue (LI-7). `alerts` are the roles that
    hear of every request at once (LI-5). `fallback` gets the mail of a request while nobody is on duty (OD-9).
    """

    superseded_by: frozenset[StrictInt] = frozenset()
    rejection_replies: tuple[Literal["original", "asker"], ...] = ("asker",)
    next_level: Literal["any_time", "settled"] = "any_time"
    alerts: tuple[Code, ...] = ()
    fallback: MailAddress | None = None
    outage: Outage | None = None
    source: Sources
