"""Which policy is in force when: adoptions, dates of entries, calendars."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from console.domain.axis import AxisCache
from console.domain.compile import AdoptedPack, CompiledBook, compile_rules
from console.domain.errors import InternalFault
from console.domain.instants import DAY, HOUR, parse_instant
from console.domain.policy import Pack
from console.domain.rules import ClockKind, Rules
from tests.domain.packs import adopted, book, changed, desk_of, entry, odin, odin_book, shipped

FIRST = ClockKind.FIRST_RESPONSE
ADOPTED = parse_instant("2017-09-12T08:00:00Z")


def gold_answer(hours: str) -> Pack:
    """The Odin pack with another first response for Gold, severity 2."""

    def change(values: dict[str, Any]) -> None:
        entry(values, "plans", "gold")["targets"]["first_response"]["2"] = hours

    return changed(change)


def hours(rules: Rules | None) -> int | None:
    assert rules is not None
    target = rules.target("gold", FIRST, 2)
    return None if target is None else target // HOUR


def test_the_newest_adoption_before_an_instant_is_in_force_and_the_first_one_before_that() -> None:
    later = adopted(gold_answer("3h"), ADOPTED, revision_id=2)
    desk = book(later, adopted(odin(), ADOPTED - DAY))
    assert [hours(desk.rules("odin", at)) for at in (0, ADOPTED - DAY, ADOPTED - 1, ADOPTED)] == [4, 4, 4, 3]
    rules = desk.rules("odin", ADOPTED)
    assert rules is not None
    assert rules.revision_id == 2
    assert [hours_of(pack) for pack in desk.packs()] == [3]
    found = desk.pack("odin", 0)
    assert found is not None
    assert hours_of(found) == 4


def hours_of(pack: Pack) -> int:
    plan = pack.plan("gold")
    assert plan is not None
    target = pack.targets(plan)[FIRST][2]
    assert target is not None
    return target // HOUR


def test_of_two_adoptions_at_one_instant_the_later_revision_holds() -> None:
    desk = book(adopted(gold_answer("3h"), ADOPTED, revision_id=2), adopted(odin(), ADOPTED))
    assert hours(desk.rules("odin", ADOPTED)) == 3


def test_a_pack_that_is_not_adopted_has_no_rules() -> None:
    desk = odin_book()
    assert (desk.rules("unheard-of", ADOPTED), desk.pack("unheard-of", ADOPTED)) == (None, None)
    assert desk.default_pack() == "odin"
    assert (book().default_pack(), book().packs(), book().rules("odin", 0)) == ("", (), None)


def test_tickets_that_name_no_pack_go_by_the_first_adopted_unless_the_desk_says_otherwise() -> None:
    other = changed(lambda values: values.update(code="other"))
    assert book(adopted(other, ADOPTED), adopted(odin(), ADOPTED + 1)).default_pack() == "other"
    assert [pack.code for pack in book(adopted(other, ADOPTED), adopted(odin(), ADOPTED + 1)).packs()] == [
        "odin",
        "other",
    ]


def test_a_pack_that_says_so_serves_tickets_without_a_pack_whichever_was_adopted_first() -> None:
    packs = [shipped(name) for name in ("analytics", "community", "odin")]
    assert [pack.code for pack in packs if pack.unnamed_tickets] == ["odin"]
    assert desk_of(*packs).default_pack() == "odin"
    assert desk_of(*packs[:2]).default_pack() == "analytics"
    later = adopted(changed(lambda values: values.update(code="other")), ADOPTED, revision_id=9)
    assert book(later, adopted(odin())).default_pack() == "odin"
    ours = [adopted(pack, 0, number) for number, pack in enumerate(packs, 1)]
    assert CompiledBook(ours, AxisCache(), default="community").default_pack() == "community"


def test_calendars_are_those_of_the_newest_adoption_whatever_the_instant() -> None:
    old = adopted(odin(), ADOPTED - DAY, revision_id=1, first_calendar_id=7)
    new = adopted(gold_answer("3h"), ADOPTED, revision_id=2, first_calendar_id=8)
    desk = book(old, new)
    for at in (0, ADOPTED):
        rules = desk.rules("odin", at)
        assert rules is not None
        assert rules.counting("gold", FIRST)[1] == 8


def test_a_calendar_that_only_an_older_adoption_names_is_taken_from_it() -> None:
    def rename(values: dict[str, Any]) -> None:
        entry(values, "calendars", "24x7")["code"] = "always"
        values["calendar"] = "always"
        for clock in values["clocks"]:
            clock.pop("calendar", None)

    desk = book(
        adopted(odin(), ADOPTED - DAY, first_calendar_id=7), adopted(changed(rename), ADOPTED, 2, first_calendar_id=8)
    )
    old, new = desk.rules("odin", 0), desk.rules("odin", ADOPTED)
    assert old is not None
    assert new is not None
    assert (old.counting("gold", FIRST)[1], new.counting("gold", FIRST)[1]) == (7, 8)


def test_a_calendar_that_was_not_adopted_is_a_bug_of_ours() -> None:
    with pytest.raises(InternalFault) as fault:
        book(AdoptedPack(odin(), 1, 0, {}))
    assert fault.value.values == {"pack": "odin", "calendar": "24x7"}


def test_entries_hold_by_their_dates_and_the_first_form_before_them() -> None:
    def two_golds(values: dict[str, Any]) -> None:
        gold = entry(values, "plans", "gold")
        later = {**gold, "targets": {**gold["targets"], "first_response": dict.fromkeys("1234", "1h")}}
        gold |= {"valid_from": date(2017, 1, 1), "valid_to": date(2017, 9, 1)}
        values["plans"].append(later | {"valid_from": date(2017, 9, 1), "valid_to": date(2017, 10, 1)})

    desk = book(adopted(changed(two_golds)))
    instants = ["2016-06-01T00:00:00Z", "2017-08-31T23:59:59Z", "2017-09-01T00:00:00Z", "2017-09-30T23:59:59Z"]
    assert [hours(desk.rules("odin", parse_instant(at))) for at in instants] == [4, 4, 1, 1]
    # After its end the plan is not known any more: the base holds.
    ended = parse_instant("2017-10-01T00:00:00Z")
    assert hours(desk.rules("odin", ended)) == 2
    found = desk.pack("odin", ended)
    assert found is not None
    assert found.plan("gold") is None
    assert len([plan for plan in desk.packs()[0].plans if plan.code == "gold"]) == 2


def test_a_clock_takes_its_own_calendar_then_the_plans_then_the_packs() -> None:
    def office(values: dict[str, Any]) -> None:
        for code in ("office", "weekend"):
            hours = {"week": {"mon" if code == "office" else "sat": [["09:00", "17:00"]]}}
            named = {"code": code, "name": {"en": code, "ru": code}, "source": "ours", "hours": hours}
            values["calendars"].append(named)
        entry(values, "plans", "gold")["calendar"] = "office"
        entry(values, "clocks", "workaround")["calendar"] = "weekend"

    rules = book(adopted(changed(office))).rules("odin", 0)
    assert rules is not None
    found = [rules.counting("gold", kind)[1] for kind in (FIRST, ClockKind.WORKAROUND, ClockKind.ETA)]
    assert found == [2, 3, 1]
    assert rules.counting("platinum", FIRST)[1] == 1
    assert rules.counting("unheard-of", FIRST)[1] == 1
    assert rules.axis("gold", FIRST).calendar.code == "office"
    assert rules.axis("gold", ClockKind.AUTO_CLOSE).always


def test_equal_calendars_share_one_axis() -> None:
    desk = odin_book()
    rules = desk.rules("odin", 0)
    assert rules is not None
    assert len({id(rules.axis(plan, kind)) for plan in ("gold", "none", None) for kind in ClockKind}) == 1


def test_a_pack_without_a_base_promises_nothing_to_others() -> None:
    def no_base(values: dict[str, Any]) -> None:
        del values["base_plan"]
        values["plans"] = [plan for plan in values["plans"] if plan["targets"] != "base"]

    pack = changed(no_base)
    rules = compile_rules(pack, 1, adopted(pack).calendars, AxisCache())
    assert rules.target("unheard-of", FIRST, 1) is None
    assert rules.target("gold", FIRST, 1) == 2 * HOUR


def test_an_eta_names_an_instant_whatever_hours_a_pack_has() -> None:
    found = desk_of(shipped("analytics")).rules("analytics", ADOPTED)
    assert found is not None
    for plan in ("enterprise", None):
        axis, calendar_id = found.counting(plan, ClockKind.ETA)
        assert axis.deadline(ADOPTED, 40 * HOUR) == ADOPTED + 40 * HOUR
        assert calendar_id == found.counting(plan, FIRST)[1]
