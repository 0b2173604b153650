"""Recording that a customer asks for an escalation."""

from __future__ import annotations

from functools import partial

from console.services.askers import asker_named, names_of_askers
from console.services.escalations import RequestOutcome
from ui.dialogs.request_acts import Asked, RequestActs, RequestSubject
from ui.dialogs.request_dialog import RequestDialog
from ui.slots import Tasks, slot
from ui.ticket_acts.site import ActSite
from ui.tr import tr


class RequestEscalation:
    """Opens the dialog with the channels, their verdicts and who may ask."""

    def __init__(self, site: ActSite) -> None:
        self._site = site

    @property
    def tasks(self) -> Tasks:
        """Where the slots run."""
        return self._site.tasks

    def open(self, ticket_id: int) -> None:
        """For the ticket with this id."""
        self._open(ticket_id)

    @slot()
    async def _open(self, ticket_id: int) -> None:
        site, db = self._site, self._site.desk.db
        card = await site.read_card(ticket_id)
        askers = await db.read(partial(names_of_askers, ticket_id=ticket_id))
        shift = await db.read(site.desk.shifts.current)
        subject = RequestSubject(card, askers, shift.actor if shift is not None else None)

        async def record(asked: Asked) -> RequestOutcome:
            escalations = site.desk.escalations
            return await db.write(
                lambda conn: escalations.request(
                    conn,
                    ticket_id,
                    asked.channel,
                    asked.words,
                    actor=site.actor,
                    person_id=asker_named(conn, ticket_id, asked.who),
                    level=asked.level,
                    reason_code=asked.reason_code,
                )
            )

        acts = RequestActs(record=record, reload=lambda: site.read_card(ticket_id))
        dialog = RequestDialog(subject, acts, site.tools, site.window)
        site.open(dialog, lambda: self._said(dialog))

    def _said(self, dialog: RequestDialog) -> str:
        number, outcome = dialog.number, dialog.request_form.outcome
        if outcome is None:
            return tr("{number}: escalation requested", number=number)
        if outcome.joined:
            return tr("{number}: it joins the request of level {level}", number=number, level=outcome.level)
        said = tr("{number}: escalation of level {level} requested", number=number, level=outcome.level)
        return tr("{said}; ▲ nobody is on duty", said=said) if outcome.nobody_on_duty else said
