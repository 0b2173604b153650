"""Who asks for an escalation: somebody who wrote in the ticket, or who is named for the first time."""

from __future__ import annotations

from console.domain.errors import UserError
from console.store import askers
from console.store.database import Connection

LONGEST_NAME = 200


def names_of_askers(conn: Connection, ticket_id: int) -> tuple[str, ...]:
    """The names of those who spoke for the customer in a ticket, who spoke last first."""
    return tuple(dict.fromkeys(name for _, name in askers.spoke_for_customer(conn, ticket_id)))


def asker_named(conn: Connection, ticket_id: int, name: str) -> int | None:
    """The person called `name`: of those who spoke in the ticket, else one whom its source knows, else a new one. None
    where nobody is named. Raises UserError asker_too_long.

    For the same transaction as the request, so that a refused one leaves nobody behind.
    """
    wanted = " ".join(name.split())
    if not wanted:
        return None
    if len(wanted) > LONGEST_NAME:
        raise UserError("asker_too_long", field="who asks", found=len(wanted), expected=LONGEST_NAME)
    spoke = askers.spoke_for_customer(conn, ticket_id)
    known = next((person for person, called in spoke if called.casefold() == wanted.casefold()), None)
    return known if known is not None else askers.known_or_new(conn, ticket_id, wanted)
