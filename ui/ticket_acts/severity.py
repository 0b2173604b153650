"""Changing the severity of the ticket on show."""

from __future__ import annotations

from collections.abc import Awaitable
from functools import partial

from console.domain.decisions import Change
from console.domain.facts import ActorKind, FactKind
from console.domain.rows import Message
from console.services.severities.severity import Wish
from console.services.severities.severity_confirmation import Confirmation
from console.services.severities.severity_preview import SeverityPreview
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
            messages=tuple(each for each in reversed(card.conversation) if said_by_customer(each)),
        )

        async def commit(
            to: int, base_revision: int, reason_code: str | None, words: str, confirmation: Confirmation | None
        ) -> Change:
            wish = Wish(to, words, reason_code, confirmation)
            return await desk.db.write(
                partial(desk.severity.decide, ticket_id=ticket_id, wish=wish, actor=actor, base_revision=base_revision)
            )

        def preview(to: int, confirmation: Confirmation | None) -> Awaitable[SeverityPreview]:
            return desk.db.read(
                partial(desk.severity.preview, ticket_id=ticket_id, to=to, actor=actor, confirmation=confirmation)
            )

        acts = SeverityActs(preview, commit)
        dialog = SeverityDialog(subject, acts, self._site.tools, self._site.window)
        self._site.open(dialog, lambda: severity_said(subject, dialog.severity_form.choices.severity()))


def said_by_customer(message: Message) -> bool:
    """Whether the customer wrote it: what an engineer may name as the confirmation of a reduction."""
    return message.kind == FactKind.MESSAGE and message.actor_kind == ActorKind.CUSTOMER


def severity_said(subject: SeveritySubject, to: int | None) -> str:
    """What was decided, in a sentence."""
    number, before = subject.number, subject.severity
    if to is not None and (before is None or to < before):
        return tr("{number} raised to severity {to}", number=number, to=to)
    return tr("{number} reduced to severity {to}", number=number, to=to)
