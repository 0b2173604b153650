"""The journal as somebody reads it: entries by what was asked for, with the numbers of their tickets."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.decisions import JournalEntry
from console.domain.errors import UserError
from console.domain.records import JournalFilter
from console.store import journal, tickets
from console.store.database import Connection

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class JournalLine:
    """An entry and the number of its ticket, none where it is of no ticket."""

    entry: JournalEntry
    number: str | None


class JournalService:
    """Reads the journal."""

    def find(self, conn: Connection, wanted: JournalFilter) -> tuple[JournalLine, ...]:
        """The entries that the filter asks for."""
        found = journal.find(conn, wanted)
        numbers = tickets.numbers(conn, [each.ticket_id for each in found if each.ticket_id is not None])
        return tuple(JournalLine(each, numbers.get(each.ticket_id or 0)) for each in found)

    def named(self, conn: Connection, wanted: str) -> JournalEntry:
        """The entry with this uid, or of this number. Raises UserError decision_unknown."""
        found = journal.entry(conn, wanted)
        if found is None and wanted.isascii() and wanted.isdigit() and len(wanted) < _DIGITS:
            found = next((each for each in journal.entries(conn, after_seq=int(wanted) - 1, limit=1)), None)
            if found is not None and found.seq != int(wanted):
                found = None
        if found is None:
            raise UserError("decision_unknown", found=wanted)
        return found
