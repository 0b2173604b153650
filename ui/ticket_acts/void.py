"""Voiding a wrong entry of the ticket on show."""

from __future__ import annotations

from functools import partial

from console.domain.decisions import Change
from console.services.severities.channel_changes import channel_changes
from ui.dialogs.act_dialog import ActDialog
from ui.dialogs.void_form import NAME, VoidActs, VoidForm
from ui.slots import Tasks, slot
from ui.ticket_acts.site import ActSite
from ui.tr import tr


class VoidEntry:
    """Reads the entries of the ticket and opens the dialog."""

    def __init__(self, site: ActSite) -> None:
        self._site = site

    @property
    def tasks(self) -> Tasks:
        """Where the slots run."""
        return self._site.tasks

    def open(self, ticket_id: int) -> None:
        """For the ticket on show; nothing for another one."""
        self._open(ticket_id)

    @slot()
    async def _open(self, ticket_id: int) -> None:
        site, card = self._site, self._site.card(ticket_id)
        if card is None:
            return
        desk, subject = site.desk, site.subject(card)
        facts = await desk.db.read(partial(desk.voids.facts, ticket_id=ticket_id))

        async def commit(fact_uid: str, base_revision: int, words: str) -> Change:
            job = partial(
                desk.voids.void,
                ticket_id=ticket_id,
                actor=site.actor,
                base_revision=base_revision,
                fact_uid=fact_uid,
                words=words,
            )
            return await desk.db.write(job)

        acts = VoidActs(
            preview=lambda uid: desk.db.read(partial(desk.voids.preview, ticket_id=ticket_id, fact_uid=uid)),
            channels=lambda seen: channel_changes(seen.verdict_before, seen.verdict_after),
            commit=commit,
        )
        form = VoidForm(subject, facts, card.pack, acts, site.tools, site.tools.drafts.load(NAME, ticket_id))
        headline = tr("Void an entry of {number}", number=subject.number)
        dialog = ActDialog(NAME, tr("Void an entry"), headline, subject, form, site.tools, site.window)
        site.open(dialog, lambda: tr("{number}: an entry was voided", number=subject.number))
