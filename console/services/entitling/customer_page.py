"""Everything about one customer: contracts over time, hours, incidents and warnings, the account manager's week,
lifecycle, update service, surveys (OD-3 to OD-6, OD-14, OD-16, OD-17, OD-22, OW-2, OW-3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date

from console.domain.compile import CompiledBook
from console.domain.contact_hours import ContactHours, contact_hours, open_spans, week_of
from console.domain.coverage import Coverage, coverage
from console.domain.decisions import LedgerEntry
from console.domain.entitlements import TAM_MINUTES
from console.domain.instants import DAY, MINUTE, TimeSource, from_micros
from console.domain.lifecycle import UpdateService, update_service
from console.domain.order import without_voided
from console.domain.policy import Pack
from console.domain.policy_values import Text
from console.domain.programmes import PlanInForce, SurveyRate, plan_in_force, survey_rate
from console.domain.quota import QuotaMark, beyond, warning
from console.domain.rows import ContractRow
from console.services.entitling.entitlements import Entitlements, EntitlementService
from console.services.entitling.quota import QuotaService
from console.services.standing import BookOf
from console.store import customers
from console.store.database import Connection

SURVEY_DAYS = 90
"""The period that is looked at unless another is asked for."""


@dataclass(frozen=True, slots=True)
class ContractTerm:
    """A contract in the words of its pack. `in_force` says what serves now and why where it is not its own plan."""

    contract: ContractRow
    plan: Text | None
    served: Text | None
    in_force: PlanInForce


@dataclass(frozen=True, slots=True)
class WayHours:
    """A way to reach support: open now or from when, and when it is open this week and the next, microseconds UTC."""

    hours: ContactHours
    spans: tuple[tuple[int, int], ...]
    always: bool
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ManagerWeek:
    """The technical account manager's time of this ISO week from `begin`, microseconds; `left` may be below zero."""

    begin: int
    granted: int
    used: int
    left: int
    entries: tuple[LedgerEntry, ...]


@dataclass(frozen=True, slots=True)
class Updates:
    """The update service of a bought licence. A leased one has it while its key is valid."""

    product: str
    bought: date
    renewals: int
    service: UpdateService
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Surveys:
    """The survey rate over tickets that were set to pending in [begin, end), microseconds UTC."""

    rate: SurveyRate
    begin: int
    end: int
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """What the page and `customer` show, as of `as_of` (microseconds UTC).

    `warning` is the highest share of the pack that the use of incidents has reached, in per cent. `beyond` are tickets
    that the incidents do not reach for, with their marks; `asking` of them wait for a decision.
    """

    entitlements: Entitlements
    pack: Pack
    as_of: int
    terms: tuple[ContractTerm, ...]
    ways: tuple[WayHours, ...]
    manager: ManagerWeek | None
    warning: int | None
    beyond: tuple[tuple[int, str, QuotaMark], ...]
    coverage: Coverage | None
    updates: Updates | None
    surveys: Surveys | None
    mark: QuotaMark | None


class CustomerPageService:
    """Reads only; the rules are those of the pack of the contract that serves."""

    def __init__(
        self, book_of: BookOf, time: TimeSource, entitlements: EntitlementService, quota: QuotaService
    ) -> None:
        self._book_of = book_of
        self._time = time
        self._entitlements = entitlements
        self._quota = quota

    def of_ticket(self, conn: Connection, ticket_id: int, since: int | None = None) -> CustomerPage:
        """The page of a ticket's customer, with its cell of the plan and its mark. `since` begins the survey period."""
        found = self._entitlements.of_ticket(conn, ticket_id, self._time.now())
        return self._page(conn, found, since, self._quota.of_ticket(conn, ticket_id))

    def of_customer(
        self, conn: Connection, customer: str, since: int | None = None, contract_uid: str | None = None
    ) -> CustomerPage:
        """The page of a customer named by number or name; of the contract with this uid, else of the newest one.

        Raises UserError customer_unknown, customer_misspelled or customer_ambiguous.
        """
        found = self._entitlements.of_customer(conn, customer, contract_uid)
        return self._page(conn, found, since, None)

    def _page(self, conn: Connection, found: Entitlements, since: int | None, mark: QuotaMark | None) -> CustomerPage:
        now, book = self._time.now(), self._book_of(conn)
        pack = book.pack(found.pack, now)
        assert pack is not None
        contract = found.contract
        plan = None if found.plan_table is None else found.plan_table.plan
        return CustomerPage(
            entitlements=found,
            pack=pack,
            as_of=now,
            terms=tuple(term_of(book, each, now) for each in found.contracts),
            ways=ways_of(book, pack, plan, now),
            manager=manager_week(pack, contract, found.lines, now),
            warning=None if pack.incidents is None else warning(pack.incidents.warn_at, found.balance),
            beyond=self._beyond(conn, pack, found),
            coverage=None if contract is None else coverage_of(pack, contract, now),
            updates=None if contract is None else updates_of(pack, contract, found.contracts, now),
            surveys=self._surveys(conn, book, pack, found, since, now),
            mark=mark,
        )

    def _beyond(self, conn: Connection, pack: Pack, found: Entitlements) -> tuple[tuple[int, str, QuotaMark], ...]:
        contract = found.contract
        if contract is None or pack.incidents is None:
            return ()
        ids = beyond(pack.plan(contract.plan), found.lines)
        numbers = {each.ticket_id: each.ticket_number or "" for each in found.lines if each.ticket_id is not None}
        marks = self._quota.marks(conn, ids)
        return tuple((each, numbers[each], marks[each]) for each in sorted(ids) if each in marks)

    def _surveys(
        self, conn: Connection, book: CompiledBook, pack: Pack, found: Entitlements, since: int | None, now: int
    ) -> Surveys | None:
        rules = book.rules(pack.code, now)
        if pack.survey is None or rules is None or found.customer is None:
            return None
        begin = now - SURVEY_DAYS * DAY if since is None else since
        told = (without_voided(each, now) for each in customers.survey_facts(conn, found.customer.customer_id))
        rate = survey_rate(pack.survey, rules.status_class, told, begin, now)
        return Surveys(rate, begin, now, pack.survey.source)


def term_of(book: CompiledBook, contract: ContractRow, now: int) -> ContractTerm:
    """A contract in the words of its pack, as of `now` (microseconds UTC)."""
    pack = book.pack(contract.pack, now)
    if pack is None:
        return ContractTerm(contract, None, None, PlanInForce(None, "plan_unknown"))
    in_force = plan_in_force(pack, contract.plan, contract.start_at, contract.end_at, now)
    named, serves = pack.plan(contract.plan), pack.plan(in_force.plan)
    return ContractTerm(contract, named.name if named else None, serves.name if serves else None, in_force)


def ways_of(book: CompiledBook, pack: Pack, plan: str | None, now: int) -> tuple[WayHours, ...]:
    """The ways that a plan includes, with two weeks of their hours (OD-22, OW-2, OW-3)."""
    # Two weeks, so that a week can be told in any zone.
    begin, _ = week_of(now, UTC)
    end = begin + 15 * DAY
    ways = []
    for each in contact_hours(book, pack, plan, now):
        spans = open_spans(book, pack, each.contact, begin - DAY, end)
        source = next(contact.source for contact in pack.contacts if contact.code == each.contact)
        always = spans == ((begin - DAY, end),)
        ways.append(WayHours(each, spans, always, source))
    return tuple(ways)


def manager_week(
    pack: Pack, contract: ContractRow | None, lines: Sequence[LedgerEntry], now: int
) -> ManagerWeek | None:
    """The account manager's time of the ISO week of `now` (OD-3)."""
    plan = None if contract is None else pack.plan(contract.plan)
    if plan is None or plan.tam_week is None:
        return None
    begin, _ = week_of(now, UTC)
    entries = tuple(each for each in lines if each.kind == TAM_MINUTES and begin <= each.at <= now)
    used = -sum(each.amount for each in entries) * MINUTE
    return ManagerWeek(begin, plan.tam_week, used, plan.tam_week - used, entries)


def coverage_of(pack: Pack, contract: ContractRow, now: int) -> Coverage | None:
    """Whether the product of a contract is supported on the day of `now` (OD-16)."""
    return coverage(pack, contract.product, contract.product_version, from_micros(now).date())


def updates_of(pack: Pack, contract: ContractRow, contracts: Sequence[ContractRow], now: int) -> Updates | None:
    """The update service of a contract (OD-17). A licence is bought with the first contract of its product; each later
    one that had begun renewed it."""
    terms = pack.updates
    if terms is None or contract.product is None or contract.product not in terms.products:
        return None
    same = [each for each in contracts if each.product == contract.product and each.licence_key == contract.licence_key]
    begun = sorted(each.start_at for each in same if each.start_at <= now) or [contract.start_at]
    bought = from_micros(begun[0]).date()
    service = update_service(terms, bought, from_micros(now).date(), len(begun) - 1)
    return Updates(contract.product, bought, len(begun) - 1, service, terms.source)
