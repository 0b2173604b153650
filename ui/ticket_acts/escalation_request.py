"""Recording that a customer asks for an escalation."""

from __future__ import annotations

from functools import partial

from console.services.escalating.askers import asker_named, names_of_askers
from console.services.escalating.escalations import RequestOutcome
from ui.dialogs.request_acts import Asked, RequestActs, RequestSubject
from ui.dialogs.request_dialog import RequestDialog
from ui.slots import Tasks, slot
from ui.ticket_acts.escalation import role_names
from ui.ticket_acts.site import ActSite
from ui.tr import tr
from ui.words.address_words import address_words


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
        dialog.decided.connect(lambda: self._warn(dialog))
        site.open(dialog, lambda: self._said(dialog))

    def _said(self, dialog: RequestDialog) -> str:
        number, outcome = dialog.number, dialog.request_form.outcome
        if outcome is None:
            return tr("{number}: escalation requested", number=number)
        if outcome.joined:
            return tr("{number}: it joins the request of level {level}", number=number, level=outcome.level)
        return tr("{number}: escalation of level {level} requested", number=number, level=outcome.level)

    def _warn(self, dialog: RequestDialog) -> None:
        """Nobody is on duty: where the mail went instead has to be seen (OD-9)."""
        outcome = dialog.request_form.outcome
        if outcome is None or not outcome.nobody_on_duty:
            return
        roles = role_names(dialog.request_form.pack)
        told = ", ".join(address_words(to, roles) for to in outcome.told)
        number = dialog.number
        self._site.warned.emit(
            tr(
                "{number}: nobody is on duty, so the mail went to {who}. Take the shift to be told.",
                number=number,
                who=told,
            )
            if told
            else tr("{number}: nobody is on duty, and nobody was told. Take the shift to be told.", number=number)
        )
