"""The main job from end to end: what burns, a severity changed, an escalation rejected, a plan looked at."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.domain.queues import belongs
from console.domain.state import Group
from console.services.upkeep import verify
from console.store import journal
from tests.journeys.conftest import Play
from tests.journeys.stage import Stage
from ui.dialogs.escalation_dialog import EscalationDialog
from ui.dialogs.severity_dialog import SeverityDialog
from ui.indicator import Health
from ui.queue_names import FIXED

# The offscreen platform says so of every dialog.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def order(stage: Stage) -> list[tuple[int, int]]:
    return [(row.group, row.due_s) for row in stage.rows()]


def test_the_queue_opens_live_in_the_order_of_the_deadlines(play: Play) -> None:
    async def story(stage: Stage) -> None:
        assert stage.window.top_bar.indicator.health is Health.LIVE
        found = order(stage)
        assert len(found) > 20
        assert found == sorted(found)
        assert {group for group, _ in found} >= {Group.RUNNING, Group.PAUSED}
        assert stage.card_number() == stage.rows()[0].number
        await stage.press("J", times=2)
        assert stage.card_number() == stage.rows()[2].number
        await stage.press("K")
        assert stage.card_number() == stage.rows()[1].number

    play(story)


def test_each_queue_has_the_tickets_that_its_number_promises(play: Play) -> None:
    async def story(stage: Stage) -> None:
        counts = stage.model.counts()
        for key, code in (("1", "decide"), ("2", "overdue"), ("7", "paused"), ("8", "no_clock"), ("9", "open")):
            await stage.press(key)
            assert stage.window.queue_page.sidebar.code == code
            assert stage.model.rowCount() == counts.get(code, 0), code
        assert counts["decide"] > 0

    play(story)


def test_a_severity_is_changed_and_the_deadline_moves(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = stage.row(lambda row: row.severity == 3 and row.clock == "first_response" and row.plan)
        stage.window.queue_page.view.go_to(row.ticket_id)
        await stage.settled()
        await stage.press("S")
        dialog = stage.dialog(SeverityDialog)
        await stage.press("1")
        dialog.severity_form.words.setFocus()
        await stage.type("Nobody can send mail")
        reason = dialog.severity_form.reason
        if reason.isVisible():
            reason.setCurrentIndex(reason.count() - 1)
        await stage.settled()
        preview = dialog.severity_form._preview
        assert preview is not None
        assert dialog.primary.isEnabled(), dialog.hint.text()
        await stage.click(dialog.primary)
        assert stage.no_dialog()
        card = stage.session.panel.card
        assert card is not None
        assert card.state.severity == 1
        after = {(clock.kind, clock.cycle): (clock.phase, clock.due_at) for clock in card.state.clocks}
        promised = {(line.kind, line.cycle): (line.after_phase, line.after_due) for line in preview.lines}
        assert {key: due for key, (_, due) in promised.items()} == {key: after[key][1] for key in promised}
        moved = [line for line in preview.lines if line.before_due != line.after_due]
        assert moved
        shown = stage.model.rowData(stage.model.rowOf(row.ticket_id))
        assert shown is not None
        assert shown.severity == 1
        assert shown.due_s < row.due_s
        assert stage.window.queue_page.said().endswith(f"{row.number} raised to severity 1")
        assert stage.card_number() == row.number
        (entry, *_) = stage.desk.db.read_now(lambda conn: journal.entries(conn, row.ticket_id, newest_first=True))
        assert entry.kind.startswith("severity")

    play(story)


def test_an_escalation_is_rejected_and_stands_in_the_journal(play: Play) -> None:
    async def story(stage: Stage) -> None:
        await stage.press("1")
        waiting = stage.model.rowCount()
        ticket_id = stage.model.ticketAt(0)
        stage.window.queue_page.view.go_to(ticket_id)
        await stage.settled()
        await stage.press("E")
        dialog = stage.dialog(EscalationDialog)
        await stage.press("Alt+J")
        form = dialog.escalation_form
        form.rejecting.reason.setCurrentIndex(form.rejecting.reason.count() - 1)
        form.rejecting.words.setFocus()
        await stage.type("The engineer has a plan already")
        assert dialog.primary.isEnabled(), dialog.hint.text()
        await stage.press("Ctrl+Return", on=dialog)
        assert stage.no_dialog()
        assert stage.model.rowCount() == waiting - 1
        assert stage.model.rowOf(ticket_id) == -1
        entries = stage.desk.db.read_now(lambda conn: journal.entries(conn, ticket_id))
        assert entries[-1].kind == "escalation_rejected"
        report = verify(stage.desk)
        assert report.sound, report

    play(story)


def test_the_plan_of_the_customer_is_one_key_away_and_back(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = stage.row(lambda row: row.plan is not None)
        stage.window.queue_page.view.go_to(row.ticket_id)
        await stage.settled()
        await stage.press("P")
        assert stage.window.page() == "plans"
        await stage.press("Ctrl+1")
        assert stage.window.page() == "queue"
        assert QApplication.focusWidget() is stage.window.queue_page.view

    play(story)


def test_a_ticket_is_found_by_number_and_esc_brings_the_queue_back(play: Play) -> None:
    async def story(stage: Stage) -> None:
        all_open = stage.model.rowCount()
        number = stage.rows()[5].number
        await stage.press("Ctrl+F")
        await stage.type(number)
        assert [row.number for row in stage.rows()] == [number]
        assert stage.card_number() == number
        await stage.press("Escape")
        assert stage.model.rowCount() == all_open

    play(story)


def test_a_search_ends_with_esc_from_anywhere_and_with_the_choice_of_a_queue(play: Play) -> None:
    async def story(stage: Stage) -> None:
        page, box = stage.window.queue_page, stage.window.top_bar.find_box
        await stage.press("7")
        paused, number = stage.model.rowCount(), stage.rows()[0].number

        async def look() -> None:
            await stage.press("Ctrl+F")
            await stage.type(number)
            await stage.press("Return")
            assert QApplication.focusWidget() is page.view
            assert [row.number for row in stage.rows()] == [number]

        for place in (page.view, stage.session.panel, page.sidebar):
            await look()
            place.setFocus()
            await stage.press("Escape")
            assert (page.sidebar.code, stage.model.rowCount(), box.text()) == ("paused", paused, "")
            assert QApplication.focusWidget() is page.view
        counts = stage.model.counts()
        for key, code in (("2", "overdue"), ("9", "open")):
            await look()
            await stage.press(key)
            assert (page.sidebar.code, stage.model.rowCount(), box.text()) == (code, counts.get(code, 0), "")
        await look()
        line = page.sidebar.visualRect(page.sidebar.model().index(FIXED.index("overdue"), 0)).center()
        QTest.mouseClick(page.sidebar.viewport(), Qt.MouseButton.LeftButton, pos=line)
        await stage.settled()
        assert (page.sidebar.code, stage.model.rowCount(), box.text()) == ("overdue", counts["overdue"], "")

    play(story)


def test_the_past_is_shown_and_cannot_be_changed(play: Play) -> None:
    instants = []

    async def now(stage: Stage) -> None:
        instants.append(stage.desk.time.now() - 86_400_000_000)

    async def then(stage: Stage) -> None:
        assert stage.window.top_bar.indicator.health is Health.PAST
        notice = stage.window.state_banner.notice
        assert notice is not None
        assert "Read-only" in notice.text
        past = stage.desk.db.read_now(lambda conn: stage.desk.queues.as_of(conn, instants[0]))
        expected = [row.number for state, row in zip(past.states, past.rows, strict=True) if belongs("open", state, 0)]
        assert [row.number for row in stage.rows()] == expected
        assert expected
        await stage.press("S")
        assert stage.no_dialog()
        card = stage.session.panel.card
        assert card is not None
        assert card.state.as_of == instants[0]
        assert all(clock.started_at <= instants[0] for clock in card.state.clocks)

    play(now)
    play(then, as_of=instants[0])
