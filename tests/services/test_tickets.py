"""The card of a ticket: what is known at an instant, and why each clock says what it says."""

from __future__ import annotations

import pytest

from console.domain.errors import InternalFault, UserError
from console.domain.explain import SegmentKind
from console.domain.facts import FactKind
from console.domain.instants import MINUTE, SECOND
from console.store import parties
from console.store.database import Connection
from tests.services.served_desk import MANAGER, ServedDesk, at
from tests.store.desk import many


def find(served: ServedDesk, number: str) -> int:
    return served.desk.db.read_now(lambda conn: served.desk.tickets.find(conn, number))


def test_a_card_says_who_what_and_why(served: ServedDesk) -> None:
    ticket = served.ticket("T7", opened="12T10:00", severity=2)
    served.support_writes(ticket, "12T10:20")
    served.tell(ticket, "12T10:40", FactKind.STATUS_SET, t="waiting")
    served.customer_writes(ticket, "12T11:40")
    card = served.card(find(served, "T7"))
    assert (card.identity.number, card.identity.subject) == ("T7", "Mail queue stuck")
    assert card.identity.customer is not None
    assert (card.identity.customer.name, card.identity.customer.zone) == ("Northwind", "Europe/Kyiv")
    assert [message.body for message in card.conversation] == ["We look into it", "Any news?"]
    workaround = next(story for story in card.stories if story.clock.kind == "workaround")
    assert [(each.kind, each.from_at, each.to_at) for each in workaround.segments] == [
        (SegmentKind.COUNTED, at("12T10:00"), at("12T10:40")),
        (SegmentKind.PAUSED, at("12T10:40"), at("12T11:40")),
        (SegmentKind.COUNTED, at("12T11:40"), at("12T12:00")),
    ]
    assert workaround.elapsed_work == 60 * MINUTE
    assert card.base_revision == served.revision()
    assert [channel.channel for channel in card.verdict.channels] == ["button", "phone", "chat"]


def test_a_card_of_then_does_not_know_what_came_later(served: ServedDesk) -> None:
    ticket = served.ticket(opened="12T10:00", severity=3)
    served.support_writes(ticket, "12T10:30")
    served.tell(ticket, "12T11:00", FactKind.SEVERITY_SET, a=1, b=3)
    then = served.card(ticket, at("12T10:15"))
    assert (then.state.as_of, then.state.severity, then.conversation) == (at("12T10:15"), 3, ())
    assert len(then.facts) == 2
    now = served.card(ticket)
    assert (now.state.severity, len(now.conversation), len(now.facts)) == (1, 1, 4)


def test_a_ticket_that_was_not_yet_there(served: ServedDesk) -> None:
    ticket = served.ticket(opened="12T10:00")
    with pytest.raises(InternalFault) as refused:
        served.card(ticket, at("12T09:59"))
    assert refused.value.code == "no_facts"


def test_the_stories_of_a_whole_desk_sum_and_hang_together(served: ServedDesk) -> None:
    many(served.store, 40)
    seen = 0
    for number in range(40):
        card = served.card(find(served, f"T{number:04}"))
        for story in card.stories:
            assert sum(segment.work for segment in story.segments) == story.elapsed_work
            edges = [segment.from_at for segment in story.segments[1:]]
            assert edges == [segment.to_at for segment in story.segments[:-1]]
            assert all(segment.cause.fact is not None or segment.cause.edge for segment in story.segments)
            seen += len(story.segments)
    assert seen > 40


def test_the_row_of_the_queue_is_the_cards(served: ServedDesk) -> None:
    many(served.store, 40)
    for number in range(40):
        ticket = find(served, f"T{number:04}")
        state, row = served.card(ticket).state.row, served.row(ticket)
        assert (row.group, row.due_s, row.clock, row.paused, row.severity, row.status) == (
            state.group,
            state.due_s,
            state.clock,
            state.paused,
            state.severity,
            state.status,
        )


def test_owner_and_group_are_named(served: ServedDesk) -> None:
    ticket = served.ticket()

    def names(conn: Connection) -> tuple[int, int]:
        return parties.person(conn, parties.source(conn, "test", "test"), "Ann"), parties.support_group(conn, "Mail")

    owner, group = served.store.db.write_now(names)
    served.tell(ticket, "12T11:00", FactKind.OWNER_SET, a=owner)
    served.tell(ticket, "12T11:00", FactKind.GROUP_SET, a=group)
    card = served.card(ticket)
    assert (card.owner, card.support_group) == ("Ann", "Mail")
    before = served.card(ticket, at("12T11:00") - SECOND)
    assert (before.owner, before.support_group) == (None, None)


def test_the_plan_marks_the_cell_that_counts(served: ServedDesk) -> None:
    ticket = served.ticket(severity=2, plan="gold")
    table = served.card(ticket).entitlements.plan_table
    assert table is not None
    marked = [(row.severity, cell.clock.value) for row in table.rows for cell in row.cells if cell.marked]
    assert (table.plan, marked) == ("gold", [(2, "first_response")])


@pytest.mark.parametrize("number", ["", "T", "T10", "t1", "' OR 1=1 --"])
def test_a_number_that_nobody_has(served: ServedDesk, number: str) -> None:
    served.ticket("T1")
    with pytest.raises(UserError) as refused:
        find(served, number)
    assert (refused.value.code, refused.value.values["number"]) == ("ticket_unknown", number)


def test_two_sources_may_use_one_number(served: ServedDesk) -> None:
    served.ticket("T1")

    def another(conn: Connection) -> None:
        parties.ticket(conn, parties.source(conn, "other", "other"), "T1", None, at("12T10:00"))

    served.store.db.write_now(another)
    with pytest.raises(UserError) as refused:
        find(served, "T1")
    assert (refused.value.code, refused.value.values["count"]) == ("ticket_ambiguous", 2)


def test_the_card_has_the_decisions_with_who_why_and_the_words(served: ServedDesk) -> None:
    ticket = served.ticket(opened="12T10:00", severity=3)
    served.tell(ticket, "12T10:10", FactKind.SEVERITY_SET, a=2, b=3)
    base = served.revision()
    served.desk.db.write_now(
        lambda conn: served.desk.severity.change(
            conn, ticket, 1, MANAGER, base_revision=base, reason_code=None, words="All shops stand still"
        )
    )
    (decision,) = [message for message in served.card(ticket).conversation if message.decision_uid]
    assert (decision.kind, decision.before, decision.value) == (FactKind.SEVERITY_SET, 2, 1)
    assert (decision.actor, decision.body) == (MANAGER.name, "All shops stand still")
    assert decision.reason == served.journal()[-1].reason_code
    assert not decision.public
    assert not decision.automatic
