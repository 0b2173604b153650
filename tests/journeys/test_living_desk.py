"""Others write while the desk is open, and it closes without losing what was decided."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path

import pytest

from console.domain.facts import ActorKind, FactKind, NewFact
from console.services.desk import open_desk
from console.store import door, journal
from console.store.database import Connection
from tests.journeys.conftest import Play
from tests.journeys.stage import POLICIES, Stage, StageTime
from ui.banner import Tone
from ui.dialogs.severity_dialog import SeverityDialog
from ui.indicator import Health
from ui.queue_view.painted_table import Density
from ui.theme import DARK, LIGHT
from ui.ticket_acts.escalation import DecideEscalation

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def changed_by_somebody_else(database: Path, ticket_id: int, severity: int) -> None:
    """What another desk writes: the severity of a ticket, by the source."""
    time = StageTime()
    desk = open_desk(f"sqlite:///{database}", time, POLICIES)
    fact = NewFact(ticket_id, time.now(), FactKind.SEVERITY_SET, a=severity, actor_kind=ActorKind.AGENT)
    desk.db.write_now(lambda conn: door.record(conn, desk.db.book(conn), [fact], time.now()))
    desk.close_now()


def test_a_change_of_another_desk_arrives_and_the_selection_stays(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = stage.row(lambda row: row.severity == 4)
        await stage.press("J", times=3)
        selected = stage.card_number()
        await stage.elsewhere(partial(changed_by_somebody_else, play.database, row.ticket_id, 1))

        def arrived() -> bool:
            shown = stage.model.rowData(stage.model.rowOf(row.ticket_id))
            return shown is not None and shown.severity == 1

        await stage.until(arrived, "the change of the other desk")
        assert stage.card_number() == selected

    play(story)


def test_the_card_on_show_follows_and_a_stale_decision_is_refused(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = stage.row(lambda row: row.severity == 3)
        stage.window.queue_page.view.go_to(row.ticket_id)
        await stage.settled()
        await stage.press("S")
        dialog = stage.dialog(SeverityDialog)
        await stage.press("2")
        dialog.severity_form.words.setFocus()
        await stage.type("It spreads")
        reason = dialog.severity_form.reason
        reason.setCurrentIndex(reason.count() - 1)
        await stage.elsewhere(partial(changed_by_somebody_else, play.database, row.ticket_id, 4))
        await stage.until(
            lambda: stage.session.panel.card is not None and stage.session.panel.card.state.severity == 4,
            "the new card",
        )
        await stage.settled()
        await stage.click(dialog.primary)
        assert dialog.isVisible()
        assert dialog.error.isVisible()
        assert dialog.severity_form.words.toPlainText() == "It spreads"
        assert stage.desk.db.read_now(lambda conn: journal.entries(conn, row.ticket_id)) == []
        await stage.press("Escape", on=dialog)
        assert stage.no_dialog()

    play(story)


def test_closing_waits_for_the_write_under_way(play: Play) -> None:
    written = []
    begun, go_on = threading.Event(), threading.Event()

    def slow(conn: Connection) -> None:
        begun.set()
        assert go_on.wait(60)
        written.append(True)

    async def story(stage: Stage) -> None:
        async def decide() -> None:
            await stage.desk.db.write(slow)

        stage.shell.tasks.start("decide", decide())
        await stage.until(begun.is_set, "the write")
        stage.window.close()
        await stage.until(lambda: stage.window.top_bar.indicator.health is Health.CLOSING, "the end")
        await stage.until(lambda: stage.window.state_banner.notice is not None, "the notice")
        assert stage.window.isVisible()
        notice = stage.window.state_banner.notice
        assert notice is not None
        assert "10 s" in notice.text
        assert written == []
        go_on.set()

    try:
        play(story)
    finally:
        go_on.set()
    assert written == [True]


def test_the_desk_can_be_dressed_for_the_night(play: Play) -> None:
    async def story(stage: Stage) -> None:
        assert stage.shell.app.palette().window().color() == LIGHT.background
        await stage.press("Ctrl+T")
        assert stage.shell.app.palette().window().color() == DARK.background
        day = stage.window.grab().toImage().pixelColor(2, 200)
        await stage.press("Ctrl+T")
        assert stage.window.grab().toImage().pixelColor(2, 200) != day

    play(story)


def test_a_desk_without_tickets_says_how_to_fill_the_one_that_is_open(play: Play) -> None:
    async def story(stage: Stage) -> None:
        closed = stage.desk.db.read_now(lambda conn: stage.desk.queues.page(conn, "closed")).total
        assert closed > 0
        title, _ = stage.window.queue_page.view._empty
        assert title == f"{closed} tickets, all closed"
        stage.window.queue_page.show_desk(f"sqlite:///{play.database}", 0)
        assert f"main.py --db sqlite:///{play.database} import" in stage.window.queue_page.view._empty[1]

    play(story)


def test_theme_and_row_height_are_those_of_last_time(play: Play) -> None:
    async def choose(stage: Stage) -> None:
        await stage.press("Ctrl+T")
        await stage.press("Ctrl+D")
        assert stage.shell.app.palette().window().color() == DARK.background

    async def again(stage: Stage) -> None:
        assert stage.shell.app.palette().window().color() == DARK.background
        assert stage.window.queue_page.view.rowHeight(0) == Density.COMPACT
        await stage.press("Ctrl+D")
        assert stage.window.queue_page.view.rowHeight(0) == Density.COMFORTABLE

    async def asked(stage: Stage) -> None:
        assert stage.shell.app.palette().window().color() == LIGHT.background

    play(choose, theme="light")
    play(again, theme=None)
    play(asked, theme="light")


def test_an_error_of_a_slot_is_said_and_work_goes_on(play: Play) -> None:
    async def story(stage: Stage) -> None:
        # Nothing waits for a decision here: as when somebody decided it a moment ago.
        row = stage.row(lambda row: row.escalation is None)
        DecideEscalation(stage.session.site).open(row.ticket_id)
        await stage.settled()
        notice = stage.window.banner.notice
        assert notice is not None
        assert notice.tone is Tone.WARNING
        assert row.number in notice.text or str(row.ticket_id) in notice.text
        await stage.press("J")
        assert stage.card_number() == stage.rows()[1].number

    play(story)
