"""Which releases of a product are supported (OD-16), and what the update service of a licence costs (OD-17)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from console.domain.policy_terms import Lifecycle, UpdateTerms

_PER_CENT = Decimal(100)


def supported_releases(rules: Lifecycle, releases: Iterable[date], current: date) -> frozenset[date]:
    """The supported ones of `releases`, given by their days: `current` and the greater of the two sets of OD-16.

    The window is [current - months, current). A tie goes to the releases that precede immediately.
    """
    before = sorted(day for day in set(releases) if day < current)
    preceding = before[len(before) - min(rules.preceding, len(before)) :]
    begin = add_months(current, -rules.window_months)
    window = [day for day in before if begin <= day]
    return frozenset((current, *(window if len(window) > len(preceding) else preceding)))


def is_covered(
    rules: Lifecycle, releases: Iterable[date], release: date, on: date, end_of_support: date | None = None
) -> bool:
    """Whether `release` is covered on a day. A product withdrawn from marketing is, up to the day of its end."""
    if end_of_support is not None:
        return on <= end_of_support
    known = [day for day in {*releases, release} if day <= on]
    return bool(known) and release in supported_releases(rules, known, max(known))


@dataclass(frozen=True, slots=True)
class UpdateService:
    """The update service of a licence on a day: valid up to and including `last_day`, and what it costs to go on.

    `percent` is that of the retail price before the expiry, and after it that of the licence key's price.
    """

    valid: bool
    last_day: date
    percent: int

    def price(self, of: Decimal) -> Decimal:
        """What continuing costs, `of` being the price that `percent` refers to."""
        return of * self.percent / _PER_CENT


def update_service(terms: UpdateTerms, bought: date, on: date, renewals: int = 0) -> UpdateService:
    """The service of a licence bought on a day, after so many renewals. It is valid through the day before the
    anniversary. Leased licences have it while their key is valid and are not asked for here."""
    last = add_months(bought, terms.term_months * (1 + renewals)) - timedelta(days=1)
    valid = on <= last
    return UpdateService(valid, last, terms.renewal_percent if valid else terms.reinstatement_percent)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or the last one of it where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
