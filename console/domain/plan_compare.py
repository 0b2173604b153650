"""All plans of a pack side by side, and what differs between two of them (OD-3 to OD-5, OW-1, OW-2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from console.domain.policy import Pack, Plan
from console.domain.policy_values import Text
from console.domain.rules import ClockKind

Kind = Literal["duration", "count", "texts", "code", "none", "unlimited"]
Part = Literal["target", "calendar", "contacts", "incidents", "bundle", "tam_week", "funding", "archived"]


@dataclass(frozen=True, slots=True)
class PlanValue:
    """What a plan says in one row: `number` in microseconds or a count, `texts` names of the pack, `code` one of ours.

    Equal values are equal promises.
    """

    kind: Kind
    number: int | None = None
    texts: tuple[Text, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class PlanHead:
    """A column. `base`: its promises are those of tickets without a plan."""

    code: str
    name: Text
    archived: bool
    base: bool
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One thing that plans promise, with a value for each plan in the order of the heads."""

    part: Part
    severity: int | None
    severity_name: Text | None
    clock: ClockKind | None
    clock_name: Text | None
    values: tuple[PlanValue, ...]

    @property
    def differs(self) -> bool:
        """Whether not all plans say the same."""
        return len(set(self.values)) > 1


@dataclass(frozen=True, slots=True)
class PlanComparison:
    """The plans of a pack as a table."""

    pack: str
    name: Text
    heads: tuple[PlanHead, ...]
    rows: tuple[CompareRow, ...]


_NONE = PlanValue("none")


def side_by_side(pack: Pack) -> PlanComparison:
    """All plans of the pack in its order: severity x clock, then hours, ways, incidents and the account manager."""
    plans = pack.plans
    heads = tuple(
        PlanHead(plan.code, plan.name, plan.archived, plan.targets is None or plan.code == pack.base_plan, plan.source)
        for plan in plans
    )
    rows = [*_targets(pack)]
    rows += [
        CompareRow(part, None, None, None, None, tuple(_VALUES[part](pack, plan) for plan in plans)) for part in _VALUES
    ]
    return PlanComparison(pack.code, pack.name, heads, tuple(rows))


def two_of(comparison: PlanComparison, one: str, other: str, *, only_differing: bool = True) -> PlanComparison:
    """Two of the plans, by code, with the rows in which they differ. Raises KeyError for a code that is not there."""
    places = {head.code: place for place, head in enumerate(comparison.heads)}
    chosen = (places[one], places[other])
    rows = (replace(row, values=tuple(row.values[place] for place in chosen)) for row in comparison.rows)
    kept = tuple(row for row in rows if row.differs or not only_differing)
    return replace(comparison, heads=tuple(comparison.heads[place] for place in chosen), rows=kept)


def _targets(pack: Pack) -> list[CompareRow]:
    promised = [pack.targets(plan) for plan in pack.plans]
    rows = []
    for clock in pack.clocks:
        if not any(clock.kind in targets for targets in promised):
            continue
        for severity in sorted(pack.severities, key=lambda entry: entry.level):
            targets = [each.get(clock.kind, {}).get(severity.level) for each in promised]
            values = tuple(_NONE if target is None else PlanValue("duration", target) for target in targets)
            rows.append(CompareRow("target", severity.level, severity.name, clock.kind, clock.name, values))
    return rows


def _calendar(pack: Pack, plan: Plan) -> PlanValue:
    code = plan.calendar or pack.calendar
    return PlanValue("texts", texts=tuple(entry.name for entry in pack.calendars if entry.code == code)[:1])


def _contacts(pack: Pack, plan: Plan) -> PlanValue:
    """A plan that lists none has those of the pack."""
    codes = plan.contacts or tuple(contact.code for contact in pack.contacts)
    names = tuple(contact.name for contact in pack.contacts if contact.code in codes)
    return PlanValue("texts", texts=names) if names else _NONE


def _incidents(pack: Pack, plan: Plan) -> PlanValue:
    if plan.funding == "purchase" and plan.incidents == 0:
        return PlanValue("code", code="as_bought")
    return PlanValue("unlimited") if plan.incidents is None else PlanValue("count", plan.incidents)


def _bundle(pack: Pack, plan: Plan) -> PlanValue:
    return _NONE if plan.bundle is None else PlanValue("count", plan.bundle)


def _tam_week(pack: Pack, plan: Plan) -> PlanValue:
    return _NONE if plan.tam_week is None else PlanValue("duration", plan.tam_week)


def _funding(pack: Pack, plan: Plan) -> PlanValue:
    return PlanValue("code", code=plan.funding)


def _archived(pack: Pack, plan: Plan) -> PlanValue:
    return PlanValue("code", code="archived" if plan.archived else "sold")


_VALUES: Mapping[Part, Callable[[Pack, Plan], PlanValue]] = MappingProxyType(
    {
        "calendar": _calendar,
        "contacts": _contacts,
        "incidents": _incidents,
        "bundle": _bundle,
        "tam_week": _tam_week,
        "funding": _funding,
        "archived": _archived,
    }
)
