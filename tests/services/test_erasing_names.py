"""A name is erased on request: tables keep numbers of people and customers, so that it is nowhere any more."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pytest

from console.domain.decisions import Actor, Change
from console.domain.errors import UserError
from console.domain.records import KeptText, OutboxMessage
from console.store.database import Connection
from console.store.verify import verify
from tests.services.escalating import Escalating
from tests.services.served_desk import MANAGER, ServedDesk
from tests.services.shifts_desk import owned, people, read, running, write
from tests.services.test_credits import charged
from tests.services.test_quota import used
from tests.store.desk import ADMIN

ASKER, OWNER, CUSTOMER = "Zephyrine Quistgaard", "Ottoline Brask", "Northwind"


def cells(served: ServedDesk) -> Iterator[tuple[str, str, bytes]]:
    """Every text and blob of every table, those of the search among them."""
    with closing(sqlite3.connect(served.store.path)) as file:
        tables = [row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            found = file.execute(f'SELECT * FROM "{table}"')
            columns = [each[0] for each in found.description]
            for row in found:
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, str | bytes):
                        yield table, column, value.encode() if isinstance(value, str) else value


def places(served: ServedDesk, name: str) -> set[str]:
    """Where the file says it."""
    wanted = name.casefold().encode()
    return {f"{table}.{column}" for table, column, value in cells(served) if wanted in value.lower()}


def naming(served: ServedDesk, to: str) -> tuple[KeptText, ...]:
    return read(served, lambda conn: served.desk.erasing.naming(conn, to))


def erase(served: ServedDesk, to: str, actor: Actor = ADMIN) -> Change:
    erasing = served.desk.erasing
    return write(
        served,
        lambda conn: erasing.erase(
            conn, erasing.naming(conn, to), actor, words="asked for on paper", ticket_id=None, of=to
        ),
    )


def mails(served: ServedDesk) -> tuple[OutboxMessage, ...]:
    return read(served, served.desk.outbox.list)


@pytest.fixture
def asked(served: ServedDesk) -> int:
    """Somebody asked for an escalation, was rejected and accepted; who owns the ticket was asked for an ETA."""
    desk = Escalating(served)
    ticket, asker, owner = desk.ticket("community/premium", 3), desk.person(ASKER), desk.person(OWNER)
    desk.ask(ticket, "portal", person_id=asker, words=f"{ASKER} of the night shift waits")
    desk.reject(ticket)
    desk.ask(ticket, "portal", person_id=asker)
    desk.accept(ticket, owner_id=owner, plan_of_action=f"{OWNER} calls back")
    acts = served.desk.acts
    write(served, lambda conn: acts.ask_eta(conn, ticket, MANAGER, base_revision=0))
    write(served, lambda conn: acts.set_owner(conn, ticket, MANAGER, base_revision=served.revision(), owner_id=None))
    write(served, lambda conn: served.desk.shifts.take(conn, MANAGER, [owner], "on"))
    return ticket


@pytest.mark.parametrize("name", [ASKER, OWNER])
def test_a_name_that_is_erased_is_in_no_table(served: ServedDesk, asked: int, name: str) -> None:
    assert places(served, name) == {"text.body"}
    to = read(served, lambda conn: served.desk.erasing.person(conn, name.upper()))
    told = [mail for mail in mails(served) if mail.to == to]
    assert told
    assert {mail.name for mail in told} == {name}
    found = naming(served, to)
    assert (found[0].what, found[0].body) == ("name of a person", name)
    assert len(found) > 1
    erase(served, to)
    assert places(served, name) == set()
    assert {mail.name for mail in mails(served) if mail.to == to} == {None}
    assert read(served, lambda conn: verify(conn, served.desk.db.book(conn))).sound
    last = served.journal()[-1]
    assert (last.kind, last.ticket_id, served.evidence(last)["of"]) == ("text_erased", None, to)
    served.close()
    assert name.encode() not in served.store.path.read_bytes()


def test_a_shift_says_who_worked_on_it_by_number(served: ServedDesk, asked: int) -> None:
    shift = running(served)
    assert shift is not None
    assert [each.name for each in shift.people] == [OWNER]
    erase(served, f"person:{shift.people[0].person_id}")
    after = running(served)
    assert after is not None
    assert [(each.person_id, each.name) for each in after.people] == [(shift.people[0].person_id, "")]


def test_a_customers_name_is_not_in_the_evidence_of_a_shift(served: ServedDesk) -> None:
    used(served, charged(served), -100)
    write(served, lambda conn: served.desk.shifts.take(conn, MANAGER, (), "on"))
    before = running(served)
    assert before is not None
    assert before.state_taken is not None
    assert [each.customer for each in before.state_taken.quotas] == [CUSTOMER]
    to = read(served, lambda conn: served.desk.erasing.customer(conn, CUSTOMER))
    assert naming(served, to)[0].what == "name of a customer"
    erase(served, to)
    after = running(served)
    assert after is not None
    assert after.state_taken is not None
    assert [each.customer for each in after.state_taken.quotas] == [""]
    assert places(served, CUSTOMER) == set()
    assert read(served, lambda conn: verify(conn, served.desk.db.book(conn))).sound


def test_only_the_whole_name_is_meant(served: ServedDesk) -> None:
    (ann,) = people(served, "Ann")
    ticket = owned(served, "T1", ann)
    for words in ("Ann knows it", "Annabel knows it", "ask ANN."):
        note = partial(served.desk.acts.note, ticket_id=ticket, actor=MANAGER, base_revision=0, words=words)
        write(served, note)
    found = {each.body for each in naming(served, f"person:{ann}")}
    assert found == {"Ann", "Ann knows it", "ask ANN."}


def test_of_two_of_one_name_the_number_says_which(served: ServedDesk) -> None:
    (first,) = people(served, "Ann")
    second = Escalating(served).person("ann")
    with pytest.raises(UserError) as refused:
        read(served, lambda conn: served.desk.erasing.person(conn, "Ann"))
    assert (refused.value.code, refused.value.values["numbers"]) == ("person_numbers", f"{first}, {second}")
    assert read(served, lambda conn: served.desk.erasing.person(conn, str(second))) == f"person:{second}"
    erase(served, f"person:{second}")
    assert read(served, lambda conn: served.desk.erasing.person(conn, "Ann")) == f"person:{first}"
    # Who has no name any more still has a number, and nothing is left to erase.
    assert [each.body for each in naming(served, f"person:{second}")] == [None]
    with pytest.raises(UserError, match="nothing_to_erase"):
        erase(served, f"person:{second}")


def test_whose_name_was_erased_is_not_written_to(served: ServedDesk) -> None:
    desk = Escalating(served)
    ticket, asker = desk.ticket("odin/gold", 3), desk.person(ASKER)
    desk.ask(ticket, "phone", person_id=asker)
    erase(served, f"person:{asker}")
    assert desk.told(desk.reject(ticket)) == ["customer:1"]


@pytest.mark.parametrize("wanted", ["Nobody", "99", "", "²"])
def test_nobody_of_this_name(served: ServedDesk, wanted: str) -> None:
    def find(conn: Connection) -> str:
        return served.desk.erasing.person(conn, wanted)

    with pytest.raises(UserError, match="person_unknown"):
        read(served, find)


def test_only_an_administrator_erases_a_name(served: ServedDesk) -> None:
    (ann,) = people(served, "Ann")
    with pytest.raises(UserError, match="role_may_not"):
        erase(served, f"person:{ann}", MANAGER)
    assert naming(served, f"person:{ann}")[0].body == "Ann"
