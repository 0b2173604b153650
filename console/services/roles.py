"""Who is at the desk: the user of the operating system, the roles that the settings give, and the one acted in.

The settings are a file `roles.toml` in the data folder, or one that is named:

    default = ["viewer"]

    [users]
    alice = ["shift_manager", "team_lead"]

The first role of a user is the one to begin in. Without the file everybody holds all roles and begins as the shift
manager. This keeps honest people from mistakes; whoever may write the database file can do what they like with it.
"""

from __future__ import annotations

import getpass
import platform
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from console.domain.decisions import Actor
from console.domain.errors import UserError
from console.domain.roles import Role

FILE_NAME = "roles.toml"

ALL_ROLES = (Role.MANAGER, Role.ENGINEER, Role.LEAD, Role.ADMINISTRATOR, Role.VIEWER)
"""What everybody holds where there are no settings."""

_MOST_BYTES = 1_000_000
_LONGEST_DESK = 64


class OnDuty:
    """Who acts at this desk. The role may change while the desk is open; what was decided keeps the one it had."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def choose(self, role: str) -> Actor:
        """Act in another of the roles held. Raises UserError role_not_held."""
        self.actor = in_role(self.actor, role)
        return self.actor


def present_actor(settings: Path, *, named: bool = False, role: str | None = None) -> Actor:
    """The user of the operating system with the roles that the file gives, in `role` or the first of them.

    A file that is not there means all roles, unless it was `named` by the user. Raises UserError roles_unreadable,
    roles_invalid, role_unknown and role_not_held.
    """
    user = os_user()
    actor = everybody() if not named and not settings.exists() else _holding(user, held_by(user, settings))
    return actor if role is None else in_role(actor, role)


def everybody() -> Actor:
    """The user of the operating system with all roles, as the shift manager: a desk without settings."""
    return _holding(os_user(), tuple(each.value for each in ALL_ROLES))


def _holding(user: str, held: tuple[str, ...]) -> Actor:
    # The name of the machine says at which desk it was, to whoever reads the journal later.
    return Actor(name=user, role=held[0], os_user=user, desk_uid=platform.node()[:_LONGEST_DESK], roles=held)


def in_role(actor: Actor, role: str) -> Actor:
    """The same person in another of the roles held. Raises UserError role_unknown and role_not_held."""
    if role not in set(Role):
        raise UserError("role_unknown", found=role, expected=", ".join(Role))
    held = actor.roles or (actor.role,)
    if role not in held:
        raise UserError("role_not_held", role=role, user=actor.name, expected=", ".join(held))
    return actor._replace(role=role)


def held_by(user: str, settings: Path) -> tuple[str, ...]:
    """The roles that the file gives this user: those of the entry, else the default, else viewer.

    Raises UserError roles_unreadable, and roles_invalid with file, key, found and expected.
    """
    known = _read(settings)
    users = known.get("users", {})
    if not isinstance(users, dict):
        raise _invalid(settings, "users", users, "a table with a list of roles for each user")
    # Every entry is checked: a fault in that of somebody else would be found only when they begin.
    by_user = {name: _roles(settings, f"users.{name}", found) for name, found in users.items()}
    default = _roles(settings, "default", known.get("default", [Role.VIEWER.value]))
    return by_user.get(user, default)


def os_user() -> str:
    """The name of the user of the operating system, "unknown" where it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        # No name for the user id, as in a bare container.
        return "unknown"


def _read(path: Path) -> Mapping[str, object]:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UserError("roles_unreadable", file=str(path), why=error.strerror or str(error)) from error
    if len(data) > _MOST_BYTES:
        raise _invalid(path, "the file", f"more than {_MOST_BYTES} bytes", "a list of users and their roles")
    try:
        known = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _invalid(path, "the file", error, "TOML in UTF-8") from error
    for key in known:
        if key not in ("default", "users"):
            raise _invalid(path, key, known[key], "the keys default and users and no others")
    return known


def _roles(path: Path, key: str, found: object) -> tuple[str, ...]:
    expected = f"a list of one or more of {', '.join(Role)}"
    if not isinstance(found, Sequence) or isinstance(found, str) or not found:
        raise _invalid(path, key, found, expected)
    for each in found:
        if each not in list(Role):
            raise _invalid(path, key, each, expected)
    return tuple(dict.fromkeys(str(each) for each in found))


def _invalid(path: Path, key: str, found: object, expected: str) -> UserError:
    shown = repr(found) if isinstance(found, str) and key != "the file" else str(found)
    return UserError("roles_invalid", file=str(path), key=key, found=shown, expected=expected)
