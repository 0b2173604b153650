"""Voiding a wrong fact: what would follow is shown by the same fold, and the fact stays to be read."""

from __future__ import annotations

from functools import partial

import pytest

from console.domain.decisions import Actor, Change
from console.domain.errors import ConflictError, UserError
from console.domain.fact_line import VoidableFact
from console.domain.facts import FactKind
from console.domain.instants import MINUTE
from console.domain.state import ClockPhase
from console.services.acting.voids import VoidPreview
from console.services.standing import clocks_as_evidence, verdict_as_evidence
from tests.services.escalating import Escalating
from tests.services.served_desk import ENGINEER, MANAGER, OTHER, ServedDesk, at
from tests.services.shifts_desk import read, write


def listed(served: ServedDesk, ticket: int) -> dict[FactKind, VoidableFact]:
    """The newest fact of each kind."""
    found = read(served, partial(served.desk.voids.facts, ticket_id=ticket))
    return {FactKind(each.line.kind): each for each in reversed(found)}


def preview(served: ServedDesk, ticket: int, uid: str) -> VoidPreview:
    return read(served, partial(served.desk.voids.preview, ticket_id=ticket, fact_uid=uid))


def void(
    served: ServedDesk, ticket: int, uid: str, actor: Actor = MANAGER, words: str = "The wrong ticket", base: int = -1
) -> Change:
    revision = served.revision() if base < 0 else base
    job = partial(
        served.desk.voids.void, ticket_id=ticket, actor=actor, base_revision=revision, fact_uid=uid, words=words
    )
    return write(served, job)


def test_without_a_wrong_reply_the_clock_runs_again_as_the_preview_said(served: ServedDesk) -> None:
    ticket = served.ticket(opened="12T10:00", severity=3)
    served.support_writes(ticket, "12T11:00")
    wrong = listed(served, ticket)[FactKind.MESSAGE]
    assert (wrong.line.words, wrong.refusal) == ("We look into it", None)
    assert served.card(ticket).state.clocks[0].phase is ClockPhase.MET

    seen = preview(served, ticket, wrong.line.uid)
    assert seen.refusal is None
    (moved, *_) = [line for line in seen.lines if line.changes]
    assert (moved.before_phase, moved.after_phase, moved.after_due) == (
        ClockPhase.MET,
        ClockPhase.RUNNING,
        at("12T16:00"),
    )
    void(served, ticket, wrong.line.uid)
    card = served.card(ticket)
    assert card.state == seen.after
    assert [(message.kind, message.body) for message in card.conversation] == [(FactKind.VOID, "The wrong ticket")]
    (entry,) = served.journal()
    assert (entry.kind, entry.subject_uid, entry.words) == ("fact_voided", wrong.line.uid, "The wrong ticket")
    kept = served.evidence(entry)
    assert (kept["voided"], kept["voided_kind"]) == (wrong.line.uid, "message")
    assert kept["preview"] == clocks_as_evidence(card.state.clocks)


def test_a_void_is_voided_and_the_fact_counts_again(served: ServedDesk) -> None:
    ticket = served.ticket(opened="12T10:00", severity=3)
    served.support_writes(ticket, "12T11:00")
    before = served.card(ticket).state
    wrong = listed(served, ticket)[FactKind.MESSAGE].line.uid
    void(served, ticket, wrong)
    assert listed(served, ticket)[FactKind.MESSAGE].line.voided_by is not None
    served.time.at += 11 * MINUTE
    taken_back = listed(served, ticket)[FactKind.VOID]
    assert taken_back.refusal is None
    void(served, ticket, taken_back.line.uid)
    assert listed(served, ticket)[FactKind.MESSAGE].line.voided_by is None
    assert served.card(ticket).state.first_contact_at == before.first_contact_at
    assert served.card(ticket).state.clocks[0] == before.clocks[0]
    assert "We look into it" in [message.body for message in served.card(ticket).conversation]


def test_without_its_plan_a_ticket_is_judged_by_the_pack_that_serves_it_then(served: ServedDesk) -> None:
    desk = Escalating(served)
    ticket = desk.ticket("community/premium", 3)
    plan = listed(served, ticket)[FactKind.PLAN_SET].line.uid
    seen = served.desk.db.read_now(lambda conn: served.desk.voids.preview(conn, ticket, plan))
    assert seen.verdict_before.channel("portal") is not None
    void(served, ticket, plan)
    card = served.card(ticket, seen.after.as_of)
    assert card.state.pack != seen.before.pack
    assert (card.state, card.verdict) == (seen.after, seen.verdict_after)
    kept = served.evidence(served.journal()[-1])
    assert kept["verdict_after"] == verdict_as_evidence(card.verdict)


def test_what_a_decision_wrote_is_undone_for_ten_minutes_and_voided_after_them(served: ServedDesk) -> None:
    ticket = served.ticket()
    write(
        served,
        lambda conn: served.desk.acts.note(conn, ticket, MANAGER, base_revision=0, words="On the wrong ticket"),
    )
    note = listed(served, ticket)[FactKind.NOTE]
    assert note.refusal == "void_undo_instead"
    before = served.everything()
    with pytest.raises(UserError, match="void_undo_instead"):
        void(served, ticket, note.line.uid)
    assert served.everything() == before
    served.time.at += 10 * MINUTE - 1
    assert listed(served, ticket)[FactKind.NOTE].refusal == "void_undo_instead"
    served.time.at += 1
    assert listed(served, ticket)[FactKind.NOTE].refusal is None
    void(served, ticket, note.line.uid)
    assert [message.kind for message in served.card(ticket).conversation] == [FactKind.VOID]


@pytest.mark.parametrize(
    ("which", "actor", "words", "code"),
    [
        ("opened", MANAGER, "x", "void_opening"),
        ("nobody's", MANAGER, "x", "void_unknown"),
        ("message", ENGINEER, "x", "role_may_not"),
        ("message", MANAGER, "   ", "words_missing"),
    ],
)
def test_what_cannot_be_voided_leaves_nothing(
    served: ServedDesk, which: str, actor: Actor, words: str, code: str
) -> None:
    ticket = served.ticket()
    served.support_writes(ticket, "12T11:00")
    uids = {FactKind(fact.kind).name.lower(): fact.uid for fact in served.facts(ticket)}
    before = served.everything()
    with pytest.raises(UserError) as refused:
        void(served, ticket, uids.get(which, which), actor, words)
    assert refused.value.code == code
    assert served.everything() == before


def test_a_fact_is_not_voided_twice_and_only_on_its_own_ticket(served: ServedDesk) -> None:
    first, second = served.ticket("T1"), served.ticket("T2")
    served.support_writes(first, "12T11:00")
    uid = listed(served, first)[FactKind.MESSAGE].line.uid
    with pytest.raises(UserError, match="void_unknown"):
        void(served, second, uid)
    void(served, first, uid)
    assert preview(served, first, uid).refusal == "void_already"
    with pytest.raises(UserError, match="void_already"):
        void(served, first, uid)


def test_a_request_that_was_never_made_takes_its_decision_with_it(served: ServedDesk) -> None:
    ticket = served.ticket(severity=2)
    served.asks(ticket, "12T11:00")
    asked = listed(served, ticket)[FactKind.ESCALATION_REQUESTED]
    seen = preview(served, ticket, asked.line.uid)
    assert seen.before.escalation is not None
    assert seen.after.escalation is None
    void(served, ticket, asked.line.uid)
    assert served.row(ticket).escalation is None


def test_somebody_who_changed_the_ticket_meanwhile_refuses_it(served: ServedDesk) -> None:
    ticket = served.ticket()
    served.support_writes(ticket, "12T11:00")
    uid = listed(served, ticket)[FactKind.MESSAGE].line.uid
    base = served.revision()
    void(served, ticket, uid, OTHER)
    with pytest.raises(ConflictError) as refused:
        void(served, ticket, uid, base=base)
    assert (refused.value.values["who"], refused.value.values["what"]) == ("Otto", "void")


def test_a_void_is_undone_within_ten_minutes(served: ServedDesk) -> None:
    ticket = served.ticket(opened="12T10:00", severity=3)
    served.support_writes(ticket, "12T11:00")
    before = served.card(ticket)
    change = void(served, ticket, listed(served, ticket)[FactKind.MESSAGE].line.uid)
    assert change.decision_uid is not None
    write(served, partial(served.desk.undo.undo, decision_uid=change.decision_uid, actor=MANAGER))
    after = served.card(ticket)
    assert after.state.clocks == before.state.clocks
    assert [message.body for message in after.conversation] == [message.body for message in before.conversation]
