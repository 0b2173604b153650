"""Writing a batch of translated rows: one transaction, one revision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from console.domain.compile import CompiledBook
from console.domain.credentials import strip_credentials
from console.domain.facts import ActorKind, Fact, FactKind, NewFact
from console.domain.policy_terms import Credential
from console.services.importing.conversation import new_messages
from console.services.importing.mapping import Mapping as ImportMapping
from console.services.importing.serving import Serving
from console.services.importing.translate import Draft, RowDraft, TicketDraft, fact_uid
from console.store import door, parties, tickets
from console.store.database import Connection

_Identity = tuple[int, int, int, int]  # ticket id, at, ord, kind


class Written(NamedTuple):
    """What a batch did."""

    ticket_ids: tuple[int, ...]
    facts_added: int
    corrected: int
    stripped: int = 0
    unknown_contracts: int = 0


class BatchWriter:
    """Writes the batches of one import.

    What the database knew at `start_revision` came from earlier imports: where the source now says something else of
    the same event, the earlier fact is voided (a correction by the source). Two rows of one import that contradict
    each other both stay.
    """

    def __init__(self, mapping: ImportMapping, start_revision: int) -> None:
        self._mapping = mapping
        self._start = start_revision
        self._serving = Serving(mapping.plan, named_by_rows=mapping.columns.plan is not None)
        self._people: dict[str, int] = {}
        self._groups: dict[str, int] = {}

    def write(self, conn: Connection, book: CompiledBook, now: int, rows: Sequence[RowDraft]) -> Written:
        """Record what is new in `rows`; runs inside the caller's write transaction."""
        source_id = parties.source(conn, self._mapping.source.kind, self._mapping.source.name)
        drafts = _earliest(rows)
        customers = self._customers(conn, drafts)
        ids = self._ticket_ids(conn, source_id, drafts.values(), customers)
        touched = tuple(ids[number] for number in drafts)
        known = tickets.facts_of(conn, touched)
        seen = {fact.uid for facts in known.values() for fact in facts}
        fresh: list[tuple[int, Draft]] = []
        for row in rows:
            for draft in row.facts:
                if draft.uid not in seen:
                    seen.add(draft.uid)
                    fresh.append((ids[row.ticket.number], draft))
        pack = book.pack(self._mapping.plan.pack, now)
        patterns = () if pack is None else pack.credentials
        drafts, stripped = _without_credentials(drafts, patterns, seen)
        stripped += _words_without_credentials(fresh, patterns)
        served = self._serving.serve(conn, pack, drafts, ids, customers, known, seen, fresh)
        voids = self._voids(known, fresh) + served.voids
        facts = self._openings(ids, drafts.values(), seen) + served.facts
        facts += self._resolve(conn, source_id, fresh)
        if self._mapping.columns.message is not None:
            said = new_messages(conn, rows, ids, known, patterns, self._start)
            facts += self._by_author(conn, source_id, said.facts)
            voids += said.voids
            stripped += said.stripped
        if not facts:
            return Written(touched, 0, 0)
        change = door.record(conn, book, [*facts, *voids], now, ledger=served.entries)
        return Written(touched, change.facts_added - len(voids), len(voids), stripped, served.unknown)

    def _customers(self, conn: Connection, drafts: Mapping[str, TicketDraft]) -> dict[str, int]:
        """By number: the customer of a ticket, by its name or else by the contract that it names."""
        org_id = parties.first_organisation(conn)
        names = {draft.customer: parties.CustomerDetails(draft.customer) for draft in drafts.values() if draft.customer}
        ids = parties.customers(conn, org_id, names) if names else {}
        found = self._serving.customers_of(conn, drafts)
        return found | {number: ids[draft.customer] for number, draft in drafts.items() if draft.customer}

    def _ticket_ids(
        self, conn: Connection, source_id: int, drafts: Iterable[TicketDraft], customers: Mapping[str, int]
    ) -> dict[str, int]:
        org_id = parties.first_organisation(conn)
        url = self._mapping.source.url
        wanted = [
            parties.NewTicket(
                draft.number,
                draft.opened,
                customers.get(draft.number),
                None if url is None else url.replace("{number}", quote(draft.number, safe="")),
            )
            for draft in drafts
        ]
        return parties.tickets(conn, source_id, wanted, org_id)

    def _openings(self, ids: Mapping[str, int], drafts: Iterable[TicketDraft], seen: set[str]) -> list[NewFact]:
        facts = []
        for draft in drafts:
            ticket_id = ids[draft.number]
            if draft.opened_uid not in seen:
                facts.append(
                    NewFact(
                        ticket_id,
                        draft.opened,
                        FactKind.OPENED,
                        t=draft.channel,
                        actor_kind=ActorKind.CUSTOMER,
                        text=draft.subject,
                        uid=draft.opened_uid,
                    )
                )
        return facts

    def _resolve(self, conn: Connection, source_id: int, fresh: Iterable[tuple[int, Draft]]) -> list[NewFact]:
        """People and groups get their ids; only the new ones are asked for."""
        pairs = list(fresh)
        people = {draft.actor for _, draft in pairs if draft.actor}
        people |= {draft.name for _, draft in pairs if draft.name and draft.kind == FactKind.OWNER_SET}
        self._know(conn, source_id, people)
        groups = {draft.name for _, draft in pairs if draft.name and draft.kind == FactKind.GROUP_SET}
        groups -= self._groups.keys()
        if groups:
            self._groups |= parties.support_groups(conn, sorted(groups))
        return [self._new_fact(ticket_id, draft) for ticket_id, draft in pairs]

    def _know(self, conn: Connection, source_id: int, names: set[str]) -> None:
        missing = names - self._people.keys()
        if missing:
            self._people |= parties.persons(conn, source_id, sorted(missing))

    def _by_author(self, conn: Connection, source_id: int, said: Sequence[tuple[NewFact, str | None]]) -> list[NewFact]:
        self._know(conn, source_id, {author for _, author in said if author})
        return [fact._replace(actor_id=self._people[author]) if author else fact for fact, author in said]

    def _new_fact(self, ticket_id: int, draft: Draft) -> NewFact:
        a = draft.a
        if draft.name is not None:
            a = self._people[draft.name] if draft.kind == FactKind.OWNER_SET else self._groups[draft.name]
        return NewFact(
            ticket_id,
            draft.at,
            draft.kind,
            a=a,
            b=draft.b,
            t=draft.t,
            actor_kind=_actor_kind(draft),
            actor_id=self._people[draft.actor] if draft.actor else None,
            text=draft.text,
            ord=draft.ord,
            uid=draft.uid,
        )

    def _voids(self, known: Mapping[int, Sequence[Fact]], fresh: Iterable[tuple[int, Draft]]) -> list[NewFact]:
        if not known:
            return []
        standing = self._standing(known)
        voids: dict[str, NewFact] = {}
        for ticket_id, draft in fresh:
            for old in standing.get((ticket_id, draft.at, draft.ord, draft.kind), ()):
                uid = fact_uid("void", old.uid)
                voids[uid] = NewFact(ticket_id, old.at, FactKind.VOID, t=old.uid, ord=old.ord, uid=uid)
        return list(voids.values())

    def _standing(self, known: Mapping[int, Sequence[Fact]]) -> dict[_Identity, list[Fact]]:
        """What earlier imports said and still counts, by the identity of the event."""
        found: dict[_Identity, list[Fact]] = defaultdict(list)
        for ticket_id, facts in known.items():
            apart = {fact.t for fact in facts if fact.kind == FactKind.VOID}
            for fact in facts:
                if fact.revision <= self._start and fact.decision_uid is None and fact.uid not in apart:
                    found[(ticket_id, fact.at, fact.ord, fact.kind)].append(fact)
        return found


def _actor_kind(draft: Draft) -> ActorKind:
    """Whoever wrote it down, an escalation is asked for by the customer."""
    if draft.kind == FactKind.ESCALATION_REQUESTED:
        return ActorKind.CUSTOMER
    return ActorKind.AGENT if draft.actor else ActorKind.SYSTEM


def _without_credentials(
    drafts: Mapping[str, TicketDraft], patterns: Sequence[Credential], seen: Collection[str]
) -> tuple[dict[str, TicketDraft], int]:
    """What the customers of new tickets wrote, without credentials (OD-15), and how many were taken out."""
    found, count = dict(drafts), 0
    for number, draft in drafts.items():
        if draft.opened_uid not in seen:
            subject, taken = strip_credentials(patterns, draft.subject)
            if taken:
                found[number] = draft._replace(subject=subject)
                count += taken
    return found, count


def _words_without_credentials(fresh: list[tuple[int, Draft]], patterns: Sequence[Credential]) -> int:
    """Strip the words of requests, in place (OD-15); how many were taken out."""
    count = 0
    for place, (ticket_id, draft) in enumerate(fresh):
        if draft.text is not None:
            text, taken = strip_credentials(patterns, draft.text)
            fresh[place] = (ticket_id, draft._replace(text=text))
            count += taken
    return count


def _earliest(rows: Iterable[RowDraft]) -> dict[str, TicketDraft]:
    """For each ticket what its earliest row says of it, whatever the order of the rows. The contract is that of the
    earliest row that names one."""
    found: dict[str, RowDraft] = {}
    named: dict[str, RowDraft] = {}
    for row in rows:
        before = found.get(row.ticket.number)
        if before is None or (row.at, row.ord) < (before.at, before.ord):
            found[row.ticket.number] = row
        if row.ticket.contract is not None:
            before = named.get(row.ticket.number)
            if before is None or (row.at, row.ord) < (before.at, before.ord):
                named[row.ticket.number] = row
    drafts = {number: row.ticket for number, row in found.items()}
    for number, row in named.items():
        drafts[number] = drafts[number]._replace(contract=row.ticket.contract)
    return drafts
