"""Stories -> the database: identities, contracts, facts and the incident ledger, through the one door."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random
from types import MappingProxyType

from console.domain.decisions import Change, NewLedger
from console.domain.entitlements import INCIDENT, TAM_MINUTES, deduction
from console.domain.facts import FactKind, NewFact
from console.domain.instants import DAY, MINUTE
from console.domain.policy import Pack
from console.domain.rules import PolicyBook
from console.services.entitling.contracts import plan_fact
from console.services.generating.people import ENGINEERS, MANAGERS, PACK, MadeCustomer
from console.services.generating.story import Story, StoryFact
from console.services.importing.translate import fact_uid
from console.store import door, ledger, parties
from console.store.database import Connection

SOURCE_KIND = "demo"
SOURCE_NAME = "Demo desk"
_BOUGHT = "OD-5:bought"
_BEFORE = "OD-6:before"
_BUNDLE = 10
# So many tickets came in beyond some of the contracts that are used up.
_BEYOND = 2
_OVER = 0.5
_SPENT = "OD-3:spent"
_HALF_HOUR = 30 * MINUTE
_NO_MANAGER = 0.3
# The share of customers who had another contract in the year before, and with which plan.
_RETURNED = 0.4
_EARLIER = MappingProxyType(
    {"gold": "silver_plus", "platinum": "gold", "diamond": "gold", "silver_plus": "silver_plus"}
)


class Recorder:
    """Writes stories. `key` tells the runs of the generator apart: it is part of every uid."""

    def __init__(self, key: str, pack: Pack, customers: Sequence[MadeCustomer]) -> None:
        self._key = key
        self._pack = pack
        self._customers = customers
        self._source_id = 0
        self._customer_ids: dict[str, int] = {}
        self._contract_ids: dict[str, int] = {}
        self._contracts: dict[str, parties.NewContract] = {}
        self._people: dict[str, int] = {}
        self._groups: dict[str, int] = {}
        self._used: Counter[str] = Counter()
        self._opened: set[int] = set()  # contracts that an earlier run has filled

    def prepare(self, conn: Connection) -> None:
        """Make sure of source, people, customers and contracts; runs inside a write transaction."""
        self._source_id = parties.source(conn, SOURCE_KIND, SOURCE_NAME)
        org_id = parties.first_organisation(conn)
        details = {each.number: parties.CustomerDetails(each.name, each.zone, each.tier) for each in self._customers}
        self._customer_ids = parties.customers(conn, org_id, details)
        for each in self._customers:
            wanted = parties.NewContract(
                uid=each.contract_uid,
                org_id=org_id,
                customer_id=self._customer_ids[each.number],
                pack=PACK,
                plan=each.plan,
                start_at=each.start_at,
                end_at=each.end_at,
                support_code=each.support_code,
                licence_key=each.licence_key,
                product=each.product,
                product_version=each.product_version,
            )
            earlier = _earlier(wanted)
            if earlier is not None:
                parties.contract(conn, earlier)
            self._contracts[each.contract_uid] = wanted
            self._contract_ids[each.contract_uid] = parties.contract(conn, wanted)
        self._opened = {each for each in self._contract_ids.values() if ledger.of_contract(conn, each)}
        contacts = (name for each in self._customers for name in each.contacts)
        self._people = parties.persons(conn, self._source_id, [*ENGINEERS, *MANAGERS, *contacts])

    def record(
        self,
        conn: Connection,
        book: PolicyBook,
        now: int,
        first_number: int,
        stories: Sequence[Story],
        *,
        last: bool,
    ) -> Change:
        """Record new tickets with the numbers from `first_number` on, as one revision.

        With the `last` ones comes what the contracts were used before, so that some end nearly used up.
        """
        wanted = [
            parties.NewTicket(str(number), story.opened, self._customer_ids[story.customer.number])
            for number, story in enumerate(stories, start=first_number)
        ]
        ids = parties.tickets(conn, self._source_id, wanted)
        self._know_groups(conn, stories)
        facts: list[NewFact] = []
        entries: list[NewLedger] = []
        for ticket, story in zip(wanted, stories, strict=True):
            ticket_id = ids[ticket.number]
            facts += self._facts(ticket_id, ticket.number, story)
            entries += self._deducted(ticket_id, ticket.number, story)
            self._used[story.customer.contract_uid] += 1
        if last:
            entries += self._used_before()
            entries += self._managers_time(now)
        return door.record(conn, book, facts, now, ledger=entries)

    def new_fact(self, ticket_id: int, fact: StoryFact, uid: str | None = None, order: int = 0) -> NewFact:
        """The fact with ids for its names; people of the desk and of its customers, groups of its tickets only."""
        a = fact.a
        if fact.kind == FactKind.OWNER_SET and fact.name is not None:
            a = self._people[fact.name]
        elif fact.kind == FactKind.GROUP_SET and fact.name is not None:
            a = self._groups[fact.name]
        actor = None if fact.person is None else self._people.get(fact.person)
        return NewFact(ticket_id, fact.at, fact.kind, a, fact.b, fact.t, fact.actor_kind, actor, fact.text, order, uid)

    def _used_before(self) -> list[NewLedger]:
        """What the contracts were used and bought before the tickets of this run."""
        entries = []
        for customer in self._customers:
            plan = self._pack.plan(customer.plan)
            if plan is None or plan.incidents is None or self._contract_ids[customer.contract_uid] in self._opened:
                continue
            count = self._used[customer.contract_uid]
            if plan.funding == "purchase":
                amount = (count // _BUNDLE + 1) * _BUNDLE
                entries.append(self._entry(customer, amount, _BOUGHT))
                continue
            rng = Random(f"before {customer.contract_uid}")
            share = customer.filled if customer.filled is not None else rng.uniform(0.05, 0.7)
            used = round(plan.incidents * share) - count + (_BEYOND if share >= 1 and rng.random() < _OVER else 0)
            if used > 0:
                entries.append(self._entry(customer, -used, _BEFORE))
        return entries

    def _managers_time(self, now: int) -> list[NewLedger]:
        """What technical account managers have spent of this week, with most of those who have one."""
        entries = []
        for customer in self._customers:
            plan = self._pack.plan(customer.plan)
            contract_id = self._contract_ids[customer.contract_uid]
            rng = Random(f"manager {customer.contract_uid}")
            if plan is None or plan.tam_week is None or contract_id in self._opened or rng.random() < _NO_MANAGER:
                continue
            minutes = rng.randrange(2, plan.tam_week // _HALF_HOUR + 1) * 30
            at = max(customer.start_at, now - rng.randrange(1, 20) * 2 * _HALF_HOUR)
            uid = fact_uid(_SPENT, customer.contract_uid, self._key)
            entries.append(NewLedger(contract_id, None, TAM_MINUTES, -minutes, _SPENT, at, uid))
        return entries

    def _entry(self, customer: MadeCustomer, amount: int, rule: str) -> NewLedger:
        contract_id = self._contract_ids[customer.contract_uid]
        at = customer.start_at + DAY
        return NewLedger(
            contract_id, None, INCIDENT, amount, rule, at, fact_uid(rule, customer.contract_uid, self._key)
        )

    def _facts(self, ticket_id: int, number: str, story: Story) -> list[NewFact]:
        facts = []
        contract_id = self._contract_ids[story.customer.contract_uid]
        for order, fact in enumerate(story.facts):
            uid = fact_uid(SOURCE_KIND, self._key, number, order)
            new = self.new_fact(ticket_id, fact, uid, order)
            if fact.kind == FactKind.PLAN_SET:
                contract = self._contracts[story.customer.contract_uid]
                served = plan_fact(self._pack, ticket_id, contract_id, contract, new.at)
                new = new._replace(a=served.a, t=served.t)
            facts.append(new)
        return facts

    def _deducted(self, ticket_id: int, number: str, story: Story) -> list[NewLedger]:
        entry = deduction(
            self._pack,
            self._pack.plan(story.customer.plan),
            contract_id=self._contract_ids[story.customer.contract_uid],
            ticket_id=ticket_id,
            channel=story.channel,
            at=story.opened,
        )
        return [] if entry is None else [entry._replace(uid=fact_uid("deducted", self._key, number))]

    def _know_groups(self, conn: Connection, stories: Iterable[Story]) -> None:
        missing = {story.group for story in stories} - self._groups.keys()
        if missing:
            self._groups |= parties.support_groups(conn, sorted(missing))


def _earlier(contract: parties.NewContract) -> parties.NewContract | None:
    """The contract of the year before, for some of the customers."""
    rng = Random(f"earlier {contract.uid}")
    plan = _EARLIER.get(contract.plan)
    if plan is None or rng.random() >= _RETURNED:
        return None
    return contract._replace(
        uid=f"{rng.getrandbits(128):032x}",
        plan=plan,
        start_at=contract.start_at - 365 * DAY,
        end_at=contract.start_at,
        support_code=f"{rng.randrange(10**5):05d}-{rng.randrange(10**5):05d}",
    )
