"""Which requests are recorded, which join the one that waits, which are refused, under the packs of all vendors."""

from __future__ import annotations

import pytest

from console.domain.errors import UserError
from console.domain.facts import ActorKind, FactKind, NewFact
from console.domain.instants import HOUR
from console.domain.state import EscalationPhase, EscalationState
from console.services.escalating.escalations import RequestOutcome
from console.services.policy_adoption import adopt_pack
from console.store import door, parties
from console.store.database import Connection
from console.words import say, template
from tests.domain.packs import POLICIES
from tests.services.served_desk import MANAGER, ServedDesk, at
from tests.store.desk import ADMIN


@pytest.fixture(autouse=True)
def vendors(served: ServedDesk) -> None:
    for name in ("community", "analytics"):
        adopt_pack(served.desk.db, served.time, POLICIES / f"{name}.toml", actor=ADMIN)


def ticket(served: ServedDesk, plan: str, severity: int = 2) -> int:
    def write(conn: Connection) -> int:
        org = parties.first_organisation(conn)
        customer = parties.customer(conn, org, "C-1", "Andes", "Europe/Kyiv")
        number = parties.ticket(conn, parties.source(conn, "t", "t"), "T1", customer, at("11T09:00"))
        facts = [
            NewFact(number, at("11T09:00"), FactKind.OPENED, a=severity, actor_kind=ActorKind.CUSTOMER, text="Help"),
            NewFact(number, at("11T09:00"), FactKind.PLAN_SET, t=plan),
        ]
        door.record(conn, served.desk.db.book(conn), facts, at("11T09:00"))
        return number

    return served.desk.db.write_now(write)


def ask(served: ServedDesk, number: int, channel: str, level: int | None = None) -> RequestOutcome:
    served.time.at += 1_000_000
    return served.desk.db.write_now(
        lambda conn: served.desk.escalations.request(conn, number, channel, "We wait", level=level)
    )


def reject(served: ServedDesk, number: int, analysis: str | None = None) -> None:
    served.time.at += 1_000_000
    revision = served.revision()
    served.desk.db.write_now(
        lambda conn: served.desk.escalations.reject(
            conn, number, MANAGER, base_revision=revision, words="Not now", analysis=analysis
        )
    )


def asked(served: ServedDesk, number: int) -> EscalationState:
    found = served.card(number, served.time.at).state.escalation
    assert found is not None
    return found


def refusal(served: ServedDesk, number: int, channel: str, level: int | None = None) -> str:
    before = served.everything()
    with pytest.raises(UserError) as caught:
        ask(served, number, channel, level)
    assert served.everything() == before
    assert say(caught.value) != caught.value.code
    assert template(caught.value.code)
    return caught.value.code


@pytest.mark.parametrize("channel", ["button", "phone", "chat", "mail", "account_team"])
def test_ow_10_without_channels_a_request_is_recorded_and_decided_without_a_verdict(
    served: ServedDesk, channel: str
) -> None:
    number = ticket(served, "analytics/enterprise")
    ask(served, number, channel)
    (waiting,) = served.desk.db.read_now(served.desk.escalations.waiting)
    assert (waiting.escalation.channel, waiting.by_the_rules, waiting.verdict.channels) == (channel, None, ())
    reject(served, number)
    assert asked(served, number).phase is EscalationPhase.REJECTED


def test_ow_10_also_there_a_way_that_nobody_knows_is_refused(served: ServedDesk) -> None:
    assert refusal(served, ticket(served, "analytics/enterprise"), "pigeon") == "channel_unknown"


@pytest.mark.parametrize("level", [None, 1, 2])
def test_li_8_what_comes_by_the_account_team_joins_the_request_that_waits(
    served: ServedDesk, level: int | None
) -> None:
    number = ticket(served, "community/premium")
    assert refusal(served, number, "account_team") == "channel_unknown"
    ask(served, number, "portal")
    first = asked(served, number)
    ask(served, number, "account_team", level)
    assert asked(served, number) == first
    assert served.facts(number)[-1].kind == FactKind.ESCALATION_JOINED


def test_li_7_the_next_level_may_be_asked_for_when_the_one_before_is_decided(served: ServedDesk) -> None:
    number = ticket(served, "community/premium")
    assert refusal(served, number, "portal", 2) == "escalation_level_skipped"
    for level in (1, 2, 3, 4):
        ask(served, number, "portal", level)
        assert (asked(served, number).level, asked(served, number).phase) == (level, EscalationPhase.REQUESTED)
        reject(served, number, "The cause was found late" if level == 3 else None)
    assert refusal(served, number, "portal", 5) == "escalation_no_level_above"
    assert refusal(served, number, "portal", 0) == "escalation_level_unknown"


def test_li_7_or_when_its_review_is_overdue(served: ServedDesk) -> None:
    number = ticket(served, "community/premium")
    ask(served, number, "portal")
    served.time.at += 24 * HOUR
    ask(served, number, "portal", 2)
    assert asked(served, number).level == 2


def test_od_10_the_next_level_may_be_asked_for_at_any_time(served: ServedDesk) -> None:
    number = ticket(served, "odin/gold")
    ask(served, number, "phone")
    ask(served, number, "phone", 2)
    assert asked(served, number).level == 2


def test_li_11_an_outage_is_led_to_its_own_line(served: ServedDesk) -> None:
    number = ticket(served, "community/premium", severity=1)
    assert refusal(served, number, "portal") == "escalation_outage"
    with pytest.raises(UserError) as led:
        ask(served, number, "portal")
    assert "call the on-call team" in say(led.value)
    assert "On-call line (example) +1 202 555 0199" in say(led.value)


def test_a_closed_ticket_is_not_escalated(served: ServedDesk) -> None:
    number = ticket(served, "odin/gold")
    served.tell(number, "11T10:00", FactKind.STATUS_SET, t="closed")
    assert refusal(served, number, "phone") == "escalation_closed"
