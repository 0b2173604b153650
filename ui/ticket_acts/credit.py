"""Credit a ticket's incident for a bug, and decide about a ticket beyond the quota (OD-6)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from console.domain.decisions import Change
from console.domain.roles import Act, may
from ui.customer_page.customer_words import mark_note
from ui.customer_page.words import balance_words
from ui.dialogs.credit_form import NAME, CreditActs, CreditForm
from ui.dialogs.decision_dialog import DecisionDialog
from ui.dialogs.words_form import QUOTA, QuotaForm
from ui.slots import Tasks, slot
from ui.ticket_acts.site import ActSite
from ui.tr import tr


class CreditIncident:
    """Opens the dialog; a manager enters the credit, others propose it."""

    def __init__(self, site: ActSite) -> None:
        self._site = site

    @property
    def tasks(self) -> Tasks:
        """Where the slots run."""
        return self._site.tasks

    def open(self, ticket_id: int) -> None:
        """For the ticket with this id, beside the panel."""
        self.open_on(ticket_id, self._site.panel, None)

    def open_on(self, ticket_id: int, beside: QWidget, then: Callable[[], None] | None) -> None:
        """The same beside another widget; `then` is called after it was recorded."""
        self._open(ticket_id, beside, then)

    @slot()
    async def _open(self, ticket_id: int, beside: QWidget, then: Callable[[], None] | None) -> None:
        desk, actor, tools = self._site.desk, self._site.actor, self._site.tools
        read = partial(desk.credits.case, ticket_id=ticket_id, actor=actor)
        case = await desk.db.read(read)
        enters = may(actor.role, Act.CREDIT_INCIDENT)

        async def credit(base: int, reason: str, bug: str, words: str) -> Change:
            return await desk.db.write(
                lambda conn: desk.credits.credit(
                    conn, ticket_id, actor, base_revision=base, reason_code=reason, bug_id=bug, words=words
                )
            )

        async def propose(base: int, bug: str, words: str) -> Change:
            return await desk.db.write(
                lambda conn: desk.credits.propose(conn, ticket_id, actor, base_revision=base, bug_id=bug, words=words)
            )

        acts = CreditActs(credit, propose, lambda: desk.db.read(read))
        form = CreditForm(case, acts, tools, tools.drafts.load(NAME, ticket_id), enters=enters)
        dialog = DecisionDialog(NAME, ticket_id, form, tools, self._site.window)
        dialog.setWindowTitle(tr("Credit incident"))
        dialog.headline.setText(tr("Credit the incident of {number}", number=case.number))
        dialog.subject.setText(case.customer)
        form.changed.connect(dialog.refresh)
        said = tr("{number}: incident credited") if enters else tr("{number}: credit proposed")
        dialog.decided.connect(lambda change: self._site.tell(ticket_id, said.format(number=case.number), change))
        if then is not None:
            dialog.decided.connect(lambda _: then())
        dialog.open_beside(beside)
        form.bug.setFocus()


class DecideQuota:
    """Opens the dialog for a ticket that came in beyond the quota."""

    def __init__(self, site: ActSite) -> None:
        self._site = site

    def open(self, ticket_id: int) -> None:
        """For the ticket on show; nothing for another one or one within the quota."""
        card = self._site.card(ticket_id)
        if card is None or card.entitlements.mark is None:
            return
        desk, actor, tools = self._site.desk, self._site.actor, self._site.tools
        number = card.identity.number

        async def commit(base: int, served: bool, words: str) -> Change:
            return await desk.db.write(
                lambda conn: desk.quota.decide(conn, ticket_id, actor, base_revision=base, served=served, words=words)
            )

        async def revision() -> int:
            return (await self._site.read_card(ticket_id)).base_revision

        note = f"{mark_note(card.entitlements.mark)}. {balance_words(card.entitlements.balance)}."
        form = QuotaForm(ticket_id, note, card.base_revision, commit, revision, tools)
        dialog = DecisionDialog(QUOTA, ticket_id, form, tools, self._site.window)
        dialog.setWindowTitle(tr("Beyond the quota"))
        dialog.headline.setText(tr("Serve {number} beyond the quota?", number=number))
        dialog.subject.setText(card.identity.subject)
        form.changed.connect(dialog.refresh)
        self._site.open(dialog, lambda: _said(number, form.serve.isChecked()))
        form.serve.setFocus()


def _said(number: str, served: bool) -> str:
    if served:
        return tr("{number}: served beyond the quota", number=number)
    return tr("{number}: not served, sales talk to the customer", number=number)
