"""`policy check` and `policy show`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal_desk import TerminalDesk
from tests.domain.packs import POLICIES, pack_text


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> TerminalDesk:
    return TerminalDesk(tmp_path, capsys)


@pytest.mark.parametrize("name", ["odin", "community", "analytics"])
def test_the_shipped_packs_are_sound(terminal: TerminalDesk, name: str) -> None:
    answer = terminal("policy", "check", str(POLICIES / f"{name}.toml"))
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(f"{name}.toml is sound: ")
    found = terminal.json("policy", "check", str(POLICIES / f"{name}.toml"))
    assert (found["valid"], found["pack"]) == (True, name)
    assert not terminal.path.exists()


def test_check_counts_recurring_holidays_too(terminal: TerminalDesk, tmp_path: Path) -> None:
    pack = tmp_path / "mine.toml"
    days = 'zone = "UTC+2"\nholidays = ["2026-04-13"]\nrecurring_holidays = ["01-01", "12-25"]\n'
    pack.write_text(pack_text("analytics").replace('zone = "UTC+2"\n', days, 1), "utf-8")
    assert "open on 5 days a week, 3 holidays" in terminal("policy", "check", str(pack)).out
    assert terminal.json("policy", "check", str(pack))["calendars"][0]["holidays"] == 3


WEEK = '[calendars.hours.week]\nmon = [["09:00", "17:00"]]'
LEVEL = 'audience = ["senior_director"], needs'


@pytest.mark.parametrize(
    ("pack", "old", "new", "key", "found", "expected"),
    [
        ("odin", "hours = { always = true }", "hours = {}", "calendars.24x7.hours.week", "no open time", "window"),
        (
            "analytics",
            WEEK,
            '[calendars.hours.week]\nmon = [["09:00", "17:00"], ["16:00", "18:00"]]',
            "calendars.tickets.hours.week.mon",
            "09:00-17:00 and 16:00-18:00",
            "do not overlap",
        ),
        (
            "analytics",
            WEEK,
            '[calendars.hours.week]\nmon = [["20:00", "10:00"]]',
            "calendars.tickets.hours.week.mon",
            "mon 20:00-10:00 and tue 09:00-17:00",
            "past midnight",
        ),
        (
            "analytics",
            WEEK,
            WEEK + '\nsun = [["20:00", "10:00"]]',
            "calendars.tickets.hours.week.sun",
            "sun 20:00-10:00 and mon 09:00-17:00",
            "past midnight",
        ),
        (
            "analytics",
            'zone = "UTC+2"\n',
            'zone = "UTC+2"\nshifts = { 2026-06-07 = [["20:00", "09:01"]] }\n',
            "calendars.tickets.hours.shifts.2026-06-07",
            "2026-06-07 20:00-09:01 and 2026-06-08 09:00-17:00",
            "past midnight",
        ),
        ("odin", '3 = "6h"\n', "", "plans.gold.targets.first_response.3", "nothing", '"none"'),
        ("community", LEVEL, "needs", "paths.levels.levels.3.audience", "no one", "people"),
        ("analytics", WEEK, WEEK.replace("mon =", "monday ="), "calendars.tickets.hours.week", "'monday'", "mon, tue"),
        ("analytics", '"UTC+2"\n', '"Europe/Atlantis"\n', "calendars.tickets.hours.zone", "Atlantis", "IANA"),
        ("odin", "bundle = 10", "bundel = 10", "plans.per_incident.bundel", "not known", "keys of the format"),
        ("odin", "bundle = 10", 'bundle = "10"', "plans.per_incident.bundle", "'10'", "a whole number"),
        (
            "analytics",
            'zone = "UTC+2"\n',
            'zone = "UTC+2"\nholidays = ["2026-02-30"]\n',
            "calendars.tickets.hours.holidays.1",
            "'2026-02-30'",
            "YYYY-MM-DD",
        ),
        (
            "analytics",
            'zone = "UTC+2"\n',
            'zone = "UTC+2"\nholidays = [2026-12-24T00:00:00]\n',
            "calendars.tickets.hours.holidays.1",
            "2026-12-24T00:00:00",
            "YYYY-MM-DD",
        ),
        ("odin", "valid_from = 2016-08-31", "valid_from = 2016-08-32", "line", "", "TOML"),
        (
            "odin",
            "valid_to = 2017-08-03",
            'valid_to = "2017-02-29"',
            "paths.standard.valid_to",
            "'2017-02-29'",
            "YYYY-MM-DD",
        ),
        ("odin", "(?P<secret>\\\\S+)", "(\\\\S+)", "credentials.labelled.pattern", "", "group named secret"),
        ("community", "superseded_by = [1]", "superseded_by = [9]", "escalating.superseded_by", "9", "1, 2, 3, 4"),
        ("community", '4 = "16h"\n', "", "eligibility.wait.waits.premium.4", "nothing", "duration"),
        ("community", "default = true\n", "", "customer_priorities", "none", "one"),
        ("community", 'target = "4h"\n', "", "clocks.escalation_review.target", "nothing", "duration"),
        ("community", 'contacts = ["portal"]', 'contacts = ["fax"]', "plans.premium.contacts", "'fax'", "portal"),
        ("community", 'informed = ["customer', 'informed = ["some', "paths.levels.informed", "some", "people"),
        ("analytics", "severity_default = 3", "severity_default = 4", "severity_default", "4", "1, 2, 3"),
        ("odin", '[entitling]\nplan = "none"', '[entitling]\nplan = "x"', "entitling.plan", "'x'", "gold"),
    ],
)
def test_what_is_wrong_is_said_by_file_key_found_and_expected(
    terminal: TerminalDesk, pack: str, old: str, new: str, key: str, found: str, expected: str
) -> None:
    text = pack_text(pack)
    old, new = old.replace("\\\\", "\\"), new.replace("\\\\", "\\")
    assert old in text
    path = terminal.file("mine.toml", text.replace(old, new, 1))
    answer = terminal("policy", "check", path)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("mine.toml: ")
    told = terminal("policy", "check", path, "--json")
    assert told.code == 2
    assert (told.json["valid"], told.json["file"]) == (False, "mine.toml")
    assert key in told.json["key"]
    assert found in told.json["found"]
    assert expected in told.json["expected"]


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 5000 + "]" * 5000,
        "a = " + "9" * 5000,
        "format = 1\n\x00",
        "",
        'code = "\x1b[31m"',
        "calendars = 1",
        "format = 1979-05-27T07:32:00Z",
        'plans = [{ code = "a", tam_week = "' + "9" * 5000 + 'h" }]',
    ],
    ids=["deep", "long", "control", "empty", "escape", "no list", "a date", "a long duration"],
)
def test_whatever_a_file_holds_one_line_says_what_is_wrong(terminal: TerminalDesk, text: str) -> None:
    answer = terminal("policy", "check", terminal.file("mine.toml", text))
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1
    assert answer.err.startswith("mine.toml: ")
    assert answer.err.rstrip("\n").isprintable()


def test_a_file_that_is_not_there_is_said(terminal: TerminalDesk) -> None:
    answer = terminal("policy", "check", str(terminal.folder / "missing.toml"), "--json")
    assert (answer.code, answer.out) == (2, "")
    assert "missing.toml" in answer.err


def test_a_rule_is_shown_with_all_that_follows_it(terminal: TerminalDesk) -> None:
    found = terminal.bare(["policy", "show", "odin", "--rule", "OD-12", "--json"]).json
    assert {entry["part"] for entry in found["entries"]} == {"on_customer_message", "clocks", "closing"}
    assert "target 14d" in next(entry["says"] for entry in found["entries"] if entry["part"] == "clocks")
    assert all(any(rule.startswith("OD-12") for rule in entry["rules"]) for entry in found["entries"])
    assert {
        entry["part"] for entry in terminal.bare(["policy", "show", "odin", "--rule", "OD-1", "--json"]).json["entries"]
    } == {"severities"}


def test_names_are_shown_in_both_languages(terminal: TerminalDesk) -> None:
    assert "Ждет вашего ответа" in terminal.bare(["policy", "show", "analytics", "--language", "ru"]).out
    english = terminal.bare(["policy", "show", str(POLICIES / "analytics.toml")])
    assert "Waiting for your reply" in english.out
    assert english.code == 0


@pytest.mark.parametrize(
    "arguments", [["nobody"], ["../policies/odin"], ["odin", "--rule", "OD-99"], ["odin", "--language", "fr"]]
)
def test_what_cannot_be_shown_is_said(terminal: TerminalDesk, arguments: list[str]) -> None:
    answer = terminal.bare(["policy", "show", *arguments])
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1
