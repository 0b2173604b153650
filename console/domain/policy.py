"""The types of a policy pack, format 1: plans, targets, severities, statuses, clocks, reasons, escalation.

Frozen; numbers of the rules live in packs only. Durations are microseconds. `pack_file` reads a pack and has
`policy_checks` look at what its entries say about each other; `compile` makes of it what the fold needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StrictBool, StrictInt, model_validator

from console.domain.calendar import Calendar
from console.domain.policy_duty import OnCallEntry, Parked
from console.domain.policy_levels import Escalating, Path, Person
from console.domain.policy_rules import EligibilityRule
from console.domain.policy_terms import (
    Contact,
    Credential,
    CustomerPriority,
    Entitling,
    HolidaySource,
    Lifecycle,
    Notice,
    OnMessage,
    Product,
    RowOrder,
    SupportCode,
    Survey,
    UpdateTerms,
)
from console.domain.policy_values import Code, Dated, Duration, Frozen, Named, Promise, Sources, Text
from console.domain.rules import ClockKind, Met, StatusClass

# By clock kind, then severity: microseconds of working time, or none where there is no promise.
Targets = dict[ClockKind, dict[int, Promise]]

_BASE = "base"


def _targets(found: object) -> object:
    return None if found == _BASE else found


def _incidents(found: object) -> object:
    return None if found == "unlimited" else found


class Severity(Dated):
    """One severity: 1 is the gravest. `definition` is what a manager's reduction refers to (OD-1)."""

    level: Annotated[StrictInt, Field(ge=1, le=99)]
    name: Text
    definition: Text

    @property
    def key(self) -> str:
        """Its number."""
        return str(self.level)


class Plan(Named):
    """What a customer has bought (OD-3, OD-5).

    `targets` none: those of the base plan. `incidents` none: unlimited; 0 with funding "purchase": as many as bought.
    `tam_week`: time of a technical account manager a week. `bundle`: the fewest incidents that are bought together,
    beside single ones (OD-5). `rank` orders tickets by plan, the lowest first (LI-1). An archived plan serves the
    contracts that have it and no new one (OW-1).
    """

    calendar: Code | None = None
    targets: Annotated[Targets | None, BeforeValidator(_targets)]
    incidents: Annotated[Annotated[StrictInt, Field(ge=0)] | None, BeforeValidator(_incidents)]
    funding: Literal["contract", "licence", "purchase", "none"]
    tam_week: Duration | None = None
    bundle: Annotated[StrictInt, Field(ge=2)] | None = None
    contacts: tuple[Code, ...] = ()
    rank: Annotated[StrictInt, Field(ge=0, le=29)] = 0
    archived: StrictBool = False


class Status(Named):
    """A status of the ticket and the class that it belongs to (OD-27)."""

    status_class: StatusClass = Field(alias="class")


class Clock(Dated):
    """How clocks of one kind behave. `pauses` are statuses; `calendar` is used whatever the plan's is.

    `target` is the promise of a kind that depends on neither plan nor severity (auto-close OD-12, review LI-5).
    """

    kind: ClockKind
    name: Text
    met_by: frozenset[Met] = frozenset()
    pauses: frozenset[Code] = frozenset()
    calendar: Code | None = None
    target: Duration | None = None

    @property
    def key(self) -> str:
        """Its kind."""
        return self.kind.value


class CalendarEntry(Named):
    """A calendar of the pack; `hours` is its definition without the code. The dates of `holidays_of` are added to its
    holidays when the pack is adopted, so that a newer list of somebody else moves nothing."""

    hours: Calendar
    holidays_of: tuple[HolidaySource, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _hours_take_the_code(cls, found: object) -> object:
        if isinstance(found, Mapping) and isinstance(hours := found.get("hours"), Mapping):
            return {**found, "hours": {**hours, "code": found.get("code")}}
        return found


class Channel(Named):
    """A way to ask for an escalation and the severities for which it exists (OD-7).

    `mails_on_duty`: a request that comes so is mailed at once to the manager on duty (OD-9).
    """

    severities: tuple[StrictInt, ...] = Field(min_length=1)
    unavailable: Text
    mails_on_duty: StrictBool = False


class Reason(Named):
    """Why a decision was taken, or an escalation asked for (LI-3).

    `denies`: the severity whose definition is not met (OD-2). `verifiable` is false for a customer's claim that the
    pack gives no means to check. `against_verdict`: for accepting what is not available, which needs one of these or
    words that say so, and for rejecting what is, which may give one. `claims_rule`: it says that a rule does not hold,
    so that it cannot be the reason for rejecting what the rules allow. The reasons of escalation_closed are its
    outcomes.
    """

    decision: Literal[
        "severity_down",
        "severity_up",
        "escalation_requested",
        "escalation_accepted",
        "escalation_rejected",
        "escalation_withdrawn",
        "escalation_closed",
        "incident_credit",
    ]
    denies: StrictInt | None = None
    verifiable: StrictBool = True
    against_verdict: StrictBool = False
    claims_rule: StrictBool = False


class SeverityChange(Dated):
    """What a role may do to a severity once it is set (OD-2)."""

    role: Code
    directions: frozenset[Literal["up", "down"]] = Field(min_length=1)
    needs_confirmation: StrictBool = False
    names_definition: StrictBool = False

    @property
    def key(self) -> str:
        """Its role."""
        return self.role


class Incidents(Frozen):
    """How incidents are deducted and credited (OD-6). `credited` and `fundings` name what can be credited at all.

    `warn_at`: per cent of the granted incidents at which a use is told.
    """

    free_channels: frozenset[Code]
    credited: frozenset[Code]
    fundings: frozenset[Literal["contract", "licence", "purchase"]]
    entered_by: frozenset[Code]
    warn_at: tuple[Annotated[StrictInt, Field(ge=1, le=1000)], ...] = ()
    source: Sources


class ClosingGround(Named):
    """A ground on which a ticket may be closed, and what has to be recorded for it (OD-12)."""

    needs: frozenset[Literal["confirmation", "agreement", "bug", "release", "silence"]]


class Pack(Frozen):
    """A whole policy pack. `base_plan` serves tickets without a plan that the pack knows (OD-4).

    `unnamed_tickets`: it also serves tickets that name no pack. `answers`: what of support's side answers the customer,
    beside what a person writes: automatic mail, internal notes. `severity_default` is that of tickets that name none
    (OW-4). Where `order` is none, rows of one deadline go by severity.
    """

    format: Literal[1]
    code: Code
    name: Text
    calendar: Code
    base_plan: Code | None = None
    initial_status: Code
    closed_status: Code
    row_clocks: tuple[ClockKind, ...]
    severity_unknown: Text
    unnamed_tickets: StrictBool = False
    answers: frozenset[Literal["person", "automatic", "internal"]] = frozenset({"person"})
    severity_default: StrictInt | None = None
    on_customer_message: OnMessage | None = None
    on_support_message: OnMessage | None = None
    escalating: Escalating | None = None
    entitling: Entitling | None = None
    order: RowOrder | None = None
    parked: Parked | None = None
    lifecycle: Lifecycle | None = None
    updates: UpdateTerms | None = None
    survey: Survey | None = None
    support_code: SupportCode | None = None
    incidents: Incidents | None = None
    calendars: tuple[CalendarEntry, ...] = Field(min_length=1)
    severities: tuple[Severity, ...] = Field(min_length=1)
    statuses: tuple[Status, ...] = Field(min_length=1)
    clocks: tuple[Clock, ...]
    plans: tuple[Plan, ...] = ()
    severity_changes: tuple[SeverityChange, ...] = ()
    channels: tuple[Channel, ...] = ()
    eligibility: tuple[EligibilityRule, ...] = ()
    paths: tuple[Path, ...] = ()
    reasons: tuple[Reason, ...] = ()
    closing: tuple[ClosingGround, ...] = ()
    people: tuple[Person, ...] = ()
    on_call: tuple[OnCallEntry, ...] = ()
    contacts: tuple[Contact, ...] = ()
    customer_priorities: tuple[CustomerPriority, ...] = ()
    credentials: tuple[Credential, ...] = ()
    products: tuple[Product, ...] = ()
    notices: tuple[Notice, ...] = ()

    def plan(self, code: str | None) -> Plan | None:
        """The plan with this code, if the pack knows it."""
        return next((plan for plan in self.plans if plan.code == code), None)

    def plan_or_base(self, code: str | None) -> Plan | None:
        """The plan with this code, else the base plan (OD-4)."""
        return self.plan(code) or self.plan(self.base_plan)

    def targets(self, plan: Plan) -> Targets:
        """The promises of a plan, its own or the base plan's."""
        base = self.plan(self.base_plan)
        return plan.targets if plan.targets is not None else (base.targets if base else None) or {}

    def severity(self, level: int | None) -> Severity | None:
        """The severity with this number."""
        return next((severity for severity in self.severities if severity.level == level), None)

    def status(self, code: str) -> Status | None:
        """The status with this code."""
        return next((status for status in self.statuses if status.code == code), None)

    def clock(self, kind: ClockKind) -> Clock | None:
        """The rules of clocks of this kind."""
        return next((clock for clock in self.clocks if clock.kind == kind), None)

    def reasons_for(self, decision: str) -> tuple[Reason, ...]:
        """The reasons that the pack offers for a kind of decision, in its order."""
        return tuple(reason for reason in self.reasons if reason.decision == decision)

    def role_name(self, code: str, language: str) -> str:
        """What a role is called; its code where the pack does not name it."""
        return next((person.name.say(language) for person in self.people if person.code == code), code)
