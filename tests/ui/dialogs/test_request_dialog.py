"""A manager records a request that came by phone: joined where one waits, a level higher with an explanation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.decisions import Change
from console.domain.errors import ConflictError
from console.domain.facts import Fact
from console.services.escalating.escalations import RequestOutcome
from console.services.tickets import TicketCard
from tests.domain.packs import shipped
from tests.ui.dialogs.stage import KYIV, Door, Stage, play
from tests.ui.example_card import K, at, card, fact, opened
from ui.dialogs.level_choice import level_offers
from ui.dialogs.request_acts import Asked, RequestActs, RequestSubject
from ui.dialogs.request_dialog import RequestDialog
from ui.dialogs.told_words import told_words

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|does not support raise")

NOW = at(120)
QUIET = [*opened(2), fact(1, K.PRODUCT_SET, t="Plesk Automation"), fact(30, K.MESSAGE, a=1, b=0)]
WAITS = [*QUIET, fact(95, K.ESCALATION_REQUESTED, a=1, t="phone")]
REJECTED = [*WAITS, fact(100, K.ESCALATION_REJECTED, t="other")]
DONE = RequestOutcome(Change(9, (7,), 1), joined=False, level=1, told=(), nobody_on_duty=False)


class Doors:
    """Doors for all that the dialog asks for."""

    def __init__(self) -> None:
        self.record, self.reload = Door(), Door()


def make(stage: Stage, doors: Doors, facts: Sequence[Fact] = QUIET, on_duty: str | None = "Mara") -> RequestDialog:
    subject = RequestSubject(shown(facts), ("Anna Petrova", "Olga Reyes"), on_duty)
    dialog = RequestDialog(subject, RequestActs(doors.record, doors.reload), stage.tools, stage.window)
    stage.open(dialog)
    return dialog


def shown(facts: Sequence[Fact]) -> TicketCard:
    return card(facts, NOW)


def choose(dialog: RequestDialog, channel: str) -> None:
    dialog.request_form.channels.choose(channel)


def test_a_first_request_by_phone(stage: Stage) -> None:
    async def story() -> None:
        doors = Doors()
        dialog = make(stage, doors)
        form = dialog.request_form
        assert [each.text() for each in form.channels.buttons] == ["Button", "Phone", "Chat"]
        assert form.channels.verdicts[1].text() == "from 15:30, in 2 h 30 m"
        assert (dialog.primary.text(), dialog.hint.text()) == ("Record the request", "Choose the channel.")
        assert not form.level.isVisibleTo(dialog)
        assert form.becomes.text().startswith("Level 1: ")
        choose(dialog, "phone")
        assert dialog.hint.text() == "Say why in a few words."
        QTest.keyClicks(form.who, "Anna")
        QTest.keyClicks(form.words, "We lose orders")
        QTest.keyClick(form.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await stage.settle()
        (call,) = doors.record.calls
        assert call[0].channel == "phone"
        assert (call[0].level, call[0].words) == (1, "We lose orders")
        doors.record.answer(DONE)
        await stage.settle()
        assert stage.decided == [DONE.change]
        assert form.outcome == DONE

    play(story())


def test_while_one_waits_it_joins_or_goes_higher_with_an_explanation(stage: Stage) -> None:
    async def story() -> None:
        doors = Doors()
        dialog = make(stage, doors, WAITS)
        form = dialog.request_form
        assert [each.text() for each in form.channels.buttons] == ["Button", "Phone", "Chat", "Mail", "Account team"]
        assert form.level.currentText() == "Joins the request of level 1 that waits since 12:35"
        assert dialog.primary.text() == "Record it with the one that waits"
        assert form.told.text() == "Both are decided together; nobody is told anew."
        choose(dialog, "account_team")
        form.level.setCurrentIndex(1)
        assert dialog.primary.text() == "Record the request of level 2"
        assert dialog.hint.text() == "Explain why it goes one level higher."
        form.level.setCurrentIndex(0)
        QTest.keyClicks(form.words, "We wait as well")
        dialog.decide()
        await stage.settle()
        assert doors.record.calls == [(Asked("account_team", "", "We wait as well", None, None),)]
        doors.record.answer(DONE)
        await stage.settle()

    play(story())


def test_after_an_answer_it_is_one_level_higher_unless_one_says_otherwise() -> None:
    offers = level_offers(shown(REJECTED), KYIV, NOW)
    assert [(each.level, each.higher, each.refusal) for each in offers] == [(2, True, None), (1, False, None)]


def test_above_the_last_level_there_is_none() -> None:
    facts = [*QUIET, fact(95, K.ESCALATION_REQUESTED, a=9, t="phone")]
    joins, higher = level_offers(shown(facts), KYIV, NOW)
    assert (joins.level, higher.level, higher.refusal) == (None, 10, "There is no level 10.")


def test_a_severity_that_is_not_escalated_says_so_and_is_recorded_all_the_same(stage: Stage) -> None:
    async def story() -> None:
        dialog = make(stage, Doors(), opened(4))
        form = dialog.request_form
        assert form.no_way.text() == "Severity 4 is not escalated (OD-7)."
        assert form.no_way.isVisibleTo(dialog)
        choose(dialog, "phone")
        QTest.keyClicks(form.words, "The manual is wrong")
        assert dialog.primary.isEnabled()
        dialog.reject()

    play(story())


def test_an_outage_is_led_to_the_outage_line(stage: Stage) -> None:
    async def story() -> None:
        found = shown(opened(1))
        subject = RequestSubject(replace(found, pack=shipped("community")), (), None)
        doors = Doors()
        dialog = RequestDialog(subject, RequestActs(doors.record, doors.reload), stage.tools, stage.window)
        stage.open(dialog)
        assert dialog.request_form.no_way.text().startswith("An outage has its own process: call the on-call team")
        assert dialog.hint.text() == "Nothing is recorded for an outage."
        assert not dialog.primary.isEnabled()
        dialog.reject()

    play(story())


@pytest.mark.parametrize(
    ("channel", "on_duty", "line"),
    [
        ("button", "Mara", "A mail goes at once to Mara, the shift manager on duty."),
        ("button", None, "▲ Nobody is on duty: the mail goes to "),
        ("phone", "Mara", None),
    ],
)
def test_who_hears_of_it_at_once_is_said_before(channel: str, on_duty: str | None, line: str | None) -> None:
    lines = told_words(shown(QUIET), channel, on_duty, NOW)
    assert any(each.startswith(line) for each in lines) if line else not any("mail" in each for each in lines)


def test_what_was_typed_survives_leaving_and_a_conflict(stage: Stage) -> None:
    async def story() -> None:
        doors = Doors()
        dialog = make(stage, doors)
        choose(dialog, "chat")
        QTest.keyClicks(dialog.request_form.words, "Half a sen")
        QTest.keyClick(dialog.request_form.words, Qt.Key.Key_Escape)
        await stage.settle()
        assert stage.finished == [0]
        again = make(stage, doors)
        form = again.request_form
        assert (form.channels.code(), form.words.toPlainText()) == ("chat", "Half a sen")
        again.decide()
        await stage.settle()
        doors.record.fail(ConflictError("changed_by_someone", who="Boris", what="x", when="y", changes=()))
        await stage.settle()
        assert again.error.isVisibleTo(again)
        doors.reload.answer(shown(WAITS))
        await stage.settle()
        assert form.words.toPlainText() == "Half a sen"
        assert again.primary.text() == "Record it with the one that waits"
        again.reject()

    play(story())
