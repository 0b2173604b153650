"""The answer of `review show`."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from console.cli import moments
from console.cli.explain_text import card_as_text
from console.cli.names import clock_name
from console.cli.plain import clean
from console.cli.severity import side_as_json, side_text
from console.domain.policy import Pack
from console.services.clock_changes import ClockChange
from console.services.reviewing.review import Case, Review
from console.services.reviewing.review_aftermath import Aftermath
from console.services.reviewing.review_evidence import Difference

_WRAP = 96


def case_as_json(case: Case) -> dict[str, object]:
    """What a case adds to its row. Hidden is null."""
    seen, entry = case.seen, case.entry
    return {
        "words": None if entry is None else entry.words,
        "role": None if entry is None else entry.role,
        "base_revision": seen.card.base_revision,
        "facts": len(seen.card.facts),
        "facts_after_the_screen": len(seen.later_facts),
        "engine": seen.engine,
        "policy": None
        if seen.policy is None
        else {
            "pack": seen.policy.pack,
            "sha256": seen.policy.sha256,
            "adopted_at": moments.exact(seen.policy.adopted_at),
        },
        "clocks": [
            {
                "kind": clock.kind.value,
                "cycle": clock.cycle,
                "state": clock.phase.value,
                "due_at": moments.exact(clock.due_at),
            }
            for clock in seen.card.state.clocks
        ],
        "preview": [_change_as_json(each) for each in seen.preview],
        "verdict": [
            {
                "channel": channel.channel,
                "available": channel.available,
                "available_at": moments.exact(channel.available_at),
            }
            for channel in seen.card.verdict.channels
        ],
        "computed_otherwise": [_difference_as_json(each) for each in seen.differences],
        "afterwards": None if case.afterwards is None else _after_as_json(case.afterwards),
        "afterwards_until_review": None if case.afterwards_then is None else _after_as_json(case.afterwards_then),
        "reviews": [_review_as_json(each) for each in case.reviews],
        "choices": list(case.choices),
        "refusal": case.refusal,
    }


def case_as_text(case: Case, width: int | None) -> Iterator[str]:
    """The lines."""
    row, entry, pack = case.row, case.entry, case.seen.card.pack
    what = "hidden" if row.hidden else row.outcome.replace("_", " ")
    yield clean(f"Decision {row.seq}: {what}, {moments.instant(row.at)}")
    if entry is not None:
        yield clean(f"by {entry.actor}, {entry.role}{'' if row.reason_code is None else ', ' + row.reason_code}")
        yield from (f"    {line}" for line in wrap(clean(entry.words or ""), _WRAP))
    else:
        yield f"What could be decided: {', '.join(case.choices)}"
    if row.took is not None:
        due = "" if row.review_due_at is None else f", due {moments.instant(row.review_due_at)}"
        yield f"asked {moments.instant(row.asked_at)}, decided after {moments.span(row.took)}{due}"
    if case.seen.policy is not None:
        policy = case.seen.policy
        yield clean(f"policy {policy.pack} {policy.sha256[:8]}, adopted {moments.instant(policy.adopted_at)}")
    for each in case.seen.differences:
        name = f"{each.what} {each.which} {each.field}"
        yield clean(f"Computed otherwise today: {name}: {each.kept} was kept and stands, {each.computed} is computed")
    yield ""
    yield "As it was seen"
    yield from card_as_text(case.seen.card, width)
    for change in case.seen.preview:
        before, after = (
            side_text(change.before_phase, change.before_due),
            side_text(change.after_phase, change.after_due),
        )
        yield clean(f"  {clock_name(pack, change.kind)}: {before} -> {after}")
    if case.afterwards is not None:
        yield ""
        yield f"Afterwards, until {moments.instant(case.afterwards.until)}"
        yield from _after_text(case.afterwards, pack)
    for review in case.reviews:
        yield clean(
            f"{'Upheld' if review.upheld else 'Overturned'} by {review.entry.actor}: {review.entry.words or ''}"
        )


def _after_text(after: Aftermath, pack: Pack) -> Iterator[str]:
    if after.quiet:
        yield "  nothing was breached, asked again, taken back or closed"
    if after.undone is not None:
        yield clean(f"  undone by {after.undone.actor}, {moments.instant(after.undone.at)}")
    if after.reversed is not None:
        yield clean(f"  reversed by {after.reversed.actor}, {moments.instant(after.reversed.at)}")
    for breach in after.breaches:
        yield clean(f"  {clock_name(pack, breach.kind)} breached {moments.instant(breach.at)}")
    for again in after.again:
        yield f"  escalated to level {again.level}, {moments.instant(again.requested_at)}: {again.phase.value}"
    if after.outcome_at is not None:
        yield clean(f"  escalation closed {moments.instant(after.outcome_at)}: {after.outcome or ''}")
    if after.closed_at is not None:
        yield f"  ticket closed {moments.instant(after.closed_at)}"


def _after_as_json(after: Aftermath) -> dict[str, object]:
    return {
        "until": moments.exact(after.until),
        "breached": [{"kind": each.kind.value, "at": moments.exact(each.at)} for each in after.breaches],
        "escalated_again": [
            {"level": each.level, "at": moments.exact(each.requested_at), "state": each.phase.value}
            for each in after.again
        ],
        "undone_by": None if after.undone is None else after.undone.actor,
        "reversed_by": None if after.reversed is None else after.reversed.actor,
        "outcome": after.outcome,
        "closed_at": moments.exact(after.closed_at),
    }


def _review_as_json(review: Review) -> dict[str, object]:
    entry = review.entry
    return {
        "review": "upheld" if review.upheld else "overturned",
        "by": entry.actor,
        "at": moments.exact(entry.at),
        "words": entry.words,
        "blind": review.blind,
        "own": review.own,
    }


def _change_as_json(change: ClockChange) -> dict[str, object]:
    return {
        "kind": change.kind.value,
        "cycle": change.cycle,
        "before": side_as_json(change.before_phase, change.before_due),
        "after": side_as_json(change.after_phase, change.after_due),
    }


def _difference_as_json(found: Difference) -> dict[str, object]:
    return {
        "what": found.what,
        "which": found.which,
        "field": found.field,
        "kept": found.kept,
        "computed": found.computed,
    }
