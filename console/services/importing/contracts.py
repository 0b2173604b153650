"""The contracts that a file may name, and the one that a customer had when a ticket was opened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from console.domain.rows import ContractRow
from console.services.importing.contract_keys import SHORTEST_UID, ContractKeys, plain_key
from console.store import customers
from console.store.database import Connection


class Contracts:
    """The contracts of one pack. Contracts are never changed, so `refresh` reads what was made since."""

    def __init__(self, pack: str) -> None:
        self._pack = pack
        self._last = 0
        self._by_id: dict[int, ContractRow] = {}
        self._customer: dict[int, int] = {}
        self._by_uid_start: dict[str, list[tuple[str, ContractRow]]] = defaultdict(list)
        self._by_code: dict[str, list[ContractRow]] = defaultdict(list)
        self._by_licence: dict[str, list[ContractRow]] = defaultdict(list)
        self._by_customer: dict[int, list[ContractRow]] = defaultdict(list)

    def refresh(self, conn: Connection) -> None:
        """Know the contracts that were made since the last call."""
        for customer_id, row in customers.contracts_after(conn, self._pack, self._last):
            self._last = row.contract_id
            self._by_id[row.contract_id] = row
            self._customer[row.contract_id] = customer_id
            self._by_customer[customer_id].append(row)
            plain = plain_key(row.uid)
            self._by_uid_start[plain[:SHORTEST_UID]].append((plain, row))
            if row.support_code:
                self._by_code[row.support_code].append(row)
            if row.licence_key:
                self._by_licence[plain_key(row.licence_key)].append(row)

    def by_id(self, contract_id: int) -> ContractRow | None:
        """The contract with this id, if it is of the pack."""
        return self._by_id.get(contract_id)

    def customer_of(self, contract: ContractRow) -> int:
        """The id of the customer whose contract it is."""
        return self._customer[contract.contract_id]

    def named(self, keys: ContractKeys, opened: int, product: str | None) -> ContractRow | None:
        """The contract that is named: by its uid, else by the support code, else by the licence key. Of several terms
        with one code the one of the instant `opened` (microseconds UTC)."""
        for found in (self._by_uid(keys.uid), self._by_code.get(keys.support_code or "")):
            if found:
                return _best(found, opened, product)
        licensed = self._by_licence.get(keys.licence_key or "")
        return _best(licensed, opened, product) if licensed else None

    def of_customer(self, customer_id: int | None, opened: int, product: str | None) -> ContractRow | None:
        """The customer's contract at `opened` (microseconds UTC), else the one that ended last before; one for the
        ticket's product before others."""
        if customer_id is None or customer_id not in self._by_customer:
            return None
        begun = [each for each in self._by_customer[customer_id] if each.start_at <= opened]
        return _best(begun, opened, product) if begun else None

    def _by_uid(self, uid: str | None) -> list[ContractRow]:
        if uid is None:
            return []
        found = [each for plain, each in self._by_uid_start.get(uid[:SHORTEST_UID], ()) if plain.startswith(uid)]
        return found if len(found) == 1 else []


def runs(contract: ContractRow, at: int) -> bool:
    """Whether the instant `at` (microseconds UTC) lies in the contract's term."""
    return contract.start_at <= at and (contract.end_at is None or at < contract.end_at)


def _best(found: Iterable[ContractRow], opened: int, product: str | None) -> ContractRow:
    wanted = None if product is None else product.casefold()

    def fit(each: ContractRow) -> tuple[bool, bool, int, int]:
        same = wanted is not None and each.product is not None and each.product.casefold() == wanted
        return runs(each, opened), same, each.start_at, each.contract_id

    return max(found, key=fit)
