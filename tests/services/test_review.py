"""Reviews: the decision as it was seen, what came of it, and a verdict of the lead beside which the old one stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.decisions import Actor, Change
from console.domain.errors import UserError
from console.domain.facts import ActorKind, FactKind, NewFact
from console.domain.instants import DAY, HOUR, MINUTE
from console.domain.pack_file import load_pack
from console.domain.records import REVIEW_OVERTURNED, REVIEW_UPHELD
from console.domain.reviews import ACCEPTED, BLIND, REJECTED, DecisionFilter, Share
from console.domain.rules import ClockKind
from console.services.reviewing.review_agreement import Agreement
from console.services.standing import evidence, standing_to_decide
from console.store import door, policies
from console.store.database import Connection
from tests.services.review_desk import LEAD, MANAGER, OTHER, SECOND_LEAD, ReviewDesk, at, decision


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ReviewDesk]:
    found = ReviewDesk(tmp_path / "desk.db")
    yield found
    found.close()


def test_a_lead_sees_what_the_manager_saw_and_upholds_it(desk: ReviewDesk) -> None:
    ticket = desk.asked("T1")
    desk.customer_writes(ticket, "12T09:30")
    then = desk.card(ticket)
    row = desk.reject(ticket)
    desk.time.at += DAY
    case = desk.case(row.seq)
    assert case.seen.card.state == then.state
    assert case.seen.card.verdict == then.verdict
    assert case.seen.card.conversation == then.conversation
    assert case.seen.differences == ()
    assert case.entry is not None
    assert (case.entry.words, case.row.actor, case.refusal) == ("Work is on schedule", "Mara", None)
    assert case.seen.policy is not None
    assert case.seen.policy.pack == "odin"

    before = desk.journal()
    facts = desk.facts(ticket)
    reviewed = desk.uphold(row.seq)
    (added,) = desk.journal()[len(before) :]
    assert (added.kind, added.subject_uid, added.actor, added.role) == (REVIEW_UPHELD, row.uid, "Lea", "team_lead")
    assert (added.words, reviewed.upheld, added.ticket_id) == ("By the book", True, ticket)
    assert desk.journal()[: len(before)] == before
    assert desk.facts(ticket) == facts


def test_an_overturned_decision_stays_and_may_be_reviewed_again(desk: ReviewDesk) -> None:
    row = desk.reject(desk.asked("T1"))
    desk.overturn(row.seq)
    desk.uphold(row.seq, SECOND_LEAD)
    case = desk.case(row.seq)
    assert [(each.upheld, each.entry.actor, each.blind) for each in case.reviews] == [
        (False, "Lea", False),
        (True, "Lio", False),
    ]
    assert (case.row.review, case.row.reviewer) == (REVIEW_UPHELD, "Lio")
    assert case.entry is not None
    assert case.entry.words == "Work is on schedule"


def test_a_year_later_with_another_policy_and_late_facts_it_is_seen_as_then(desk: ReviewDesk) -> None:
    ticket = desk.asked("T1", severity=3)
    row = desk.reject(ticket)
    before = desk.case(row.seq)
    desk.time.at += 365 * DAY
    # What was said before the decision is imported a year later, and the pack promises something else by then.
    desk.store.record(
        NewFact(ticket, at("12T07:00"), FactKind.MESSAGE, 1, 0, None, ActorKind.AGENT, text="We answered long ago"),
        NewFact(ticket, at("12T07:30"), FactKind.SEVERITY_SET, 1, 3),
    )
    toml = (Path(__file__).parents[2] / "resources/policies/odin.toml").read_bytes()
    assert b'"6h"' in toml
    adopt_changed(desk, toml.replace(b'"6h"', b'"5h"'))
    assert desk.card(ticket, now=row.at).state != before.seen.card.state
    after = desk.case(row.seq)
    assert after.seen.card.state == before.seen.card.state
    assert after.seen.card.verdict == before.seen.card.verdict
    assert after.seen.card.conversation == before.seen.card.conversation
    assert (after.seen.preview, after.seen.differences) == (before.seen.preview, ())


def adopt_changed(desk: ReviewDesk, toml: bytes) -> None:
    pack = load_pack(toml, "odin.toml")
    desk.desk.db.write_now(lambda conn: policies.adopt(conn, [(pack, toml)], desk.time.at))


def test_what_another_engine_kept_stands_beside_what_this_one_computes(desk: ReviewDesk) -> None:
    ticket = desk.ticket("T1", "12T08:00", severity=3)

    def write(conn: Connection) -> Change:
        was = standing_to_decide(conn, desk.desk.db.book, ticket, desk.time.at)
        kept = evidence(was, was.state, "severity 3 -> 1")
        clocks = kept["clocks"]
        assert isinstance(clocks, list)
        clocks[0]["due_at"] += HOUR
        kept |= {"engine": "2/2025.1", "preview": kept["preview"]}
        fact = NewFact(ticket, desk.time.at, FactKind.SEVERITY_SET, 1, 3, None, ActorKind.MANAGER)
        made = decision("d" * 32, ticket, MANAGER, door.revision(conn), kept)
        return door.record(conn, was.book, [fact], desk.time.at, made)

    desk.desk.db.write_now(write)
    seen = desk.case(desk.newest().seq).seen
    assert seen.engine == "2/2025.1"
    parted = [(each.what, each.which, each.field) for each in seen.differences if each.what == "clock"]
    assert parted == [("clock", "first_response", "due_at")]
    (due,) = [each for each in seen.differences if each.what == "clock"]
    assert due.kept == (due.computed or 0) + HOUR  # type: ignore[operator]
    # What is shown is what was kept.
    assert seen.card.state.clocks[0].due_at == due.kept
    assert seen.card.stories[0].clock.due_at == due.kept


def test_facts_between_the_screen_and_the_decision_are_told_apart(desk: ReviewDesk) -> None:
    ticket = desk.asked("T1")
    base = desk.revision()
    desk.customer_writes(ticket, "12T09:59")

    def write(conn: Connection) -> None:
        desk.desk.escalations.reject(conn, ticket, MANAGER, base_revision=base, words="No", reason_code="other")

    desk.desk.db.write_now(write)
    seen = desk.case(desk.newest().seq).seen
    assert [fact.kind for fact in seen.later_facts] == [FactKind.MESSAGE]
    assert seen.differences == ()


def test_the_preview_of_a_severity_is_what_the_manager_was_shown(desk: ReviewDesk) -> None:
    ticket = desk.ticket("T1", "12T08:00", severity=3)
    shown = desk.desk.db.read_now(lambda conn: desk.desk.severity.preview(conn, ticket, 1, MANAGER))
    row = desk.severity(ticket, 1)
    seen = desk.case(row.seq).seen
    assert seen.preview == shown.lines
    assert (row.outcome, row.severity) == ("severity_changed:1", 3)


# What happened afterwards


def test_nothing_happened_afterwards(desk: ReviewDesk) -> None:
    row = desk.reject(desk.asked("T1", severity=4))
    after = desk.case(row.seq).afterwards
    assert after is not None
    assert after.quiet
    assert desk.case(row.seq).afterwards_then is None


def test_breached_escalated_again_and_closed_afterwards(desk: ReviewDesk) -> None:
    ticket = desk.asked("T1", severity=2)
    row = desk.reject(ticket)
    desk.time.at += 30 * MINUTE
    desk.store.record(
        NewFact(ticket, desk.time.at, FactKind.ESCALATION_REQUESTED, 2, None, "phone", ActorKind.CUSTOMER, text="Again")
    )
    second = desk.accept(ticket, OTHER)
    desk.time.at += 10 * HOUR
    desk.store.record(NewFact(ticket, desk.time.at, FactKind.ESCALATION_CLOSED, t="solved"))
    desk.store.record(NewFact(ticket, desk.time.at, FactKind.STATUS_SET, t="closed"))
    after = desk.case(row.seq).afterwards
    assert after is not None
    assert ClockKind.WORKAROUND in {each.kind for each in after.breaches}
    assert [each.level for each in after.again] == [2]
    assert [each.uid for each in after.later if each.kind == ACCEPTED] == [second.uid]
    assert (after.outcome, after.closed_at) == (None, desk.time.at)
    closed = desk.case(second.seq).afterwards
    assert closed is not None
    assert (closed.outcome, closed.outcome_at) == ("solved", desk.time.at)


def test_until_the_review_is_not_until_now(desk: ReviewDesk) -> None:
    ticket = desk.asked("T1", severity=2)
    row = desk.reject(ticket)
    desk.time.at += MINUTE
    desk.uphold(row.seq)
    desk.time.at += DAY
    desk.store.record(NewFact(ticket, desk.time.at, FactKind.STATUS_SET, t="closed"))
    case = desk.case(row.seq)
    assert case.afterwards is not None
    assert case.afterwards_then is not None
    assert (case.afterwards.closed_at, case.afterwards_then.closed_at) == (desk.time.at, None)


def test_a_severity_that_was_reversed_names_who_did(desk: ReviewDesk) -> None:
    ticket = desk.ticket("T1", "12T08:00", severity=3)
    row = desk.severity(ticket, 1)
    desk.time.at += HOUR
    back = desk.severity(ticket, 3, OTHER)
    after = desk.case(row.seq).afterwards
    assert after is not None
    assert after.reversed is not None
    assert (after.reversed.uid, after.reversed.actor) == (back.uid, "Otto")


def test_an_undone_decision_says_so(desk: ReviewDesk) -> None:
    ticket = desk.ticket("T1", "12T08:00", severity=3)
    row = desk.severity(ticket, 1)
    desk.time.at += MINUTE
    desk.desk.db.write_now(lambda conn: desk.desk.undo.undo(conn, row.uid, MANAGER))
    after = desk.case(row.seq).afterwards
    assert after is not None
    assert after.undone is not None
    assert (after.undone.actor, after.reversed, after.severity) == ("Mara", None, 3)


# Blind


def test_blind_hides_who_and_how_until_the_lead_has_said_theirs(desk: ReviewDesk) -> None:
    ticket = desk.asked("T1", severity=2)
    row = desk.reject(ticket, words="Never tell this")
    desk.time.at += DAY
    case = desk.case(row.seq, blind=True)
    assert (case.entry, case.afterwards, case.afterwards_then, case.reviews) == (None, None, None, ())
    assert case.choices == (ACCEPTED, REJECTED)
    # The pack names everything that could be decided.
    card = replace(case.seen.card, pack=None, entitlements=None)  # type: ignore[arg-type]
    told = repr(replace(case, seen=replace(case.seen, card=card), choices=()))
    for secret in ("Mara", "mara", "Never tell this", REJECTED, "'other'"):
        assert secret not in told, secret
    (listed,) = desk.rows((row.seq,), blind=True)
    assert (listed.actor, listed.kind, listed.reason_code, listed.hidden) == ("", "", None, True)
    assert listed.took == HOUR

    reviewed = desk.judge(row.seq, ACCEPTED)
    assert not reviewed.upheld
    case = desk.case(row.seq, blind=True)
    assert case.row.actor == "Mara"
    assert [(each.blind, each.own, each.upheld) for each in case.reviews] == [(True, ACCEPTED, False)]
    assert case.reviews[0].entry.kind == REVIEW_OVERTURNED
    # Another lead is still blind.
    assert desk.case(row.seq, SECOND_LEAD, blind=True).row.hidden


def test_a_severity_is_judged_by_the_one_that_the_lead_would_have_set(desk: ReviewDesk) -> None:
    row = desk.severity(desk.ticket("T1", "12T08:00", severity=3), 1)
    case = desk.case(row.seq, blind=True)
    assert case.choices == tuple(f"severity_changed:{level}" for level in (1, 2, 3, 4))
    assert case.seen.preview == ()
    assert desk.judge(row.seq, "severity_changed:1").upheld


def test_agreement_is_told_apart_blind_and_open(desk: ReviewDesk) -> None:
    rows = [desk.reject(desk.asked(f"T{number}")) for number in range(4)]
    desk.judge(rows[0].seq, REJECTED)
    desk.judge(rows[1].seq, REJECTED)
    desk.judge(rows[2].seq, ACCEPTED)
    desk.overturn(rows[3].seq)
    # Of two by one lead the newer counts.
    desk.uphold(rows[3].seq)
    found = desk.desk.db.read_now(desk.desk.review.agreement)
    assert found == Agreement(Share(2, 3), Share(1, 1), 0)
    assert (found.blind.percent, Share(0, 0).percent) == (67, None)


# Refusals


@pytest.mark.parametrize(
    ("lead", "words", "code"),
    [
        (MANAGER, "fine", "role_may_not"),
        (Actor("Vera", "viewer"), "fine", "role_may_not"),
        (LEAD, " \n", "words_missing"),
        (Actor("Mara", "team_lead"), "fine", "review_own_decision"),
        (Actor("Mara as lead", "team_lead", os_user="mara"), "fine", "review_own_decision"),
    ],
)
def test_a_refusal_leaves_everything_as_it_was(desk: ReviewDesk, lead: Actor, words: str, code: str) -> None:
    row = desk.reject(desk.asked("T1"))
    desk.reject(desk.asked("T2"), OTHER)
    before = desk.everything()
    with pytest.raises(UserError) as refused:
        desk.uphold(row.seq, lead, words)
    assert refused.value.code == code
    if code != "words_missing":
        assert desk.case(row.seq, lead).refusal == code
    assert desk.everything() == before


def test_who_is_alone_at_a_desk_may_look_back_and_it_counts_for_no_rate(desk: ReviewDesk) -> None:
    row = desk.reject(desk.asked("T1"))
    desk.uphold(row.seq, MANAGER._replace(role="team_lead"))
    assert desk.desk.db.read_now(desk.desk.review.agreement) == Agreement(Share(0, 0), Share(0, 0), 1)


def test_what_could_not_be_decided_or_is_known_already_is_refused(desk: ReviewDesk) -> None:
    row = desk.reject(desk.asked("T1"))
    with pytest.raises(UserError, match="review_choice"):
        desk.judge(row.seq, "severity_changed:1")
    desk.uphold(row.seq)
    with pytest.raises(UserError, match="review_seen"):
        desk.judge(row.seq, REJECTED)
    with pytest.raises(UserError, match="review_unknown"):
        desk.uphold(999)


def test_a_decision_is_named_by_number_or_by_how_its_id_begins(desk: ReviewDesk) -> None:
    first, second = desk.reject(desk.asked("T1")), desk.reject(desk.asked("T2"))

    def number(named: str) -> int:
        return desk.desk.db.read_now(lambda conn: desk.desk.review.number(conn, named))

    assert number(second.uid) == second.seq
    assert number(first.uid[:12]) == first.seq
    assert number(str(first.seq)) == first.seq
    for named in ("", "zzz", "99", "%"):
        with pytest.raises(UserError, match="review_unknown"):
            number(named)


def test_what_was_undone_is_marked_and_counts_for_no_rate(desk: ReviewDesk) -> None:
    first = desk.reject(desk.asked("T1"))
    desk.overturn(first.seq)
    desk.desk.db.write_now(lambda conn: desk.desk.undo.undo(conn, first.uid, MANAGER))
    undone_at = desk.journal()[-1].at
    second = desk.accept(desk.asked("T2"))

    def agreed() -> Agreement:
        return desk.desk.db.read_now(lambda conn: desk.desk.review.agreement(conn))

    (row,) = desk.rows((first.seq,))
    assert (row.undone, row.undone_at, desk.rows((second.seq,))[0].undone) == (
        True,
        undone_at,
        False,
    )
    assert (row.blind().undone, agreed().open) == (False, Share(0, 0))
    parted = desk.desk.db.read_now(lambda conn: desk.desk.review.consistency(conn, DecisionFilter()))
    assert parted == ()
    desk.uphold(second.seq)
    assert agreed().open == Share(1, 1)


def test_own_decisions_are_not_offered_to_a_lead_who_looks_for_what_to_review(desk: ReviewDesk) -> None:
    own, other, third = (
        desk.reject(desk.asked("T1"), LEAD._replace(role="shift_manager")),
        desk.reject(desk.asked("T2")),
        desk.reject(desk.asked("T3")),
    )

    def left(reviewer: Actor | None) -> tuple[set[int], int]:
        found = desk.find(DecisionFilter(kinds=BLIND, unreviewed=True, reviewer=reviewer))
        return set(found.numbers), found.total

    assert left(LEAD) == ({other.seq, third.seq}, 2)
    assert left(None) == left(SECOND_LEAD) == ({own.seq, other.seq, third.seq}, 3)
    desk.judge(other.seq, REJECTED)
    assert left(LEAD) == ({third.seq}, 2)
