"""An ETA for the ticket on show, or the question for one."""

from __future__ import annotations

from functools import partial

from console.domain.decisions import Change
from console.services.severities.channel_changes import channel_changes
from ui.dialogs.act_dialog import ActDialog
from ui.dialogs.eta_form import ASK, NAME, UPDATE, EtaActs, EtaForm
from ui.ticket_acts.site import ActSite
from ui.tr import tr
from ui.when import clock_time


class SetEta:
    """Opens the dialog with what becomes of the verdict (OD-7)."""

    def __init__(self, site: ActSite) -> None:
        self._site = site

    def open(self, ticket_id: int) -> None:
        """For the ticket on show; nothing for another one."""
        site, card = self._site, self._site.card(ticket_id)
        if card is None:
            return
        desk, subject = site.desk, site.subject(card)

        async def commit(due: int, promise: str, base_revision: int, words: str) -> Change:
            job = partial(
                desk.acts.set_eta,
                ticket_id=ticket_id,
                actor=site.actor,
                base_revision=base_revision,
                due_at=due,
                promise=promise,
                words=words,
            )
            return await desk.db.write(job)

        async def ask(base_revision: int, words: str) -> Change:
            job = partial(
                desk.acts.ask_eta, ticket_id=ticket_id, actor=site.actor, base_revision=base_revision, words=words
            )
            return await desk.db.write(job)

        acts = EtaActs(
            preview=lambda due, promise: desk.db.read(
                partial(desk.acts.preview_eta, ticket_id=ticket_id, due_at=due, promise=promise)
            ),
            channels=lambda seen: channel_changes(seen.verdict_before, seen.verdict_after),
            commit=commit,
            ask=ask,
        )
        draft = site.tools.drafts.load(NAME, ticket_id)
        form = EtaForm(subject, card.owner, card.pack, acts, site.tools, draft)
        headline = tr("ETA of {number}", number=subject.number)
        dialog = ActDialog(NAME, tr("ETA"), headline, subject, form, site.tools, site.window)
        site.open(dialog, lambda: self._said(form, subject.number))

    def _said(self, form: EtaForm, number: str) -> str:
        if form.choice() == ASK:
            return tr("{number}: the owner is asked for an ETA", number=number)
        tools = self._site.tools
        at = clock_time(form.due.instant(), tools.zone, tools.time.now())
        if form.choice() == UPDATE:
            return tr("{number}: update promised for {at}", number=number, at=at)
        return tr("{number}: ETA {at}", number=number, at=at)
