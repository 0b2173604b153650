"""The worked example of docs/policy-packs.md is a pack, and it does what the page says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from console.domain.policy import Pack
from console.domain.rules import ClockKind
from console.services.holidays import read_pack
from tests.domain.packs import desk_of
from tests.domain.vendor_stories import VendorStory, clocks, minute
from tests.rig.shared import ROOT

TEXT = (ROOT / "docs" / "policy-packs.md").read_text("utf-8")


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    (example,) = re.findall(r"^```toml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    path = tmp_path / "mine.toml"
    path.write_text(example, "utf-8")
    return read_pack(path)[0]


def test_the_example_is_sound_and_does_what_the_page_says(pack: Pack) -> None:
    # Friday 16:30 in Warsaw, summer time.
    story = VendorStory("2026-07-03T14:30", "small_desk", "standard", 1)
    (clock,) = clocks(story.at("2026-07-03T14:30", desk_of(pack)), ClockKind.FIRST_RESPONSE)
    assert minute(clock.due_at) == "2026-07-06T07:30"


def test_its_holidays_are_those_listed_and_those_of_the_country(pack: Pack) -> None:
    days = pack.calendars[0].hours.holidays
    assert {date(2026, 12, 31), date(2026, 5, 3), date(2028, 11, 11)} <= set(days)


def test_every_part_of_a_pack_is_on_the_page() -> None:
    parts = set(Pack.model_fields) - {"format", "code", "name"}
    assert {part for part in parts if f"`{part}`" not in TEXT and f"\n{part} = " not in TEXT} == set()


def test_the_example_is_the_one_that_ships() -> None:
    (example,) = re.findall(r"^```toml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    assert (ROOT / "resources" / "examples" / "small-desk.toml").read_text("utf-8") == example
