"""Another owner for the ticket on show."""

from __future__ import annotations

from functools import partial

from console.domain.decisions import Change
from ui.dialogs.act_dialog import ActDialog
from ui.dialogs.owner_form import NAME, OwnerForm
from ui.slots import Tasks, slot
from ui.ticket_acts.site import ActSite
from ui.tr import tr


class ChangeOwner:
    """Reads who is on shift and what everybody carries, and opens the dialog."""

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
        shift = await desk.db.read(desk.shifts.current)
        on_shift = () if shift is None else tuple(each.person_id for each in shift.people)
        people = await desk.db.read(partial(desk.people.loads, on_shift=on_shift))

        async def commit(owner_id: int | None, base_revision: int, words: str) -> Change:
            job = partial(
                desk.acts.set_owner,
                ticket_id=ticket_id,
                actor=site.actor,
                base_revision=base_revision,
                owner_id=owner_id,
                words=words,
            )
            return await desk.db.write(job)

        def newest() -> int:
            now = site.card(ticket_id)
            return subject.base_revision if now is None else now.base_revision

        draft = site.tools.drafts.load(NAME, ticket_id)
        form = OwnerForm(subject, card.state.owner_id, people, commit, newest, site.tools, draft)
        headline = tr("Change the owner of {number}", number=subject.number)
        dialog = ActDialog(NAME, tr("Owner"), headline, subject, form, site.tools, site.window)
        if card.owner is not None:
            dialog.subject.setText(tr("{owner} owns it · {subject}", owner=card.owner, subject=subject.subject))
        site.open(dialog, lambda: self._said(form, subject.number))

    def _said(self, form: OwnerForm, number: str) -> str:
        person = form.person()
        if person is None:
            return tr("{number}: nobody owns it now", number=number)
        return tr("{number} given to {name}", number=number, name=person.name)
