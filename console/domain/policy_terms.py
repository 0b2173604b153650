"""What a pack says beside clocks and escalations: contacts, priorities, lifecycle, update service, survey, codes."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StrictBool, StrictInt, StrictStr, model_validator

from console.domain.calendar import Day
from console.domain.policy_values import Code, Dated, Frozen, Named, Sources
from console.domain.rules import StatusClass

Months = Annotated[StrictInt, Field(ge=1, le=120)]
Percent = Annotated[StrictInt, Field(ge=0, le=1000)]


def _pattern(found: str) -> str:
    try:
        compiled = re.compile(found)
    except re.error as error:
        raise ValueError(f"found {found!r}, expected a regular expression ({error})") from None
    if "secret" not in compiled.groupindex:
        raise ValueError(f"found {found!r}, expected a regular expression with a group named secret")
    return found


class Notice(Named):
    """Something that a manager should know and that no clock or rule shows; `name` is the sentence."""


class Contact(Named):
    """A way to reach support, with the calendar of its hours, else the pack's; plans list theirs (OW-2, OW-3)."""

    calendar: Code | None = None


class CustomerPriority(Named):
    """A priority that the customer sets (LI-1). `level` is its number in facts; the lowest `rank` comes first."""

    level: Annotated[StrictInt, Field(ge=0, le=99)]
    rank: Annotated[StrictInt, Field(ge=0, le=29)]
    default: StrictBool = False


class Lifecycle(Frozen):
    """Which releases are supported (OD-16): the current one and the greater of `preceding` releases before it and all
    of the `window_months` before it."""

    preceding: Annotated[StrictInt, Field(ge=0)]
    window_months: Months
    source: Sources


class Release(Frozen):
    """A release of a product: its `version` as contracts write it, and the day on which it was made available."""

    version: Annotated[StrictStr, Field(min_length=1, max_length=60)]
    released: Day


class Product(Named):
    """A product whose releases are known (OD-16); contracts name it by its code or by its name in either language.

    `end_of_support`: it was withdrawn from marketing and is covered through that day.
    """

    releases: tuple[Release, ...] = ()
    end_of_support: Day | None = None

    @model_validator(mode="after")
    def _each_version_once(self) -> Self:
        versions = [release.version for release in self.releases]
        if len(set(versions)) != len(versions):
            raise ValueError(f"releases: found {', '.join(versions)}, expected each version once")
        if not self.releases and self.end_of_support is None:
            raise ValueError("releases: found none, expected at least one, or end_of_support")
        return self


class UpdateTerms(Frozen):
    """The update service of bought licences (OD-17): how long it lasts and what share of a price continues it."""

    products: tuple[StrictStr, ...] = Field(min_length=1)
    term_months: Months
    renewal_percent: Percent
    reinstatement_percent: Percent
    source: Sources


class Survey(Frozen):
    """The survey goes out when a ticket enters a status of this class (OD-14, OD-28)."""

    sent_on: StatusClass
    source: Sources


class SupportCode(Frozen):
    """The form of a support code: groups of digits with a separator between them (OD-5)."""

    groups: tuple[Annotated[StrictInt, Field(ge=1, le=20)], ...] = Field(min_length=1)
    separator: Annotated[StrictStr, Field(max_length=1)] = "-"
    source: Sources


class Credential(Dated):
    """A regular expression whose group `secret` is stripped from what comes in by mail (OD-15)."""

    code: Code
    pattern: Annotated[StrictStr, AfterValidator(_pattern)]

    @property
    def key(self) -> str:
        """Its code."""
        return self.code


class HolidaySource(Frozen):
    """Public holidays of a country (ISO 3166) and perhaps one of its subdivisions, or the days of an iCalendar file
    beside the pack, of the years from `first_year` to `last_year`."""

    country: Annotated[StrictStr, Field(pattern="^[A-Z]{2}$")] | None = None
    subdivision: Annotated[StrictStr, Field(min_length=1)] | None = None
    file: Annotated[StrictStr, Field(min_length=1)] | None = None
    first_year: Annotated[StrictInt, Field(ge=1970, le=2200)]
    last_year: Annotated[StrictInt, Field(ge=1970, le=2200)]

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.country is None) == (self.file is None):
            raise ValueError("country: found both or neither, expected either a country or a file")
        if self.subdivision is not None and self.country is None:
            raise ValueError(f"subdivision: found {self.subdivision!r}, expected none beside a file")
        if self.last_year < self.first_year:
            raise ValueError(f"last_year: found {self.last_year}, expected {self.first_year} or later")
        return self


class OnMessage(Frozen):
    """A message moves a ticket from these statuses (OD-12, OW-5)."""

    statuses: frozenset[Code]
    becomes: Code
    source: Sources


class Entitling(Frozen):
    """What a ticket is entitled to whose contract has ended or not begun: `plan`, else nothing at all."""

    plan: Code | None = None
    source: Sources


class RowOrder(Frozen):
    """What orders rows after the deadline, the most significant first (LI-1)."""

    by: tuple[Literal["severity", "plan", "customer_priority"], ...] = Field(min_length=1, max_length=3)
    source: Sources

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.by)) != len(self.by):
            raise ValueError(f"by: found {', '.join(self.by)}, expected each once")
        return self
