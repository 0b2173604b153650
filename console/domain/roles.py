"""Who may do what at the desk. The shift manager and the support engineer have the names that policy packs use."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from console.domain.decisions import Actor
from console.domain.errors import UserError


class Role(StrEnum):
    """The role that somebody acts in. Who has several acts in the one chosen, and it is recorded."""

    VIEWER = "viewer"
    ENGINEER = "support_engineer"
    MANAGER = "shift_manager"
    LEAD = "team_lead"
    ADMINISTRATOR = "administrator"


class Act(StrEnum):
    """What can be done beside looking."""

    CHANGE_SEVERITY = "change_severity"
    REQUEST_ESCALATION = "request_escalation"
    DECIDE_ESCALATION = "decide_escalation"
    SET_ETA = "set_eta"
    SET_OWNER = "set_owner"
    WRITE_NOTE = "write_note"
    VOID_FACT = "void_fact"
    CREDIT_INCIDENT = "credit_incident"
    DECIDE_QUOTA = "decide_quota"
    TAKE_SHIFT = "take_shift"
    REVIEW = "review"
    MAKE_CONTRACT = "make_contract"
    ADOPT_POLICY = "adopt_policy"
    IMPORT = "import"
    ERASE = "erase"
    KEEP_FILES = "keep_files"


_ENGINEER = frozenset({Act.CHANGE_SEVERITY, Act.REQUEST_ESCALATION, Act.SET_ETA, Act.WRITE_NOTE})
_MANAGER = _ENGINEER | {
    Act.DECIDE_ESCALATION,
    Act.SET_OWNER,
    Act.VOID_FACT,
    Act.CREDIT_INCIDENT,
    Act.DECIDE_QUOTA,
    Act.TAKE_SHIFT,
}
_ADMINISTRATOR = frozenset({Act.MAKE_CONTRACT, Act.ADOPT_POLICY, Act.IMPORT, Act.ERASE, Act.KEEP_FILES})

MAY: Mapping[Role, frozenset[Act]] = MappingProxyType(
    {
        Role.VIEWER: frozenset(),
        Role.ENGINEER: _ENGINEER,
        Role.MANAGER: frozenset(_MANAGER),
        Role.LEAD: frozenset({Act.REVIEW, Act.WRITE_NOTE}),
        Role.ADMINISTRATOR: _ADMINISTRATOR,
    }
)
"""What each role may do. Whether a severity may go up or down, and who enters a credit, the pack says beside it
(OD-2, OD-6)."""


def may(role: str, act: Act) -> bool:
    """Whether a role may do this; a role that nobody knows may nothing."""
    return any(act in acts for known, acts in MAY.items() if known == role)


def require(actor: Actor, act: Act) -> None:
    """Raises UserError role_may_not unless the role that `actor` acts in may do this."""
    if not may(actor.role, act):
        spoken = act.value.replace("_", " ")
        raise UserError("role_may_not", role=actor.role, act=spoken, expected=", ".join(roles_for(act)))


def acting(actor: Actor, act: Act) -> Actor:
    """The same person in a role that may do this: the chosen one where it may, else the first of those held.

    For a terminal, where no role is chosen beforehand. Raises UserError role_may_not.
    """
    role = next((each for each in (actor.role, *actor.roles) if may(each, act)), None)
    if role is None:
        require(actor, act)
        return actor
    return actor._replace(role=role)


def roles_for(act: Act) -> tuple[str, ...]:
    """The roles that may do this."""
    return tuple(role.value for role, acts in MAY.items() if act in acts)
