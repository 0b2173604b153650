"""Changing a severity: what is shown before is what holds after, and a refusal leaves nothing behind (OD-2)."""

from __future__ import annotations

from itertools import product

import pytest

from console.domain.decisions import Actor, Change
from console.domain.errors import ConflictError, UserError
from console.domain.facts import FactKind, NewFact
from console.domain.rules import ClockKind
from console.services.severities.severity_confirmation import Confirmation
from console.services.severities.severity_preview import SeverityPreview
from console.services.standing import clocks_as_evidence
from console.store.database import Connection
from tests.services.served_desk import ENGINEER, MANAGER, OTHER, ServedDesk, at

SAID = Confirmation(None, "Anna Petrova", "we can work, lower it")


def preview(
    served: ServedDesk, ticket: int, to: int, actor: Actor = MANAGER, confirmed: bool = False
) -> SeverityPreview:
    def read(conn: Connection) -> SeverityPreview:
        given = SAID if confirmed else None
        return served.desk.severity.preview(conn, ticket, to, actor, confirmation=given)

    return served.desk.db.read_now(read)


def change(
    served: ServedDesk,
    ticket: int,
    to: int,
    actor: Actor = MANAGER,
    *,
    base: int | None = None,
    words: str = "the shop is down",
    code: str | None = None,
    confirmed: bool = False,
) -> Change:
    revision = served.revision() if base is None else base

    def write(conn: Connection) -> Change:
        return served.desk.severity.change(
            conn,
            ticket,
            to,
            actor,
            base_revision=revision,
            words=words,
            reason_code=code,
            confirmation=SAID if confirmed else None,
        )

    return served.desk.db.write_now(write)


def test_a_manager_sees_every_clock_move_and_then_moves_it(served: ServedDesk) -> None:
    ticket = served.ticket(opened="12T10:00", severity=3)
    seen = preview(served, ticket, 2)
    moves = {line.kind: (line.before_due, line.after_due) for line in seen.lines}
    assert moves == {
        ClockKind.FIRST_RESPONSE: (at("12T16:00"), at("12T14:00")),
        ClockKind.WORKAROUND: (at("14T10:00"), at("12T22:00")),
    }
    assert (seen.refusal, seen.before.severity) == (None, 3)
    assert not any(line.breached_at_once for line in seen.lines)

    change(served, ticket, 2)
    assert served.card(ticket).state == seen.after
    assert (served.row(ticket).severity, served.row(ticket).due_s) == (2, at("12T14:00") // 1_000_000)


def test_a_preview_writes_nothing(served: ServedDesk) -> None:
    ticket = served.ticket()
    before = served.everything()
    preview(served, ticket, 1)
    assert served.everything() == before


def test_a_graver_severity_may_breach_at_once(served: ServedDesk) -> None:
    # Gold 1 promises an answer in 2 hours, and it is noon already.
    ticket = served.ticket(opened="12T09:00", severity=3)
    seen = preview(served, ticket, 1)
    assert [line.kind for line in seen.lines if line.breached_at_once] == [ClockKind.FIRST_RESPONSE]
    change(served, ticket, 1)
    clock = next(each for each in served.card(ticket).state.clocks if each.kind is ClockKind.FIRST_RESPONSE)
    assert clock.breached_at == served.time.at


@pytest.mark.parametrize("course", ["silent", "answered", "waiting", "asked"])
def test_the_preview_equals_the_state_after_the_commit(served: ServedDesk, course: str) -> None:
    plans, changes = ("silver_plus", "gold", "diamond", "limited_free"), ((1, 3), (2, 1), (3, 4), (4, 2), (4, 1))
    for number, (plan, (before, to)) in enumerate(product(plans, changes)):
        ticket = served.ticket(f"T{number}", opened="12T08:00", severity=before, plan=plan)
        if course in ("answered", "waiting"):
            served.support_writes(ticket, "12T09:00")
        if course == "waiting":
            served.tell(ticket, "12T09:01", FactKind.STATUS_SET, t="waiting")
        if course == "asked":
            served.asks(ticket, "12T11:00")
        seen = preview(served, ticket, to)
        change(served, ticket, to)
        assert served.card(ticket).state == seen.after, (plan, before, to)


def test_the_dated_example_of_the_guide(served: ServedDesk) -> None:
    ticket = served.ticket(opened="12T08:00", severity=1)

    def due() -> int | None:
        clocks = served.card(ticket).state.clocks
        return next(each.due_at for each in clocks if each.kind is ClockKind.FIRST_RESPONSE)

    served.time.at = at("12T08:30")
    with pytest.raises(UserError) as refused:
        change(served, ticket, 3, ENGINEER)
    assert (refused.value.code, due()) == ("severity_needs_confirmation", at("12T10:00"))
    served.time.at = at("12T08:40")
    change(served, ticket, 3, ENGINEER, confirmed=True)
    assert due() == at("12T14:00")
    served.time.at = at("12T09:00")
    change(served, ticket, 2)
    assert due() == at("12T12:00")
    with pytest.raises(UserError) as refused:
        change(served, ticket, 1, ENGINEER, confirmed=True)
    assert refused.value.code == "severity_role_not_up"


@pytest.mark.parametrize(
    ("to", "actor", "values", "code"),
    [
        (2, ENGINEER, {}, "severity_role_not_up"),
        (4, ENGINEER, {}, "severity_needs_confirmation"),
        (3, MANAGER, {}, "severity_same"),
        (9, MANAGER, {}, "severity_unknown"),
        (2, MANAGER, {"words": " \n"}, "words_missing"),
        (2, MANAGER, {"code": "not_normal"}, "severity_reason_unknown"),
        (4, MANAGER, {"code": "not_urgent"}, "severity_definition_missing"),
        (2, Actor("Gast", "guest"), {}, "role_may_not"),
    ],
)
def test_a_refusal_leaves_everything_as_it_was(
    served: ServedDesk, to: int, actor: Actor, values: dict[str, str], code: str
) -> None:
    ticket = served.ticket(severity=3)
    before = served.everything()
    with pytest.raises(UserError) as refused:
        change(served, ticket, to, actor, **values)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert served.everything() == before


def test_a_closed_ticket_keeps_its_severity(served: ServedDesk) -> None:
    ticket = served.ticket()
    served.tell(ticket, "12T11:00", FactKind.STATUS_SET, t="closed")
    assert preview(served, ticket, 1).refusal == "severity_closed"
    with pytest.raises(UserError) as refused:
        change(served, ticket, 1)
    assert refused.value.code == "severity_closed"


def test_the_second_of_two_managers_is_told_who_was_first(served: ServedDesk) -> None:
    ticket = served.ticket()
    base = preview(served, ticket, 2).base_revision
    change(served, ticket, 1, OTHER)
    before = served.everything()
    with pytest.raises(ConflictError) as refused:
        change(served, ticket, 2, base=base)
    assert (refused.value.code, refused.value.values["what"]) == ("changed_by_someone", "severity_set")
    assert refused.value.values["who"] == "Otto"
    assert served.everything() == before


def test_a_message_in_between_refuses_nothing(served: ServedDesk) -> None:
    ticket = served.ticket()
    base = preview(served, ticket, 2).base_revision
    served.customer_writes(ticket, "12T11:59")
    change(served, ticket, 2, base=base)
    assert served.card(ticket).state.severity == 2


def test_another_ticket_in_between_refuses_nothing(served: ServedDesk) -> None:
    ticket, other = served.ticket("T1"), served.ticket("T2")
    base = preview(served, ticket, 2).base_revision
    change(served, other, 1)
    change(served, ticket, 2, base=base)
    assert [served.card(each).state.severity for each in (ticket, other)] == [2, 1]


def test_the_journal_keeps_what_the_manager_saw(served: ServedDesk) -> None:
    ticket = served.ticket(severity=3)
    known = [fact.uid for fact in served.facts(ticket)]
    seen = preview(served, ticket, 4)
    revision = change(served, ticket, 4, words="  a question of colour ").revision
    (entry,) = served.journal()
    assert (entry.kind, entry.actor, entry.role, entry.os_user) == (
        "severity_changed",
        "Mara",
        "shift_manager",
        "mara",
    )
    assert (entry.reason_code, entry.words) == ("not_normal", "a question of colour")
    assert (entry.ticket_id, entry.base_revision, entry.revision) == (ticket, seen.base_revision, revision)
    decided = served.facts(ticket)[-1]
    assert (decided.kind, decided.a, decided.b, decided.decision_uid) == (FactKind.SEVERITY_SET, 4, 3, entry.uid)
    kept = served.evidence(entry)
    assert (kept["facts"], kept["severity"], kept["as_of"]) == (known, 3, served.time.at)
    assert seen.after is not None
    assert kept["clocks"] == clocks_as_evidence(seen.before.clocks)
    assert kept["preview"] == clocks_as_evidence(seen.after.clocks)
    assert [channel["channel"] for channel in kept["verdict"]] == ["button", "phone", "chat"]  # type: ignore[attr-defined]


def test_what_fails_after_the_decision_takes_it_back(served: ServedDesk) -> None:
    ticket = served.ticket()
    before = served.everything()

    def write(conn: Connection) -> None:
        served.desk.severity.change(conn, ticket, 1, MANAGER, base_revision=served.store.revision(), words="down")
        raise UserError("words_missing")

    with pytest.raises(UserError):
        served.desk.db.write_now(write)
    assert served.everything() == before


def test_of_decisions_at_one_instant_the_later_holds(served: ServedDesk) -> None:
    ticket = served.ticket(opened="12T10:00", severity=3)
    for to in (2, 1, 2, 4, 1, 3):
        change(served, ticket, to)
        assert served.card(ticket, now=served.time.now() + 60_000_000).state.severity == to


def test_a_decision_comes_after_a_fact_of_a_desk_whose_time_is_ahead(served: ServedDesk) -> None:
    ticket = served.ticket(opened="12T10:00", severity=3)
    ahead = served.time.now() + 60_000_000
    served.store.record(NewFact(ticket, ahead, FactKind.SEVERITY_SET, a=1, b=3))
    change(served, ticket, 2)
    assert served.card(ticket, now=ahead + 60_000_000).state.severity == 2
