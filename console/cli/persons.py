"""A person named on a command line."""

from __future__ import annotations

from console.domain.errors import UserError
from console.services.desk import Desk
from console.store.database import Connection


def person_named(desk: Desk, conn: Connection, option: str, name: str) -> int:
    """The id of who is on shift or ever owned a ticket and has this name, upper and lower case alike.

    Raises UserError person_unknown, or person_ambiguous where two have it.
    """
    shift = desk.shifts.current(conn)
    on_shift = [] if shift is None else [each.person_id for each in shift.people]
    wanted = name.strip().casefold()
    found = [each for each in desk.people.loads(conn, on_shift) if each.name.casefold() == wanted]
    if not found:
        raise UserError("person_unknown", field=option, person=name)
    if len(found) > 1:
        raise UserError("person_ambiguous", field=option, person=name, count=len(found))
    return found[0].person_id
