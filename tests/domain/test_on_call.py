"""Whom to call tonight: who can be reached now first, in the order of the pack, and from when the others can."""

from __future__ import annotations

from datetime import date
from typing import Any

from console.domain.compile import CompiledBook
from console.domain.on_call import on_call
from console.domain.policy import Pack
from tests.domain.packs import changed, desk_of, pack_text, shipped
from tests.domain.vendor_stories import instant, minute

FRIDAY_EVENING = instant("2026-11-27T19:00")
MONDAY_NOON = instant("2026-11-30T12:00")


def told(pack: Pack, role: str, at: int) -> list[tuple[str, bool, str | None]]:
    desk: CompiledBook = desk_of(pack)
    in_force = desk.pack(pack.code, at)
    assert in_force is not None
    return [(way.address, way.reachable, minute(way.next_change)) for way in on_call(desk, in_force, role, at)]


def test_who_can_be_reached_now_is_first_and_the_others_say_from_when() -> None:
    community = shipped("community")
    assert told(community, "vp_of_support", FRIDAY_EVENING) == [
        ("+1 202 555 0181", True, None),
        ("+1 202 555 0180", False, "2026-11-30T09:00"),
    ]
    assert told(community, "vp_of_support", MONDAY_NOON) == [
        ("+1 202 555 0180", True, "2026-11-30T18:00"),
        ("+1 202 555 0181", True, None),
    ]


def test_nobody_is_named_where_the_pack_names_nobody() -> None:
    assert told(shipped("odin"), "developers", MONDAY_NOON) == []


def test_every_role_that_a_level_tells_can_be_called() -> None:
    for name in ("odin", "community"):
        pack = shipped(name)
        roles = {role for path in pack.paths for level in path.levels for role in level.audience}
        reached = {role for role in roles if told(pack, role, MONDAY_NOON)}
        assert roles - reached == set(), name


def test_one_person_follows_another_by_date_and_not_before() -> None:
    def change(values: dict[str, Any]) -> None:
        (first,) = (each for each in values["on_call"] if each["role"] == "support_operations_manager")
        first["valid_to"] = date(2026, 11, 28)
        values["on_call"].append({**first, "address": "+1 202 555 0119", "valid_from": date(2026, 11, 28)})
        del values["on_call"][-1]["valid_to"]

    pack = changed(change)
    role = "support_operations_manager"
    assert [way[0] for way in told(pack, role, FRIDAY_EVENING)] == ["+1 202 555 0110"]
    assert [way[0] for way in told(pack, role, MONDAY_NOON)] == ["+1 202 555 0119"]


def test_a_way_that_is_yet_to_begin_is_not_called() -> None:
    def change(values: dict[str, Any]) -> None:
        values["on_call"].append(
            {
                "role": "developers",
                "name": "New",
                "by": "phone",
                "address": "+1 202 555 0118",
                "valid_from": date(2026, 11, 30),
                "source": "ours",
            }
        )

    pack = changed(change)
    assert told(pack, "developers", FRIDAY_EVENING) == []
    assert [way[0] for way in told(pack, "developers", MONDAY_NOON)] == ["+1 202 555 0118"]


def test_the_shipped_contacts_are_plainly_examples() -> None:
    for name in ("odin", "community", "analytics"):
        pack = shipped(name)
        assert "# Examples, all of them" in pack_text(name)
        for entry in pack.on_call:
            assert entry.source == ("ours",)
            mail = entry.by == "e-mail"
            assert not mail or entry.address.endswith("@example.com"), entry.key
            assert mail or entry.address.startswith(("+1 202 555 01", "#")), entry.key
