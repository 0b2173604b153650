"""To whom a message goes. An address holds ids and never the name of somebody whose name can be erased."""

from __future__ import annotations

PERSON, CUSTOMER, ROLE, DUTY, MAIL, TICKET = "person", "customer", "role", "duty", "mail", "ticket"
"""`person:ID` · `customer:ID` where nobody is known by name · `role:CODE` · `duty:ACTOR` as in the journal ·
`mail:ADDRESS` of the pack · `ticket:NUMBER` where no customer is known."""

_NAMED_BY_ID = frozenset({PERSON, CUSTOMER})


def address(kind: str, whom: int | str) -> str:
    """One of the kinds above and whom it names."""
    return f"{kind}:{whom}"


def parted(to: str) -> tuple[str, str]:
    """Kind and whom of an address."""
    kind, _, whom = to.partition(":")
    return kind, whom


def nameless(to: str, name: str | None) -> bool:
    """Whether whoever this is had a name, and it was erased."""
    return parted(to)[0] in _NAMED_BY_ID and not name
