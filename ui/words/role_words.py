"""Roles in words."""

from __future__ import annotations

from console.domain.roles import Role
from ui.tr import tr


def role_name(role: str) -> str:
    """The name of a role; one that nobody knows is shown as it is written."""
    names: dict[str, str] = {
        Role.VIEWER: tr("viewer"),
        Role.ENGINEER: tr("support engineer"),
        Role.MANAGER: tr("shift manager"),
        Role.LEAD: tr("team lead"),
        Role.ADMINISTRATOR: tr("administrator"),
    }
    return names.get(role, role)
