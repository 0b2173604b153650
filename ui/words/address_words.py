"""To whom a message goes, in words: the outbox keeps ids, see `console.domain.addresses`."""

from __future__ import annotations

from collections.abc import Mapping

from console.domain.addresses import CUSTOMER, ROLE, TICKET, nameless, parted
from ui.tr import tr


def address_words(to: str, roles: Mapping[str, str], name: str | None = None) -> str:
    """`Anna Petrova`, `Directors`, `Northwind, nobody known by name`, an address. `roles` are names by code, `name` is
    what a person or a customer is called: none where it was erased."""
    kind, whom = parted(to)
    if nameless(to, name):
        return tr("(name erased)")
    if kind == ROLE:
        return roles.get(whom) or whom.replace("_", " ").capitalize()
    if kind == CUSTOMER:
        return tr("{customer}, nobody known by name", customer=name or whom)
    if kind == TICKET:
        return tr("who wrote in ticket {number}", number=whom)
    return name or whom or to
