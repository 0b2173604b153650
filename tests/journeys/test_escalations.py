"""Escalations by the keyboard: accepted, rejected with a reply that is read in the outbox, joined, withdrawn, raised up
to level 4, and decided by somebody else meanwhile."""

from __future__ import annotations

import pytest

from console.domain.decisions import Actor
from console.domain.facts import ActorKind, FactKind, NewFact
from console.domain.instants import DAY, HOUR
from console.domain.rows import QueueRow
from console.services.desk import open_desk
from console.store import door, parties
from console.store.database import Connection
from models.outbox_model import OutboxColumn
from tests.journeys.conftest import Play
from tests.journeys.stage import POLICIES, Stage
from ui.dialogs.ending_dialog import EndingDialog
from ui.dialogs.escalation_dialog import EscalationDialog
from ui.dialogs.request_dialog import RequestDialog
from ui.outbox_page.page import OutboxPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|does not support raise")
OTTO = Actor("Otto", "shift_manager", os_user="otto")


async def first_request(stage: Stage) -> QueueRow:
    """The most urgent request, chosen by keys."""
    await stage.press("1")
    row = stage.rows()[0]
    assert stage.card_number() == row.number
    return row


async def back_at(stage: Stage, row: QueueRow | None = None) -> None:
    assert stage.no_dialog()
    # What a window manager does; the offscreen platform has none.
    stage.window.activateWindow()
    stage.window.queue_page.view.setFocus()
    await stage.settled()
    if row is not None:
        await stage.press("9")
        assert stage.window.queue_page.view.go_to(row.ticket_id)
        await stage.settled()


async def decide(stage: Stage, dialog: EscalationDialog | RequestDialog | EndingDialog) -> None:
    assert dialog.primary.isEnabled(), dialog.hint.text()
    await stage.press("Ctrl+Return", on=dialog)
    await back_at(stage)


def life(stage: Stage) -> list[str]:
    return [label.text() for label in stage.session.panel.verdict.life.shown]


def outbox(stage: Stage) -> OutboxPage:
    (page,) = stage.window.findChildren(OutboxPage)
    assert page.isVisible()
    return page


def column(page: OutboxPage, which: OutboxColumn) -> list[str]:
    return [str(page.model.index(row, which).data()) for row in range(page.model.rowCount())]


def test_an_accepted_escalation_has_a_plan_an_owner_a_promise_and_tells_its_audience(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = await first_request(stage)
        await stage.press("E")
        dialog = stage.dialog(EscalationDialog)
        page = dialog.escalation_form.accepting
        await stage.press("Alt+A")
        assert page.audience.text().startswith("Level 1 tells: ")
        page.reason.setCurrentIndex(page.reason.count() - 1)
        page.owner.setCurrentIndex(1)
        owner = page.owner.currentText().split(" · ")[0]
        page.plan_of_action.setFocus()
        await stage.type("We call at noon")
        page.against_why.setText("They lose orders")
        await decide(stage, dialog)
        await back_at(stage, row)
        said = life(stage)
        assert said[0].startswith("Level 1 accepted at ")
        assert said[0].endswith(f" by {stage.desk.actor.name}")
        assert said[1].startswith("Next update ")
        assert said[1].endswith(", in 2 h 0 m")
        assert stage.session.panel.card is not None
        assert stage.session.panel.card.owner == owner
        await stage.press("Ctrl+5")
        shown = outbox(stage)
        shown.number.setText(row.number)
        assert column(shown, OutboxColumn.SUBJECT)[-1] == f"Your escalation of {row.number} is accepted"
        assert "Shift manager on duty" in column(shown, OutboxColumn.TO)

    play(story)


def test_a_reply_goes_out_as_it_was_edited_and_is_read_in_the_outbox(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = await first_request(stage)
        await stage.press("E")
        dialog = stage.dialog(EscalationDialog)
        page = dialog.escalation_form.rejecting
        await stage.press("Alt+J")
        page.reason.setCurrentIndex(page.reason.count() - 1)
        page.words.setFocus()
        await stage.type("The date holds")
        await stage.until(lambda: "The date holds" in page.reply.body.toPlainText(), "the reply from the template")
        assert not page.reply.anew.isVisible()
        page.reply.body.setFocus()
        await stage.press("Ctrl+End")
        await stage.type(" Call us at any time.")
        assert page.reply.anew.isVisible()
        await decide(stage, dialog)
        await stage.press("Ctrl+5")
        shown = outbox(stage)
        shown.number.setText(row.number)
        (leaves,) = column(shown, OutboxColumn.LEAVES)
        assert leaves.startswith("from ")
        preview = shown.preview
        assert preview.subject.text() == f"Your escalation of {row.number} is not accepted"
        assert preview.body.toPlainText().endswith(" Call us at any time.")
        assert "The date holds" in preview.body.toPlainText()
        assert preview.state.text().endswith("until then its decision can be undone.")
        shown.number.setText("no such ticket")
        assert shown.empty.text() == "No message fits the filter"

    play(story)


def test_the_reply_is_written_in_the_language_of_who_asked(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = await first_request(stage)
        await stage.press("E")
        dialog = stage.dialog(EscalationDialog)
        page = dialog.escalation_form.rejecting
        await stage.press("Alt+J")
        page.reason.setCurrentIndex(page.reason.count() - 1)
        page.words.setFocus()
        await stage.type("Patch 12 is planned")
        await stage.until(lambda: "Patch 12" in page.reply.body.toPlainText(), "the reply from the template")
        assert page.reply.subject.text() == f"Your escalation of {row.number} is not accepted"
        page.reply.language.setFocus()
        await stage.press("Down")
        await stage.until(lambda: "Что ещё можно сделать" in page.reply.body.toPlainText(), "the reply in Russian")
        # What was chosen survives leaving, too.
        await stage.press("Esc")
        stage.window.activateWindow()
        stage.window.queue_page.view.setFocus()
        await stage.settled()
        await stage.press("E")
        dialog = stage.dialog(EscalationDialog)
        again = dialog.escalation_form.rejecting.reply
        await stage.until(lambda: "Что ещё можно сделать" in again.body.toPlainText(), "the reply in Russian again")
        assert not again.anew.isVisible()
        await decide(stage, dialog)
        await stage.press("Ctrl+5")
        shown = outbox(stage)
        shown.number.setText(row.number)
        assert shown.preview.subject.text() == f"Эскалация заявки {row.number} не принята"
        assert "Patch 12 is planned" in shown.preview.body.toPlainText()

    play(story)


def test_a_second_request_joins_the_one_that_waits_and_is_read_with_it(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = await first_request(stage)
        await stage.press("G")
        dialog = stage.dialog(RequestDialog)
        form = dialog.request_form
        assert form.level.currentText().startswith("Joins the request of level 1 that waits since ")
        assert dialog.primary.text() == "Record it with the one that waits"
        chat = next(each for each in form.channels.buttons if each.text() == "Chat")
        await stage.click(chat)
        form.who.setFocus()
        await stage.type("Olga Reyes")
        form.words.setFocus()
        await stage.type("We wait as well")
        await decide(stage, dialog)
        assert stage.window.queue_page.said().endswith(f"{row.number}: it joins the request of level 1")
        await stage.press("E")
        view = stage.dialog(EscalationDialog).escalation_form.request_view
        (joined,) = [label.text() for label in view.joined.shown]
        assert joined.startswith("Joined by Chat at ")
        assert joined.endswith("Olga Reyes: We wait as well")

    play(story)


def test_a_request_by_the_button_while_nobody_is_on_duty_is_seen_in_a_banner(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = stage.row(lambda row: row.pack == "odin" and row.severity == 3 and row.escalation is None)
        assert stage.window.queue_page.view.go_to(row.ticket_id)
        await stage.settled()
        await stage.press("G")
        dialog = stage.dialog(RequestDialog)
        form = dialog.request_form
        form.channels.choose("button")
        assert form.told.text().startswith("▲ Nobody is on duty: the mail goes to ")
        form.words.setPlainText("We wait")
        await decide(stage, dialog)
        banner = stage.window.banner
        assert banner.isVisible()
        assert banner.notice is not None
        assert banner.notice.text.startswith(f"{row.number}: nobody is on duty, so the mail went to ")

    play(story)


def test_a_request_is_withdrawn_with_a_reason(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = await first_request(stage)
        await stage.press("X")
        dialog = stage.dialog(EndingDialog)
        assert dialog.primary.text() == "Withdraw the request"
        dialog.ending_form.outcome.setCurrentIndex(0)
        dialog.ending_form.words.setFocus()
        await stage.type("They called back")
        await decide(stage, dialog)
        assert stage.window.queue_page.said().endswith(f"{row.number}: request withdrawn")
        await back_at(stage, row)
        assert life(stage)[0].startswith("Level 1 withdrawn at ")
        assert life(stage)[0].endswith(f" by {stage.desk.actor.name}")
        (shown,) = [each for each in stage.session.panel.conversation.latest.shown if each.heading.text() == "Decision"]
        assert shown.act.text() == "Escalation withdrawn · The customer took it back"
        await stage.press("X")
        assert stage.no_dialog()

    play(story)


def case_at_level_2(stage: Stage) -> int:
    """A case of the community vendor whose first two levels were rejected."""
    now, escalations = stage.desk.time.now(), stage.desk.escalations
    manager = stage.desk.actor

    def write(conn: Connection) -> int:
        org = parties.first_organisation(conn)
        customer = parties.customer(conn, org, "C-9", "Andes", "Europe/Kyiv")
        source = parties.source(conn, "portal", "portal")
        ticket = parties.ticket(conn, source, "LI-1", customer, now - 2 * DAY)
        asker = parties.person(conn, source, "Ursula")
        facts = [
            NewFact(ticket, now - 2 * DAY, FactKind.OPENED, a=3, actor_kind=ActorKind.CUSTOMER, text="Login fails"),
            NewFact(ticket, now - 2 * DAY, FactKind.PLAN_SET, t="community/premium"),
        ]
        door.record(conn, stage.desk.db.book(conn), facts, now)
        for _ in range(2):
            escalations.request(conn, ticket, "portal", "Certificates expire", actor=manager, person_id=asker)
            base = door.revision(conn)
            escalations.reject(conn, ticket, manager, base_revision=base, words="Triage first")
        return ticket

    return stage.desk.db.write_now(write)


async def ask_higher(stage: Stage, level: int) -> None:
    await stage.press("G")
    dialog = stage.dialog(RequestDialog)
    form = dialog.request_form
    assert form.level.currentText().startswith(f"Level {level}: ")
    form.reason.setCurrentIndex(0)
    assert dialog.hint.text() == "Explain why it goes one level higher."
    form.words.setPlainText("Nothing moved")
    await decide(stage, dialog)


def test_level_3_needs_the_analysis_and_level_4_the_leader_who_takes_it_over(play: Play) -> None:
    async def story(stage: Stage) -> None:
        ticket = case_at_level_2(stage)
        await stage.press("F5")
        await back_at(stage, stage.row(lambda row: row.ticket_id == ticket))
        await ask_higher(stage, 3)
        assert any(line.startswith("Review due ") for line in life(stage))
        await stage.press("E")
        dialog = stage.dialog(EscalationDialog)
        await stage.press("Alt+J")
        rejecting = dialog.escalation_form.rejecting
        rejecting.reason.setCurrentIndex(0)
        rejecting.words.setPlainText("Work goes on")
        assert dialog.hint.text() == "Write the full analysis: this level asks for it."
        rejecting.analysis.setFocus()
        await stage.type("Three handovers without notes")
        await decide(stage, dialog)
        await ask_higher(stage, 4)
        await stage.press("E")
        dialog = stage.dialog(EscalationDialog)
        await stage.press("Alt+A")
        accepting = dialog.escalation_form.accepting
        assert "VP of Support" in accepting.audience.text()
        assert not accepting.analysis.isVisible()
        accepting.reason.setCurrentIndex(0)
        accepting.plan_of_action.setPlainText("A team of three, day and night")
        assert dialog.hint.text() == "Name the leader who takes it over."
        accepting.leader.setFocus()
        await stage.type("Vera Pohl")
        await decide(stage, dialog)
        said = life(stage)
        assert said[0].startswith("Level 4 accepted at ")
        assert [line.split(" at ")[0] for line in said[-3:]] == [f"Before: level {n} rejected" for n in (3, 2, 1)]
        await stage.press("Ctrl+5")
        shown = outbox(stage)
        shown.number.setText("LI-1")
        row = column(shown, OutboxColumn.TO).index("VP of Support")
        shown.table.selectRow(row)
        await stage.settled()
        assert "Vera Pohl" in shown.preview.body.toPlainText()

    play(story)


def test_who_comes_second_is_told_who_decided_and_keeps_the_text(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = await first_request(stage)
        await stage.press("E")
        dialog = stage.dialog(EscalationDialog)
        await stage.press("Alt+J")
        page = dialog.escalation_form.rejecting
        page.reason.setCurrentIndex(page.reason.count() - 1)
        page.words.setFocus()
        await stage.type("The date holds")

        def otto_accepts() -> None:
            desk = open_desk(f"sqlite:///{play.database}", stage.desk.time, POLICIES, OTTO)
            try:
                desk.db.write_now(
                    lambda conn: desk.escalations.accept(
                        conn,
                        row.ticket_id,
                        OTTO,
                        base_revision=door.revision(conn),
                        plan_of_action="I take it",
                        next_update_at=desk.time.now() + HOUR,
                        against_verdict="They lose orders",
                    )
                )
            finally:
                desk.close_now()

        await stage.elsewhere(otto_accepts)
        await stage.press("Ctrl+Return", on=dialog)
        assert dialog.error.text().startswith("Otto accepted the escalation at ")
        assert dialog.hint.text() == f"No escalation of ticket {row.number} waits for a decision."
        assert not dialog.primary.isEnabled()
        assert page.words.toPlainText() == "The date holds"
        await stage.press("Esc", on=dialog)
        await back_at(stage, row)
        assert life(stage)[0].endswith(" by Otto")

    play(story)
