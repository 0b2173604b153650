"""The law of a severity: what the preview shows is what holds after the commit, over random histories on a file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.decisions import Actor
from console.domain.eligibility import verdict
from console.domain.errors import UserError
from console.domain.facts import ActorKind, FactKind, NewFact
from console.domain.instants import HOUR, MINUTE
from console.domain.queues import order_key
from console.services.severities.channel_changes import ChannelSide
from console.services.severities.severity import Wish
from console.services.severities.severity_confirmation import Confirmation
from console.services.severities.severity_preview import SeverityPreview
from console.services.tickets import TicketCard
from console.store import door, parties, queue_place
from console.store.database import Connection
from tests.services.served_desk import ENGINEER, MANAGER, ServedDesk
from tests.store.desk import NOON

_profile = settings().max_examples
_some = settings(max_examples=_profile if _profile > 1_000 else 40)
# The bulk runs the same code: fewer will do.
_fewer = settings(max_examples=max(40, _profile // 10))
_numbers = count()
_SAID = Confirmation(None, "Anna", "lower it")
_STATUSES = ("new", "open", "waiting", "resolved", "closed")
_KINDS = (
    FactKind.MESSAGE,
    FactKind.STATUS_SET,
    FactKind.SEVERITY_SET,
    FactKind.ETA_SET,
    FactKind.WORKAROUND_GIVEN,
    FactKind.SOLUTION_NOTIFIED,
    FactKind.ESCALATION_REQUESTED,
    FactKind.OWNER_SET,
)


@st.composite
def _fact(draw: st.DrawFn) -> NewFact:
    kind = draw(st.sampled_from(_KINDS))
    at = NOON + draw(st.integers(0, 40 * 60)) * MINUTE
    values: dict[str, object] = {"a": 1}
    if kind is FactKind.STATUS_SET:
        values = {"t": draw(st.sampled_from(_STATUSES))}
    elif kind is FactKind.SEVERITY_SET:
        values = {"a": draw(st.integers(1, 4))}
    elif kind is FactKind.ETA_SET:
        values = {"a": at + draw(st.integers(1, 900)) * MINUTE, "t": draw(st.sampled_from(["update", "resolution"]))}
    elif kind is FactKind.ESCALATION_REQUESTED:
        values = {"a": 1, "t": "phone"}
    elif kind is FactKind.OWNER_SET:
        values = {"a": None}
    actor = draw(st.sampled_from([ActorKind.CUSTOMER, ActorKind.AGENT]))
    return NewFact(0, at, kind, actor_kind=actor, **values)  # type: ignore[arg-type]


def _open(desk: ServedDesk, severity: int, plan: str, told: list[NewFact]) -> int:
    """A ticket opened at noon with all these facts, in one revision."""

    def write(conn: Connection) -> int:
        org = parties.first_organisation(conn)
        customer = parties.customer(conn, org, "C-1", "Northwind", "Europe/Kyiv")
        number = f"L{next(_numbers)}"
        ticket = parties.ticket(conn, parties.source(conn, "test", "test"), number, customer, NOON)
        facts = [
            NewFact(ticket, NOON, FactKind.OPENED, a=severity, actor_kind=ActorKind.CUSTOMER, text="It is slow"),
            NewFact(ticket, NOON, FactKind.PLAN_SET, t=f"odin/{plan}"),
            *(each._replace(ticket_id=ticket) for each in told),
        ]
        door.record(conn, desk.desk.db.book(conn), facts, desk.time.at)
        return ticket

    return desk.store.db.write_now(write)


def _place(desk: ServedDesk, card: TicketCard) -> int | None:
    """Where the ticket stands among the open ones."""
    if not card.state.row.open:
        return None
    key = order_key(card.identity.ticket_id, card.state.row)
    return desk.desk.db.read_now(lambda conn: queue_place.rows_before(conn, key)) + 1


def _holds(desk: ServedDesk, seen: SeverityPreview, card: TicketCard) -> None:
    assert card.state == seen.after
    assert {(each.kind, each.cycle): (each.phase, each.due_at) for each in card.state.clocks} == {
        (line.kind, line.cycle): (line.after_phase, line.after_due) for line in seen.lines if line.after_phase
    }
    assert {each.channel: ChannelSide(each.available, each.available_at) for each in card.verdict.channels} == {
        each.channel: each.after for each in seen.channels
    }
    assert seen.queue_position is not None
    assert seen.queue_position.after == _place(desk, card)
    for each in seen.breached_at_once:
        clock = next(one for one in card.state.clocks if (one.kind, one.cycle) == (each.kind, each.cycle))
        assert clock.breached_at == card.state.as_of


@dataclass(frozen=True)
class Example:
    """A ticket with a history and what somebody wants at some later instant."""

    severity: int
    plan: str
    told: list[NewFact]
    to: int
    later: int
    actor: Actor
    said: Confirmation | None


EXAMPLES = st.builds(
    Example,
    severity=st.integers(1, 4),
    plan=st.sampled_from(["gold", "diamond", "silver_plus", "limited_free"]),
    told=st.lists(_fact(), max_size=8),
    to=st.integers(1, 4),
    later=st.integers(0, 60 * 60),
    actor=st.sampled_from([MANAGER, ENGINEER]),
    said=st.sampled_from([None, _SAID]),
)


def _decide(desk: ServedDesk, ticket: int, seen: SeverityPreview, each: Example) -> str | None:
    """The code of the refusal, if it was refused."""
    wish = Wish(each.to, "as it is", confirmation=each.said)
    try:
        desk.desk.db.write_now(
            lambda conn: desk.desk.severity.decide(conn, ticket, wish, each.actor, base_revision=seen.base_revision)
        )
    except UserError as refusal:
        return refusal.code
    return None


def test_the_preview_equals_the_state_after_the_commit_for_every_clock(served: ServedDesk) -> None:
    outcomes: Counter[bool] = Counter()

    @given(EXAMPLES)
    @_some
    def law(each: Example) -> None:
        served.time.at = NOON + each.later * MINUTE
        ticket = _open(served, each.severity, each.plan, each.told)
        services = served.desk
        seen = services.db.read_now(
            lambda conn: services.severity.preview(conn, ticket, each.to, each.actor, confirmation=each.said)
        )
        before = served.card(ticket, seen.before.as_of)
        assert seen.before == before.state
        assert seen.queue_position is None or seen.queue_position.before == _place(served, before)
        refusal = _decide(served, ticket, seen, each)
        assert refusal == seen.refusal
        outcomes[refusal is None] += 1
        if refusal is None:
            _holds(served, seen, served.card(ticket, seen.after.as_of))
        else:
            assert served.card(ticket, seen.before.as_of) == before

    law()
    assert min(outcomes[True], outcomes[False]) > 5


def test_the_trial_of_a_bulk_is_the_preview(served: ServedDesk) -> None:
    @given(EXAMPLES)
    @_fewer
    def law(each: Example) -> None:
        served.time.at = NOON + each.later * MINUTE
        ticket = _open(served, each.severity, each.plan, each.told)
        services, wish = served.desk, Wish(each.to, "all of them")
        seen = services.db.read_now(lambda conn: services.severity.preview(conn, ticket, each.to, each.actor))
        (line,) = services.db.read_now(lambda conn: services.severity_bulk.dry_run(conn, [ticket], wish, each.actor))
        assert (line.refusal and line.refusal.code) == seen.refusal
        assert (line.before, line.base_revision) == (seen.before.severity, seen.base_revision)
        if line.refusal is None:
            assert list(line.breached_at_once) == [change.kind for change in seen.breached_at_once]

    law()


def test_the_channels_of_a_card_are_those_of_a_verdict(served: ServedDesk) -> None:
    """The law above would hold of two wrong verdicts as well: one is worked out by hand (OD-7)."""
    served.time.at = NOON + 3 * HOUR
    ticket = _open(served, 4, "gold", [])
    seen = served.desk.db.read_now(lambda conn: served.desk.severity.preview(conn, ticket, 1, MANAGER))
    sides = {each.channel: (each.before, each.after) for each in seen.becomes_escalatable}
    never = ChannelSide(False, None)
    assert sides["phone"][0] == never
    assert sides["phone"][1].available
    assert "button" not in sides
    card = served.card(ticket, seen.before.as_of)
    rules = served.desk.db.read_now(lambda conn: served.desk.db.book(conn).rules("odin", NOON))
    assert rules is not None
    found = verdict(seen.after, card.pack, rules, seen.after.as_of)
    assert [each.available for each in found.channels] == [each.after.available for each in seen.channels]
