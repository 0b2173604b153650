"""A shift with keys: take over, decide, hand over; what was decided belongs to it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.decisions import Actor
from console.services.desk import open_desk
from console.services.shifts import Shift
from console.store import journal
from models.people_model import PeopleColumn
from tests.journeys.conftest import Play
from tests.journeys.stage import POLICIES, Stage, StageTime
from ui.dialogs.act_dialog import ActDialog
from ui.shift_page.forms import ShiftForm
from ui.shift_page.page import ShiftPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|does not support")


def page(stage: Stage) -> ShiftPage:
    found = stage.session.pages["shift"]
    assert isinstance(found, ShiftPage)
    return found


def on_duty(stage: Stage) -> str:
    return stage.window.top_bar.duty.accessibleName()


def shifts(stage: Stage) -> tuple[Shift, ...]:
    return stage.desk.db.read_now(stage.desk.shifts.list)


async def tick_first(stage: Stage, rows: int) -> list[str]:
    """Tick the first people of the list with the space bar."""
    table = page(stage).view.people_table
    table.setFocus()
    names = []
    for row in range(rows):
        index = page(stage).view.people.index(row, PeopleColumn.NAME)
        table.setCurrentIndex(index)
        QTest.keyClick(table, Qt.Key.Key_Space)
        names.append(index.data())
    await stage.settled()
    return names


async def note(stage: Stage, words: str) -> None:
    await stage.press("Ctrl+1")
    await stage.press("N")
    dialog = stage.dialog(ActDialog)
    await stage.type(words)
    await stage.press("Ctrl+Return", on=dialog)
    assert stage.no_dialog()
    stage.window.activateWindow()
    stage.window.queue_page.view.setFocus()
    await stage.settled()


def test_a_shift_is_taken_worked_and_handed_over(play: Play) -> None:
    async def story(stage: Stage) -> None:
        assert on_duty(stage).startswith("nobody is on duty")
        await note(stage, "Before the shift")
        await stage.press("Ctrl+4")
        view = page(stage).view
        names = await tick_first(stage, 2)
        await stage.press("Alt+T", on=view.take)
        dialog = stage.dialog(ActDialog)
        assert isinstance(dialog.act_form, ShiftForm)
        await stage.type("Quiet so far")
        assert dialog.primary.text() == "Take over"
        await stage.press("Ctrl+Return", on=dialog)
        assert stage.no_dialog()
        stage.window.activateWindow()
        await stage.settled()
        shift = shifts(stage)[0]
        assert (shift.actor, shift.words) == (stage.desk.actor.name, "Quiet so far")
        assert sorted(each.name for each in shift.people) == sorted(names)
        assert "on duty: you" in on_duty(stage)
        assert not view.take.isEnabled()

        await note(stage, "Within the shift")
        await stage.press("Ctrl+4")
        assert [line.cells[2].text for line in view.decisions.lines()] == ["Note written"]
        assert [line.cells[4].text for line in view.decisions.lines()] == ["Within the shift"]
        now = {line.cells[0].text: line.cells[2].text for line in view.desk.lines()}
        page_now = stage.desk.db.read_now(partial(stage.desk.queues.page, queue="open", limit=0)).total
        assert now["All open"] == str(page_now)

        await stage.press("Alt+H", on=view.hand_over)
        dialog = stage.dialog(ActDialog)
        form = dialog.act_form
        assert isinstance(form, ShiftForm)
        assert not dialog.primary.isEnabled()
        assert form.to is not None
        await stage.type("Otto", on=form.to.lineEdit())
        assert dialog.primary.text() == "Hand over to Otto"
        assert form.unknown.isVisible()
        assert not dialog.primary.isEnabled()
        QTest.keyClick(form.unknown, Qt.Key.Key_Space)
        await stage.press("Ctrl+Return", on=dialog)
        await stage.settled()
        shift = shifts(stage)[0]
        assert (shift.handed_to, shift.until is not None) == ("Otto", True)
        assert on_duty(stage).startswith("nobody is on duty · handed over to Otto")
        mine = stage.desk.db.read_now(partial(stage.desk.shifts.decisions, shift_uid=shift.uid))
        assert [entry.words for entry in mine] == ["Within the shift"]
        assert stage.desk.db.read_now(journal.verify_chain) == []

    play(story)


def taken_elsewhere(database: Path) -> None:
    """Somebody takes over at another desk."""
    desk = open_desk(f"sqlite:///{database}", StageTime(), POLICIES, Actor("Otto", "shift_manager"))
    desk.db.write_now(lambda conn: desk.shifts.take(conn, desk.actor))
    desk.close_now()


def test_a_shift_that_somebody_took_meanwhile_is_not_taken_over_unseen(play: Play) -> None:
    async def story(stage: Stage) -> None:
        await stage.press("Ctrl+4")
        view = page(stage).view
        await stage.elsewhere(partial(taken_elsewhere, play.database))
        stage.session.personal.duty.look()  # type: ignore[union-attr]
        await stage.settled()
        assert "on duty: Otto" in on_duty(stage)
        await stage.press("Ctrl+1")
        await stage.press("Ctrl+4")
        assert view.take.isEnabled()
        assert not view.hand_over.isEnabled()
        await stage.press("Alt+T", on=view.take)
        dialog = stage.dialog(ActDialog)
        await stage.elsewhere(partial(handed_over_elsewhere, play.database))
        await stage.type("I take it")
        await stage.press("Ctrl+Return", on=dialog)
        assert dialog.isVisible()
        assert dialog.error.isVisible()
        assert "Otto" in dialog.error.text()
        form = dialog.act_form
        assert isinstance(form, ShiftForm)
        assert form.words.words() == "I take it"
        await stage.settled()
        await stage.press("Ctrl+Return", on=dialog)
        assert stage.no_dialog()
        assert [shift.actor for shift in shifts(stage)[:2]] == [stage.desk.actor.name, "Otto"]

    play(story)


def handed_over_elsewhere(database: Path) -> None:
    desk = open_desk(f"sqlite:///{database}", StageTime(), POLICIES, Actor("Otto", "shift_manager"))
    desk.db.write_now(lambda conn: desk.shifts.hand_over(conn, desk.actor, "Egon", seen=None))
    desk.close_now()


def test_people_are_ticked_and_the_list_is_kept(play: Play) -> None:
    async def story(stage: Stage) -> None:
        await stage.desk.db.write(lambda conn: stage.desk.shifts.take(conn, stage.desk.actor))
        await stage.press("Ctrl+4")
        view = page(stage).view
        assert not view.keep.isEnabled()
        names = await tick_first(stage, 3)
        assert view.keep.isEnabled()
        await stage.click(view.keep)
        shift = shifts(stage)[0]
        assert sorted(each.name for each in shift.people) == sorted(names)
        assert not view.keep.isEnabled()
        first = view.people.person(0)
        assert first is not None
        assert first.on_shift

    play(story)


def test_the_past_shows_the_shift_of_then_and_nothing_is_taken(play: Play) -> None:
    instants: list[int] = []

    async def now(stage: Stage) -> None:
        await stage.desk.db.write(lambda conn: stage.desk.shifts.take(conn, stage.desk.actor, words="Quiet"))
        instants.append(stage.desk.time.now())
        await stage.desk.db.write(lambda conn: stage.desk.shifts.hand_over(conn, stage.desk.actor, "Otto", seen=None))

    async def then(stage: Stage) -> None:
        assert "on duty: you" in on_duty(stage)
        await stage.press("Ctrl+4")
        view = page(stage).view
        assert view.note.text().endswith("Quiet")
        assert not any(button.isEnabled() for button in (view.take, view.hand_over, view.keep))
        assert view.refused.isVisible()
        numbers = {line.cells[0].text: [cell.text for cell in line.cells[1:]] for line in view.desk.lines()}
        kept, unknown = numbers["All open"]
        assert int(kept) > 0
        assert unknown == "–"

    play(now)
    play(then, as_of=instants[0])


def test_one_key_takes_over_where_nobody_is_on_duty(play: Play) -> None:
    async def story(stage: Stage) -> None:
        assert on_duty(stage) == "nobody is on duty · handed over to you · take over · Shift manager"
        await stage.press("Ctrl+Shift+T")
        dialog = stage.dialog(ActDialog)
        assert stage.window.page() == "shift"
        await stage.press("Ctrl+Return", on=dialog)
        assert stage.no_dialog()
        assert shifts(stage)[0].actor == stage.desk.actor.name
        assert "on duty: you" in on_duty(stage)
        # Who is on duty is not asked again.
        stage.window.act("take").trigger()
        await stage.settled()
        assert stage.no_dialog()

    play(story)
