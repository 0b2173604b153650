"""Words are erased on request: they are gone from the file, and everything that happened stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing

import pytest

from console.domain.decisions import Change
from console.domain.errors import UserError
from console.domain.facts import ActorKind, FactKind
from console.domain.records import TEXT_ERASED, JournalFilter, KeptText
from console.store import journal, queue_rows
from console.store.database import Connection
from console.store.verify import verify
from tests.services.served_desk import MANAGER, ServedDesk
from tests.store.desk import ADMIN

SECRET = "Grandmother Zephyrine Quistgaard is ill"


@pytest.fixture
def told(served: ServedDesk) -> int:
    """A ticket with a message, and a decision whose words say too much."""
    ticket = served.ticket()
    served.tell(ticket, "12T10:30", FactKind.MESSAGE, a=1, actor_kind=ActorKind.CUSTOMER, text=SECRET)

    def decide(conn: Connection) -> Change:
        base = served.desk.db.revision(conn)
        return served.desk.severity.change(conn, ticket, 2, MANAGER, base_revision=base, words=f"She wrote: {SECRET}")

    served.desk.db.write_now(decide)
    return ticket


def texts(served: ServedDesk, ticket: int) -> tuple[KeptText, ...]:
    return served.desk.db.read_now(lambda conn: served.desk.erasing.of_ticket(conn, ticket))


def erase(served: ServedDesk, ticket: int, chosen: Sequence[KeptText], words: str = "asked for on paper") -> Change:
    erasing = served.desk.erasing
    return served.desk.db.write_now(lambda conn: erasing.erase(conn, chosen, ADMIN, words=words, ticket_id=ticket))


def test_all_words_of_a_ticket_are_found(served: ServedDesk, told: int) -> None:
    found = texts(served, told)
    assert [each.what for each in found if each.what in ("subject", "message")] == ["subject", "message"]
    assert any(each.what == "words of severity_changed" for each in found)
    assert [each.at for each in found] == sorted(each.at for each in found)


def test_what_is_erased_is_gone_from_the_file_and_the_chain_holds(served: ServedDesk, told: int) -> None:
    secret = [each for each in texts(served, told) if SECRET in (each.body or "")]
    assert len(secret) >= 2
    change = erase(served, told, secret)
    assert all(each.body is None for each in texts(served, told) if each.id in {one.id for one in secret})
    db = served.desk.db
    assert db.read_now(lambda conn: verify(conn, db.book(conn))).sound
    (entry,) = db.read_now(lambda conn: journal.find(conn, JournalFilter(kinds=(TEXT_ERASED,))))
    assert (entry.actor, entry.role, entry.ticket_id) == (ADMIN.name, "administrator", told)
    assert (entry.words, entry.revision) == ("asked for on paper", change.revision)
    assert [each["id"] for each in served.evidence(entry)["texts"]] == [each.id for each in secret]  # type: ignore[attr-defined]
    decided = next(each for each in served.journal() if each.kind == "severity_changed")
    assert (decided.words, decided.erased) == (None, True)
    assert served.card(told).conversation[0].body is None
    served.close()
    assert b"Zephyrine" not in served.store.path.read_bytes()


def test_a_subject_is_found_no_more(served: ServedDesk) -> None:
    ticket = served.ticket("T9")
    (subject,) = [each for each in texts(served, ticket) if each.what == "subject"]
    assert served.desk.db.read_now(lambda conn: queue_rows.search(conn, "stuck", 10)) == [ticket]
    erase(served, ticket, [subject])
    assert served.desk.db.read_now(lambda conn: queue_rows.search(conn, "stuck", 10)) == []
    assert served.desk.db.read_now(lambda conn: verify(conn, served.desk.db.book(conn))).sound
    served.close()
    assert b"queue stuck" not in served.store.path.read_bytes()


def test_the_words_of_one_decision(served: ServedDesk, told: int) -> None:
    decided = next(each for each in served.journal() if each.kind == "severity_changed")
    found = served.desk.db.read_now(lambda conn: served.desk.erasing.of_decision(conn, decided.uid))
    assert found
    assert {"subject", "message"}.isdisjoint({each.what for each in found})


@pytest.mark.parametrize(("words", "code"), [("  ", "words_missing"), ("again", "nothing_to_erase")])
def test_refused_it_writes_nothing(served: ServedDesk, told: int, words: str, code: str) -> None:
    found = texts(served, told)
    erase(served, told, found)
    before = served.everything()
    with pytest.raises(UserError, match=code):
        erase(served, told, texts(served, told), words)
    assert served.everything() == before


def test_without_its_trigger_a_blanked_text_without_an_instant_is_found(served: ServedDesk, told: int) -> None:
    """Erasing leaves its instant: what was blanked behind its back is told as changed."""
    erase(served, told, texts(served, told))
    with closing(sqlite3.connect(served.store.path)) as file, file:
        file.execute("DROP TRIGGER kept_text_update")
        file.execute("UPDATE text SET erased_at = NULL")
    kept = served.desk.db.read_now(lambda conn: verify(conn, served.desk.db.book(conn))).kept
    assert {each.problem for each in kept} == {"words_changed"}
