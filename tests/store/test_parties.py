"""Who tickets are of: found when they are known, made when they are not, whatever they are called."""

from __future__ import annotations

from functools import partial

import pytest

from console.domain.errors import UserError
from console.domain.facts import FactKind, NewFact
from console.store import door, parties, queue_rows, tickets
from console.store.database import Connection
from console.store.parties import CustomerDetails, NewContract, NewTicket
from tests.store.desk import NOON, StoreDesk

HOSTILE = ["Ann", "ann", "Ann ", "", "Ünï 💥", "a\0b", "half \ud800", "'; DROP TABLE ticket; --", "x" * 5000]


def test_what_is_known_is_found_again(desk: StoreDesk) -> None:
    def make(conn: Connection) -> tuple[object, ...]:
        org = parties.organisation(conn, "Northern desk")
        source = parties.source(conn, "servicenow", "main")
        customer = parties.customer(conn, org, "C1", "Northwind", "Europe/Kyiv", "premium")
        contract = parties.contract(conn, NewContract("k1", org, customer, "odin", "gold", 5, 9, "12345-67890"))
        return (
            org,
            source,
            customer,
            contract,
            parties.person(conn, source, "Ann"),
            parties.support_group(conn, "Mail"),
            parties.ticket(conn, source, "INC1", customer, NOON, "https://example.org/1"),
        )

    assert desk.db.write_now(make) == desk.db.write_now(make)
    assert desk.db.write_now(make)[0] != desk.db.read_now(parties.first_organisation)
    (contract,) = desk.db.read_now(partial(parties.contracts, customer_id=1))
    assert (contract.uid, contract.plan, contract.start_at, contract.end_at) == ("k1", "gold", 5, 9)


@pytest.mark.parametrize("twice", [1, 2])
def test_names_of_any_kind_are_told_apart_and_found(desk: StoreDesk, twice: int) -> None:
    def make(conn: Connection) -> list[dict[str, int]]:
        source, org = parties.source(conn, "test", "test"), parties.first_organisation(conn)
        return [
            parties.persons(conn, source, HOSTILE),
            parties.support_groups(conn, HOSTILE),
            parties.customers(conn, org, {name: CustomerDetails(name) for name in HOSTILE}),
            parties.tickets(conn, source, [NewTicket(name, NOON) for name in HOSTILE + HOSTILE]),
        ]

    found = [desk.db.write_now(make) for _ in range(twice)]
    assert found[0] == found[-1]
    for ids in found[0]:
        assert list(ids) == HOSTILE
        assert sorted(ids.values()) == list(range(1, len(HOSTILE) + 1))


def test_a_hostile_ticket_goes_the_whole_way(desk: StoreDesk) -> None:
    def make(conn: Connection) -> int:
        source = parties.source(conn, "test", "test")
        ticket = parties.ticket(conn, source, "I\ud800\0", None, NOON)
        owner, group = parties.person(conn, source, "\ud800"), parties.support_group(conn, "g\0")
        facts = [
            NewFact(ticket, NOON, FactKind.OPENED, a=1, t="we\0b", text="\ud800"),
            NewFact(ticket, NOON, FactKind.OWNER_SET, a=owner),
            NewFact(ticket, NOON, FactKind.GROUP_SET, a=group),
            NewFact(ticket, NOON, FactKind.STATUS_SET, t="no such \ud800"),
        ]
        door.record(conn, desk.db.book(conn), facts, NOON)
        return ticket

    ticket = desk.db.write_now(make)
    assert desk.db.read_now(partial(tickets.find, number="I\ud800\0")) == ticket
    (row,) = desk.db.read_now(partial(queue_rows.rows, ids=[ticket]))
    assert (row.number, row.subject, row.owner, row.support_group) == ("I\ufffd\ufffd", "\ufffd", "\ufffd", "g\ufffd")
    _, names = desk.db.read_now(queue_rows.index)
    assert "\ufffd" in names.owner
    assert desk.db.read_now(partial(queue_rows.search, words="\ud800 I", limit=5)) == [ticket]


def test_a_customer_is_found_by_number_or_name(desk: StoreDesk) -> None:
    def make(conn: Connection) -> None:
        org = parties.first_organisation(conn)
        for number, name in (("C1", "Northwind"), ("C2", "STRASSE"), ("C3", "Twin"), ("C4", "twin"), ("Twin 9", "x")):
            parties.customer(conn, org, number, name, "Europe/Kyiv")

    desk.db.write_now(make)

    def find(words: str) -> str:
        return desk.db.read_now(partial(parties.find_customer, wanted=words)).number

    assert [find(words) for words in ("C1", "northwind", " Northwind ", "straße", "Twin 9")] == [
        "C1",
        "C1",
        "C1",
        "C2",
        "Twin 9",
    ]
    with pytest.raises(UserError, match="customer_unknown"):
        find("nobody")
    with pytest.raises(UserError, match="customer_misspelled") as near:
        find("North")
    assert near.value.values["near"] == "Northwind"
    with pytest.raises(UserError, match="customer_ambiguous") as caught:
        find("TWIN")
    assert caught.value.values["numbers"] == "C3, C4"


def test_a_number_that_two_sources_use_needs_the_source(desk: StoreDesk) -> None:
    def make(conn: Connection) -> list[int]:
        sources = [parties.source(conn, "test", name) for name in ("east", "west")]
        return [parties.ticket(conn, source, "7", None, NOON) for source in sources]

    _, west = desk.db.write_now(make)
    assert desk.db.read_now(partial(tickets.find, number="west/7")) == west
    with pytest.raises(UserError, match="ticket_ambiguous") as caught:
        desk.db.read_now(partial(tickets.find, number="7"))
    assert caught.value.values["choices"] == "east/7 or west/7"
    for number in ("8", "north/7", "", "/", "7/"):
        with pytest.raises(UserError, match="ticket_unknown"):
            desk.db.read_now(partial(tickets.find, number=number))


def test_what_is_told_to_write_names_one_ticket(desk: StoreDesk) -> None:
    names = [("test", "a/b"), ("other", "a/b"), ("test", "plain"), ("third", "a")]

    def make(conn: Connection) -> list[int]:
        made = [parties.ticket(conn, parties.source(conn, *name), "7", None, NOON) for name in names[:3]]
        return [*made, parties.ticket(conn, parties.source(conn, *names[3]), "b/7", None, NOON)]

    made = desk.db.write_now(make)

    def choices(number: str) -> list[str]:
        with pytest.raises(UserError, match="ticket_ambiguous") as caught:
            desk.db.read_now(partial(tickets.find, number=number))
        return str(caught.value.values["choices"]).split(" or ")

    assert choices("7") == ["other/a/b/7", "plain/7", "test/a/b/7"]
    assert choices("a/b/7") == ["other/a/b/7", "test/a/b/7", "third/a/b/7"]
    found = [desk.db.read_now(partial(tickets.find, number=each)) for each in (*choices("7"), "third/a/b/7")]
    assert found == [made[1], made[2], made[0], made[3]]
