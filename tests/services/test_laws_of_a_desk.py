"""Laws over random histories on a real file: what is stored equals the fold, and arrival changes nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.facts import ActorKind, FactKind, NewFact
from console.domain.instants import HOUR, MINUTE
from console.domain.pack_file import load_pack
from console.domain.state import TicketState
from console.services.standing import as_it_was_seen
from console.store import policies
from console.store.database import Connection
from console.store.refold import refold_due
from console.store.verify import verify
from tests.store.desk import NOON, PACK, StoreDesk

OTHER = PACK.with_name("analytics.toml")
LATER = PACK.read_bytes().replace(
    b"always = true", b'week = { mon = [["08:00", "20:00"]], tue = [["08:00", "20:00"]] }'
)
OTHER_LATER = OTHER.read_bytes().replace(b'[["09:00", "17:00"]]', b'[["11:00", "19:00"]]')
SECOND_PACK = [(load_pack(OTHER.read_bytes(), OTHER.name), OTHER.read_bytes())]
BOTH_LATER = [(load_pack(toml, "later.toml"), toml) for toml in (LATER, OTHER_LATER)]
PLANS = ("odin/gold", "odin/diamond", "analytics/enterprise", "analytics/marketing_data")
ADOPTED = NOON + HOUR
END = NOON + 30 * HOUR

# Each example is a desk or two on a file: a part of the profile's, and hundreds at most.
_some = settings(max_examples=min(settings().max_examples // 16, 300))


@st.composite
def _told(draw: st.DrawFn) -> NewFact:
    kind = draw(
        st.sampled_from(
            [
                FactKind.MESSAGE,
                FactKind.STATUS_SET,
                FactKind.SEVERITY_SET,
                FactKind.ETA_SET,
                FactKind.SOLUTION_NOTIFIED,
                FactKind.ESCALATION_REQUESTED,
                FactKind.MERGED_INTO,
                FactKind.PLAN_SET,
                FactKind.WORKAROUND_GIVEN,
            ]
        )
    )
    at = NOON + draw(st.integers(0, 24 * 60)) * MINUTE
    a: int | None = 1
    t = None
    if kind is FactKind.STATUS_SET:
        t = draw(st.sampled_from(["open", "waiting", "resolved", "closed"]))
    elif kind is FactKind.SEVERITY_SET:
        a = draw(st.integers(1, 4))
    elif kind is FactKind.ETA_SET:
        a, t = at + draw(st.integers(1, 600)) * MINUTE, "update"
    elif kind is FactKind.ESCALATION_REQUESTED:
        t = "phone"
    elif kind is FactKind.PLAN_SET:
        a, t = None, draw(st.sampled_from(PLANS))
    actor = draw(st.sampled_from([ActorKind.CUSTOMER, ActorKind.AGENT]))
    uid = f"{draw(st.integers(0, 2**64 - 1)):032x}"
    return NewFact(0, at, kind, a=a, t=t, actor_kind=actor, ord=draw(st.integers(0, 1)), uid=uid)


@st.composite
def _history(draw: st.DrawFn) -> list[NewFact]:
    told = draw(st.lists(_told(), min_size=1, max_size=8, unique_by=lambda fact: fact.uid))
    # Some are taken back; a void may void a void.
    for number in range(draw(st.integers(0, 2))):
        at = NOON + draw(st.integers(0, 26 * 60)) * MINUTE
        voided = draw(st.sampled_from(told)).uid
        void = NewFact(0, at, FactKind.VOID, t=voided, uid=f"{number:032x}")
        if all(fact.uid != void.uid for fact in told):
            told.insert(draw(st.integers(0, len(told))), void)
    return told


def desk_of_two_packs(path: Path) -> StoreDesk:
    desk = StoreDesk(path)
    desk.db.write_now(lambda conn: policies.adopt(conn, SECOND_PACK, 0))
    return desk


def adopt_later(desk: StoreDesk) -> None:
    desk.db.write_now(lambda conn: policies.adopt(conn, BOTH_LATER, ADOPTED))
    fold_again(desk)


def fold_again(desk: StoreDesk) -> None:
    desk.db.write_now(lambda conn: refold_due(conn, desk.db.book(conn), desk.time.at))


def seen(desk: StoreDesk, ticket: int, revision: int, at: int) -> TicketState:
    return desk.db.read_now(lambda conn: as_it_was_seen(conn, desk.db.book, ticket, revision, at))


def sound(desk: StoreDesk) -> bool:
    def check(conn: Connection) -> bool:
        report = verify(conn, desk.db.book(conn))
        assert report.sound, report
        return report.to_fold_again == 0

    return desk.db.read_now(check)


@given(_history(), st.integers(0, 8))
@_some
def test_after_any_prefix_what_is_stored_is_the_fold_and_what_was_seen_stays(told: list[NewFact], turn: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_of_two_packs(Path(folder) / "desk.db")
        ticket = desk.open_ticket("T1", severity=2)
        desk.time.at = END
        then: list[tuple[int, TicketState]] = []
        for number, fact in enumerate(told):
            if number == turn:
                adopt_later(desk)
            desk.record(fact._replace(ticket_id=ticket))
            assert sound(desk)
            then.append((desk.revision(), seen(desk, ticket, desk.revision(), END)))
        for revision, state in then:
            assert seen(desk, ticket, revision, END) == state
        desk.close()


@given(_history(), st.integers(0, 8), st.integers(0, 8), st.randoms(use_true_random=False))
@_some
def test_the_order_in_which_facts_and_adoptions_arrive_changes_no_clock(
    told: list[NewFact], one: int, other: int, random: object
) -> None:
    shuffled = list(told)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    ends = []
    with tempfile.TemporaryDirectory() as folder:
        for name, facts, turn in (("one", told, one), ("other", shuffled, other)):
            desk = desk_of_two_packs(Path(folder) / f"{name}.db")
            ticket = desk.open_ticket("T1", severity=2)
            desk.time.at = END
            for number, fact in enumerate(facts):
                if number == turn:
                    adopt_later(desk)
                desk.record(fact._replace(ticket_id=ticket))
            if turn >= len(facts):
                adopt_later(desk)
            fold_again(desk)
            assert sound(desk)
            state = seen(desk, ticket, desk.revision(), END)
            ends.append((state.clocks, state.status, state.severity, state.escalations))
            desk.close()
    assert ends[0] == ends[1]
