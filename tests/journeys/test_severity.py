"""Severities by the keyboard: raised with its effect in sight and taken back, several at once, and with the customer's
confirmation in the role of an engineer."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.decisions import Actor
from console.domain.rows import QueueRow
from console.services.severities.severity import Wish
from models.bulk_model import BulkColumn
from tests.journeys.conftest import Play
from tests.journeys.stage import Stage
from ui.dialogs.bulk_dialog import BulkDialog
from ui.dialogs.severity_dialog import SeverityDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|does not support raise")
OTTO = Actor("Otto", "shift_manager", os_user="otto")


def running(row: QueueRow) -> bool:
    return row.pack == "odin" and row.plan == "gold" and row.severity in (2, 3) and row.group == 0


async def go_to(stage: Stage, row: QueueRow) -> None:
    assert stage.window.queue_page.view.go_to(row.ticket_id)
    await stage.settled()
    assert stage.card_number() == row.number


async def back_at_the_queue(stage: Stage) -> None:
    assert stage.no_dialog()
    # What a window manager does; the offscreen platform has none.
    stage.window.activateWindow()
    stage.window.queue_page.view.setFocus()
    await stage.settled()


async def decide(stage: Stage, to: str, words: str) -> SeverityDialog:
    """Everything but the last press."""
    await stage.press("S")
    dialog = stage.dialog(SeverityDialog)
    await stage.press(to, on=dialog.focusWidget())
    form = dialog.severity_form
    if form.reason.code() is None:
        form.reason.setFocus()
        await stage.press("Down", on=form.reason)
    form.words.setFocus()
    await stage.type(words, on=form.words)
    return dialog


def severity_of(stage: Stage, row: QueueRow) -> int | None:
    desk = stage.desk
    return desk.db.read_now(partial(desk.tickets.card, ticket_id=row.ticket_id)).state.severity


async def changed_elsewhere(stage: Stage, row: QueueRow, to: int) -> None:
    desk = stage.desk
    base = desk.db.read_now(desk.db.revision)
    decide_ = partial(desk.severity.decide, ticket_id=row.ticket_id, wish=Wish(to, "Otto"), actor=OTTO)
    await stage.elsewhere(lambda: desk.db.write_now(partial(decide_, base_revision=base)))
    await stage.settled()


def test_raised_with_its_effect_in_sight_and_then_undone(play: Play) -> None:
    async def story(stage: Stage) -> None:
        await stage.press("9")
        row = stage.row(running)
        await go_to(stage, row)
        dialog = await decide(stage, "1", "All 12 shops are down")
        said = {name.text(): change.text() for name, change in dialog.severity_form.effects.shown}
        preview = dialog.severity_form.preview
        assert preview is not None
        assert preview.queue_position is not None
        assert said["Place in the queue"].startswith(str(preview.queue_position.before))
        assert dialog.primary.text() == "Raise to severity 1"
        await stage.press("Ctrl+Return", on=dialog)
        await back_at_the_queue(stage)
        line = stage.window.queue_page.undo_line
        assert line.text().endswith(f"{row.number} raised to severity 1")
        assert line.button.isVisible()
        assert line.left.text() in {f"9 m {second} s left" for second in range(40, 60)}
        card = stage.session.panel.card
        assert card is not None
        assert card.state.clocks == preview.after.clocks
        open_rows = [each.ticket_id for each in stage.rows()]
        assert open_rows.index(row.ticket_id) + 1 == preview.queue_position.after
        await stage.press("Ctrl+Z")
        assert line.text().endswith(f"Undone: {row.number} raised to severity 1")
        assert not line.button.isVisible()
        assert severity_of(stage, row) == row.severity
        assert stage.session.panel.card is not None
        assert stage.session.panel.card.state.severity == row.severity
        await stage.press("Ctrl+Z")
        assert line.text() == "There is nothing to undo: decisions can be undone for ten minutes."

    play(story)


def test_what_something_came_between_is_not_undone_and_says_so(play: Play) -> None:
    async def story(stage: Stage) -> None:
        await stage.press("9")
        row = stage.row(running)
        await go_to(stage, row)
        dialog = await decide(stage, "1", "All 12 shops are down")
        await stage.press("Ctrl+Return", on=dialog)
        await back_at_the_queue(stage)
        await changed_elsewhere(stage, row, 4)
        line = stage.window.queue_page.undo_line
        await stage.click(line.button)
        assert f"Not undone: {row.number} raised to severity 1." in line.text()
        assert "Otto" in line.text()
        assert severity_of(stage, row) == 4

    play(story)


def test_a_conflict_keeps_what_was_typed(play: Play) -> None:
    async def story(stage: Stage) -> None:
        await stage.press("9")
        row = stage.row(running)
        await go_to(stage, row)
        dialog = await decide(stage, "1", "All 12 shops are down")
        await changed_elsewhere(stage, row, 4)
        await stage.press("Ctrl+Return", on=dialog)
        assert dialog.error.text().startswith("Otto changed the severity at ")
        assert dialog.severity_form.words.toPlainText() == "All 12 shops are down"
        await stage.press("Ctrl+Return", on=dialog)
        assert stage.no_dialog()
        assert severity_of(stage, row) == 1

    play(story)


async def choose(stage: Stage, rows: int) -> list[QueueRow]:
    """So many rows from the top, with Shift and the arrow."""
    found = stage.rows()[:rows]
    await go_to(stage, found[0])
    view = stage.window.queue_page.view
    for _ in range(rows - 1):
        QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    await stage.settled()
    assert view.selected_tickets() == [row.ticket_id for row in found]
    return found


def notes(dialog: BulkDialog) -> dict[str, str]:
    model = dialog.bulk_form.model
    return {model.row(each).number: model.row(each).note for each in range(model.rowCount())}


def test_several_with_refusals_and_undone_together(play: Play) -> None:
    async def story(stage: Stage) -> None:
        await stage.press("9")
        rows = await choose(stage, 30)
        await stage.press("S")
        dialog = stage.dialog(BulkDialog)
        form = dialog.bulk_form
        assert dialog.hint.text() == "Choose a severity: keys 1 to 4."
        await stage.press("2", on=dialog.focusWidget())
        alike = [row for row in rows if row.severity == 2]
        changing = [row for row in rows if row.severity not in (2, None)]
        assert alike
        assert form.counts.text().startswith(f"{len(changing)} will change · {len(rows) - len(changing)} refused")
        assert notes(dialog)[alike[0].number] == "Refused: The ticket has this severity already."
        form.words.setFocus()
        await stage.type("The data centre is down", on=form.words)
        assert {row.severity for row in changing} == {3, 4}
        assert dialog.primary.text() == f"Raise {len(changing)} tickets to severity 2"
        await stage.press("Ctrl+Return", on=dialog)
        await back_at_the_queue(stage)
        assert [severity_of(stage, row) for row in changing] == [2] * len(changing)
        line = stage.window.queue_page.undo_line
        refused = len(rows) - len(changing)
        assert line.text().endswith(f"{len(changing)} tickets raised to severity 2, {refused} not changed")
        # Somebody is at one of them before it is undone.
        await changed_elsewhere(stage, changing[0], 1 if changing[0].severity != 1 else 4)
        await stage.press("Ctrl+Z")
        assert line.text().endswith(f"Undone for {len(changing) - 1} tickets. Not undone: {changing[0].number}")
        assert "Otto" in line.words.toolTip()
        assert [severity_of(stage, row) for row in changing[1:]] == [row.severity for row in changing[1:]]

    play(story)


def test_stopped_in_between_what_is_done_stays_done(play: Play) -> None:
    async def story(stage: Stage) -> None:
        await stage.press("9")
        rows = await choose(stage, 60)
        await stage.press("S")
        dialog = stage.dialog(BulkDialog)
        form = dialog.bulk_form
        await stage.press("1", on=dialog.focusWidget())
        form.words.setFocus()
        await stage.type("The data centre is down", on=form.words)
        changing = [line for line in form.lines if line.refusal is None]
        assert len(changing) > 30
        seen: list[str] = []
        # As soon as the first chunk is written somebody presses Esc.
        form.progress.valueChanged.connect(lambda value: seen.append(dialog.leave.text()) if value else None)
        form.progress.valueChanged.connect(lambda value: dialog.reject() if value else None)
        await stage.press("Ctrl+Return", on=dialog)
        assert seen == ["Stop  Esc"]
        assert form.finished
        done = [each for each in form.results if each.decision_uid is not None]
        assert 0 < len(done) < len(changing)
        left = len(changing) - len(done)
        assert form.counts.text().startswith(f"{len(done)} changed · ")
        assert form.counts.text().endswith(f"stopped, {left} untouched")
        assert sorted(set(notes(dialog).values()))[-2:] == ["Untouched", "✓ Changed"]
        assert dialog.primary.text() == "Close"
        await stage.press("Return", on=dialog.primary)
        await back_at_the_queue(stage)
        by_id = {row.ticket_id: row for row in rows}
        assert [severity_of(stage, by_id[each.ticket_id]) for each in done] == [1] * len(done)
        kept = [line for line in changing if line.ticket_id not in {each.ticket_id for each in done}]
        assert [severity_of(stage, by_id[line.ticket_id]) for line in kept] == [line.before for line in kept]
        await stage.press("Ctrl+Z")
        assert [severity_of(stage, by_id[each.ticket_id]) for each in done] == [
            by_id[each.ticket_id].severity for each in done
        ]

    play(story)


def test_what_changed_since_the_dry_run_is_left_and_read(play: Play) -> None:
    async def story(stage: Stage) -> None:
        await stage.press("9")
        await choose(stage, 5)
        await stage.press("S")
        dialog = stage.dialog(BulkDialog)
        form = dialog.bulk_form
        await stage.press("1", on=dialog.focusWidget())
        line = next(each for each in form.lines if each.refusal is None)
        other = 2 if line.before != 2 else 3
        row = stage.row(lambda each: each.ticket_id == line.ticket_id)
        await changed_elsewhere(stage, row, other)
        form.words.setFocus()
        await stage.type("Down", on=form.words)
        await stage.press("Ctrl+Return", on=dialog)
        assert notes(dialog)[row.number].startswith("Not changed: Otto changed the severity at ")
        assert "1 not changed: somebody was there before" in form.counts.text()
        assert form.model.index(0, BulkColumn.SUBJECT).data()
        await stage.press("Ctrl+Return", on=dialog)
        assert stage.no_dialog()
        assert severity_of(stage, row) == other

    play(story)


def test_an_engineer_reduces_with_the_customers_confirmation_only(play: Play) -> None:
    async def story(stage: Stage) -> None:
        (as_engineer,) = [
            each for each in stage.window.top_bar.duty.menu().actions() if each.text() == "Support engineer"
        ]
        as_engineer.trigger()
        await stage.press("9")
        row = stage.row(running)
        await go_to(stage, row)
        dialog = await decide(stage, "1", "It is worse")
        assert dialog.hint.text() == "Only the shift manager on duty may raise a severity."
        assert not dialog.severity_form.confirmation.isVisible()
        await stage.press("Alt+4", on=dialog)
        form = dialog.severity_form
        if form.reason.code() is None:
            form.reason.setCurrentIndex(0)
            await stage.settled()
        box = form.confirmation
        assert box.isVisible()
        assert dialog.hint.text().startswith("Attach the customer's confirmation")
        assert not dialog.primary.isEnabled()
        assert form.effects.shown, "the clocks are seen before it is attached"
        box.choice.setCurrentIndex(box.choice.count() - 1)
        box.who.setFocus()
        await stage.type("Anna Petrova", on=box.who)
        assert not dialog.primary.isEnabled()
        await stage.type("we can work", on=box.words)
        assert dialog.primary.isEnabled(), dialog.hint.text()
        await stage.press("Ctrl+Return", on=dialog)
        assert stage.no_dialog()
        assert severity_of(stage, row) == 4
        desk = stage.desk
        (entry,) = [
            each
            for each in desk.db.read_now(
                lambda conn: desk.tickets.decisions(conn, row.ticket_id, desk.time.now() + 1_000_000)
            )
            if each.kind == "severity_changed"
        ][-1:]
        assert entry.role == "support_engineer"
        assert stage.session.panel.card is not None
        bodies = [each.body for each in stage.session.panel.card.conversation]
        assert "Anna Petrova: we can work" in bodies

    play(story)
