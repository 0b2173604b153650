"""A note on the ticket on show."""

from __future__ import annotations

from functools import partial

from console.domain.decisions import Change
from ui.dialogs.act_dialog import ActDialog
from ui.dialogs.note_form import NAME, NoteForm
from ui.ticket_acts.site import ActSite
from ui.tr import tr


class WriteNote:
    """Opens the dialog for the words."""

    def __init__(self, site: ActSite) -> None:
        self._site = site

    def open(self, ticket_id: int) -> None:
        """For the ticket on show; nothing for another one."""
        site, card = self._site, self._site.card(ticket_id)
        if card is None:
            return
        desk, subject = site.desk, site.subject(card)

        async def write(base_revision: int, words: str) -> Change:
            job = partial(
                desk.acts.note, ticket_id=ticket_id, actor=site.actor, base_revision=base_revision, words=words
            )
            return await desk.db.write(job)

        form = NoteForm(subject, write, site.tools, site.tools.drafts.load(NAME, ticket_id))
        headline = tr("Note on {number}", number=subject.number)
        dialog = ActDialog(NAME, tr("Note"), headline, subject, form, site.tools, site.window)
        site.open(dialog, lambda: tr("{number}: note written", number=subject.number))
