"""Personal marks on the ticket on show: a pin, a reminder."""

from __future__ import annotations

from console.domain.decisions import Change
from ui.dialogs.act_dialog import ActDialog
from ui.dialogs.remind_form import NAME, RemindForm
from ui.slots import Tasks, slot
from ui.ticket_acts.site import ActSite
from ui.tr import tr
from ui.when import clock_time


class Pin:
    """Pins at once, or takes the pin off: nobody else sees it."""

    def __init__(self, site: ActSite) -> None:
        self._site = site

    @property
    def tasks(self) -> Tasks:
        """Where the slots run."""
        return self._site.tasks

    def open(self, ticket_id: int) -> None:
        """For the ticket on show; nothing for another one."""
        self._toggle(ticket_id)

    @slot()
    async def _toggle(self, ticket_id: int) -> None:
        site, card = self._site, self._site.card(ticket_id)
        if card is None:
            return
        pinned = await site.my_marks.toggle_pin(ticket_id)
        number = card.identity.number
        said = tr("{number} pinned", number=number) if pinned else tr("{number} let go", number=number)
        site.said.emit(said)


class Remind:
    """Opens the dialog for the instant and the words."""

    def __init__(self, site: ActSite) -> None:
        self._site = site

    def open(self, ticket_id: int) -> None:
        """For the ticket on show; nothing for another one."""
        site, card = self._site, self._site.card(ticket_id)
        if card is None:
            return
        subject = site.subject(card)

        async def write(at: int | None, words: str) -> Change:
            return await site.my_marks.remind(ticket_id, at, words)

        present = site.my_marks.marks.reminder(ticket_id)
        form = RemindForm(subject, present, write, site.tools, site.tools.drafts.load(NAME, ticket_id))
        headline = tr("Remind me of {number}", number=subject.number)
        dialog = ActDialog(NAME, tr("Reminder"), headline, subject, form, site.tools, site.window)
        dialog.decided.connect(lambda _: site.said.emit(self._said(form, subject.number)))
        dialog.open_beside(site.panel)

    def _said(self, form: RemindForm, number: str) -> str:
        if form.off.isChecked():
            return tr("{number}: reminder taken off", number=number)
        tools = self._site.tools
        at = clock_time(form.at.instant(), tools.zone, tools.time.now())
        return tr("{number}: reminder at {at}", number=number, at=at)
