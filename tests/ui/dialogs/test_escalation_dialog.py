"""A manager decides an escalation: accepts it with a plan of action and a promise, or rejects it with a reason."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from console.domain.decisions import ChangedFact
from console.domain.errors import ConflictError, UserError
from console.domain.facts import Fact
from console.domain.instants import HOUR
from console.services.escalating.escalations import EscalationRequest
from tests.domain.packs import odin
from tests.ui.dialogs.stage import DONE, Door, Stage, play
from tests.ui.example_card import K, at, fact, opened, request
from ui.dialogs.escalation_acts import Acceptance, EscalationActs, EscalationSubject, Rejection, Reply
from ui.dialogs.escalation_dialog import EscalationDialog
from ui.dialogs.owner_box import Candidate

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|does not support raise")

# By phone, an hour after the last support correspondence: the rules allow it from 09:30 UTC on.
BY_RULES = [*opened(1), fact(30, K.MESSAGE, a=1, b=0), fact(95, K.ESCALATION_REQUESTED, a=1, t="phone")]
TOO_EARLY = [*opened(1), fact(90, K.MESSAGE, a=1, b=0), fact(95, K.ESCALATION_REQUESTED, a=1, t="phone")]
NOW = at(120)
PEOPLE = (Candidate(11, "Grace Lim", True, 4, 1), Candidate(12, "Zoe Abt", False, 0, 0))


class Doors:
    """Doors for all that the dialog asks for; drafts come at once, with the words in them."""

    def __init__(self) -> None:
        self.accept, self.reject, self.reload, self.start_review = Door(), Door(), Door(), Door()

    async def acceptance_drafts(self, said: Acceptance) -> tuple[Reply, ...]:
        return (Reply("Anna Petrova", "Accepted", said.plan_of_action),)

    async def rejection_drafts(self, said: Rejection) -> tuple[Reply, ...]:
        return (Reply("Anna Petrova", "Not accepted", f"Why: {said.words}"),)


def make(
    stage: Stage, doors: Doors, facts: Sequence[Fact] = BY_RULES, found: EscalationRequest | None = None
) -> EscalationDialog:
    subject = EscalationSubject(found or request(facts, NOW), odin(), "Ivan Koval", PEOPLE)
    acts = EscalationActs(
        doors.accept,
        doors.reject,
        doors.start_review,
        doors.reload,
        doors.acceptance_drafts,
        doors.rejection_drafts,
    )
    dialog = EscalationDialog(subject, acts, stage.tools, stage.window)
    stage.open(dialog)
    return dialog


def press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)


def choose_reject(dialog: EscalationDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    # Qt shows the button pressed for a moment before it is.
    for _ in range(200):
        if dialog.escalation_form.chosen() == "reject":
            return
        QTest.qWait(10)
    pytest.fail("Alt+J rejects nothing")


def choose_reason(box: Any, code: str) -> None:
    box.setFocus()
    press(box, Qt.Key.Key_Home)
    while box.code() != code:
        before = box.currentIndex()
        press(box, Qt.Key.Key_Down)
        assert box.currentIndex() != before, f"{code} is not offered"


def shown_rules(dialog: EscalationDialog) -> list[str]:
    card = next(each for each in dialog.escalation_form.request_view.channels.shown if each.channel == "phone")
    return [label.text() for label in card.rules if label.isVisibleTo(dialog)]


def test_the_request_says_who_asks_since_when_and_how_the_rules_stand(stage: Stage) -> None:
    async def story() -> None:
        dialog = make(stage, Doors())
        view = dialog.escalation_form.request_view
        assert view.asked.text() == "Anna Petrova asks for level 1 by Phone since 12:35, 25 m ago"
        assert view.words.text() == "We lose orders"
        (phone, *_) = view.channels.shown
        assert (phone.name.text(), phone.result.text()) == ("Phone, asked", "✓ since 12:30")
        assert shown_rules(dialog)[0] == "✓ OD-7 1 h after the last support correspondence: holds since 12:30"
        assert dialog.primary.text() == "Decide escalation"
        assert dialog.hint.text() == "Choose: accept or reject."
        dialog.reject()

    play(story())


def test_accepting_makes_a_promise(stage: Stage) -> None:
    async def story() -> None:
        doors = Doors()
        dialog = make(stage, doors)
        form = dialog.escalation_form
        press(form.accept_choice, Qt.Key.Key_Space)
        assert (dialog.primary.text(), dialog.hint.text()) == ("Accept escalation", "Choose a reason.")
        assert form.accepting.owner.currentText() == "Stays with Ivan Koval"
        assert not form.against.isVisibleTo(dialog)
        choose_reason(form.accepting.reason, "response_delayed")
        assert dialog.hint.text() == "Write the plan of action."
        QTest.keyClicks(form.accepting.plan_of_action, "A senior engineer takes over")
        press(form.accepting.next_update.steps[2], Qt.Key.Key_Space)
        assert form.accepting.next_update.field.text() == "2017-09-12 15:00"
        assert form.accepting.next_update.said.text() == "12 Sep 2017 15:00:00 +03:00, in 2 h 0 m"
        press(dialog.primary, Qt.Key.Key_Space)
        await stage.settle()
        assert doors.accept.calls == [
            (3, Acceptance("A senior engineer takes over", NOW + 2 * HOUR, "response_delayed"))
        ]
        doors.accept.answer(DONE)
        await stage.settle()
        assert (stage.decided, stage.finished) == ([DONE], [1])

    play(story())


def test_the_letters_a_and_r_choose(stage: Stage) -> None:
    async def story() -> None:
        dialog = make(stage, Doors())
        QTest.keyClick(dialog, Qt.Key.Key_R)
        assert dialog.escalation_form.reject_choice.isChecked()
        QTest.keyClick(dialog, Qt.Key.Key_A)
        assert dialog.escalation_form.accept_choice.isChecked()

    play(story())


@pytest.mark.parametrize(
    ("early", "claims", "against"), [(True, True, False), (False, False, True)], ids=["not yet", "by the rules"]
)
def test_only_reasons_that_can_be_true_are_offered(stage: Stage, early: bool, claims: bool, against: bool) -> None:
    async def story() -> None:
        dialog = make(stage, Doors(), TOO_EARLY) if early else make(stage, Doors())
        choose_reject(dialog)
        box = dialog.escalation_form.rejecting.reason
        offered = [box.itemData(row) for row in range(box.count())]
        claiming = ("not_yet_available", "severity_not_escalated", "waiting_for_requestor")
        assert [code in offered for code in claiming] == [claims] * 3
        assert ("no_need" in offered, "other" in offered) == (against, True)
        dialog.reject()

    play(story())


def test_rejecting_needs_a_reason_and_words(stage: Stage) -> None:
    async def story() -> None:
        doors = Doors()
        dialog = make(stage, doors, TOO_EARLY)
        form = dialog.escalation_form
        choose_reject(dialog)
        assert (dialog.primary.text(), dialog.hint.text()) == ("Reject escalation", "Choose a reason.")
        choose_reason(form.rejecting.reason, "not_yet_available")
        assert dialog.hint.text() == "Say why in a few words."
        QTest.keyClicks(form.rejecting.words, "We answered half an hour ago")
        assert not form.against.isVisibleTo(dialog)
        QTest.keyClick(form.rejecting.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await stage.settle()
        assert doors.reject.calls == [(3, Rejection("We answered half an hour ago", "not_yet_available"))]
        assert dialog.primary.text() == "Writing: Reject escalation"
        doors.reject.answer(DONE)
        await stage.settle()
        assert stage.decided == [DONE]

    play(story())


@pytest.mark.parametrize(
    ("facts", "accept", "said"),
    [
        (BY_RULES, True, ""),
        (TOO_EARLY, True, "The rules do not allow it yet: accepting it goes against them, and the journal says so."),
        (BY_RULES, False, "The rules allow this request: say why it is rejected all the same."),
        (TOO_EARLY, False, ""),
    ],
)
def test_deciding_against_the_rules_is_said(stage: Stage, facts: list[Fact], accept: bool, said: str) -> None:
    async def story() -> None:
        dialog = make(stage, Doors(), facts)
        if accept:
            press(dialog.escalation_form.accept_choice, Qt.Key.Key_Space)
        else:
            choose_reject(dialog)
        assert dialog.escalation_form.against.text() == said
        assert dialog.escalation_form.against.isVisibleTo(dialog) is bool(said)
        dialog.reject()

    play(story())


def test_a_promise_has_to_lie_ahead(stage: Stage) -> None:
    async def story() -> None:
        dialog = make(stage, Doors())
        form = dialog.escalation_form
        press(form.accept_choice, Qt.Key.Key_Space)
        choose_reason(form.accepting.reason, "response_delayed")
        QTest.keyClicks(form.accepting.plan_of_action, "Plan")
        form.accepting.next_update.field.setDateTime(
            QDateTime.fromString("2017-09-12T13:00:00Z", Qt.DateFormat.ISODate)
        )
        assert form.accepting.next_update.said.text() == "12 Sep 2017 13:00:00 +03:00 is not in the future"
        assert dialog.hint.text() == "The next update must be in the future."
        assert not dialog.primary.isEnabled()
        form.accepting.next_update.field.setDateTime(
            QDateTime.fromString("2017-09-12T13:01:00Z", Qt.DateFormat.ISODate)
        )
        assert dialog.primary.isEnabled()
        dialog.reject()

    play(story())


def test_what_was_typed_survives_leaving(stage: Stage) -> None:
    async def story() -> None:
        dialog = make(stage, Doors())
        press(dialog.escalation_form.accept_choice, Qt.Key.Key_Space)
        QTest.keyClicks(dialog.escalation_form.accepting.plan_of_action, "Half a pl")
        press(dialog.escalation_form.accepting.next_update.steps[3], Qt.Key.Key_Space)
        choose_reject(dialog)
        QTest.keyClicks(dialog.escalation_form.rejecting.words, "No bec")
        press(dialog.escalation_form.rejecting.words, Qt.Key.Key_Escape)
        await stage.settle()
        assert stage.finished == [0]
        again = make(stage, Doors()).escalation_form
        assert again.chosen() == "reject"
        assert again.rejecting.words.toPlainText() == "No bec"
        assert again.accepting.plan_of_action.toPlainText() == "Half a pl"
        assert again.accepting.next_update.instant() == NOW + 4 * HOUR

    play(story())


def test_somebody_else_decided_before(stage: Stage) -> None:
    async def story() -> None:
        doors = Doors()
        dialog = make(stage, doors)
        form = dialog.escalation_form
        choose_reject(dialog)
        choose_reason(form.rejecting.reason, "work_on_schedule")
        QTest.keyClicks(form.rejecting.words, "Work goes on")
        dialog.decide()
        await stage.settle()
        changes = (ChangedFact(K.ESCALATION_ACCEPTED, at(118), "Boris Lem", "d2"),)
        doors.reject.fail(ConflictError("changed_by_someone", who="Boris Lem", what="x", when="y", changes=changes))
        await stage.settle()
        assert dialog.error.text().startswith("Boris Lem accepted the escalation at 12:58.\n")
        doors.reload.fail(UserError("nothing_to_decide", ticket="48213"))
        await stage.settle()
        assert dialog.hint.text() == "No escalation of ticket 48213 waits for a decision."
        assert not dialog.primary.isEnabled()
        assert form.rejecting.words.toPlainText() == "Work goes on"
        assert form.rejecting.words.isEnabled()
        dialog.reject()

    play(story())


def test_a_change_that_leaves_it_open_is_decided_on_the_new_base(stage: Stage) -> None:
    async def story() -> None:
        doors = Doors()
        dialog = make(stage, doors)
        form = dialog.escalation_form
        choose_reject(dialog)
        choose_reason(form.rejecting.reason, "work_on_schedule")
        QTest.keyClicks(form.rejecting.words, "Work goes on")
        dialog.decide()
        await stage.settle()
        changes = (ChangedFact(K.SEVERITY_SET, at(118), None, None),)
        doors.reject.fail(ConflictError("changed_by_someone", who="", what="x", when="y", changes=changes))
        await stage.settle()
        assert dialog.error.text().startswith("Somebody changed the severity at 12:58.\n")
        doors.reload.answer(request([*BY_RULES, fact(118, K.SEVERITY_SET, a=2, b=1)], NOW, revision=11))
        await stage.settle()
        assert "✓" not in dialog.escalation_form.request_view.channels.shown[0].result.text()
        dialog.decide()
        await stage.settle()
        assert [call[0] for call in doors.reject.calls] == [3, 11]
        doors.reject.answer(DONE)
        await stage.settle()
        assert stage.decided == [DONE]

    play(story())


def test_a_level_that_was_raised_meanwhile_asks_for_more_and_keeps_what_was_typed(stage: Stage) -> None:
    async def story() -> None:
        doors = Doors()
        dialog = make(stage, doors)
        page = dialog.escalation_form.accepting
        press(dialog.escalation_form.accept_choice, Qt.Key.Key_Space)
        choose_reason(page.reason, "response_delayed")
        QTest.keyClicks(page.plan_of_action, "Plan")
        assert not page.analysis.isVisibleTo(dialog)
        dialog.decide()
        await stage.settle()
        doors.accept.fail(ConflictError("changed_by_source", who="", what="x", when="y", changes=()))
        await stage.settle()
        raised = replace(request(BY_RULES, NOW, revision=11), needs=("analysis", "leader"))
        doors.reload.answer(raised)
        await stage.settle()
        assert page.analysis.isVisibleTo(dialog)
        assert dialog.hint.text() == "Write the full analysis: this level asks for it."
        QTest.keyClicks(page.analysis, "Three handovers")
        QTest.keyClicks(page.leader, "Vera Pohl")
        dialog.decide()
        await stage.settle()
        base, said = doors.accept.calls[-1]
        assert (base, said.plan_of_action, said.analysis, said.leader) == (11, "Plan", "Three handovers", "Vera Pohl")
        doors.accept.answer(DONE)
        await stage.settle()

    play(story())


def test_the_reply_follows_what_is_typed_until_it_is_changed_by_hand(stage: Stage) -> None:
    async def story() -> None:
        doors = Doors()
        dialog = make(stage, doors)
        choose_reject(dialog)
        page = dialog.escalation_form.rejecting
        choose_reason(page.reason, "work_on_schedule")
        QTest.keyClicks(page.words, "Work goes on")
        await waited(stage, lambda: page.reply.body.toPlainText() == "Why: Work goes on")
        assert page.reply.title.text() == "Reply to Anna Petrova, leaves 10 m after the decision"
        assert page.reply.text() is None
        QTest.keyClicks(page.reply.body, "Hello. ")
        QTest.keyClicks(page.words, " today")
        await waited(stage, lambda: not dialog.escalation_form.rejecting.reply._pause.isActive())
        assert page.reply.body.toPlainText() == "Hello. Why: Work goes on"
        assert page.reply.text() == "Subject: Not accepted\n\nHello. Why: Work goes on"
        press(dialog, Qt.Key.Key_Escape)
        await stage.settle()
        again = make(stage, doors).escalation_form.rejecting
        assert again.reply.text() == "Subject: Not accepted\n\nHello. Why: Work goes on"
        again.reply.anew.click()
        await waited(stage, lambda: again.reply.body.toPlainText() == "Why: Work goes on today")
        assert again.reply.text() is None

    play(story())


def test_a_review_begins_quietly_and_the_dialog_stays(stage: Stage) -> None:
    async def story() -> None:
        doors = Doors()
        dialog = make(stage, doors)
        view = dialog.escalation_form.request_view
        view.start_review.click()
        await stage.settle()
        assert doors.start_review.calls == [(3,)]
        doors.start_review.answer(DONE)
        await stage.settle()
        doors.reload.answer(request([*BY_RULES, fact(118, K.REVIEW_STARTED)], NOW, revision=12))
        await stage.settle()
        assert view.review.text() == "under review"
        assert not view.start_review.isVisibleTo(dialog)
        assert dialog.escalation_form.request.base_revision == 12
        dialog.reject()

    play(story())


async def waited(stage: Stage, done: Callable[[], bool]) -> None:
    for _ in range(200):
        await stage.settle()
        if done():
            return
        await asyncio.sleep(0.005)
    pytest.fail("it did not come")


def test_a_request_without_words_or_rules_says_so(stage: Stage) -> None:
    async def story() -> None:
        found = request([*opened(2), fact(95, K.ESCALATION_REQUESTED, a=1, t="fax")], NOW, words=None)
        view = make(stage, Doors(), found=found).escalation_form.request_view
        assert "by fax since" in view.asked.text()
        assert view.words.text() == "No words came with the request, or they were erased."
        assert view.unknown.text() == "The policy has no rules for this channel."
        assert view.unknown.isVisibleTo(view)

    play(story())
