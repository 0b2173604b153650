"""The dialogs on a real database: what was shown is what is written, and a real conflict is told."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.decisions import Change
from tests.services.served_desk import MANAGER, OTHER, ServedDesk, at
from tests.ui.dialogs.severity_stage import fill, lines
from tests.ui.dialogs.stage import KYIV, Stage, play
from ui.dialogs.escalation_acts import EscalationSubject
from ui.dialogs.escalation_dialog import EscalationDialog
from ui.dialogs.severity_dialog import SeverityDialog
from ui.dialogs.severity_form import SeverityActs, SeveritySubject
from ui.theme import LIGHT
from ui.ticket_acts.escalation import candidates, escalation_acts
from ui.ticket_acts.site import ActSite
from ui.ticket_panel.panel import TicketPanel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|does not support raise")


@pytest.fixture
def served(tmp_path: Path, stage: Stage) -> Iterator[ServedDesk]:
    desk = ServedDesk(tmp_path / "desk.db")
    desk.time.at = stage.time.instant = at("12T11:00")
    yield desk
    desk.close()


async def until(stage: Stage, condition: Any) -> None:
    """Lets the database's threads answer."""
    for _ in range(200):
        await stage.settle()
        if condition():
            return
        await asyncio.sleep(0.01)
    pytest.fail("it did not come")


def severity_dialog(stage: Stage, served: ServedDesk, ticket_id: int) -> SeverityDialog:
    card, service, db = served.card(ticket_id), served.desk.severity, served.desk.db

    async def commit(to: int, base: int, code: str | None, words: str, _confirmation: object) -> Change:
        return await db.write(
            lambda conn: service.change(conn, ticket_id, to, MANAGER, base_revision=base, reason_code=code, words=words)
        )

    acts = SeverityActs(
        lambda to, _confirmation: db.read(partial(service.preview, ticket_id=ticket_id, to=to, actor=MANAGER)), commit
    )
    subject = SeveritySubject(
        ticket_id,
        card.identity.number,
        card.identity.subject,
        card.state.severity,
        card.pack,
        card.base_revision,
        MANAGER.role,
    )
    dialog = SeverityDialog(subject, acts, stage.tools, stage.window)
    stage.open(dialog)
    return dialog


def test_what_was_shown_is_what_is_written(stage: Stage, served: ServedDesk) -> None:
    ticket_id = served.ticket(severity=3)

    async def story() -> None:
        dialog = severity_dialog(stage, served, ticket_id)
        fill(dialog, Qt.Key.Key_2, "impact_grew", "All shops")
        await until(stage, lambda: dialog.primary.isEnabled())
        assert lines(dialog)[0] == ("First response", "19:00 → 17:00")
        shown = dialog.severity_form.preview
        assert shown is not None
        dialog.decide()
        await until(stage, lambda: stage.decided)
        assert served.card(ticket_id).state.clocks == shown.after.clocks
        assert served.journal()[-1].reason_code == "impact_grew"

    play(story())


def test_otto_was_faster(stage: Stage, served: ServedDesk) -> None:
    ticket_id = served.ticket(severity=3)

    async def story() -> None:
        dialog = severity_dialog(stage, served, ticket_id)
        fill(dialog, Qt.Key.Key_1, "impact_grew", "All shops")
        await until(stage, lambda: dialog.primary.isEnabled())
        base, services = served.revision(), served.desk.severity
        await served.desk.db.write(
            lambda conn: services.change(conn, ticket_id, 2, OTHER, base_revision=base, words="Otto says so")
        )
        served.time.at = stage.time.instant = at("12T11:01")
        dialog.decide()
        await until(stage, lambda: dialog.error.isVisible())
        assert dialog.error.text().splitlines()[0] == "Otto changed the severity at 14:00."
        await until(stage, lambda: lines(dialog)[:1] == [("First response", "17:00 → 15:00")])
        assert dialog.severity_form.words.toPlainText() == "All shops"
        dialog.decide()
        await until(stage, lambda: stage.decided)
        assert served.card(ticket_id).state.severity == 1

    play(story())


def test_a_rejection_is_in_the_journal_and_its_reply_in_the_outbox(stage: Stage, served: ServedDesk) -> None:
    ticket_id = served.ticket(severity=1)
    served.asks(ticket_id, "12T10:40")
    card, service, db = served.card(ticket_id), served.desk.escalations, served.desk.db
    site = ActSite(served.desk, TicketPanel(LIGHT, stage.time, KYIV), stage.tools, None)

    async def story() -> None:
        request = await db.read(partial(service.of_ticket, ticket_id=ticket_id))
        subject = EscalationSubject(request, card.pack, card.owner, await candidates(served.desk))
        dialog = EscalationDialog(subject, escalation_acts(site, ticket_id, card.pack), stage.tools, stage.window)
        stage.open(dialog)
        form = dialog.escalation_form
        assert form.request_view.words.text() == "We wait since morning"
        QTest.keyClick(dialog, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
        await until(stage, lambda: form.chosen() == "reject")
        form.rejecting.reason.choose("work_on_schedule")
        QTest.keyClicks(form.rejecting.words, "An engineer is on it")
        reply = form.rejecting.reply
        await until(stage, lambda: "An engineer is on it" in reply.body.toPlainText())
        assert "Northwind" in reply.title.text()
        assert dialog.primary.text() == "Reject escalation"
        dialog.decide()
        await until(stage, lambda: stage.decided)
        entry = served.journal()[-1]
        assert (entry.kind, entry.reason_code) == ("escalation_rejected", "work_on_schedule")
        (sent,) = await db.read(served.desk.outbox.list)
        assert (sent.to, sent.name) == ("customer:1", "Northwind")
        assert "An engineer is on it" in (sent.text or "")

    play(story())
    site.panel.deleteLater()
