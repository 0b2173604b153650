"""Changing the severity of the ticket on show."""

from __future__ import annotations

from functools import partial

from console.domain.decisions import Change
from ui.dialogs.severity_dialog import SeverityDialog
from ui.dialogs.severity_form import SeverityActs, SeveritySubject
from ui.ticket_acts.site import ActSite
from ui.tr import tr


class ChangeSeverity:
    """Opens the dialog with the preview of every clock."""

    def __init__(self, site: ActSite) -> None:
        self._site = site

    def open(self, ticket_id: int) -> None:
        """For the ticket on show; nothing for another one."""
        card = self._site.card(ticket_id)
        if card is None:
            return
        actor, desk = self._site.actor, self._site.desk
        subject = SeveritySubject(
            ticket_id=ticket_id,
            number=card.identity.number,
            subject=card.identity.subject,
            severity=card.state.severity,
            pack=card.pack,
            base_revision=card.base_revision,
            role=actor.role,
        )

        async def commit(to: int, base_revision: int, reason_code: str | None, words: str) -> Change:
            return await desk.db.write(
                lambda conn: desk.severity.change(
                    conn, ticket_id, to, actor, base_revision=base_revision, reason_code=reason_code, words=words
                )
            )

        acts = SeverityActs(
            preview=lambda to: desk.db.read(
                partial(desk.severity.preview, ticket_id=ticket_id, to=to, actor=actor),
            ),
            commit=commit,
        )
        dialog = SeverityDialog(subject, acts, self._site.tools, self._site.window)
        self._site.open(dialog, lambda: severity_said(subject, dialog.severity_form.choices.severity()))


def severity_said(subject: SeveritySubject, to: int | None) -> str:
    """What was decided, in a sentence."""
    number, before = subject.number, subject.severity
    if to is not None and (before is None or to < before):
        return tr("{number} raised to severity {to}", number=number, to=to)
    return tr("{number} reduced to severity {to}", number=number, to=to)
