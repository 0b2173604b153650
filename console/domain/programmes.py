"""Contracts, support codes, purchases and the survey: what a pack says of a customer rather than of a ticket."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from console.domain.errors import UserError
from console.domain.facts import Fact, FactKind
from console.domain.policy import Pack, Plan
from console.domain.policy_terms import SupportCode, Survey
from console.domain.rules import StatusClass


@dataclass(frozen=True, slots=True)
class PlanInForce:
    """The plan that serves a ticket. `notice` says why it is not that of the contract, or that it is archived:
    contract_ended, contract_not_begun, plan_unknown, plan_archived."""

    plan: str | None
    notice: str | None


def plan_in_force(pack: Pack, plan: str, start_at: int | None, end_at: int | None, at: int) -> PlanInForce:
    """The plan at `at` of a contract that runs from `start_at` to `end_at` (microseconds UTC, half-open)."""
    fallback = pack.entitling.plan if pack.entitling is not None else pack.base_plan
    if end_at is not None and at >= end_at:
        return PlanInForce(fallback, "contract_ended")
    if start_at is not None and at < start_at:
        return PlanInForce(fallback, "contract_not_begun")
    found = pack.plan(plan)
    if found is None:
        return PlanInForce(fallback, "plan_unknown")
    return PlanInForce(plan, "plan_archived" if found.archived else None)


def new_contract_refusal(pack: Pack, plan: str) -> str | None:
    """None when a contract may be made for the plan, else plan_unknown or plan_archived (OW-1)."""
    found = pack.plan(plan)
    if found is None:
        return "plan_unknown"
    return "plan_archived" if found.archived else None


def purchase_refusal(plan: Plan, incidents: int) -> str | None:
    """None when so many incidents may be bought at once, else incidents_not_sold or bundle_too_small (OD-5)."""
    if plan.funding != "purchase" or incidents < 1:
        return "incidents_not_sold"
    return "bundle_too_small" if plan.bundle is not None and 1 < incidents < plan.bundle else None


def read_support_code(form: SupportCode, text: str) -> str:
    """The digits of a support code in the form in which it is shown, "12345-67890" (OD-5).

    Blanks and the separator may be left out. Raises UserError "support_code_invalid".
    """
    digits = re.sub(rf"[\s{re.escape(form.separator)}]" if form.separator else r"\s", "", text)
    if not (digits.isascii() and digits.isdigit() and len(digits) == sum(form.groups)):
        raise UserError("support_code_invalid", found=text, digits=sum(form.groups))
    rest = iter(digits)
    return form.separator.join("".join(next(rest) for _ in range(count)) for count in form.groups)


@dataclass(frozen=True, slots=True)
class SurveyRate:
    """Of the tickets that were set to pending the customer's confirmation, how many have an answered survey (OD-14)."""

    pending: int
    answered: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; none where no survey was sent."""
        return self.answered / self.pending if self.pending else None


def survey_rate(
    survey: Survey, status_class: Mapping[str, StatusClass], tickets: Iterable[Sequence[Fact]], begin: int, end: int
) -> SurveyRate:
    """The rate of one customer over the tickets that entered the survey's status in [begin, end), microseconds UTC.

    An answer counts whenever it came. `status_class` is that of the pack's rules.
    """
    pending = answered = 0
    for facts in tickets:
        sent = any(
            fact.kind == FactKind.STATUS_SET
            and begin <= fact.at < end
            and status_class.get(fact.t or "") is survey.sent_on
            for fact in facts
        )
        pending += sent
        answered += sent and any(fact.kind == FactKind.SURVEY_ANSWERED for fact in facts)
    return SurveyRate(pending, answered)
