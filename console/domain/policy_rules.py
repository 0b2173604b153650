"""The rules of a pack that say when a ticket may be escalated, one type a kind (OD-7, OD-8, OD-10, LI-2, LI-4)."""

from __future__ import annotations

from string import Formatter
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, StrictFloat, StrictInt, StrictStr, model_validator

from console.domain.policy_values import Code, Dated, Duration, Text
from console.domain.rules import StatusClass
from console.domain.zones import zone


def _zone(found: str) -> str:
    zone(found)
    return found


class RuleEntry(Dated):
    """What all rules share. It concerns the escalation channels and severities that it lists.

    `text` is the rule in words; `{names}` in it are filled with the values of its verdict.
    """

    values: ClassVar[frozenset[str]] = frozenset()
    # Whether the rule only says something: it does not keep a channel closed.
    advises: ClassVar[bool] = False

    code: Code
    channels: tuple[Code, ...] = Field(min_length=1)
    severities: tuple[StrictInt, ...] = Field(min_length=1)
    text: Text

    @property
    def key(self) -> str:
        """Its code."""
        return self.code

    @model_validator(mode="after")
    def _texts_are_fillable(self) -> Self:
        for field, text in self.texts().items():
            for language in ("en", "ru"):
                _refuse_unknown_names(f"{field}.{language}", text.say(language), type(self).values)
        return self

    def texts(self) -> dict[str, Text]:
        """Its texts by field."""
        return {name: value for name in type(self).model_fields if isinstance(value := getattr(self, name), Text)}


class AfterLastContact(RuleEntry):
    """True `wait` after the last support correspondence; `no_contact` is said while there is none (OD-7)."""

    values: ClassVar[frozenset[str]] = frozenset({"wait", "last_contact_at"})

    kind: Literal["after_last_contact"]
    wait: Duration
    no_contact: Text


class EtaShare(RuleEntry):
    """True when `share` of the span from setting an ETA to its due instant has passed; 1.0: it is missed (OD-7).

    Without an ETA that is pending or missed the guaranteed response time after the last update stands in:
    `stand_in_share` of it has to pass, and `no_eta` says so.
    """

    values: ClassVar[frozenset[str]] = frozenset({"share", "eta_at", "guaranteed", "last_update_at"})

    kind: Literal["eta_share"]
    share: Annotated[StrictFloat, Field(gt=0, le=1)]
    stand_in_share: Annotated[StrictFloat, Field(gt=0, le=1)]
    no_eta: Text
    no_guarantee: Text


class MinAge(RuleEntry):
    """True `wait` after the ticket was opened (OD-8b)."""

    values: ClassVar[frozenset[str]] = frozenset({"wait", "created_at"})

    kind: Literal["min_age"]
    wait: Duration


class QuietForGuaranteedResponse(RuleEntry):
    """True when the guaranteed response time of plan and severity has passed since the last update (OD-8c)."""

    values: ClassVar[frozenset[str]] = frozenset({"guaranteed", "last_update_at"})

    kind: Literal["quiet_for_guaranteed_response"]
    no_guarantee: Text


class StatusClassBlocks(RuleEntry):
    """False while the status belongs to one of `classes` (OD-8d)."""

    values: ClassVar[frozenset[str]] = frozenset({"status"})

    kind: Literal["status_class_blocks"]
    classes: frozenset[StatusClass] = Field(min_length=1)
    blocked: Text


class SeverityBlocks(RuleEntry):
    """False for the severities that it lists (OD-7)."""

    values: ClassVar[frozenset[str]] = frozenset({"severity"})

    kind: Literal["severity_blocks"]


class PlanBlocks(RuleEntry):
    """False for the plans that it lists; all others may escalate (OD-8a)."""

    values: ClassVar[frozenset[str]] = frozenset({"plan"})

    kind: Literal["plan_blocks"]
    plans: frozenset[Code] = frozenset()
    blocked: Text


class NoHumanContact(RuleEntry):
    """True when support made no contact within `wait` of opening: then those in `overrides` need not hold (OD-10)."""

    values: ClassVar[frozenset[str]] = frozenset({"wait", "created_at", "first_contact_at"})
    advises: ClassVar[bool] = True

    kind: Literal["no_human_contact"]
    wait: Duration
    overrides: tuple[Code, ...] = Field(min_length=1)
    contacted: Text


class PlanWait(RuleEntry):
    """True when the wait of plan and severity has passed since the ticket was opened, in plain hours (LI-4).

    `waits` by plan, then severity; a plan that it does not list has those of the base plan.
    """

    values: ClassVar[frozenset[str]] = frozenset({"wait", "created_at", "severity"})

    kind: Literal["plan_wait"]
    waits: dict[Code, dict[int, Duration]] = Field(min_length=1)


class SameDay(RuleEntry):
    """A flag, never a gate: true from the day after the ticket was opened, by the calendar days of `zone` (LI-2)."""

    values: ClassVar[frozenset[str]] = frozenset({"created_at"})
    advises: ClassVar[bool] = True

    kind: Literal["same_day"]
    zone: Annotated[StrictStr, AfterValidator(_zone)]


EligibilityRule = Annotated[
    AfterLastContact
    | EtaShare
    | MinAge
    | QuietForGuaranteedResponse
    | StatusClassBlocks
    | SeverityBlocks
    | PlanBlocks
    | NoHumanContact
    | PlanWait
    | SameDay,
    Field(discriminator="kind"),
]


def _refuse_unknown_names(field: str, template: str, known: frozenset[str]) -> None:
    try:
        names = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
    except ValueError as error:
        raise ValueError(f"{field}: found {template!r}, expected a text with names in braces ({error})") from None
    if unknown := sorted(names - known):
        expected = "one of " + ", ".join(sorted(known)) if known else "none in braces"
        raise ValueError(f"{field}: found the name {unknown[0]!r}, expected {expected}")
