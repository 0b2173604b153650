"""The manager's other acts with keys: an ETA, another owner, a note, a wrong entry, a pin, a reminder, whom to call."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog

from console.domain.facts import ActorKind, FactKind, NewFact
from console.domain.instants import HOUR, MINUTE, SECOND
from console.domain.rows import QueueRow
from console.services.desk import open_desk
from console.store import door, journal
from tests.journeys.conftest import Play
from tests.journeys.stage import POLICIES, Stage, StageTime
from ui.dialogs.act_dialog import ActDialog
from ui.dialogs.call_dialog import CallDialog
from ui.dialogs.eta_form import ASK, EtaForm
from ui.dialogs.note_form import NoteForm
from ui.dialogs.owner_form import OwnerForm
from ui.dialogs.remind_form import RemindForm
from ui.dialogs.void_form import VoidForm
from ui.looking import LOOK_MS

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


async def show(stage: Stage, row: QueueRow) -> None:
    stage.window.queue_page.view.go_to(row.ticket_id)
    await stage.settled()
    assert stage.card_number() == row.number


async def ended(stage: Stage) -> None:
    assert stage.no_dialog()
    # What a window manager does; the offscreen platform has none.
    stage.window.activateWindow()
    stage.window.queue_page.view.setFocus()
    await stage.settled()


def kinds(stage: Stage, ticket_id: int) -> list[str]:
    return [entry.kind for entry in stage.desk.db.read_now(partial(journal.entries, ticket_id=ticket_id))]


def waits_for_an_eta(row: QueueRow) -> bool:
    return row.pack == "odin" and row.severity in (2, 3) and not row.paused and row.escalation is None


def test_an_eta_is_set_and_the_verdict_changes_as_it_was_shown(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = stage.row(waits_for_an_eta)
        await show(stage, row)
        panel = stage.session.panel
        assert panel.card is not None
        before = panel.card.verdict.channel("button")
        await stage.press("T")
        dialog = stage.dialog(ActDialog)
        form = dialog.act_form
        assert isinstance(form, EtaForm)
        await stage.click(form.due.steps[-1])
        said = {name.text(): change.text() for name, change in form.effect.shown}
        assert "Escalation by button" in said
        assert any(name.startswith("ETA") for name in said)
        form.words.setFocus()
        await stage.type("The patch is in test")
        due = form.due.instant()
        await stage.press("Ctrl+Return", on=dialog)
        await ended(stage)
        assert panel.card is not None
        eta, after = panel.card.state.eta, panel.card.verdict.channel("button")
        assert eta is not None
        assert (eta.due_at, eta.promise) == (due, "resolution")
        assert before is not None
        assert after is not None
        assert ("stays" in said["Escalation by button"]) == (before.available_at == after.available_at)
        assert kinds(stage, row.ticket_id) == ["eta_set"]
        assert f"{row.number}: ETA" in stage.window.queue_page.said()

    play(story)


def test_the_owner_is_asked_for_an_eta(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = stage.row(lambda row: row.pack == "odin" and row.owner is not None)
        await show(stage, row)
        await stage.press("T")
        dialog = stage.dialog(ActDialog)
        form = dialog.act_form
        assert isinstance(form, EtaForm)
        await stage.press("Alt+A", on=dialog)
        assert form.choice() == ASK
        assert not form.due.isVisible()
        assert dialog.primary.text() == "Ask for an ETA"
        await stage.press("Ctrl+Return", on=dialog)
        await ended(stage)
        assert kinds(stage, row.ticket_id) == ["eta_asked"]
        card = stage.session.panel.card
        assert card is not None
        assert card.conversation[-1].body == f"ETA asked of {row.owner}."

    play(story)


def test_the_owner_changes_to_somebody_who_carries_less(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = stage.row(lambda row: row.owner is not None)
        await show(stage, row)
        await stage.press("A")
        dialog = stage.dialog(ActDialog)
        form = dialog.act_form
        assert isinstance(form, OwnerForm)
        assert not dialog.primary.isEnabled()
        others = [form.model.person(place) for place in range(form.model.rowCount())]
        least = min((each for each in others if each and each.name != row.owner), key=lambda each: each.load.open)
        form.name_part.setFocus()
        await stage.type(least.name)
        assert form.person() == least
        await stage.press("Ctrl+Return", on=dialog)
        await ended(stage)
        card = stage.session.panel.card
        assert card is not None
        assert card.owner == least.name
        assert stage.window.queue_page.said().count(f"{row.number} given to {least.name}") == 1

    play(story)


def test_a_note_that_was_begun_survives_and_is_read_afterwards(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = stage.row(lambda row: row.pack == "odin")
        await show(stage, row)
        await stage.press("N")
        dialog = stage.dialog(ActDialog)
        assert isinstance(dialog.act_form, NoteForm)
        await stage.type("The vendor calls back at noon")
        await stage.press("Escape", on=dialog)
        await ended(stage)
        await stage.press("N")
        dialog = stage.dialog(ActDialog)
        assert isinstance(dialog.act_form, NoteForm)
        assert dialog.act_form.words.words() == "The vendor calls back at noon"
        await stage.press("Ctrl+Return", on=dialog)
        await ended(stage)
        notes = stage.session.panel.conversation.notes.shown
        assert notes[0].body.text() == "The vendor calls back at noon"

    play(story)


def test_a_wrong_entry_is_voided_after_its_effect_was_seen(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = stage.row(lambda row: row.pack == "odin" and not row.paused and row.last_contact_s is None)
        time = stage.desk.time

        def reply(conn: object) -> None:
            fact = NewFact(
                row.ticket_id, time.now(), FactKind.MESSAGE, a=1, b=0, actor_kind=ActorKind.AGENT, text="Not for you"
            )
            door.record(conn, stage.desk.db.book(conn), [fact], time.now())  # type: ignore[arg-type]

        await stage.desk.db.write(reply)
        await stage.press("F5")
        await show(stage, row)
        card = stage.session.panel.card
        assert card is not None
        assert card.state.first_contact_at is not None
        await stage.press("V")
        dialog = stage.dialog(ActDialog)
        form = dialog.act_form
        assert isinstance(form, VoidForm)
        first = form.model.fact(0)
        assert first is not None
        assert first.line.words == "Not for you"
        await stage.press("Down", on=form.table)
        assert form.fact() == first.line
        moved = {name.text(): change.text() for name, change in form.effect.shown}
        assert moved["First response"].startswith("ended → ")
        assert not dialog.primary.isEnabled()
        form.words.setFocus()
        await stage.type("Meant for another ticket")
        await stage.press("Ctrl+Return", on=dialog)
        await ended(stage)
        card = stage.session.panel.card
        assert card is not None
        assert card.state.first_contact_at is None
        assert all(message.body != "Not for you" for message in card.conversation)
        assert kinds(stage, row.ticket_id) == ["fact_voided"]

    play(story)


@pytest.mark.qt_log_ignore("propagateSizeHints|does not support")
def test_what_has_no_address_is_grey_in_the_menu_as_on_its_button(play: Play) -> None:
    async def story(stage: Stage) -> None:
        await show(stage, stage.rows()[0])
        bar = stage.session.panel.actions_bar
        assert not bar.open.isEnabled()
        menu = stage.session.ticket.show_menu(QPoint(0, 0))
        assert menu is not None
        grey = {entry.text(): entry.toolTip() for entry in menu.actions() if not entry.isEnabled()}
        assert "The ticket came without a web address." in grey.values()
        menu.close()
        await stage.settled()

    play(story)


def test_a_pin_is_a_queue_of_ones_own(play: Play) -> None:
    async def story(stage: Stage) -> None:
        page = stage.window.queue_page
        row = stage.rows()[3]
        await show(stage, row)
        await stage.press("I")
        assert page.said() == f"{row.number} pinned"
        page.pick("pinned")
        await stage.settled()
        assert [each.ticket_id for each in stage.rows()] == [row.ticket_id]
        page.view.setFocus()
        await stage.press("I")
        assert stage.rows() == []
        await stage.press("9")
        assert len(stage.rows()) > 3

    play(story)


def test_a_reminder_comes_when_its_time_has(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = [0]
    now = StageTime.now
    monkeypatch.setattr(StageTime, "now", lambda self: now(self) + ahead[0])

    async def story(stage: Stage) -> None:
        banner = stage.window.reminder_banner
        row, other = stage.rows()[5], stage.rows()[0]
        await show(stage, row)
        await stage.press("R")
        dialog = stage.dialog(ActDialog)
        form = dialog.act_form
        assert isinstance(form, RemindForm)
        await stage.type("Call them back")
        await stage.click(form.at.steps[1])
        await stage.press("Ctrl+Return", on=dialog)
        await ended(stage)
        assert f"{row.number}: reminder at" in stage.window.queue_page.said()
        await show(stage, other)
        stage.window.queue_page.pick("reminders")
        await stage.settled()
        assert [each.ticket_id for each in stage.rows()] == [row.ticket_id]
        await stage.press("9")
        await show(stage, other)
        ahead[0] = HOUR - MINUTE
        stage.session.personal.reminding.tick()  # type: ignore[union-attr]
        await stage.settled()
        assert banner.notice is None
        ahead[0] = HOUR + MINUTE
        stage.session.personal.reminding.tick()  # type: ignore[union-attr]
        await stage.settled()
        assert banner.notice is not None
        assert banner.notice.text == f"Reminder for {row.number}: Call them back"
        await stage.click(banner._act)
        assert stage.card_number() == row.number
        assert stage.session.site.my_marks.marks.reminders == ()
        assert banner.notice is None

    play(story)


def written_by_somebody_else(database: Path, ticket_id: int) -> None:
    """What another desk writes: a note and another severity."""
    time = StageTime()
    desk = open_desk(f"sqlite:///{database}", time, POLICIES)
    facts = [
        NewFact(ticket_id, time.now() + SECOND, FactKind.NOTE, actor_kind=ActorKind.AGENT, text="The disk is full"),
        NewFact(ticket_id, time.now() + SECOND, FactKind.SEVERITY_SET, a=1, actor_kind=ActorKind.AGENT),
    ]
    desk.db.write_now(lambda conn: door.record(conn, desk.db.book(conn), facts, time.now() + SECOND))
    desk.close_now()


def test_what_somebody_else_wrote_since_i_looked_is_marked(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = stage.row(lambda row: row.pack == "odin" and row.severity == 3 and not row.paused)
        other = stage.row(lambda each: each.ticket_id != row.ticket_id)
        panel = stage.session.panel
        await show(stage, row)
        assert not panel.since.isVisible()
        marks = stage.session.site.my_marks
        await stage.until(lambda: row.ticket_id in (marks.marks.looked or {}), "the look")
        await stage.settled()
        await show(stage, other)
        await stage.elsewhere(partial(written_by_somebody_else, play.database, row.ticket_id))
        await stage.settled()
        await show(stage, row)
        await stage.settled()
        assert panel.since.isVisible()
        said = " | ".join(label.text() for label in panel.since.lines.shown)
        assert "Note: The disk is full" in said
        assert "Severity none → 1" in said
        new = [each for each in panel.conversation.notes.shown if each.heading.text() == "New"]
        assert [each.body.text() for each in new] == ["The disk is full"]
        # Looked at long enough, it is old the next time.
        await stage.until(lambda: not panel.since.isHidden() and _looked_again(stage, row.ticket_id), "the second look")
        await show(stage, other)
        await show(stage, row)
        assert not panel.since.isVisible()

    assert LOOK_MS <= 2_000
    play(story)


def _looked_again(stage: Stage, ticket_id: int) -> bool:
    looked = (stage.session.site.my_marks.marks.looked or {}).get(ticket_id)
    card = stage.session.panel.card
    return looked is not None and card is not None and looked.revision == card.base_revision


def test_whom_to_call_is_shown_and_left_again(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = stage.row(lambda row: row.pack == "odin")
        await show(stage, row)
        await stage.press("W")
        dialog = stage.dialog(CallDialog)
        assert dialog.lines
        assert all("example" in line.lower() or "+1" in line for line in dialog.lines)
        await stage.press("Escape", on=dialog)
        assert not any(each.isVisible() for each in stage.window.findChildren(QDialog))

    play(story)


def test_a_ticket_behind_another_page_is_not_acted_on(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = stage.row(waits_for_an_eta)
        await show(stage, row)
        for page in ("shift", "outbox", "plans"):
            stage.window.show_page(page)
            await stage.settled()
            for code in sorted(stage.session.ticket.codes):
                stage.window.act(code).trigger()
            await stage.settled()
            assert stage.no_dialog(), page
            assert stage.window.page() == page
        assert kinds(stage, row.ticket_id) == []
        stage.window.show_page("queue")
        await stage.press("N")
        assert stage.dialog(ActDialog)
        await stage.press("Esc")

    play(story)
