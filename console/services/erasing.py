"""Erasing words of people on request: an administrator blanks them, the chain of the journal holds."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from console.domain.addresses import CUSTOMER, PERSON, address
from console.domain.decisions import Actor, Change, NewDecision
from console.domain.errors import UserError
from console.domain.instants import TimeSource
from console.domain.records import TEXT_ERASED, KeptText
from console.domain.roles import Act, require
from console.store import door, erasing, parties, people
from console.store.database import Connection


class ErasingService:
    """The journal holds digests and not words, so that a text can go while everything that happened stays."""

    def __init__(self, time: TimeSource) -> None:
        self._time = time

    def of_ticket(self, conn: Connection, ticket_id: int) -> tuple[KeptText, ...]:
        """The words that a ticket keeps, the oldest first; those erased already have no body."""
        return tuple(erasing.texts_of_ticket(conn, ticket_id))

    def of_decision(self, conn: Connection, uid: str) -> tuple[KeptText, ...]:
        """The words that a decision keeps."""
        return tuple(erasing.texts_of_decision(conn, uid))

    def person(self, conn: Connection, wanted: str) -> str:
        """The address of whoever is called so, or has this number. Raises UserError person_unknown or
        person_numbers."""
        found = people.called(conn, wanted)
        if not found:
            raise UserError("person_unknown", field="person", person=wanted)
        if len(found) > 1:
            raise UserError("person_numbers", person=wanted, count=len(found), numbers=", ".join(map(str, found)))
        return address(PERSON, found[0])

    def customer(self, conn: Connection, wanted: str) -> str:
        """The address of the customer with this number or name. Raises UserError customer_unknown."""
        return address(CUSTOMER, parties.find_customer(conn, wanted).customer_id)

    def naming(self, conn: Connection, to: str) -> tuple[KeptText, ...]:
        """The name of a person or a customer, and the words that say it. Messages to them and what the evidence keeps
        go by their numbers, so that with these texts the name is gone."""
        return tuple(erasing.texts_naming(conn, to))

    def chosen(self, known: Sequence[KeptText], ids: Sequence[int]) -> tuple[KeptText, ...]:
        """The texts with these numbers, and those that say the same words: a decision has them twice.

        Raises UserError text_unknown.
        """
        by_id = {each.id: each for each in known}
        for number in ids:
            if number not in by_id:
                raise UserError("text_unknown", found=number, expected=", ".join(map(str, by_id)) or "none")
        bodies = {by_id[number].body for number in ids}
        return tuple(each for each in known if each.body in bodies)

    def erase(
        self,
        conn: Connection,
        texts: Sequence[KeptText],
        actor: Actor,
        *,
        words: str,
        ticket_id: int | None,
        decision_uid: str | None = None,
        of: str | None = None,
    ) -> Change:
        """Blank these texts for good and enter it into the journal, with the reason in `words`: repeat there nothing of
        what is erased. `of` is the address of the person or customer whose name goes.

        Raises UserError role_may_not, words_missing, and nothing_to_erase where all are blank already.
        """
        require(actor, Act.ERASE)
        if not words.strip():
            raise UserError("words_missing", field="reason")
        wanted = [each for each in texts if each.body is not None]
        if not wanted:
            raise UserError("nothing_to_erase")
        now = self._time.now()
        gone = [{"id": each.id, "what": each.what, "sha256": each.sha256} for each in wanted]
        decision = NewDecision(
            uid=uuid4().hex,
            kind=TEXT_ERASED,
            ticket_id=ticket_id,
            subject_uid=decision_uid,
            actor=actor,
            reason_code=None,
            words=words,
            base_revision=door.revision(conn),
            evidence={"texts": gone} | ({} if of is None else {"of": of}),
        )
        change = door.enter(conn, decision, now)
        erasing.erase_texts(conn, [each.id for each in wanted], now)
        return change
