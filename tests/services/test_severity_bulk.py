"""Several tickets at once: a dry run that says what is refused, one decision each, and all of it taken back."""

from __future__ import annotations

import time

import pytest

from console.domain.decisions import Actor
from console.domain.errors import UserError
from console.domain.facts import FactKind
from console.domain.instants import MINUTE
from console.services.severities.severity import Wish
from console.services.severities.severity_bulk import BulkLine, BulkResult, undo_many
from tests.services.served_desk import ENGINEER, MANAGER, OTHER, ServedDesk
from tests.store.desk import many

WISH = Wish(1, "the data centre is down", "impact_grew", bulk_uid="b" * 32)


def look(served: ServedDesk, ids: list[int], wish: Wish = WISH, actor: Actor = MANAGER) -> tuple[BulkLine, ...]:
    return served.desk.db.read_now(lambda conn: served.desk.severity_bulk.dry_run(conn, ids, wish, actor))


def change(served: ServedDesk, lines: tuple[BulkLine, ...], wish: Wish = WISH) -> tuple[BulkResult, ...]:
    return served.desk.db.write_now(lambda conn: served.desk.severity_bulk.change(conn, lines, wish, MANAGER))


def undo(served: ServedDesk, done: tuple[BulkResult, ...]) -> tuple[BulkResult, ...]:
    return served.desk.db.write_now(lambda conn: undo_many(conn, served.desk.undo, done, MANAGER))


def codes(found: tuple[BulkLine, ...] | tuple[BulkResult, ...]) -> list[str | None]:
    return [None if each.refusal is None else each.refusal.code for each in found]


def four(served: ServedDesk) -> list[int]:
    """Two that can be raised, one that is at 1 already, one that is closed."""
    ids = [served.ticket(f"T{number}", severity=severity) for number, severity in enumerate((3, 2, 1, 3), 1)]
    served.tell(ids[3], "12T11:00", FactKind.STATUS_SET, t="closed")
    return ids


def test_a_dry_run_says_what_changes_and_what_is_refused(served: ServedDesk) -> None:
    ids = four(served)
    before = served.everything()
    lines = look(served, ids)
    assert [(line.number, line.before, line.to) for line in lines] == [
        ("T1", 3, 1),
        ("T2", 2, 1),
        ("T3", 1, 1),
        ("T4", 3, 1),
    ]
    assert codes(lines) == [None, None, "severity_same", "severity_closed"]
    # Opened at ten, an answer promised by noon now, and it is noon.
    assert [[kind.value for kind in line.breached_at_once] for line in lines] == [
        ["first_response"],
        ["first_response"],
        [],
        [],
    ]
    assert served.everything() == before


def test_one_decision_a_ticket_with_the_id_of_the_bulk(served: ServedDesk) -> None:
    ids = four(served)
    results = change(served, look(served, ids))
    assert codes(results) == [None, None, "severity_same", "severity_closed"]
    entries = served.journal()
    assert [entry.ticket_id for entry in entries] == ids[:2]
    assert [entry.uid for entry in entries] == [each.decision_uid for each in results[:2]]
    assert [served.evidence(entry)["bulk"] for entry in entries] == ["b" * 32] * 2
    assert {entry.reason_code for entry in entries} == {"impact_grew"}
    assert [served.row(each).severity for each in ids] == [1, 1, 1, 3]


def test_a_ticket_that_somebody_changed_since_the_dry_run_is_left(served: ServedDesk) -> None:
    ids = four(served)
    lines = look(served, ids)
    base, severity = served.revision(), served.desk.severity
    served.desk.db.write_now(lambda conn: severity.change(conn, ids[0], 4, OTHER, base_revision=base, words="no"))
    results = change(served, lines)
    assert codes(results) == ["changed_by_someone", None, "severity_same", "severity_closed"]
    assert [served.row(each).severity for each in ids] == [4, 1, 1, 3]


def test_the_whole_bulk_is_taken_back_but_for_what_something_came_between(served: ServedDesk) -> None:
    ids = four(served)
    done = change(served, look(served, ids))
    served.time.at += 5 * MINUTE
    served.tell(ids[1], "12T12:04", FactKind.STATUS_SET, t="waiting")
    undone = undo(served, done)
    assert [each.number for each in undone] == ["T1", "T2"]
    assert codes(undone) == [None, "undo_overtaken"]
    assert [served.row(each).severity for each in ids] == [3, 1, 1, 3]
    assert [entry.kind for entry in served.journal()] == ["severity_changed", "severity_changed", "undone"]


def test_after_ten_minutes_it_stays(served: ServedDesk) -> None:
    done = change(served, look(served, four(served)))
    served.time.at += 10 * MINUTE
    assert codes(undo(served, done)) == ["undo_too_late", "undo_too_late"]


def test_reductions_name_the_definition_of_each(served: ServedDesk) -> None:
    ids = four(served)
    wish = Wish(4, "questions, all of them")
    lines = look(served, ids, wish)
    reasons = served.desk.db.read_now(lambda conn: served.desk.severity_bulk.reasons(conn, lines))
    assert reasons == ()
    change(served, lines, wish)
    assert [entry.reason_code for entry in served.journal()] == ["not_normal", "not_high", "not_urgent"]


def test_a_reason_that_does_not_fit_a_ticket_refuses_it(served: ServedDesk) -> None:
    ids = four(served)
    lines = look(served, ids, Wish(2, "", "impact_grew"))
    assert codes(lines) == [None, "severity_same", "severity_definition_missing", "severity_closed"]
    offered = served.desk.db.read_now(lambda conn: served.desk.severity_bulk.reasons(conn, lines))
    assert [reason.code for reason in offered] == ["underrated", "impact_grew"]


def test_who_may_not_is_told_before_anything(served: ServedDesk) -> None:
    ids = four(served)
    with pytest.raises(UserError) as refused:
        look(served, ids, WISH, Actor("Gast", "viewer"))
    assert refused.value.code == "role_may_not"
    assert set(codes(look(served, ids[:2], WISH, ENGINEER))) == {"severity_role_not_up"}
    assert set(codes(look(served, ids[:2], Wish(4, "x"), ENGINEER))) == {"severity_needs_confirmation"}
    with pytest.raises(UserError) as refused:
        change(served, look(served, ids), Wish(1, " "))
    assert refused.value.code == "words_missing"


def test_five_hundred_are_tried_within_two_seconds(served: ServedDesk) -> None:
    many(served.store, 500)
    page = served.desk.db.read_now(served.desk.queues.page)
    ids = [line.row.ticket_id for line in page.lines]
    assert len(ids) > 300
    began = time.process_time()
    assert len(look(served, ids)) == len(ids)
    assert time.process_time() - began < 2
