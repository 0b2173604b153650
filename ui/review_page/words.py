"""Decisions and reviews in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from console.domain.instants import TimeSource
from console.domain.policy import Pack
from console.domain.records import REVIEW_OVERTURNED
from console.domain.reviews import ACCEPTED, REJECTED, SEVERITY, DecisionRow, Sample, Share
from console.services.reviewing.review import Review
from console.services.reviewing.review_agreement import Agreement
from models.decision_model import DecisionWords
from ui.tr import grouped, tr
from ui.when import clock_time, duration_words
from ui.words.decision_kinds import decision_kind
from ui.words.pack_words import pack_text, severity_name
from ui.words.severity_words import severity_text

ReasonNames = Mapping[tuple[str, str], str]
"""(pack, code of a reason) -> its name."""


def reason_names(packs: tuple[Pack, ...]) -> ReasonNames:
    """The names of all reasons."""
    return {(pack.code, reason.code): pack_text(reason.name) for pack in packs for reason in pack.reasons}


def decision_words(zone: tzinfo, time: TimeSource) -> DecisionWords:
    """How decisions are listed."""
    headers = (tr("When"), tr("Ticket"), tr("Decision"), tr("Manager"), tr("Review"))
    return DecisionWords(
        headers=headers,
        when=lambda at: clock_time(at, zone, time.now()),
        decision=lambda row: decision_said(row, short=True),
        manager=lambda row: tr("hidden") if row.hidden else row.actor,
        review=review_said,
        reading=tr("reading"),
    )


def decision_said(row: DecisionRow, *, short: bool = False) -> str:
    """`Escalation rejected · late`, `Severity 3 → 1`; of a hidden one only what was asked. In a list `Rejected`."""
    marks = [tr("late")] if row.late else []
    if row.against:
        marks.append(tr("against rules") if short else tr("against the rules"))
    if row.undone:
        marks.append(tr("undone"))
    in_list = {ACCEPTED: tr("Accepted"), REJECTED: tr("Rejected")}
    said = in_list.get(row.kind) if short and not row.hidden else None
    return " · ".join([said or outcome_said(row), *marks])


def outcome_said(row: DecisionRow) -> str:
    """What was decided."""
    if row.hidden:
        return tr("Severity of {was}", was=_level(row.severity)) if row.kind == SEVERITY else tr("Escalation")
    if row.kind == SEVERITY:
        return tr("Severity {was} → {to}", was=_level(row.severity), to=_level(row.to_severity))
    return decision_kind(row.kind)


def outcome_words(outcome: str, pack: Pack | None = None) -> str:
    """`Escalation accepted`, `Severity ▲ 2 High`."""
    kind, _, to = outcome.partition(":")
    if kind != SEVERITY or not to.isdecimal():
        return decision_kind(kind)
    name = None if pack is None else severity_name(pack, int(to))
    said = severity_text(int(to), name)
    # Some packs name a severity by its number: it is not said twice.
    return said if name and to in name else tr("Severity {severity}", severity=said)


def short_outcome(outcome: str, count: int) -> str:
    """`4 rejected`, `2 set to 3`: for a list of decisions that are of one kind."""
    kind, _, to = outcome.partition(":")
    said = {
        ACCEPTED: tr("{n} accepted"),
        REJECTED: tr("{n} rejected"),
        SEVERITY: tr("{n} set to {to}"),
    }.get(kind)
    return said.format_map({"n": grouped(count), "to": to}) if said else f"{grouped(count)} {decision_kind(kind)}"


def review_said(row: DecisionRow) -> str:
    """`upheld`, `overturned`, blank for none."""
    if row.review is None:
        return ""
    return tr("overturned") if row.review == REVIEW_OVERTURNED else tr("upheld")


def sample_words(sample: Sample) -> str:
    """What a sample is called."""
    return {
        Sample.ALL: tr("All decisions"),
        Sample.LATE: tr("Late decisions"),
        Sample.AGAINST: tr("Against the rules"),
    }[sample]


def took_words(row: DecisionRow, zone: tzinfo) -> str | None:
    """How long it took, against the review clock; none where nothing was asked for."""
    if row.took is None or row.asked_at is None:
        return None
    asked = clock_time(row.asked_at, zone, row.at)
    took = duration_words(row.took)
    if row.review_due_at is None:
        said = tr("Asked at {asked}, decided {took} later", asked=asked, took=took)
        return (
            tr("{said}: late, the policy gives no time and it was more than an hour", said=said) if row.late else said
        )
    due = clock_time(row.review_due_at, zone, row.at)
    said = tr("Asked at {asked}, decided {took} later, due {due}", asked=asked, took=took, due=due)
    return tr("{said}: late", said=said) if row.late else said


def rules_words(row: DecisionRow) -> str | None:
    """What the rules said, and whether the decision went along; none where they said nothing."""
    if row.allowed is None:
        return None
    if row.hidden or not row.against:
        return tr("The rules allowed it.") if row.allowed else tr("The rules did not allow it yet.")
    if row.kind == ACCEPTED:
        return tr("Accepted though the rules did not allow it yet.")
    return tr("Rejected though the rules allowed it.")


def review_line(review: Review, zone: tzinfo, now: int, pack: Pack) -> str:
    """`Upheld by Helena Brandt, 12 Nov 10:20, blind`, and what they would have decided."""
    entry = review.entry
    said = tr("Upheld by {who}") if review.upheld else tr("Overturned by {who}")
    parts = [said.format_map({"who": entry.actor}), clock_time(entry.at, zone, now)]
    if review.blind:
        parts.append(tr("blind"))
    if review.own is not None and not review.upheld:
        parts.append(tr("would have decided: {own}", own=outcome_words(review.own, pack)))
    return ", ".join(parts)


def agreement_words(found: Agreement) -> str:
    """`Agreement: blind 7 of 9 (78 %), open 14 of 16 (88 %)`."""
    return tr("Agreement: blind {blind}, open {open}", blind=share_words(found.blind), open=share_words(found.open))


def share_words(share: Share) -> str:
    """`7 of 9 (78 %)`; `none` of nothing."""
    if share.percent is None:
        return tr("none yet")
    return tr(
        "{part} of {whole} ({percent} %)", part=grouped(share.part), whole=grouped(share.whole), percent=share.percent
    )


def choice_words(outcome: str, pack: Pack) -> str:
    """What a lead would decide."""
    if outcome == ACCEPTED:
        return tr("I would accept it")
    if outcome == REJECTED:
        return tr("I would reject it")
    _, _, to = outcome.partition(":")
    level = int(to)
    return tr("I would set {severity}", severity=severity_text(level, severity_name(pack, level)))


def refusal_words(code: str) -> str:
    """Why this person does not review this decision."""
    if code == "review_own_decision":
        return tr("You took this decision yourself: somebody else reviews it.")
    return tr("Only a team lead reviews decisions.")


def _level(severity: int | None) -> str:
    return tr("none") if severity is None else str(severity)
