"""Verdicts on escalation where the documents are silent, and the words in which they are said."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.compile import CompiledBook
from console.domain.eligibility import ChannelVerdict, RuleVerdict, rule_words
from console.domain.instants import HOUR, MINUTE
from tests.domain.odin_story import OdinStory, channel_at, rule_instants, short, verdict_at
from tests.domain.packs import adopted, book, changed, entry, odin_book


@pytest.fixture(scope="module")
def odin_desk() -> CompiledBook:
    return odin_book()


def rule(found: ChannelVerdict, name: str) -> RuleVerdict:
    return next(verdict for verdict in found.rules if verdict.rule == name)


def words(found: RuleVerdict, language: str = "en") -> str:
    return rule_words(found, language, lambda at: str(short(at)), lambda us: f"{us // MINUTE} min")


@pytest.mark.parametrize("severity", [1, 2, 3])
def test_no_contact_within_two_hours_opens_the_phone_whatever_od_7_says(severity: int, odin_desk: CompiledBook) -> None:
    story = OdinStory("12T08:00", severity=severity)
    before, there = (channel_at(story, "phone", when, odin_desk) for when in ("12T09:59:59", "12T10:00"))
    assert (before.available, short(before.available_at)) == (False, "12T10:00")
    assert (there.available, short(there.available_at)) == (True, "12T10:00")
    assert not rule(there, "OD-7").holds
    assert not rule(there, "OD-7").required
    assert rule(there, "OD-10").holds


@pytest.mark.parametrize(
    ("contact", "opens"), [("12T09:59", False), ("12T10:00", False), ("12T10:00:01", True), ("12T15:00", True)]
)
def test_contact_in_time_keeps_od_7_and_later_contact_does_not_undo_the_delay(
    contact: str, opens: bool, odin_desk: CompiledBook
) -> None:
    story = OdinStory("12T08:00", severity=3)
    story.support(contact)
    story.eta(contact, "13T20:00")
    found = channel_at(story, "phone", "12T16:00", odin_desk)
    assert found.available is opens
    assert short(found.available_at) == ("12T10:00" if opens else "13T20:00")


def test_no_contact_does_not_open_what_the_status_blocks(odin_desk: CompiledBook) -> None:
    story = OdinStory("12T08:00", severity=2)
    story.status("12T09:00", "waiting")
    found = channel_at(story, "phone", "12T11:00", odin_desk)
    assert (found.available, found.available_at) == (False, None)
    assert [verdict.rule for verdict in found.rules if verdict.required and not verdict.holds] == ["OD-8d"]


def test_severity_1_without_any_contact_has_no_instant_of_its_own(odin_desk: CompiledBook) -> None:
    found = channel_at(OdinStory("12T08:00", severity=1), "phone", "12T09:00", odin_desk)
    assert rule(found, "OD-7").at is None
    assert rule(found, "OD-7").text_code == "severity_1_wait.no_contact"
    assert short(found.available_at) == "12T10:00"


@pytest.mark.parametrize("severity", [2, 3])
def test_without_an_eta_the_guaranteed_response_after_the_last_update_stands_in(
    severity: int, odin_desk: CompiledBook
) -> None:
    story = OdinStory("12T08:00", severity=severity)
    story.support("12T09:00")
    found = channel_at(story, "button", "12T09:30", odin_desk)
    assert short(found.available_at) == {2: "12T13:00", 3: "12T15:00"}[severity]
    assert rule_instants(found)["OD-7"] == rule_instants(found)["OD-8c"]
    assert "no ETA given" in words(rule(found, "OD-7"))
    assert "срок не назван" in words(rule(found, "OD-7"), "ru")


def test_an_eta_that_was_met_is_neither_pending_nor_missed(odin_desk: CompiledBook) -> None:
    story = OdinStory("12T08:00", severity=3)
    story.eta("12T09:00", "12T12:00", "update")
    story.support("12T11:00")
    found = channel_at(story, "phone", "12T13:00", odin_desk)
    assert rule(found, "OD-7").text_code == "severity_3_eta.no_eta"
    assert rule_instants(found)["OD-7"] == "12T17:00"


def test_an_eta_met_too_late_stays_missed(odin_desk: CompiledBook) -> None:
    story = OdinStory("12T08:00", severity=3)
    story.support("12T09:00")
    story.eta("12T09:00", "12T12:00", "update")
    story.support("12T13:00")
    assert rule_instants(channel_at(story, "phone", "12T13:30", odin_desk))["OD-7"] == "12T12:00"


def test_the_latest_eta_rules_by_its_own_span(odin_desk: CompiledBook) -> None:
    story = OdinStory("12T08:00", severity=2)
    story.support("12T09:00")
    story.eta("12T09:00", "12T10:00")
    story.eta("12T12:00", "12T20:00", "update")
    assert rule_instants(channel_at(story, "phone", "12T13:00", odin_desk))["OD-7"] == "12T16:00"


def test_a_reminder_does_not_hide_the_button_again(odin_desk: CompiledBook) -> None:
    story = OdinStory("12T08:00", severity=2)
    story.customer("12T11:00")
    story.customer("12T12:30")
    assert rule_instants(channel_at(story, "button", "12T12:30", odin_desk))["OD-8c"] == "12T12:00"
    story.support("12T13:00")
    story.customer("12T14:00")
    story.customer("12T15:00")
    assert rule_instants(channel_at(story, "button", "12T15:00", odin_desk))["OD-8c"] == "12T18:00"


def test_automatic_mail_and_notes_are_no_correspondence(odin_desk: CompiledBook) -> None:
    story = OdinStory("12T08:00", severity=1)
    story.support("12T08:10", automatic=True)
    story.support("12T08:20", public=False)
    assert rule(channel_at(story, "phone", "12T09:30", odin_desk), "OD-7").at is None


@pytest.mark.parametrize("status", ["waiting", "resolved", "closed"])
@pytest.mark.parametrize("channel", ["button", "phone", "chat"])
def test_the_status_blocks_every_channel(status: str, channel: str, odin_desk: CompiledBook) -> None:
    story = OdinStory("12T08:00", severity=2)
    story.status("12T09:00", status)
    found = channel_at(story, channel, "14T00:00", odin_desk)
    assert (found.available, found.available_at) == (False, None)
    assert words(rule(found, "OD-8d")).startswith("Not while")


def test_waiting_for_others_does_not_block(odin_desk: CompiledBook) -> None:
    story = OdinStory("12T08:00", severity=2)
    story.status("12T09:00", "waiting_internal")
    assert channel_at(story, "button", "12T12:00", odin_desk).available


def test_chat_goes_like_phone_but_not_by_od_10(odin_desk: CompiledBook) -> None:
    story = OdinStory("12T08:00", severity=2)
    found = channel_at(story, "chat", "12T10:00", odin_desk)
    assert [verdict.rule for verdict in found.rules] == ["OD-7", "OD-8a", "OD-8d"]
    assert (found.available, short(found.available_at)) == (False, "12T12:00")


def test_a_pack_may_forbid_a_plan_to_escalate() -> None:
    def forbid(values: dict[str, Any]) -> None:
        entry(values, "eligibility", "programme_allows")["plans"] = ["per_incident"]

    desk = book(adopted(changed(forbid)))
    for plan, allowed in (("per_incident", False), ("gold", True)):
        found = channel_at(OdinStory("12T08:00", severity=2, plan=plan), "button", "14T00:00", desk)
        assert found.available is allowed
        assert (found.available_at is not None) is allowed
        assert rule(found, "OD-8a").holds is allowed


def test_a_plan_that_guarantees_no_response_leaves_nothing_to_wait_for() -> None:
    def promise_nothing(values: dict[str, Any]) -> None:
        entry(values, "plans", "gold")["targets"]["first_response"]["2"] = "none"

    story = OdinStory("12T08:00", severity=2)
    found = channel_at(story, "button", "12T10:00", book(adopted(changed(promise_nothing))))
    assert (found.available, short(found.available_at)) == (True, "12T10:00")
    assert {verdict.text_code for verdict in found.rules} >= {
        "severity_2_eta.no_guarantee",
        "response_time_over.no_guarantee",
    }


def test_the_guaranteed_response_counts_on_the_calendar_of_the_plan() -> None:
    def office_hours(values: dict[str, Any]) -> None:
        days = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
        office = {"code": "office", "name": {"en": "Office", "ru": "Офис"}, "source": "ours", "hours": {"week": days}}
        values["calendars"].append(office)
        entry(values, "plans", "gold")["calendar"] = "office"

    story = OdinStory("12T16:00", severity=2)
    found = channel_at(story, "button", "12T20:00", book(adopted(changed(office_hours))))
    assert short(found.available_at) == "13T12:00"


def test_a_pack_without_channels_has_no_verdict() -> None:
    def strip(values: dict[str, Any]) -> None:
        for field in ("channels", "eligibility", "paths"):
            del values[field]

    assert verdict_at(OdinStory("12T08:00"), "12T12:00", book(adopted(changed(strip)))).channels == ()


def test_rules_are_said_in_words_with_their_numbers(odin_desk: CompiledBook) -> None:
    story = OdinStory("12T08:00", severity=2)
    story.support("12T09:00")
    story.eta("12T09:00", "12T19:00")
    found = channel_at(story, "button", "12T12:00", odin_desk)
    assert [words(verdict) for verdict in found.rules] == [
        "50 % of the ETA has passed",
        "The programme allows escalation",
        "120 min since the ticket was opened",
        "240 min guaranteed response since the last update",
        "The status allows escalation",
    ]
    assert words(found.rules[0], "ru") == "Прошло 50 % ожидаемого срока"
    assert rule(found, "OD-8b").values["wait"] == 2 * HOUR
    refused = channel_at(OdinStory("12T08:00", severity=1), "button", "12T12:00", odin_desk)
    assert words(refused.rules[0]) == "Severity 1 has no button"


def test_every_text_of_every_rule_can_be_said(odin_desk: CompiledBook) -> None:
    pack = odin_desk.packs()[0]
    for given in pack.eligibility:
        for text in given.texts().values():
            for language in ("en", "ru"):
                said = RuleVerdict("x", (), "x", text, dict.fromkeys(type(given).values, 0), holds=True, at=None)
                assert "{" not in words(said, language)
