"""Each role and each act of the services, as a table: what `MAY` does not give is refused and writes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

import pytest

from console.domain.decisions import Actor
from console.domain.errors import ConsoleError, UserError
from console.domain.facts import FactKind
from console.domain.roles import MAY, Act, Role, acting, may
from console.store import parties
from console.store.database import Connection
from tests.services import tried_acts
from tests.services.served_desk import ServedDesk
from tests.services.tried_acts import ACTS, Case

# A refusal that has a code of its own.
REFUSED: Mapping[Callable[[Case], None], str] = MappingProxyType({tried_acts.undo: "undo_not_yours"})
# They need something that was decided before, which stays.
AFTER_ANOTHER = frozenset(
    {tried_acts.hand_over, tried_acts.set_people, tried_acts.uphold, tried_acts.overturn, tried_acts.undo}
)
# What a role may do and this desk refuses all the same, for a reason of the case.
OTHER_REASONS: Mapping[tuple[Callable[[Case], None], Role | None], str] = MappingProxyType(
    {
        (tried_acts.change_severity, Role.ENGINEER): "severity_role_not_up",
        (tried_acts.credit, None): "credit_not_deducted",
        (tried_acts.close, None): "escalation_not_accepted",
        (tried_acts.decide_quota, None): "quota_not_reached",
        (tried_acts.put_back, None): "database_missing",
    }
)


def prepared(desk: ServedDesk, role: Role) -> Case:
    """A ticket with an owner, a message and a request that waits."""
    ticket = desk.ticket(f"P {role}", "12T10:00")
    desk.tell(ticket, "12T10:10", FactKind.OWNER_SET, a=owner(desk))
    desk.customer_writes(ticket, "12T10:30")
    desk.asks(ticket, "12T11:00")
    return Case(desk, ticket, Actor("Robin", role, os_user="robin"))


def owner(desk: ServedDesk) -> int:
    def add(conn: Connection) -> int:
        return parties.persons(conn, parties.source(conn, "test", "test"), ["Ann"])["Ann"]

    return desk.store.db.write_now(add)


def stored(path: Path) -> tuple[object, ...]:
    """How much there is of everything that is kept."""
    with closing(sqlite3.connect(path)) as file:
        tables = ("fact", "text", "journal", "evidence", "outbox", "ledger", "contract", "adoption", "ticket", "mark")
        counts = (file.execute(f"SELECT count(*) FROM {table}").fetchone() for table in tables)
        return (*counts, file.execute("SELECT revision, journal_seq FROM head").fetchone())


def tried(case: Case, act: Callable[[Case], None]) -> str | None:
    """The code of the refusal, none where it was done."""
    try:
        act(case)
    except ConsoleError as error:
        return error.code
    return None


@pytest.mark.parametrize("act", list(ACTS), ids=lambda act: act.__name__)
def test_a_role_does_what_it_may_and_nothing_else(
    served: ServedDesk, subtests: pytest.Subtests, act: Callable[[Case], None]
) -> None:
    for role in Role:
        case = prepared(served, role)
        before = stored(served.store.path)
        with subtests.test(role=role):
            code = tried(case, act)
            if ACTS[act] in MAY[role]:
                assert code == OTHER_REASONS.get((act, role), OTHER_REASONS.get((act, None)))
            else:
                assert code == REFUSED.get(act, "role_may_not")
            if code is not None and act not in AFTER_ANOTHER:
                assert stored(served.store.path) == before


def test_every_act_of_the_table_is_tried() -> None:
    assert set(ACTS.values()) == set(Act)


def test_a_role_that_nobody_knows_may_nothing() -> None:
    assert not any(may("king", act) for act in Act)


def test_a_terminal_takes_a_held_role_that_may() -> None:
    both = Actor("Robin", "team_lead", roles=("team_lead", "administrator"))
    assert acting(both, Act.ERASE).role == "administrator"
    assert acting(both, Act.REVIEW).role == "team_lead"
    with pytest.raises(UserError, match="role_may_not"):
        acting(both, Act.DECIDE_ESCALATION)
