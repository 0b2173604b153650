"""Every number of a pack counts: changed in a copy, some clock, verdict, table or balance comes out otherwise."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from console.domain.compile import CompiledBook
from console.domain.coverage import coverage
from console.domain.entitlements import balance, matrix
from console.domain.escalation_path import escalation_path
from console.domain.instants import DAY
from console.domain.lifecycle import supported_releases, update_service
from console.domain.on_call import on_call
from console.domain.policy import Pack
from console.domain.programmes import purchase_refusal
from console.domain.quota import warning
from tests.domain.odin_story import OdinStory, state_at, verdict_at
from tests.domain.packs import adopted, book, changed, odin, odin_text
from tests.domain.small_policy import at

Way = tuple[str | int, ...]
_DURATION = re.compile(r"\d+[dhms]|none")
_NAMES = ("format", "level", "denies", "severities", "name", "base_plan", "plan", "code", "funding")
_OTHER_PLANS = ("none", "per_incident", "limited_free")
_PLANS = ("silver_plus", "gold", "platinum", "diamond")


def _numbers(value: Any, way: Way = ()) -> Iterator[Way]:
    """Where the durations, shares, counts and dates of a pack stand; what only names a severity is no number."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in _NAMES:
                yield from _numbers(item, (*way, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _numbers(item, (*way, number))
    elif isinstance(value, str):
        if _DURATION.fullmatch(value):
            yield way
    elif not isinstance(value, bool):
        yield way


def _other(value: Any) -> Any:
    if isinstance(value, str):
        return "7h" if value == "none" else f"1{value}"
    if isinstance(value, date):
        return value.replace(day=value.day - 1)
    return value / 2 if isinstance(value, float) else value + 1


def _outcomes(pack: Pack, desk: CompiledBook) -> dict[str, object]:
    plans = (*_PLANS, *_OTHER_PLANS)
    instants = [at("01T00:00") + days * DAY for days in range(-400, 10)]
    paths = [escalation_path(pack, "Plesk Automation", instant) for instant in instants]
    stories = [OdinStory("12T08:00", severity, plan) for plan in plans for severity in (1, 2, 3, 4)]
    return {
        "tables": [matrix(pack, plan, None) for plan in plans],
        "balances": [balance(pack.plan(plan), [], at("12T08:00")) for plan in plans],
        "tickets": [list(_of_ticket(story, desk)) for story in stories],
        "terms": list(_terms(pack)),
        "products": list(_covered(pack)),
        "parked": [_parked_s(plan, desk) for plan in plans],
        "people": [on_call(desk, pack, person.code, at("12T08:00")) for person in pack.people],
        "paths": [None if path is None else (path.assumed, path.path.name.en) for path in paths],
    }


def _seen_in(way: Way) -> tuple[str, ...]:
    """Where a number has to show."""
    if way[0] in ("lifecycle", "updates", "support_code", "incidents") or way[-1] == "bundle":
        return ("terms",)
    if way[0] in ("on_call", "parked"):
        return ("people" if way[0] == "on_call" else "parked",)
    if way[0] == "products":
        return ("products",)
    if way[0] == "plans":
        return ("tables", "tickets") if "targets" in way else ("tables", "balances")
    return ("paths",) if way[0] == "paths" else ("tickets",)


def _terms(pack: Pack) -> Iterator[object]:
    """What can be seen of the lifecycle, the update service, support codes and purchases."""
    assert pack.lifecycle is not None
    assert pack.updates is not None
    assert pack.support_code is not None
    assert pack.incidents is not None
    releases = [date(2016, 1, 15), date(2016, 9, 1), date(2016, 12, 1), date(2017, 2, 1)]
    for current in (date(2017, 8, 1), date(2017, 9, 10), date(2018, 6, 1)):
        yield supported_releases(pack.lifecycle, [*releases, current], current)
    yield [update_service(pack.updates, date(2016, 10, 1), on) for on in (date(2017, 9, 30), date(2017, 10, 1))]
    yield pack.support_code.groups
    yield [purchase_refusal(plan, 10) for plan in pack.plans]
    gold = balance(pack.plan("gold"), [], at("12T08:00"))
    assert pack.incidents is not None
    yield [warning(pack.incidents.warn_at, replace(gold, used=used)) for used in range(120)]


def _covered(pack: Pack) -> Iterator[object]:
    """What is supported of each product, on the days about its releases and its end."""
    for product in pack.products:
        last = product.end_of_support
        days = [*(release.released for release in product.releases), *([last] if last is not None else [])]
        yield [coverage(pack, product.code, None, day) for day in days]


def _parked_s(plan: str, desk: CompiledBook) -> int | None:
    """From when a ticket of severity 1 is parked that waits for the customer since 70 minutes after its opening."""
    story = OdinStory("12T08:00", 1, plan)
    story.support("12T08:30")
    story.status("12T09:10", "waiting")
    return state_at(story, "12T10:30", desk).row.parked_s


def _of_ticket(story: OdinStory, desk: CompiledBook) -> Iterator[object]:
    """What can be seen of a ticket: the clocks with their dues and the instants of the verdict."""
    for told in range(3):
        if told == 1:
            story.support("12T09:00")
            story.eta("12T09:00", "12T19:00")
        elif told == 2:
            story.notified("12T10:00")
        state = state_at(story, "12T10:30", desk)
        yield [(clock.kind, clock.due_at) for clock in state.clocks]
        for channel in verdict_at(story, "12T10:30", desk).channels:
            yield channel.channel, channel.available_at, [(rule.rule, rule.at) for rule in channel.rules]


_WAYS = list(_numbers(tomllib.loads(odin_text())))


@pytest.fixture(scope="module")
def as_shipped() -> dict[str, object]:
    return _outcomes(odin(), book(adopted(odin())))


def test_there_are_numbers_to_change() -> None:
    # 5 plans with 8 targets, 7 with incidents, 4 with hours, 4 rules with a number, 14 days, 3 dates; 2 at least.
    assert len(_WAYS) >= 60


@pytest.mark.parametrize("way", _WAYS, ids=lambda way: ".".join(str(step) for step in way))
def test_a_changed_number_changes_an_outcome(way: Way, as_shipped: dict[str, object]) -> None:
    def change(values: dict[str, Any]) -> None:
        found: Any = values
        for step in way[:-1]:
            found = found[step]
        found[way[-1]] = _other(found[way[-1]])
        # The two versions of the path go on meeting each other.
        if way == ("paths", 0, "valid_to"):
            values["paths"][1]["valid_from"] = found["valid_to"]
        if way == ("paths", 1, "valid_from"):
            values["paths"][0]["valid_to"] = found["valid_from"]

    pack = changed(change)
    outcomes = _outcomes(pack, book(adopted(pack)))
    for area in _seen_in(way):
        assert outcomes[area] != as_shipped[area], area
