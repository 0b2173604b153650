"""One decision after the other: each is confirmed, the next request is at hand, and what was decided can be read."""

from __future__ import annotations

from functools import partial

import pytest

from console.domain.rows import QueueRow
from models.queue_columns import Column
from tests.journeys.conftest import Play
from tests.journeys.stage import Stage
from ui.dialogs.escalation_dialog import EscalationDialog
from ui.when import clock_time

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


async def three_requests(stage: Stage) -> list[QueueRow]:
    """The rows of "To decide" when two more customers have asked."""
    quiet = [row for row in stage.rows() if row.escalation is None and row.pack == "odin" and row.plan]
    for row in quiet[:2]:
        ask = partial(
            stage.desk.escalations.request, ticket_id=row.ticket_id, channel="phone", words="We wait too long"
        )
        await stage.desk.db.write(ask)
    await stage.press("F5")
    await stage.press("1")
    rows = stage.rows()
    assert len(rows) >= 3
    stage.window.queue_page.view.go_to(rows[0].ticket_id)
    await stage.settled()
    return rows


async def decided(stage: Stage) -> None:
    assert stage.no_dialog()
    # What a window manager does; the offscreen platform has none.
    stage.window.activateWindow()
    stage.window.queue_page.view.setFocus()
    await stage.settled()


async def reject(stage: Stage, words: str) -> None:
    await stage.press("E")
    dialog = stage.dialog(EscalationDialog)
    await stage.press("Alt+J")
    form = dialog.escalation_form
    form.rejecting.reason.setCurrentIndex(form.rejecting.reason.count() - 1)
    form.rejecting.words.setFocus()
    await stage.type(words)
    assert dialog.primary.isEnabled(), dialog.hint.text()
    await stage.press("Ctrl+Return", on=dialog)
    await decided(stage)


def test_after_a_decision_it_is_said_and_the_next_request_is_at_hand(play: Play) -> None:
    async def story(stage: Stage) -> None:
        first, second, third, *_ = rows = await three_requests(stage)
        asked = [row.escalation_s or 0 for row in rows]
        assert asked == sorted(asked)
        assert asked[0] > 0
        page = stage.window.queue_page
        assert page.said() == ""
        await reject(stage, "The engineer has a plan already")
        assert page.said().endswith(f"{first.number}: escalation rejected")
        assert stage.model.rowOf(first.ticket_id) == -1
        assert page.view.current_ticket() == second.ticket_id
        assert stage.card_number() == second.number
        await stage.press("E")
        dialog = stage.dialog(EscalationDialog)
        await stage.press("Alt+A")
        form = dialog.escalation_form
        form.accepting.reason.setCurrentIndex(form.accepting.reason.count() - 1)
        form.accepting.plan_of_action.setFocus()
        await stage.type("Maria takes over at once")
        at = form.accepting.next_update.instant()
        await stage.press("Ctrl+Return", on=dialog)
        await decided(stage)
        told = clock_time(at, stage.shell.zone, stage.desk.time.now())
        assert page.said().endswith(f"{second.number}: escalation accepted, next update {told}")
        assert stage.card_number() == third.number
        # What can be undone stays said in another queue.
        await stage.press("9")
        assert page.said().endswith(f"{second.number}: escalation accepted, next update {told}")
        assert page.undo_line.offered

    play(story)


def test_what_was_decided_is_read_on_the_ticket(play: Play) -> None:
    async def story(stage: Stage) -> None:
        first, *_ = await three_requests(stage)
        await reject(stage, "The engineer has a plan already")
        await stage.press("9")
        stage.window.queue_page.view.go_to(first.ticket_id)
        await stage.settled()
        (shown,) = [each for each in stage.session.panel.conversation.latest.shown if each.heading.text() == "Decision"]
        assert shown.act.text().startswith("Escalation rejected · ")
        assert shown.who.text() == f"{stage.desk.actor.name} · manager"
        assert shown.body.text() == "The engineer has a plan already"

    play(story)


def test_the_past_has_the_waiting_column_and_the_order_too(play: Play) -> None:
    instants = []

    async def now(stage: Stage) -> None:
        await three_requests(stage)
        instants.append(stage.desk.time.now())

    async def then(stage: Stage) -> None:
        await stage.press("1")
        shown = [stage.model.rowData(row) for row in range(stage.model.rowCount())]
        asked = [row.escalation_s or 0 for row in shown if row is not None]
        assert len(asked) >= 3
        assert asked == sorted(asked)
        assert not stage.window.queue_page.view.isColumnHidden(Column.ASKED)

    play(now)
    play(then, as_of=instants[0])


def test_the_last_of_the_queue_hands_over_to_the_one_above(play: Play) -> None:
    async def story(stage: Stage) -> None:
        *_, above, last = await three_requests(stage)
        stage.window.queue_page.view.go_to(last.ticket_id)
        await stage.settled()
        await reject(stage, "It is worked on")
        assert stage.card_number() == above.number

    play(story)
