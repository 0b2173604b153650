"""Who is told what of an escalation, and when it may leave (OD-9, LI-5 to LI-8)."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain.decisions import Actor
from console.domain.instants import HOUR, MINUTE
from console.domain.undo import UNDO_WINDOW
from console.services.escalating.escalations import MessageDraft
from console.services.letter_times import letter_time
from console.services.policy_adoption import adopt_pack
from tests.domain.packs import pack_text
from tests.services.escalating import Escalating
from tests.services.served_desk import MANAGER, OTHER, ServedDesk, at
from tests.store.desk import ADMIN

LEVEL_1 = ["senior_support_engineers", "team_leads", "managers"]
LEVEL_2 = [*LEVEL_1, "senior_managers", "directors"]
CSM = "role:customer_success_manager"


@pytest.fixture
def desk(served: ServedDesk) -> Escalating:
    return Escalating(served)


def take_shift(desk: Escalating, actor: Actor) -> None:
    desk.db.write_now(lambda conn: desk.served.desk.shifts.take(conn, actor, words="on"))


def draft(desk: Escalating, ticket: int, kind: str, words: str, language: str = "en") -> tuple[MessageDraft, ...]:
    due = desk.served.time.at + 2 * HOUR
    return desk.db.read_now(lambda conn: desk.escalations.reply_draft(conn, ticket, kind, words, due, language))


def test_od_9_the_button_mails_the_manager_on_duty_at_once(desk: Escalating) -> None:
    take_shift(desk, OTHER)
    ticket = desk.ticket("odin/gold", 3)
    asked = desk.ask(ticket, "button", None, words="Nobody writes to us")
    assert (asked.told, asked.nobody_on_duty) == (("duty:Otto",), False)
    (mail,) = desk.messages(asked.change.decision_uid)
    assert (mail.to, mail.name, mail.channel, mail.not_before, mail.state) == (
        "duty:Otto",
        "Otto",
        "mail",
        desk.served.time.at,
        "waiting",
    )
    assert mail.text is not None
    assert mail.text.startswith("Subject: Escalation requested: T1, severity 3, level 1\n\n")
    assert "Nobody writes to us" in mail.text


@pytest.mark.parametrize("channel", ["phone", "chat"])
def test_od_9_by_phone_and_chat_nobody_is_mailed(desk: Escalating, channel: str) -> None:
    take_shift(desk, OTHER)
    asked = desk.ask(desk.ticket("odin/gold", 3), channel)
    assert (asked.told, asked.nobody_on_duty) == ((), False)


def test_od_9_with_nobody_on_duty_the_fallback_address_gets_it_and_it_is_said(desk: Escalating) -> None:
    asked = desk.ask(desk.ticket("odin/gold", 3), "button", None)
    assert (asked.told, asked.nobody_on_duty) == (("mail:support-duty@example.com",), True)
    (mail,) = desk.messages(asked.change.decision_uid)
    assert mail.text is not None
    assert mail.text.startswith("Subject: Nobody on duty: escalation requested: T1")


def test_li_5_an_escalation_manager_is_alerted_and_li_8_the_csm_informed(desk: Escalating) -> None:
    ticket = desk.ticket("community/premium", 3)
    desk.served.time.at = at("12T09:00")
    asked = desk.ask(ticket, "portal")
    assert asked.told == ("role:escalation_manager", CSM)
    alert, informed = desk.messages(asked.change.decision_uid)
    assert alert.text is not None
    assert informed.text is not None
    assert "Review due: 12 Sep 2017 13:00 UTC" in alert.text
    assert informed.text.startswith("Subject: For your information: Andes escalates T1, level 1")
    assert {alert.not_before, informed.not_before} == {desk.served.time.at}


@pytest.mark.parametrize(("level", "roles"), [(1, LEVEL_1), (2, LEVEL_2), (3, [*LEVEL_2, "senior_director"])])
def test_li_7_the_audience_of_the_level_hears_of_the_acceptance_each_once(
    desk: Escalating, level: int, roles: list[str]
) -> None:
    ticket = desk.ticket("community/premium", 3)
    for _ in range(level - 1):
        desk.ask(ticket, "portal")
        desk.reject(ticket)
    desk.ask(ticket, "portal")
    change = desk.accept(ticket, plan_of_action="We roll it back", analysis="Seen late" if level == 3 else None)
    told = desk.told(change)
    assert sorted(told) == sorted(["customer:1", *(f"role:{role}" for role in roles), CSM])
    texts = {mail.to: mail.text or "" for mail in desk.messages(change.decision_uid)}
    assert "We roll it back" in texts["role:managers"]
    assert ("Seen late" in texts["role:managers"]) is (level == 3)
    assert "Seen late" not in texts["customer:1"]


def test_replies_wait_for_the_undo_window(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    desk.ask(ticket, "phone")
    change = desk.reject(ticket)
    assert [mail.not_before for mail in desk.messages(change.decision_uid)] == [desk.served.time.at + UNDO_WINDOW]
    assert UNDO_WINDOW == 10 * MINUTE


def test_li_6_a_rejection_is_told_to_who_first_escalated_and_to_the_asker(desk: Escalating) -> None:
    first, second = desk.person("U1"), desk.person("U2")
    ticket = desk.ticket("community/premium", 3)
    desk.ask(ticket, "portal", person_id=first)
    assert desk.told(desk.reject(ticket)) == [f"person:{first}"]
    desk.ask(ticket, "portal", person_id=second)
    assert desk.told(desk.reject(ticket)) == [f"person:{first}", f"person:{second}"]


def test_odin_tells_the_asker_alone(desk: Escalating) -> None:
    first, second = desk.person("U1"), desk.person("U2")
    ticket = desk.ticket("odin/gold", 3, product="Plesk Automation")
    for person in (first, second):
        desk.ask(ticket, "phone", person_id=person)
        told = desk.told(desk.reject(ticket))
    assert told == [f"person:{second}"]


def test_an_acceptance_is_told_to_who_joined_as_well(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    for name in ("Anna", "Boris", "Anna"):
        desk.ask(ticket, "phone", person_id=desk.person(name))
    change = desk.accept(ticket)
    assert desk.told(change) == [f"person:{desk.person(name)}" for name in ("Anna", "Boris")]
    assert [mail.name for mail in desk.messages(change.decision_uid)] == ["Anna", "Boris"]


@pytest.mark.parametrize(("customer", "to"), [("Andes", "customer:1"), (None, "ticket:T1")])
def test_where_nobody_is_known_by_name_the_customer_is_told(desk: Escalating, customer: str | None, to: str) -> None:
    ticket = desk.ticket("odin/gold", 3, customer=customer)
    desk.ask(ticket, "phone")
    assert desk.told(desk.reject(ticket)) == [to]


def test_the_reply_says_what_why_and_what_else_can_be_done(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3, opened="12T11:00", product="Plesk Automation")
    desk.ask(ticket, "button", words="hurry")
    (reply,) = draft(desk, ticket, "rejected", "The engineer holds 18:00")
    assert (reply.to, reply.name, reply.editable) == ("customer:1", "Andes", True)
    assert "T1" in reply.subject
    assert "Not available yet by the rules" in reply.body  # why, by its code
    assert "The engineer holds 18:00" in reply.body  # and in words
    available = desk.of_ticket(ticket).verdict.channel("button")
    assert available is not None
    assert available.available_at is not None
    # As the customer's clock shows it: Kyiv is three hours ahead in September.
    shown = letter_time(available.available_at, "Europe/Kyiv", "en")
    assert shown.endswith("(Kyiv time, UTC+03:00)")
    assert f"(Button) from {shown}" in reply.body


@pytest.mark.parametrize(
    ("severity", "opened", "code", "why"),
    [
        (3, "12T11:00", None, "Why:\nNot available yet by the rules.\nno\n"),  # not available: the pack's first is true
        (3, "11T09:00", None, "Why:\nno\n"),  # available: that it is not would be untrue
        (3, "11T09:00", "other", "Why:\nOther.\nno\n"),  # what it says to the manager in brackets is for the manager
        (4, "11T09:00", "severity_not_escalated", "Why:\nThis severity is not escalated.\nno\n"),
    ],
)
def test_the_reason_in_a_reply_is_true_and_for_the_customer(
    desk: Escalating, severity: int, opened: str, code: str | None, why: str
) -> None:
    ticket = desk.ticket("odin/gold", severity, opened=opened)
    desk.ask(ticket, "phone")
    (mail,) = desk.messages(desk.reject(ticket, words="no", reason_code=code).decision_uid)
    assert why in (mail.text or "")
    assert desk.last().reason_code == (code or ("no_need" if "Not available" not in why else "not_yet_available"))


def test_the_reply_names_the_next_level_of_the_path_of_that_day(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3, product="Plesk Automation")
    desk.ask(ticket, "phone")
    (reply,) = draft(desk, ticket, "rejected", "no")
    assert "Ask for the next level (Senior Director, Odin Support) and say why: by e-mail / phone." in reply.body


def test_the_draft_is_what_goes(desk: Escalating) -> None:
    ticket = desk.ticket("community/premium", 3)
    desk.ask(ticket, "portal")
    drafts = draft(desk, ticket, "accepted", "We roll it back")
    # The draft is made a second before the decision, so that their windows end a second apart.
    change = desk.accept(ticket, plan_of_action="We roll it back", next_update_at=desk.served.time.at + 2 * HOUR)
    assert [(each.to, each.text) for each in drafts] == [
        (mail.to, mail.text) for mail in desk.messages(change.decision_uid)
    ]


def test_an_edited_reply_goes_to_the_customer_and_not_to_the_audience(desk: Escalating) -> None:
    ticket = desk.ticket("community/premium", 3)
    desk.ask(ticket, "portal")
    change = desk.accept(ticket, reply="We call you at five.\x1b[0m")
    texts = {mail.to: mail.text for mail in desk.messages(change.decision_uid)}
    assert texts["customer:1"] == "Subject: Your escalation of T1 is accepted\n\nWe call you at five.\ufffd[0m\n"
    assert "We call you at five" not in (texts["role:managers"] or "")
    assert desk.served.evidence(desk.last())["reply_edited"] is True


def test_the_messages_speak_russian(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    desk.ask(ticket, "phone")
    (reply,) = draft(desk, ticket, "rejected", "Срок прежний", "ru")
    assert reply.subject == "Эскалация заявки T1 не принята"
    assert "Причина:\nСрок прежний\n" in reply.body


def test_a_decision_that_fails_writes_no_message(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    desk.ask(ticket, "phone")
    before = desk.messages()
    with pytest.raises(Exception, match="reason_unknown"):
        desk.reject(ticket, MANAGER, reason_code="nope")
    assert desk.messages() == before


@pytest.mark.parametrize(
    ("pack", "plan", "channel", "change", "told"),
    [
        ("odin", "odin/gold", "button", ("mails_on_duty = true", "mails_on_duty = false"), ()),
        ("odin", "odin/gold", "button", ("support-duty@example.com", "night@example.com"), ("mail:night@example.com",)),
        ("community", "community/premium", "portal", ('alerts = ["escalation_manager"]', "alerts = []"), (CSM,)),
        (
            "community",
            "community/premium",
            "portal",
            ('informed = ["customer_success_manager"]', "informed = []"),
            ("role:escalation_manager",),
        ),
    ],
)
def test_the_pack_says_who_hears_of_a_request(
    desk: Escalating, tmp_path: Path, pack: str, plan: str, channel: str, change: tuple[str, str], told: tuple[str, ...]
) -> None:
    text = pack_text(pack)
    assert text.count(change[0]) == 1
    changed = tmp_path / f"{pack}.toml"
    changed.write_text(text.replace(*change), "utf-8")
    desk.served.time.at += MINUTE
    adopt_pack(desk.db, desk.served.time, changed, actor=ADMIN)
    assert desk.ask(desk.ticket(plan, 3), channel).told == told
