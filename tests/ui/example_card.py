"""Ticket cards for tests of the window: real facts, the shipped Odin pack, no database."""

from __future__ import annotations

from collections.abc import Sequence

from console.domain.decisions import LedgerEntry
from console.domain.eligibility import verdict
from console.domain.entitlements import balance, matrix
from console.domain.explain import explain
from console.domain.facts import ActorKind, Fact, FactKind
from console.domain.instants import HOUR, MINUTE, parse_instant
from console.domain.rows import ContractRow, CustomerCard, Message, QueueRow, TicketIdentity
from console.services.clock_changes import ClockChange
from console.services.entitling.entitlements import Entitlements
from console.services.escalating.escalations import EscalationRequest
from console.services.severities.severity_preview import SeverityPreview
from console.services.tickets import TicketCard
from tests.domain.packs import odin, odin_book

K = FactKind
OPENED = parse_instant("2017-09-12T08:00:00Z")
YEAR = (parse_instant("2017-01-01T00:00:00Z"), parse_instant("2018-01-01T00:00:00Z"))
ACTORS = {K.OPENED: ActorKind.CUSTOMER, K.ESCALATION_REQUESTED: ActorKind.CUSTOMER}


class FixedTime:
    """A time source that stands still until it is moved."""

    def __init__(self, now: int) -> None:
        self.instant = now

    def now(self) -> int:
        return self.instant


def at(minutes: int) -> int:
    """An instant so many minutes after the ticket was opened."""
    return OPENED + minutes * MINUTE


def fact(minutes: int, kind: FactKind, **values: object) -> Fact:
    """A fact so many minutes after the opening; its uid is its kind and minute."""
    known: dict[str, object] = {"actor_kind": ACTORS.get(kind, ActorKind.AGENT), **values}
    return Fact(at=at(minutes), ord=0, uid=f"{kind.name}-{minutes}", kind=kind, **known)  # type: ignore[arg-type]


def opened(severity: int, plan: str = "gold") -> list[Fact]:
    """A ticket of a plan, opened by the web form."""
    return [fact(0, K.OPENED, a=severity, t="web"), fact(0, K.PLAN_SET, a=1, t=f"odin/{plan}")]


def message(minutes: int, who: ActorKind, name: str | None, body: str | None, *, note: bool = False) -> Message:
    """Something that was written."""
    kind = K.NOTE if note else K.MESSAGE
    return Message(at(minutes), kind, not note, False, who, name, body, None)


def card(
    facts: Sequence[Fact],
    now: int,
    *,
    number: str = "48213",
    subject: str = "Mail queue stuck after upgrade",
    customer: str = "Northwind",
    zone: str | None = "Europe/Kyiv",
    owner: str | None = "Ivan Koval",
    url: str | None = "https://desk.example/48213",
    conversation: Sequence[Message] = (),
    lines: Sequence[LedgerEntry] = (),
    ticket_id: int = 7,
    revision: int = 3,
) -> TicketCard:
    """The card of a ticket of these facts at `now`."""
    book, pack = odin_book(), odin()
    state, stories = explain(facts, book, now)
    rules = book.rules("odin", state.created_at)
    assert rules is not None
    who = CustomerCard(1, "C-1", customer, zone, None)
    return TicketCard(
        identity=TicketIdentity(ticket_id, number, subject, "ServiceDesk", url, state.created_at, who),
        state=state,
        stories=stories,
        verdict=verdict(state, pack, rules, now),
        conversation=tuple(conversation),
        entitlements=entitlements(state.plan, now, lines=lines, customer=who, number=number, card_state=state),
        pack=pack,
        owner=owner,
        support_group="Mail",
        facts=tuple(facts),
        base_revision=revision,
    )


def entitlements(
    plan: str | None,
    now: int,
    *,
    lines: Sequence[LedgerEntry] = (),
    customer: CustomerCard | None = None,
    number: str | None = None,
    card_state: object = None,
    support_code: str | None = "1234567890",
) -> Entitlements:
    """What a contract of this year entitles to."""
    pack = odin()
    contract = ContractRow(1, "c1", "odin", plan or "", *YEAR, support_code, None, "Plesk Automation", "17.5")
    return Entitlements(
        customer=customer,
        contracts=(contract,),
        contract=contract,
        pack="odin",
        plan_table=matrix(pack, plan, card_state),  # type: ignore[arg-type]
        balance=balance(pack.plan(plan), lines, now),
        lines=tuple(lines),
        ticket_number=number,
    )


def ledger(amounts: Sequence[int], start: int = OPENED - 24 * HOUR) -> list[LedgerEntry]:
    """Entries of a ledger, an hour after the other; deductions by tickets 1, 2, 3 ..."""
    return [
        LedgerEntry(
            f"l{place}", 1, place, str(place), "incident", amount, "OD-6:opened" if amount < 0 else
            f"OD-6:unfixed_bug:BUG-{place}", start + place * HOUR, None, place,
        )
        for place, amount in enumerate(amounts, 1)
    ]  # fmt: skip


def preview(
    facts: Sequence[Fact], to: int, now: int, *, revision: int = 3, refusal: str | None = None
) -> SeverityPreview:
    """What the severity would do, by the fold."""
    book = odin_book()
    before = explain(facts, book, now)[0]
    proposed = Fact(now, 0, "preview", K.SEVERITY_SET, to, before.severity, actor_kind=ActorKind.MANAGER)
    after = explain([*facts, proposed], book, now)[0]
    was = {(clock.kind, clock.cycle): clock for clock in before.clocks}
    becomes = {(clock.kind, clock.cycle): clock for clock in after.clocks}
    lines = []
    for kind, cycle in dict.fromkeys((*was, *becomes)):
        old, new = was.get((kind, cycle)), becomes.get((kind, cycle))
        at_once = new is not None and new.breached_at is not None and (old is None or old.breached_at is None)
        lines.append(
            ClockChange(
                kind, cycle, old and old.phase, new and new.phase, old and old.due_at, new and new.due_at, at_once
            )
        )
    return SeverityPreview(7, revision, to, before, after, refusal, tuple(lines))


def request(
    facts: Sequence[Fact], now: int, *, words: str | None = "We lose orders", revision: int = 3
) -> EscalationRequest:
    """The undecided request of a ticket of these facts."""
    shown = card(facts, now, revision=revision)
    escalation = shown.state.escalation
    assert escalation is not None
    row = QueueRow(
        7, "48213", shown.identity.subject, "Northwind", shown.state.severity, "odin", shown.state.plan,
        shown.state.status, "Mail", shown.owner, None, 0, 0, None, None, None, None, False, False, 0, None,
        "requested", revision,
    )  # fmt: skip
    return EscalationRequest(row, escalation, words, "Anna Petrova", shown.verdict, shown.state, revision)
