"""Whether the product of a contract is still supported, and which of its releases are (OD-16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from console.domain.lifecycle import is_covered, supported_releases
from console.domain.policy import Pack
from console.domain.policy_terms import Product, Release
from console.domain.policy_values import Text


@dataclass(frozen=True, slots=True)
class ReleaseCover:
    """A release on a day: `current` is the newest one, `own` the one that the contract names."""

    version: str
    released: date
    supported: bool
    current: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """A product on a day. `covered` none: the contract names no version, or one that the pack does not know.

    `releases` are those that were out by then, the newest first. `end_of_support`: it was withdrawn from marketing and
    is covered through that day.
    """

    product: Text
    version: str | None
    covered: bool | None
    releases: tuple[ReleaseCover, ...]
    end_of_support: date | None
    source: tuple[str, ...]


def find_product(pack: Pack, name: str | None) -> Product | None:
    """The product that a contract names by code or name, whatever the case of its letters."""
    wanted = (name or "").strip().casefold()
    return next(
        (
            product
            for product in pack.products
            if wanted in (product.code, product.name.en.casefold(), product.name.ru.casefold())
        ),
        None,
    )


def coverage(pack: Pack, product: str | None, version: str | None, on: date) -> Coverage | None:
    """What is supported of a product on a day; none where the pack has no lifecycle or does not know the product."""
    found, rules = find_product(pack, product), pack.lifecycle
    if found is None or rules is None:
        return None
    out = sorted((each for each in found.releases if each.released <= on), key=lambda each: each.released, reverse=True)
    days = [each.released for each in out]
    own = _own(out, version)
    if found.end_of_support is not None:
        supported = frozenset(days) if on <= found.end_of_support else frozenset()
    else:
        supported = supported_releases(rules, days, days[0]) if days else frozenset()
    covered = None
    if own is not None:
        covered = is_covered(rules, days, own.released, on, found.end_of_support)
    elif found.end_of_support is not None:
        covered = on <= found.end_of_support
    return Coverage(
        product=found.name,
        version=version,
        covered=covered,
        releases=tuple(
            ReleaseCover(each.version, each.released, each.released in supported, each is out[0], each is own)
            for each in out
        ),
        end_of_support=found.end_of_support,
        source=tuple(dict.fromkeys((*rules.source, *found.source))),
    )


def _own(releases: list[Release], version: str | None) -> Release | None:
    """The release that a version belongs to: `4.7`, or the longest that `4.7.2` begins with."""
    wanted = (version or "").strip()
    fitting = [each for each in releases if wanted == each.version or wanted.startswith(f"{each.version}.")]
    return max(fitting, key=lambda each: len(each.version), default=None)
