"""Finding a ticket by what one remembers of it. Whatever is typed, nothing breaks."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.facts import FactKind, NewFact
from console.store import queue_rows
from tests.store.desk import NOON, StoreDesk


@pytest.fixture
def stocked(desk: StoreDesk) -> StoreDesk:
    desk.open_ticket("INC0001", subject="Mail queue stuck after upgrade", customer="Northwind", code="12345-67890")
    desk.open_ticket("INC0002", subject="Счёт не приходит", customer="Contoso", code="55555-11111")
    desk.open_ticket("48213", subject="Überweisung fehlt: NOT a query", customer="Fabrikam", code="55555-22222")
    return desk


WORDS: list[tuple[str, list[int]]] = [
    ("INC0001", [1]),
    ("inc0002", [2]),
    ("48213", [3]),
    ("482", [3]),
    ("mail stuck", [1]),
    ("upg qu", [1]),
    ("north", [1]),
    ("12345-67890", [1]),
    ("12345-6", [1]),
    ("55555", [2, 3]),
    ("счёт", [2]),
    ("uberweisung", [3]),
    ("NOT", [3]),
    ("mail contoso", []),
    ("", []),
    ("   ", []),
    ("*", []),
    ('"', []),
    ("mail*", [1]),
    ("subject:mail", []),
    ("(mail", [1]),
    ("mail OR", []),
    ("x'; DROP TABLE ticket; --", []),
    ("a" * 10_000, []),
    ("mail " * 500, [1]),
    ("mail\0stuck", [1]),
]


def test_words_find_tickets(stocked: StoreDesk, subtests: pytest.Subtests) -> None:
    for words, expected in WORDS:
        with subtests.test(words=words[:20]):
            found = stocked.db.read_now(partial(queue_rows.search, words=words, limit=10))
            assert sorted(found) == expected


def test_the_number_itself_comes_first_and_the_limit_holds(desk: StoreDesk) -> None:
    for number in ("100", "1000", "1001"):
        desk.open_ticket(number, subject="100 times the same")
    assert desk.db.read_now(partial(queue_rows.search, words="1001", limit=5)) == [3]
    found = desk.db.read_now(partial(queue_rows.search, words="100", limit=2))
    assert found[0] == 1
    assert len(found) == 2


def test_a_new_support_code_is_found(stocked: StoreDesk) -> None:
    def other_code() -> int:
        return stocked.open_ticket("INC9", plan="platinum", customer="Northwind", code="99999-00000")

    other_code()
    contract = stocked.facts(4)[1].a
    stocked.record(NewFact(1, NOON, FactKind.PLAN_SET, a=contract, t="odin/platinum"))
    found = stocked.db.read_now(partial(queue_rows.search, words="99999", limit=5))
    assert sorted(found) == [1, 4]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.text(max_size=40) | st.text(alphabet='"*^():-+{}ANDORNEAR mail', max_size=30))
def test_nothing_that_is_typed_raises(stocked: StoreDesk, words: str) -> None:
    found = stocked.db.read_now(partial(queue_rows.search, words=words, limit=3))
    assert set(found) <= {1, 2, 3}
