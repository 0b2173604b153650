"""Contracts as an administrator keeps them: making one, listing them, buying incidents, finding one by its code."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from console.domain.decisions import Actor, Change, NewDecision, NewLedger
from console.domain.entitlements import INCIDENT
from console.domain.errors import UserError
from console.domain.instants import TimeSource, format_instant
from console.domain.policy import Pack
from console.domain.policy_terms import SupportCode
from console.domain.programmes import purchase_refusal, read_support_code
from console.domain.roles import Act, require
from console.domain.rows import ContractRow, CustomerCard
from console.services.entitling.contracts import make_contract, pack_of
from console.services.standing import BookOf
from console.store import customers, door, parties
from console.store.database import Connection
from console.store.parties import NewContract

_BOUGHT = "OD-5:bought"


@dataclass(frozen=True, slots=True)
class WantedContract:
    """A contract as somebody asks for it; the customer by number or name. Instants in microseconds UTC.

    `new_customer`: where there is no such customer, it is made, with the name as its number as an import makes it.
    """

    customer: str
    pack: str
    plan: str
    start_at: int
    end_at: int | None = None
    support_code: str | None = None
    licence_key: str | None = None
    product: str | None = None
    product_version: str | None = None
    new_customer: bool = False


class AgreementService:
    """Writes are decisions of an administrator: they stand in the journal."""

    def __init__(self, book_of: BookOf, time: TimeSource) -> None:
        self._book_of = book_of
        self._time = time

    def add(self, conn: Connection, wanted: WantedContract, actor: Actor, words: str = "") -> Change:
        """Make a contract. Tickets that come in under it are served by its plan, open ones keep what they have.

        Raises UserError role_may_not, pack_unknown, plan_unknown, plan_archived (OW-1), contract_term,
        support_code_invalid (OD-5), contract_twice for one that is there already, and for an unknown customer.
        """
        require(actor, Act.MAKE_CONTRACT)
        now, book = self._time.now(), self._book_of(conn)
        pack = pack_of(book, wanted.pack, now)
        card = _customer(conn, wanted)
        code = None if wanted.support_code is None else code_of(pack, wanted.support_code)
        new = NewContract(
            uid=uuid4().hex,
            org_id=parties.first_organisation(conn),
            customer_id=card.customer_id,
            pack=wanted.pack,
            plan=wanted.plan,
            start_at=wanted.start_at,
            end_at=wanted.end_at,
            support_code=code,
            licence_key=_word(wanted.licence_key),
            product=_word(wanted.product),
            product_version=_word(wanted.product_version),
        )
        for known in parties.contracts(conn, card.customer_id):
            if (known.pack, known.plan, known.start_at, known.product) == (
                new.pack,
                new.plan,
                new.start_at,
                new.product,
            ):
                raise UserError("contract_twice", field="start", plan=new.plan, start=format_instant(new.start_at))
        make_contract(conn, book, new, now)
        shown = {
            "customer": card.number,
            "contract": new.uid,
            "pack": new.pack,
            "plan": new.plan,
            "start_at": new.start_at,
            "end_at": new.end_at or 0,
            "support_code": new.support_code or "",
            "product": new.product or "",
        }
        return door.enter(conn, self._decision(conn, "contract_made", new.uid, actor, words, shown), now)

    def buy(
        self, conn: Connection, customer: str, actor: Actor, *, incidents: int, words: str = "", contract: str = ""
    ) -> Change:
        """Record that a customer has bought incidents: one, or a bundle (OD-5).

        `contract` is the beginning of a uid where the customer has several such contracts. Raises UserError
        role_may_not, incidents_not_sold, bundle_too_small, contract_unknown, and for an unknown customer.
        """
        require(actor, Act.MAKE_CONTRACT)
        now, book = self._time.now(), self._book_of(conn)
        card = parties.find_customer(conn, customer)
        running = [each for each in parties.contracts(conn, card.customer_id) if _runs(each, now)]
        named = [each for each in running if each.uid.startswith(contract)]
        if not named:
            raise UserError("contract_unknown", field="contract", customer=card.name)
        refused = "incidents_not_sold"
        for each in reversed(named):
            plan = pack_of(book, each.pack, now).plan(each.plan)
            if plan is None:
                continue
            found = purchase_refusal(plan, incidents)
            if found is None:
                shown = {"customer": card.number, "contract": each.uid, "incidents": incidents}
                decision = self._decision(conn, "incidents_bought", each.uid, actor, words, shown)
                entry = NewLedger(each.contract_id, None, INCIDENT, incidents, _BOUGHT, now)
                return door.enter(conn, decision, now, [entry])
            refused = found if found == "bundle_too_small" else refused
        raise UserError(refused, field="incidents", found=incidents)

    def list(
        self, conn: Connection, customer: str | None = None, code: str | None = None
    ) -> tuple[tuple[CustomerCard, ContractRow], ...]:
        """Contracts with their customers: all, those of a customer, or those with a support code in any form (OD-5)."""
        found = customers.all_contracts(conn)
        if customer is not None:
            card = parties.find_customer(conn, customer)
            found = [each for each in found if each[0].customer_id == card.customer_id]
        if code is not None:
            forms = {self._code(conn, each.pack, code) for _, each in found} - {None}
            found = [each for each in found if each[1].support_code is not None and each[1].support_code in forms]
            if not found:
                raise UserError("support_code_unknown", field="code", found=code)
        return tuple(found)

    def came_before(self, conn: Connection, customer: str) -> int:
        """How many open tickets of a customer a contract that is made now does not serve: what a ticket came in with
        stays. Raises UserError for an unknown customer."""
        return customers.open_tickets(conn, parties.find_customer(conn, customer).customer_id)

    def customer_of(self, conn: Connection, wanted: str) -> CustomerCard:
        """The customer whose number, name or support code this is; a code may be written in any form.

        Raises UserError customer_unknown, customer_misspelled, customer_ambiguous.
        """
        for form in self._forms(conn):
            try:
                ids = customers.support_codes(conn, read_support_code(form, wanted))
            except UserError:
                continue
            if len(ids) == 1:
                return customers.card(conn, ids[0])
        return parties.find_customer(conn, wanted)

    def customers_like(self, conn: Connection, wanted: str) -> tuple[CustomerCard, ...]:
        """Customers to choose from whose name or number begins so or whose name holds it."""
        return tuple(parties.customers_like(conn, wanted))

    def _forms(self, conn: Connection) -> tuple[SupportCode, ...]:
        packs = self._book_of(conn).packs()
        return tuple(pack.support_code for pack in packs if pack.support_code is not None)

    def _code(self, conn: Connection, pack: str, text: str) -> str | None:
        found = self._book_of(conn).pack(pack, self._time.now())
        if found is None or found.support_code is None:
            return text
        return read_support_code(found.support_code, text)

    def _decision(
        self, conn: Connection, kind: str, subject: str, actor: Actor, words: str, shown: dict[str, object]
    ) -> NewDecision:
        return NewDecision(
            uid=uuid4().hex,
            kind=kind,
            ticket_id=None,
            subject_uid=subject,
            actor=actor,
            reason_code=None,
            words=words.strip() or None,
            base_revision=door.revision(conn),
            evidence=shown,
        )


def code_of(pack: Pack, text: str) -> str:
    """A support code in the form in which it is shown and stored (OD-5). Raises UserError support_code_invalid."""
    return text.strip() if pack.support_code is None else read_support_code(pack.support_code, text)


def _customer(conn: Connection, wanted: WantedContract) -> CustomerCard:
    try:
        return parties.find_customer(conn, wanted.customer)
    except UserError as error:
        name = wanted.customer.strip()
        if not (wanted.new_customer and name and error.code in ("customer_unknown", "customer_misspelled")):
            raise
    parties.customer(conn, parties.first_organisation(conn), name, name)
    return parties.find_customer(conn, name)


def _word(text: str | None) -> str | None:
    return (text or "").strip() or None


def _runs(contract: ContractRow, now: int) -> bool:
    return contract.start_at <= now and (contract.end_at is None or now < contract.end_at)
