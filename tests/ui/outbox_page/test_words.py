"""Where messages stand and to whom they go, in words."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from console.domain.instants import MINUTE, parse_instant
from console.domain.records import OutboxMessage
from ui.outbox_page.words import Stage, leaves_words, matching, split, stage_of, stage_sentence
from ui.words.address_words import address_words

KYIV = ZoneInfo("Europe/Kyiv")
NOW = parse_instant("2026-11-21T00:14:00Z")


def message(number: str = "48213", leaves: int = NOW + 10 * MINUTE, state: str = "waiting") -> OutboxMessage:
    return OutboxMessage(number, "d1", 7, number, 1, "mail", "person:5", "Subject: Hi\n\nText", leaves, state)


@pytest.mark.parametrize(
    ("found", "stage", "short", "sentence"),
    [
        (message(), Stage.LEAVING, "from 02:24", "Leaves 02:24, in 10 m; until then its decision can be undone."),
        (message(leaves=NOW), Stage.WAITING, "02:14", "Free to leave since 02:14; it waits for delivery."),
        (
            message(state="cancelled"),
            Stage.CANCELLED,
            "✗ cancelled",
            "Cancelled: its decision was undone, and it never leaves.",
        ),
    ],
)
def test_where_a_message_stands(found: OutboxMessage, stage: Stage, short: str, sentence: str) -> None:
    assert stage_of(found, NOW) is stage
    assert leaves_words(found, KYIV, NOW) == short
    assert stage_sentence(found, KYIV, NOW) == sentence


@pytest.mark.parametrize(
    ("to", "name", "words"),
    [
        ("person:17", "Anna Petrova", "Anna Petrova"),
        ("person:17", None, "(name erased)"),
        ("duty:mara", "mara", "mara"),
        ("role:directors", None, "Directors"),
        ("role:vp_of_support", None, "VP of Support"),
        ("role:night_watch", None, "Night watch"),
        ("customer:9", "Northwind", "Northwind, nobody known by name"),
        ("customer:9", None, "(name erased)"),
        ("mail:fallback@desk.example", "fallback@desk.example", "fallback@desk.example"),
        ("ticket:48213", "48213", "who wrote in ticket 48213"),
        ("somebody", None, "somebody"),
    ],
)
def test_to_whom(to: str, name: str | None, words: str) -> None:
    assert address_words(to, {"directors": "Directors", "vp_of_support": "VP of Support"}, name) == words


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Subject: Hi\n\nText\nmore\n", ("Hi", "Text\nmore")),
        ("No head\nat all", ("", "No head\nat all")),
        (None, ("The text was erased", "")),
    ],
)
def test_subject_and_body(text: str | None, parts: tuple[str, str]) -> None:
    assert split(text) == parts


def test_the_filter_takes_a_part_of_the_number_and_a_stage() -> None:
    found = [message("48213"), message("C-482", leaves=NOW), message("99999", state="cancelled")]
    assert [each.number for each in matching(found, " c-4", None, NOW)] == ["C-482"]
    assert [each.number for each in matching(found, "48", None, NOW)] == ["48213", "C-482"]
    assert [each.number for each in matching(found, "", Stage.CANCELLED, NOW)] == ["99999"]
    assert matching(found, "48", Stage.CANCELLED, NOW) == []
