"""To whom a message goes, in words: the outbox keeps `person:NAME`, `role:CODE`, `customer:NAME`, `mail:ADDRESS`."""

from __future__ import annotations

from collections.abc import Mapping

from ui.tr import tr


def address_words(to: str, roles: Mapping[str, str]) -> str:
    """`Anna Petrova`, `Directors`, `Northwind, nobody known by name`, an address. `roles` are names by code."""
    kind, colon, name = to.partition(":")
    if not colon:
        return to
    if kind == "role":
        return roles.get(name) or name.replace("_", " ").capitalize()
    if kind == "customer":
        return tr("{customer}, nobody known by name", customer=name)
    if kind == "ticket":
        return tr("who wrote in ticket {number}", number=name)
    return name
