"""The transition table of a ticket: what each kind of fact does to its state and its clocks.

Two readers share it: the fold (`console.domain.fold`) takes the state at the end, the explanation
(`console.domain.explain`) the marks that each clock kept on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from console.domain.clock_set import ClockSet
from console.domain.escalation_course import EscalationCourse
from console.domain.facts import SUPPORT, ActorKind, Fact, FactKind
from console.domain.rules import ClockKind, Met, PolicyBook, Rules, StatusClass
from console.domain.state import UNDECIDED, EtaState, Turn

# Bound once: on Python 3.11 naming a member of an enumeration costs as much as seven attributes.
_OPEN, _CLOSED = StatusClass.OPEN, StatusClass.CLOSED
_CUSTOMER, _CONTACT = ActorKind.CUSTOMER, Met.CONTACT
_CUSTOMERS_TURN, _SUPPORTS_TURN = Turn.CUSTOMER, Turn.SUPPORT
_AUTO_CLOSE, _ETA = ClockKind.AUTO_CLOSE, ClockKind.ETA

_OVER = frozenset({StatusClass.RESOLVED, StatusClass.CLOSED})


@lru_cache(maxsize=256)
def split_plan(text: str | None, default_pack: str) -> tuple[str, str | None]:
    """('odin', 'gold') of 'odin/gold'; a text without a pack belongs to the default one."""
    if not text:
        return default_pack, None
    pack, slash, plan = text.partition("/")
    return (pack, plan or None) if slash else (default_pack, text)


class TicketMachine:
    """Reads the facts of one ticket in order. `read` the facts, then `pass_to` the instant of interest.

    `severity` is the one known at the opening (none: not known, so nothing is promised yet).
    """

    __slots__ = (
        "_book",
        "_later",
        "channel",
        "clocks",
        "closed_at",
        "contract_id",
        "created_at",
        "customer_priority",
        "escalations",
        "eta",
        "first_contact_at",
        "group_id",
        "last_contact_at",
        "last_customer_at",
        "merged",
        "owner_id",
        "pack",
        "plan",
        "product",
        "promise_due_at",
        "rules",
        "severity",
        "status",
        "status_class",
        "status_set_at",
        "status_since",
        "turn",
        "turn_at",
        "unanswered_at",
    )

    def __init__(self, book: PolicyBook, opened: Fact, severity: int | None, plan_text: str | None) -> None:
        self._book = book
        self.pack, self.plan = split_plan(plan_text, book.default_pack())
        self.created_at = opened.at
        first, *self._later = self._rules_of(self.pack)
        self.rules: Rules = first[1]
        self.contract_id: int | None = None
        self.merged = False
        self.severity = severity if severity is not None else self.rules.severity_default
        self.customer_priority: int | None = None
        self.status = self.rules.initial_status
        self.status_class = self._class_of(self.status)
        self.status_since = opened.at
        self.status_set_at: int | None = None
        self.owner_id: int | None = None
        self.group_id: int | None = None
        self.product: str | None = None
        self.channel: str | None = None
        self.first_contact_at: int | None = None
        self.last_contact_at: int | None = None
        self.last_customer_at: int | None = None
        self.unanswered_at: int | None = None
        self.turn = _SUPPORTS_TURN
        self.turn_at = opened.at
        self.eta: EtaState | None = None
        self.promise_due_at: int | None = None
        self.closed_at: int | None = None
        self.escalations = EscalationCourse()
        self.clocks = ClockSet(self.rules)
        self.clocks.promise(self, opened.at, opened)

    def read(self, facts: Iterable[Fact]) -> None:
        """Take the next facts, in their order; those of kinds that change no state pass."""
        current = self.clocks.current
        for fact in facts:
            # Breaches need no passing: a clock looks at its due before anything is done to it.
            if self._later or _AUTO_CLOSE in current:
                self.pass_to(fact.at)
            step = _STEPS.get(fact.kind)
            if step is not None:
                step(self, fact)

    def pass_to(self, at: int, *, inclusive: bool = False) -> None:
        """Let time pass: breaches, calendars that are adopted, and the closing of what nobody answered (OD-12)."""
        while self._later and self._later[0][0] <= at:
            since, self.rules = self._later.pop(0)
            self.status_class = self._class_of(self.status)
            self._pass(since)
            self.clocks.adopt(self.rules, since)
        self._pass(at, inclusive=inclusive)

    def _pass(self, at: int, *, inclusive: bool = False) -> None:
        close_at = self.clocks.auto_close_due()
        if close_at is not None and (close_at < at or (inclusive and close_at == at)):
            self.clocks.stop(_AUTO_CLOSE, close_at, None)
            self._enter(self.rules.closed_status, close_at, None)
        self.clocks.pass_to(at, inclusive=inclusive)

    def _class_of(self, status: str) -> StatusClass:
        """The class of a status; one that the pack does not know counts as open work."""
        return self.rules.status_class.get(status, _OPEN)

    def _rules_of(self, pack: str) -> tuple[tuple[int, Rules], ...]:
        rules = self._book.by_calendars(pack, self.created_at)
        if not rules:
            rules = self._book.by_calendars(self._book.default_pack(), self.created_at)
            if not rules:
                raise LookupError(f"no pack {pack!r} and no default pack")
        return rules

    def _opened(self, fact: Fact) -> None:
        self.channel = fact.t
        # A letter opens a ticket and is its first unanswered message (OW-7).
        if fact.actor_kind == _CUSTOMER:
            self.last_customer_at = self.unanswered_at = fact.at
            self.clocks.customer_wrote(self, fact)

    def _message(self, fact: Fact) -> None:
        if fact.actor_kind == _CUSTOMER:
            if fact.a:
                self._customer_wrote(fact)
        elif self._answers(fact):
            self._contact(fact)
            if self.status in self.rules.moved_by_support and self.status_set_at != fact.at:
                self._enter(self.rules.answered_status, fact.at, fact)

    def _answers(self, fact: Fact) -> bool:
        """Whether a message of support's side is an answer: what a person wrote to the customer, and what else the pack
        counts."""
        if fact.b:
            return self.rules.automatic_answers and bool(fact.a)
        return fact.actor_kind in SUPPORT and (bool(fact.a) or self.rules.internal_answers)

    def _customer_wrote(self, fact: Fact) -> None:
        self.last_customer_at = fact.at
        if fact.t == "confirmation" or self.merged:
            return
        if self.unanswered_at is None:
            self.unanswered_at = fact.at
        if self.turn is _CUSTOMERS_TURN:
            self.turn, self.turn_at = _SUPPORTS_TURN, fact.at
        self.clocks.cancel_auto_close(fact.at, fact)
        # A status that the source sets at the same instant wins over the one that follows from the message.
        if self.status in self.rules.reopens_on_message and self.status_set_at != fact.at:
            if self.status_class is _CLOSED:
                # A round that the closing ended does not return: the message begins its own (OW-5).
                self.clocks.customer_wrote(self, fact)
            self._enter(self.rules.reopen_status, fact.at, fact)
        if self.status_class is not _CLOSED:
            self.clocks.customer_wrote(self, fact)

    @property
    def unanswered(self) -> bool:
        """Whether a message of the customer waits for an answer."""
        return self.unanswered_at is not None

    def _contact(self, fact: Fact) -> None:
        if self.merged:
            return
        if self.first_contact_at is None:
            self.first_contact_at = fact.at
        self.last_contact_at = fact.at
        self.unanswered_at = None
        self.turn, self.turn_at = _CUSTOMERS_TURN, fact.at
        self.clocks.met(_CONTACT, fact)
        if self.eta is not None and self.eta.promise == "update":
            self.clocks.stop(_ETA, fact.at, fact)

    def _status_set(self, fact: Fact) -> None:
        self.status_set_at = fact.at
        if fact.t is None or fact.t == self.status:
            return
        self.merged = False
        self._enter(fact.t, fact.at, fact)
        if fact.a:
            self._contact(fact)
        if fact.b:
            self._solution_notified(fact)

    def _enter(self, status: str, at: int, fact: Fact | None) -> None:
        over = self.status_class in _OVER
        self.status, self.status_since = status, at
        now = self.status_class = self._class_of(status)
        self.closed_at = at if now is _CLOSED else None
        if now is _CLOSED:
            self._supersede(at, fact)
        if now not in _OVER:
            self.clocks.cancel_auto_close(at, fact)
        self.clocks.status_changed(self, at, fact)
        if over and now is not _CLOSED:
            # Severity or plan may have changed meanwhile: what returns counts to what is promised now.
            self.clocks.promise(self, at, fact)

    def _severity_set(self, fact: Fact) -> None:
        if fact.a is not None and fact.a != self.severity:
            self.severity = fact.a
            self.clocks.promise(self, fact.at, fact)
            if fact.a in self.rules.outage:
                self._supersede(fact.at, fact)

    def _supersede(self, at: int, fact: Fact | None) -> None:
        """A request that nobody decided ends: an outage has its own process (LI-11), or the ticket is closed."""
        latest = self.escalations.latest
        if latest is not None and latest.phase in UNDECIDED:
            self.escalations.supersede()
            self.clocks.end_review(at, fact)

    def _escalation(self, fact: Fact) -> None:
        self.escalations.read(fact)
        if self.escalations.latest is not None:
            self.clocks.escalated(self.escalations.latest, fact)

    def _customer_priority_set(self, fact: Fact) -> None:
        self.customer_priority = fact.a

    def _plan_set(self, fact: Fact) -> None:
        self.contract_id = fact.a
        pack, plan = split_plan(fact.t, self._book.default_pack())
        if (pack, plan) == (self.pack, self.plan):
            return
        before, self.pack, self.plan = self.pack, pack, plan
        found = self._rules_of(pack)
        in_force = max((number for number, (since, _) in enumerate(found) if since <= fact.at), default=0)
        self.rules, self._later = found[in_force][1], list(found[in_force + 1 :])
        self.status_class = self._class_of(self.status)
        if pack != before:
            self.clocks.leave_pack(self.rules, fact.at, fact)
        self.clocks.rules = self.rules
        self.clocks.promise(self, fact.at, fact)

    def _eta_set(self, fact: Fact) -> None:
        # An ETA that is not after its setting promises nothing (policy-facts: refused where it is set).
        if fact.a is None or fact.a <= fact.at:
            return
        self.eta = EtaState(fact.at, fact.a, fact.t or "resolution")
        self.clocks.start_eta(fact)

    def _workaround_given(self, fact: Fact) -> None:
        self.clocks.met(Met.WORKAROUND, fact)

    def _solution_given(self, fact: Fact) -> None:
        self.clocks.met(Met.SOLUTION, fact)
        if self.eta is not None and self.eta.promise == "resolution":
            self.clocks.stop(_ETA, fact.at, fact)

    def _solution_notified(self, fact: Fact) -> None:
        if self.rules.auto_close is not None and self.status_class is not _CLOSED:
            self.clocks.start_auto_close(fact, self.rules.auto_close)

    def _confirmed(self, fact: Fact) -> None:
        if self.status_set_at != fact.at and self.status_class is not _CLOSED:
            self._enter(self.rules.closed_status, fact.at, fact)

    def _merged_into(self, fact: Fact) -> None:
        # What was promised here is owed by the other ticket: clocks end without being met, messages count there.
        self.merged = True
        self._supersede(fact.at, fact)
        self.clocks.end(fact.at, fact)
        if self.status_class is not _CLOSED:
            self._enter(self.rules.closed_status, fact.at, fact)

    def _note(self, fact: Fact) -> None:
        if self.rules.internal_answers and fact.actor_kind in SUPPORT:
            self._contact(fact)

    def _owner_set(self, fact: Fact) -> None:
        self.owner_id = fact.a

    def _group_set(self, fact: Fact) -> None:
        self.group_id = fact.a

    def _product_set(self, fact: Fact) -> None:
        self.product = fact.t

    def _promise_made(self, fact: Fact) -> None:
        self.promise_due_at = fact.a

    def _promise_kept(self, fact: Fact) -> None:
        self.promise_due_at = None


_STEPS: Mapping[int, Callable[[TicketMachine, Fact], None]] = {
    **dict.fromkeys(EscalationCourse.KINDS, TicketMachine._escalation),
    FactKind.OPENED: TicketMachine._opened,
    FactKind.MESSAGE: TicketMachine._message,
    FactKind.STATUS_SET: TicketMachine._status_set,
    FactKind.SEVERITY_SET: TicketMachine._severity_set,
    FactKind.PLAN_SET: TicketMachine._plan_set,
    FactKind.ETA_SET: TicketMachine._eta_set,
    FactKind.WORKAROUND_GIVEN: TicketMachine._workaround_given,
    FactKind.SOLUTION_GIVEN: TicketMachine._solution_given,
    FactKind.SOLUTION_NOTIFIED: TicketMachine._solution_notified,
    FactKind.CONFIRMED: TicketMachine._confirmed,
    FactKind.OWNER_SET: TicketMachine._owner_set,
    FactKind.GROUP_SET: TicketMachine._group_set,
    FactKind.PRODUCT_SET: TicketMachine._product_set,
    FactKind.CUSTOMER_PRIORITY_SET: TicketMachine._customer_priority_set,
    FactKind.PROMISE_MADE: TicketMachine._promise_made,
    FactKind.PROMISE_KEPT: TicketMachine._promise_kept,
    FactKind.MERGED_INTO: TicketMachine._merged_into,
    FactKind.NOTE: TicketMachine._note,
}
