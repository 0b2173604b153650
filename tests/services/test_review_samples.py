"""Which decisions are looked at, which are alike and went different ways, and what charts say of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from console.domain.errors import UserError
from console.domain.facts import FactKind, NewFact
from console.domain.instants import DAY, HOUR, MINUTE, parse_instant
from console.domain.records import REVIEW_OVERTURNED, REVIEW_UPHELD
from console.domain.reviews import ACCEPTED, REJECTED, SEVERITY, DecisionFilter, DecisionRow, Sample, Share
from console.services.reviewing.review_charts import ChartKind, charts
from console.services.reviewing.review_consistency import partings
from console.services.reviewing.review_sample import drawn
from tests.services.review_desk import MANAGER, OTHER, ReviewDesk

KYIV = ZoneInfo("Europe/Kyiv")
MONDAY = parse_instant("2026-11-02T09:00:00Z")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ReviewDesk]:
    found = ReviewDesk(tmp_path / "desk.db")
    yield found
    found.close()


def row(seq: int, kind: str = ACCEPTED, **values: object) -> DecisionRow:
    """A decision half an hour after its request."""
    at = MONDAY + seq * HOUR
    made = DecisionRow(
        seq=seq,
        uid=f"{seq:032}",
        at=at,
        kind=kind,
        ticket_id=seq,
        number=f"T{seq}",
        customer="Northwind",
        pack="odin",
        plan="gold",
        severity=2,
        level=1,
        channel="phone",
        asked_at=at - 30 * MINUTE,
        review_due_at=None,
        allowed=True,
        to_severity=None,
        reason_code="other",
        asked_because=None,
        actor="Mara",
        os_user="mara",
    )
    return replace(made, **values)  # type: ignore[arg-type]


# Late and against the verdict


@pytest.mark.parametrize(
    ("took", "due_in", "late"),
    [(HOUR, None, False), (HOUR + 1, None, True), (3 * HOUR, 3 * HOUR, False), (3 * HOUR + 1, 3 * HOUR, True)],
)
def test_late_is_after_the_review_clock_or_after_an_hour_without_one(took: int, due_in: int | None, late: bool) -> None:
    asked = MONDAY
    found = row(1, at=asked + took, asked_at=asked, review_due_at=None if due_in is None else asked + due_in)
    assert found.late is late
    assert not replace(found, kind="escalation_closed").late


@pytest.mark.parametrize(
    ("kind", "allowed", "against"),
    [
        (ACCEPTED, True, False),
        (ACCEPTED, False, True),
        (REJECTED, True, True),
        (REJECTED, False, False),
        (REJECTED, None, False),
        (SEVERITY, False, False),
    ],
)
def test_against_the_verdict(kind: str, allowed: bool | None, against: bool) -> None:
    assert row(1, kind, allowed=allowed).against is against


def test_the_database_finds_what_the_rows_say(desk: ReviewDesk) -> None:
    accepted = desk.accept(desk.asked("T1", severity=4))
    slow = desk.asked("T2")
    desk.time.at += 2 * HOUR
    rejected = desk.reject(slow, OTHER)
    severity = desk.severity(desk.ticket("T3", "12T08:00", severity=3), 1)
    rows = desk.rows(desk.find().numbers)
    assert [each.uid for each in rows] == [severity.uid, rejected.uid, accepted.uid]
    assert any(each.against for each in rows)
    for sample, wanted in (
        (Sample.LATE, [each.seq for each in rows if each.late]),
        (Sample.AGAINST, [each.seq for each in rows if each.against]),
    ):
        assert list(desk.find(DecisionFilter(sample)).numbers) == wanted
    assert rejected.late
    assert (accepted.allowed, accepted.channel, accepted.level, accepted.plan) == (False, "phone", 1, "gold")


def test_filters_by_manager_pack_period_and_what_is_reviewed(desk: ReviewDesk) -> None:
    first = desk.reject(desk.asked("T1"))
    desk.time.at += DAY
    second = desk.reject(desk.asked("T2"), OTHER)

    def found(**values: object) -> list[int]:
        return list(desk.find(DecisionFilter(**values)).numbers)  # type: ignore[arg-type]

    assert found(actors=("Otto",)) == [second.seq]
    assert found(packs=("odin",)) == [second.seq, first.seq]
    assert found(packs=("community",)) == []
    assert found(until=second.at) == [first.seq]
    assert found(since=second.at) == [second.seq]
    desk.uphold(first.seq)
    assert found(unreviewed=True) == [second.seq]
    assert desk.desk.db.read_now(desk.desk.review.choices) == (("Mara", "Otto"), ("odin",))


def test_a_random_sample_is_the_same_for_one_seed_and_stays_while_it_is_reviewed(desk: ReviewDesk) -> None:
    rows = [desk.reject(desk.asked(f"T{number}"), MANAGER) for number in range(12)]
    wanted = DecisionFilter(random=5, seed=7, until=desk.time.at + 1)
    first = desk.find(wanted).numbers
    assert len(first) == 5
    assert desk.find(wanted).numbers == first
    assert {desk.find(replace(wanted, seed=seed)).numbers for seed in range(6)} != {first}
    assert set(first) <= {each.seq for each in rows}
    desk.uphold(first[0])
    left = desk.find(replace(wanted, unreviewed=True))
    assert (left.numbers, left.total) == (first[1:], 5)
    desk.time.at += MINUTE
    desk.reject(desk.asked("T99"))
    assert desk.find(wanted).numbers == first


def test_a_later_decision_moves_out_at_most_one() -> None:
    decisions = [(number, f"uid-{number}") for number in range(100, 0, -1)]
    before = {number for number, _ in drawn(decisions[1:], 20, 3)}
    after = {number for number, _ in drawn(decisions, 20, 3)}
    assert len(before - after) <= 1
    assert drawn(decisions, 500, 3) == decisions


@pytest.mark.parametrize("count", [0, -1, 10_001])
def test_a_draw_of_nothing_is_refused(desk: ReviewDesk, count: int) -> None:
    with pytest.raises(UserError, match="review_random"):
        desk.find(DecisionFilter(random=count))


# Consistency


def test_alike_and_decided_differently() -> None:
    same = [row(1), row(2), row(3, REJECTED)]
    other = [row(4, REJECTED, severity=3), row(5, REJECTED, plan="diamond"), row(6, REJECTED, level=2)]
    (found,) = partings([*same, *other, row(7, REJECTED, allowed=False)])
    assert (found.alike.severity, found.alike.plan, found.alike.level) == (2, "gold", 1)
    assert [(way, [each.seq for each in rows]) for way, rows in found.ways] == [(ACCEPTED, [1, 2]), (REJECTED, [3])]
    assert (found.count, found.minority) == (3, 1)


def test_severities_part_by_what_they_were_changed_to() -> None:
    changed = [row(n, SEVERITY, asked_at=None, level=None, to_severity=to) for n, to in ((1, 1), (2, 1), (3, 2))]
    (found,) = partings([*changed, row(4, SEVERITY, asked_at=None, reason_code="impact_grew", to_severity=2)])
    assert [way for way, _ in found.ways] == ["severity_changed:1", "severity_changed:2"]
    assert found.alike.reason == "other"


def test_the_most_divided_come_first_and_what_is_no_answer_is_left_out() -> None:
    even = [row(n, kind, severity=3) for n, kind in ((1, ACCEPTED), (2, ACCEPTED), (3, REJECTED), (4, REJECTED))]
    odd = [row(n) for n in range(10, 19)] + [row(20, REJECTED)]
    found = partings([*odd, *even, row(30, "escalation_closed"), row(31, "eta_set")])
    assert [each.alike.severity for each in found] == [3, 2]


# Charts


def chart(rows: list[DecisionRow], kind: ChartKind) -> dict[object, dict[str, tuple[int, ...]]]:
    (found,) = [each for each in charts(rows, KYIV) if each.kind is kind]
    return {bar.key: {part.code: part.numbers for part in bar.parts} for bar in found.bars}


def test_outcomes_by_day_and_by_week() -> None:
    rows = [row(1), row(2, REJECTED), row(3, SEVERITY, severity=3, to_severity=1, asked_at=None)]
    late_evening = parse_instant("2026-11-02T22:30:00Z")  # the day after in Kyiv
    rows.append(row(4, at=late_evening))
    first, second = parse_instant("2026-11-01T22:00:00Z"), parse_instant("2026-11-02T22:00:00Z")
    assert chart(rows, ChartKind.OUTCOMES) == {
        second: {ACCEPTED: (4,)},
        first: {ACCEPTED: (1,), REJECTED: (2,), "severity_raised": (3,)},
    }
    rows.append(row(5, "eta_set", at=MONDAY + 20 * DAY))
    weeks = chart(rows, ChartKind.OUTCOMES)
    assert next(iter(weeks.values())) == {"other": (5,)}
    # Each week is there, also one in which nothing was decided.
    assert [len(parts) for parts in weeks.values()] == [1, 0, 3]


def test_time_to_decide_in_steps_with_what_was_late() -> None:
    times = ((1, 10), (2, 15), (3, 61), (4, 300))
    rows = [row(n, asked_at=MONDAY + n * HOUR - minutes * MINUTE) for n, minutes in times]
    found = chart([*rows, row(9, SEVERITY, asked_at=None)], ChartKind.TIME)
    assert found[15 * MINUTE] == {"in_time": (1, 2)}
    assert found[30 * MINUTE] == {}
    assert found[2 * HOUR] == {"late": (3,)}
    assert found[None] == {"late": (4,)}


def test_acceptance_by_reason_plan_and_manager() -> None:
    rows = [row(1), row(2, REJECTED, actor="Otto"), row(3, actor="Otto", plan="diamond", asked_because="event")]
    by = {each.kind: each for each in charts(rows, KYIV)}
    assert [(bar.key, bar.share) for bar in by[ChartKind.BY_MANAGER].bars] == [
        ("Otto", Share(1, 2)),
        ("Mara", Share(1, 1)),
    ]
    assert [(bar.key, bar.share) for bar in by[ChartKind.BY_PLAN].bars] == [
        ("gold", Share(1, 2)),
        ("diamond", Share(1, 1)),
    ]
    assert [(bar.key, bar.numbers) for bar in by[ChartKind.BY_REASON].bars] == [("", (2, 1)), ("event", (3,))]


def test_the_overturn_rate_is_of_what_was_reviewed() -> None:
    rows = [row(1, review=REVIEW_OVERTURNED), row(2, review=REVIEW_UPHELD), row(3), row(4, actor="Otto")]
    (found,) = [each for each in charts(rows, KYIV) if each.kind is ChartKind.OVERTURNED]
    assert [(bar.key, bar.share) for bar in found.bars] == [("Mara", Share(1, 2))]


def test_each_decision_is_behind_exactly_one_bar_of_the_outcomes() -> None:
    rows = [row(n, kind) for n, kind in enumerate((ACCEPTED, REJECTED, "eta_set", SEVERITY) * 9)]
    outcomes = charts(rows, KYIV)[0]
    assert sorted(number for bar in outcomes.bars for number in bar.numbers) == [each.seq for each in rows]
    assert charts([], KYIV)[0].bars == ()


def test_a_request_that_is_voided_later_changes_nothing_of_what_was_decided_about_it(desk: ReviewDesk) -> None:
    ticket = desk.asked("T1")
    # A minute more than an hour after the request: late.
    desk.time.at += MINUTE
    taken = desk.accept(ticket)
    samples = (DecisionFilter(sample=Sample.LATE), DecisionFilter(sample=Sample.AGAINST))
    before = [desk.find(each).numbers for each in samples]
    assert (taken.late, before[0]) == (True, (taken.seq,))
    desk.time.at += DAY
    (request,) = [fact for fact in desk.facts(ticket) if fact.kind == FactKind.ESCALATION_REQUESTED]
    desk.store.record(NewFact(ticket, desk.time.at, FactKind.VOID, t=request.uid))
    assert desk.card(ticket).state.escalations == ()
    assert desk.rows((taken.seq,)) == [taken]
    assert [desk.find(each).numbers for each in samples] == before
