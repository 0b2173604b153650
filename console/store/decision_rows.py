"""Decisions as rows: the journal beside the escalation that was decided, the evidence that was kept and the reviews.

A list reads the numbers of all that fit and the rows of those in sight. Nothing of it is stored: the journal says it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, func, or_, select
from sqlalchemy.sql.expression import case

from console.domain.decisions import Actor
from console.domain.facts import FactKind
from console.domain.reviews import (
    ACCEPTED,
    JUDGED,
    REJECTED,
    REVIEWS,
    SLOW,
    UNDONE,
    DecisionFilter,
    DecisionRow,
    PolicyVersion,
    Sample,
)
from console.domain.rules import ClockKind
from console.store import sqlite
from console.store.tables import (
    adoption,
    clock,
    customer,
    escalation,
    evidence,
    fact,
    journal,
    policy_revision,
    text,
    ticket,
)

_REVIEW_CLOCK = and_(
    clock.c.ticket_id == journal.c.ticket_id,
    clock.c.kind == ClockKind.ESCALATION_REVIEW.value,
    clock.c.escalation_uid == journal.c.subject_uid,
)
# As the evidence kept it: a request that is voided later was none, and what was decided about it was decided all the
# same. Entries whose evidence does not say are told by what stands now.
_KEPT_ASKED = sqlite.json_value(evidence.c.body, "$.requested_at")
_ASKED = func.coalesce(_KEPT_ASKED, escalation.c.requested_at)
_REVIEW_DUE = case(
    (_KEPT_ASKED.is_not(None), sqlite.json_value(evidence.c.body, "$.review_due_at")), else_=clock.c.due_at
)
_LEVEL = func.coalesce(sqlite.json_value(evidence.c.body, "$.level"), escalation.c.level)
_CHANNEL = func.coalesce(sqlite.json_value(evidence.c.body, "$.channel"), escalation.c.channel)
_ALLOWED = sqlite.listed_value(evidence.c.body, "$.verdict", "channel", _CHANNEL, "available")
_LATE = and_(
    journal.c.kind.in_((ACCEPTED, REJECTED)),
    case((_REVIEW_DUE.is_(None), journal.c.at > _ASKED + SLOW), else_=journal.c.at > _REVIEW_DUE),
)
_AGAINST = or_(
    and_(journal.c.kind == ACCEPTED, _ALLOWED == 0),
    and_(journal.c.kind == REJECTED, _ALLOWED == 1),
)


def decision_numbers(conn: Connection, wanted: DecisionFilter) -> list[tuple[int, str]]:
    """Number in the journal and uid of every decision that fits, the newest first. The random draw is not made here."""
    query = select(journal.c.seq, journal.c.uid).select_from(_joined(wanted.sample is not Sample.ALL))
    query = query.where(*_conditions(wanted)).order_by(journal.c.at.desc(), journal.c.seq.desc())
    return [(row[0], row[1]) for row in conn.execute(query)]


def decision_rows(conn: Connection, numbers: Collection[int]) -> list[DecisionRow]:
    """The rows with these numbers, the newest first."""
    query = _ROWS.where(sqlite.one_of(journal.c.seq, "numbers")).order_by(journal.c.at.desc(), journal.c.seq.desc())
    return [_row(each) for each in conn.execute(query, {"numbers": sqlite.id_list(numbers)})]


def decision_number(conn: Connection, uid: str) -> int | None:
    """The number of a decision by its uid or by how that begins; none where there is none or several."""
    query = select(journal.c.seq).where(journal.c.uid.startswith(uid, autoescape=True), _judged(JUDGED)).limit(2)
    found = list(conn.execute(query).scalars())
    return found[0] if len(found) == 1 else None


def deciders(conn: Connection) -> list[str]:
    """Who ever decided, by name."""
    query = select(journal.c.actor).where(_judged(JUDGED)).distinct().order_by(journal.c.actor)
    return list(conn.execute(query).scalars())


def packs_decided(conn: Connection) -> list[str]:
    """The packs under which something was decided."""
    query = (
        select(policy_revision.c.pack)
        .join(journal, journal.c.policy_revision_id == policy_revision.c.id)
        .where(_judged(JUDGED))
        .distinct()
        .order_by(policy_revision.c.pack)
    )
    return list(conn.execute(query).scalars())


def somebody_else(conn: Connection, actor: Actor) -> bool:
    """Whether anybody but this person has ever decided."""
    other = and_(journal.c.actor != actor.name, or_(journal.c.os_user != actor.os_user, journal.c.os_user == ""))
    return conn.execute(select(journal.c.seq).where(other, _judged(JUDGED)).limit(1)).scalar() is not None


def own_numbers(conn: Connection, actor: Actor) -> set[int]:
    """The decisions that this person took, by name or by the user of the operating system."""
    own = or_(journal.c.actor == actor.name, and_(journal.c.os_user == actor.os_user, journal.c.os_user != ""))
    return set(conn.execute(select(journal.c.seq).where(own, _judged(JUDGED))).scalars())


def policy_version(conn: Connection, policy_revision_id: int | None, until_revision: int) -> PolicyVersion | None:
    """A policy as it was adopted last up to a revision; none where the journal names none."""
    query = (
        select(policy_revision.c.pack, policy_revision.c.sha256, adoption.c.adopted_at)
        .join(adoption, adoption.c.policy_revision_id == policy_revision.c.id)
        .where(policy_revision.c.id == policy_revision_id, adoption.c.revision <= until_revision)
        .order_by(adoption.c.seq.desc())
        .limit(1)
    )
    found = conn.execute(query).one_or_none()
    return None if found is None else PolicyVersion(*found)


def review_modes(conn: Connection, numbers: Collection[int]) -> dict[int, tuple[bool, bool]]:
    """For reviews by their number: whether blind, and whether of one's own decision."""
    query = (
        select(
            journal.c.seq,
            sqlite.json_value(evidence.c.body, "$.blind"),
            sqlite.json_value(evidence.c.body, "$.own_decision"),
        )
        .join(evidence, evidence.c.sha256 == journal.c.evidence_sha256)
        .where(sqlite.one_of(journal.c.seq, "numbers"))
    )
    rows = conn.execute(query, {"numbers": sqlite.id_list(numbers)})
    return {seq: (bool(blind), bool(own)) for seq, blind, own in rows}


def reviews_of(conn: Connection, reviewer: str, uids: Sequence[str]) -> set[str]:
    """Which of these decisions somebody has reviewed."""
    query = select(journal.c.subject_uid).where(
        journal.c.kind.in_(REVIEWS), journal.c.actor == reviewer, sqlite.one_of(journal.c.subject_uid, "uids")
    )
    return {uid for uid in conn.execute(query, {"uids": sqlite.id_list(uids)}).scalars() if uid is not None}


def _judged(kinds: Collection[str]) -> ColumnElement[bool]:
    return and_(journal.c.kind.in_(kinds), journal.c.ticket_id.is_not(None))


def _conditions(wanted: DecisionFilter) -> list[ColumnElement[bool]]:
    found = [_judged(wanted.kinds)]
    if wanted.actors:
        found.append(journal.c.actor.in_(wanted.actors))
    if wanted.packs:
        found.append(policy_revision.c.pack.in_(wanted.packs))
    if wanted.since is not None:
        found.append(journal.c.at >= wanted.since)
    if wanted.until is not None:
        found.append(journal.c.at < wanted.until)
    if wanted.sample is Sample.LATE:
        found.append(_LATE)
    if wanted.sample is Sample.AGAINST:
        found.append(_AGAINST)
    if wanted.unreviewed:
        review = journal.alias("reviewed")
        reviewed = select(review.c.subject_uid).where(review.c.kind.in_(REVIEWS), review.c.subject_uid.is_not(None))
        found.append(journal.c.uid.not_in(reviewed))
    return found


def _joined(judges: bool) -> FromClause:
    found: FromClause = journal.outerjoin(policy_revision, policy_revision.c.id == journal.c.policy_revision_id)
    if judges:
        found = (
            found.outerjoin(escalation, escalation.c.uid == journal.c.subject_uid)
            .outerjoin(clock, _REVIEW_CLOCK)
            .outerjoin(evidence, evidence.c.sha256 == journal.c.evidence_sha256)
        )
    return found


def _rows() -> Select[Any]:
    review, asked, name = journal.alias("review"), journal.alias("asked"), text.alias("name")
    asked_because = (
        select(asked.c.reason_code)
        .where(asked.c.subject_uid == journal.c.subject_uid, _kind(asked).in_(("escalation_requested",)))
        .limit(1)
        .scalar_subquery()
    )
    newer = journal.alias("newer")
    newest = (
        select(func.max(newer.c.seq))
        .where(newer.c.subject_uid == journal.c.uid, _kind(newer).in_(REVIEWS))
        .correlate(journal)
        .scalar_subquery()
    )
    undoing = journal.alias("undoing")
    undone_at = (
        select(func.min(undoing.c.at))
        .where(undoing.c.subject_uid == journal.c.uid, _kind(undoing) == UNDONE)
        .correlate(journal)
        .scalar_subquery()
    )
    changed = (
        select(fact.c.a)
        .where(
            fact.c.ticket_id == journal.c.ticket_id,
            fact.c.at == journal.c.at,
            fact.c.decision_uid == journal.c.uid,
            fact.c.kind == FactKind.SEVERITY_SET,
        )
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            journal.c.seq,
            journal.c.uid,
            journal.c.at,
            journal.c.kind,
            journal.c.ticket_id,
            ticket.c.number,
            name.c.body.label("customer"),
            policy_revision.c.pack,
            sqlite.json_value(evidence.c.body, "$.plan").label("plan"),
            sqlite.json_value(evidence.c.body, "$.severity").label("severity"),
            _LEVEL.label("level"),
            _CHANNEL.label("channel"),
            _ASKED.label("requested_at"),
            _REVIEW_DUE.label("due_at"),
            _ALLOWED.label("allowed"),
            changed.label("to_severity"),
            journal.c.reason_code,
            asked_because.label("asked_because"),
            journal.c.actor,
            journal.c.os_user,
            review.c.kind.label("review"),
            review.c.at.label("reviewed_at"),
            review.c.actor.label("reviewer"),
            undone_at.label("undone_at"),
        )
        .select_from(_joined(judges=True))
        .join(ticket, ticket.c.id == journal.c.ticket_id)
        .outerjoin(customer, customer.c.id == ticket.c.customer_id)
        .outerjoin(name, name.c.id == customer.c.name_text_id)
        .outerjoin(review, review.c.seq == newest)
        .where(_judged(JUDGED))
    )


def _kind(entries: FromClause) -> ColumnElement[str]:
    """As an expression: the few entries about one subject are looked at, and not all of the kind by its index."""
    kind: ColumnElement[str] = entries.c.kind.concat("")
    return kind


def _row(found: Any) -> DecisionRow:
    return DecisionRow(
        seq=found.seq,
        uid=found.uid,
        at=found.at,
        kind=found.kind,
        ticket_id=found.ticket_id,
        number=found.number,
        customer=found.customer,
        pack=found.pack or "",
        plan=found.plan,
        severity=found.severity,
        level=found.level,
        channel=found.channel,
        asked_at=found.requested_at,
        review_due_at=found.due_at,
        allowed=None if found.allowed is None else bool(found.allowed),
        to_severity=found.to_severity,
        reason_code=found.reason_code,
        asked_because=found.asked_because,
        actor=found.actor,
        os_user=found.os_user,
        review=found.review,
        reviewed_at=found.reviewed_at,
        reviewer=found.reviewer,
        undone_at=found.undone_at,
    )


# Made once: putting it together takes longer than it takes the database to answer.
_ROWS = _rows()
