"""Booking the technical account manager's time for a customer (OD-3)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from console.domain.decisions import Change
from console.domain.rows import CustomerCard
from ui.dialogs.decision_dialog import DecisionDialog
from ui.dialogs.words_form import TAM, TamForm
from ui.ticket_acts.site import ActSite
from ui.tr import tr


class BookTime:
    """Opens the small dialog."""

    def __init__(self, site: ActSite) -> None:
        self._site = site

    def open_on(self, customer: CustomerCard, beside: QWidget, then: Callable[[], None]) -> None:
        """Beside a widget; `then` is called after it was recorded."""
        desk, actor, tools = self._site.desk, self._site.actor, self._site.tools

        async def commit(minutes: int, words: str) -> Change:
            return await desk.db.write(
                lambda conn: desk.credits.spend(conn, customer.number, actor, minutes=minutes, words=words)
            )

        note = tr("It counts for this week, from Monday 00:00 UTC, and may go below what the plan gives.")
        form = TamForm(customer.customer_id, note, commit, tools)
        dialog = DecisionDialog(TAM, customer.customer_id, form, tools, self._site.window)
        dialog.setWindowTitle(tr("Book time"))
        dialog.headline.setText(tr("Book the account manager's time"))
        dialog.subject.setText(customer.name)
        form.changed.connect(dialog.refresh)
        dialog.decided.connect(lambda _: then())
        dialog.open_beside(beside)
        form.minutes.setFocus()
