"""A manager looks at a customer, credits an incident, decides beyond the quota, and lays plans side by side."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.rows import QueueRow
from tests.journeys.conftest import Play
from tests.journeys.stage import MORNING, Stage
from ui.customer_page.page import COMPARE, RULES, PlansPage
from ui.dialogs.decision_dialog import DecisionDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LIMITED = ("silver_plus", "gold", "platinum")


def plans(stage: Stage) -> PlansPage:
    (page,) = stage.window.findChildren(PlansPage)
    return page


async def to_plan(stage: Stage, row: QueueRow) -> PlansPage:
    """With the cursor on a ticket, press P."""
    stage.window.activateWindow()
    stage.window.show_page("queue")
    stage.window.queue_page.view.go_to(row.ticket_id)
    await stage.settled()
    await stage.press("P")
    assert stage.window.page() == "plans"
    return plans(stage)


async def fill(stage: Stage, dialog: DecisionDialog, words: str) -> None:
    dialog.form.words.setFocus()  # type: ignore[attr-defined]
    await stage.type(words)
    assert dialog.primary.isEnabled(), dialog.hint.text()
    await stage.press("Ctrl+Return", on=dialog)
    assert stage.no_dialog()
    # What a window manager does; the offscreen platform has none.
    stage.window.activateWindow()
    await stage.settled()


def test_p_shows_the_customer_of_the_ticket(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = stage.row(lambda row: row.plan in LIMITED)
        page = await to_plan(stage, row)
        tab = page.customer
        assert row.customer in tab.subject.text()
        assert row.number in tab.subject.text()
        assert tab.contracts.model.rowCount() >= 1
        assert "incidents" in tab.incidents.balance.text().lower()
        assert tab.ways.model.rowCount() == 3
        # Another customer is found by a support code in any form.
        contracts = await stage.desk.db.read(stage.desk.agreements.list)
        card, contract = next(each for each in contracts if each[0].name != row.customer and each[1].support_code)
        page.find_box.setFocus()
        await stage.type((contract.support_code or "").replace("-", " "))
        await stage.press("Return", on=page.find_box)
        assert tab.subject.text() == card.name
        page.find_box.setText("nobody at all")
        await stage.press("Return", on=page.find_box)
        assert page.refused.isVisible()
        assert "nobody at all" in page.refused.text()
        assert tab.subject.text() == card.name

    play(story)


def test_an_incident_is_credited_from_the_ledger_and_not_twice(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = stage.row(lambda row: row.plan in LIMITED)
        desk = stage.desk
        noted = desk.db.write_now(
            lambda conn: desk.acts.note(
                conn, row.ticket_id, desk.actor, base_revision=desk.db.revision(conn), words="Seen"
            )
        )
        stage.session.site.tell(row.ticket_id, "Noted before", noted)
        page = await to_plan(stage, row)
        incidents = page.customer.incidents
        before = incidents.balance.text()
        place = next(n for n in range(incidents.model.rowCount()) if incidents.model.entry(n).ticket_id)  # type: ignore[union-attr]
        incidents.view.setFocus()
        incidents.view.setCurrentIndex(incidents.model.index(place, 0))
        await stage.press("Alt+C")
        dialog = stage.dialog(DecisionDialog)
        assert dialog.primary.text() == "Credit one incident"
        assert dialog.hint.text() == "Name the bug."
        await stage.type("PPA-1234")
        await fill(stage, dialog, "Confirmed by the developers")
        assert incidents.balance.text() != before
        final, offered = stage.window.queue_page.undo_line.text().splitlines()
        assert final.endswith("incident credited. This is final.")
        assert offered.endswith("Noted before")
        assert stage.window.queue_page.undo_line.button.text() == f"Undo {row.number}  Ctrl+Z"
        assert incidents.model.index(0, 4).data() == "OD-6: product bug, not fixed yet (PPA-1234)"
        # The same line again: the rules say no before anything is written.
        line = 0
        for entry_row in range(incidents.model.rowCount()):
            entry = incidents.model.entry(entry_row)
            credited = incidents.model.entry(0)
            assert entry is not None
            assert credited is not None
            if entry.amount < 0 and entry.ticket_id == credited.ticket_id:
                line = entry_row
        incidents.view.setFocus()
        incidents.view.setCurrentIndex(incidents.model.index(line, 0))
        assert incidents.credit.isEnabled()
        await stage.press("Alt+C")
        dialog = stage.dialog(DecisionDialog)
        assert not dialog.primary.isEnabled()
        assert dialog.hint.text() == "The incident of this ticket was credited already."
        await stage.press("Esc", on=dialog)
        assert stage.no_dialog()

    play(story)


def test_the_account_managers_time_is_booked(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = stage.row(lambda row: row.plan == "platinum")
        page = await to_plan(stage, row)
        before = page.customer.page
        assert before is not None
        assert before.manager is not None
        await stage.press("Alt+B")
        dialog = stage.dialog(DecisionDialog)
        assert dialog.primary.text() == "Book 60 minutes"
        await fill(stage, dialog, "Planned the upgrade")
        after = page.customer.page
        assert after is not None
        assert after.manager is not None
        assert before.manager.left - after.manager.left == 60 * 60_000_000

    play(story)


def overdrawn(path: Path, ticket_id: int) -> None:
    """The contract of a ticket was used up before, as another program would have recorded it."""
    with closing(sqlite3.connect(path)) as file, file:
        (contract,) = file.execute(
            "SELECT a FROM fact WHERE ticket_id = ? AND kind = 6 ORDER BY at DESC", (ticket_id,)
        ).fetchone()
        file.execute(
            "INSERT INTO ledger (uid, contract_id, kind, amount, rule, at, revision) VALUES (?, ?, ?, ?, ?, ?, 1)",
            ("f" * 32, contract, "incident", -400, "OD-6:before", 0),
        )


def test_a_ticket_beyond_the_quota_is_marked_and_decided_by_q(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = stage.row(lambda row: row.plan in LIMITED and row.mark is None)
        await stage.elsewhere(lambda: overdrawn(play.database, row.ticket_id))
        marked = next(each for each in stage.rows() if each.ticket_id == row.ticket_id)
        assert marked.mark == "exhausted"
        stage.session.ticket.tickets_changed({row.ticket_id})
        stage.window.queue_page.view.go_to(row.ticket_id)
        await stage.settled()
        panel = stage.session.panel
        assert panel.header.quota.text().startswith("⊘ This ticket came in beyond the incidents")
        await stage.press("Q")
        dialog = stage.dialog(DecisionDialog)
        await stage.press("Alt+S")
        assert dialog.primary.text() == "Serve all the same"
        await fill(stage, dialog, "They have ordered more")
        assert panel.header.quota.text() == "✓ Beyond the quota; decided: it is served all the same"
        again = next(each for each in stage.rows() if each.ticket_id == row.ticket_id)
        assert again.mark == "quota_served"
        assert "served beyond the quota" in stage.window.queue_page.said()

    play(story)


def test_plans_side_by_side_and_the_rules_by_keys(play: Play) -> None:
    async def story(stage: Stage) -> None:
        page = await to_plan(stage, stage.row(lambda row: row.plan in LIMITED))
        await stage.press("Alt+2")
        assert page.tabs.currentIndex() == COMPARE
        page.compare.one.setFocus()
        await stage.type("gold")
        page.compare.other.setFocus()
        await stage.type("platinum")
        assert page.compare.chosen() == ("gold", "platinum")
        await stage.press("Alt+3")
        assert page.tabs.currentIndex() == RULES
        page.rules.find_box.setFocus()
        await stage.type("OD-26")
        assert page.rules.model.rowCount() == 1
        await stage.press("Ctrl+1")
        assert stage.window.page() == "queue"

    play(story)


def test_two_thousand_lines_of_the_ledger_open_fast(play: Play) -> None:
    async def story(stage: Stage) -> None:
        row = stage.row(lambda row: row.plan in LIMITED)
        await stage.elsewhere(lambda: many_lines(play.database, row.ticket_id))
        begun = perf_counter()
        page = await to_plan(stage, row)
        took = perf_counter() - begun
        assert page.customer.incidents.model.rowCount() >= 2_000
        # Most of it is the stage's own waiting until everything rests.
        assert took < 3.0
        begun = perf_counter()
        found = page.customer.page
        assert found is not None
        page.customer.show_page(found)
        assert perf_counter() - begun < 0.2
        view = page.customer.incidents.view
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        assert view.currentIndex().row() == page.customer.incidents.model.rowCount() - 1

    play(story)


def many_lines(path: Path, ticket_id: int) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        (contract,) = file.execute(
            "SELECT a FROM fact WHERE ticket_id = ? AND kind = 6 ORDER BY at DESC", (ticket_id,)
        ).fetchone()
        file.executemany(
            "INSERT INTO ledger (uid, contract_id, kind, amount, rule, at, revision) VALUES (?, ?, ?, ?, ?, ?, 1)",
            [(f"{n:032x}", contract, "incident", -1, "OD-6:before", n) for n in range(2_000)],
        )


def test_in_the_past_and_as_a_viewer_nothing_can_be_credited(play: Play) -> None:
    async def past(stage: Stage) -> None:
        page = await to_plan(stage, stage.row(lambda row: row.plan in LIMITED))
        incidents = page.customer.incidents
        incidents.view.setCurrentIndex(incidents.model.index(0, 0))
        assert not incidents.credit.isEnabled()
        assert incidents.credit.toolTip() == "The desk is shown as it was: nothing can be changed"
        assert not page.customer.manager.book.isEnabled()

    play(past, as_of=MORNING - 3_600_000_000)

    async def viewer(stage: Stage) -> None:
        stage.desk.duty.choose("viewer")
        page = await to_plan(stage, stage.row(lambda row: row.plan in LIMITED))
        assert page.customer.manager.book.toolTip() == "Not as viewer"
        assert not page.customer.incidents.credit.isEnabled()

    play(viewer)
