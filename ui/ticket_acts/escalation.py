"""Deciding the escalation that waits."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from console.domain.decisions import Change
from console.domain.errors import UserError
from console.domain.policy import Pack
from console.services.desk import Desk
from console.services.escalating.escalations import MessageDraft
from ui.dialogs.escalation_acts import ACCEPT, Acceptance, EscalationActs, EscalationSubject, Rejection, Reply
from ui.dialogs.escalation_dialog import EscalationDialog
from ui.dialogs.owner_box import Candidate
from ui.slots import Tasks, slot
from ui.ticket_acts.site import ActSite
from ui.tr import tr
from ui.when import clock_time
from ui.words.address_words import address_words
from ui.words.pack_words import pack_text


class DecideEscalation:
    """Reads the request that waits and opens the dialog for it."""

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
        site = self._site
        try:
            request = await site.desk.db.read(partial(site.desk.escalations.of_ticket, ticket_id=ticket_id))
        except UserError:
            # Somebody decided it meanwhile: the panel shows that as soon as it has read the card again.
            site.stale.emit(ticket_id)
            raise
        card = await site.read_card(ticket_id)
        people = await candidates(site.desk)
        subject = EscalationSubject(request=request, pack=card.pack, owner=card.owner, people=people)
        acts = escalation_acts(site, ticket_id, card.pack)
        dialog = EscalationDialog(subject, acts, site.tools, site.window)
        site.open(dialog, lambda: self._said(dialog))

    def _said(self, dialog: EscalationDialog) -> str:
        form, number, tools = dialog.escalation_form, dialog.number, self._site.tools
        if form.chosen() != ACCEPT:
            return tr("{number}: escalation rejected", number=number)
        at = clock_time(form.accepting.next_update.instant(), tools.zone, tools.time.now())
        return tr("{number}: escalation accepted, next update {at}", number=number, at=at)


def escalation_acts(site: ActSite, ticket_id: int, pack: Pack) -> EscalationActs:
    """What the dialog asks for, done by the desk."""
    db, escalations, roles = site.desk.db, site.desk.escalations, role_names(pack)

    async def accept(base: int, said: Acceptance) -> Change:
        return await db.write(
            lambda conn: escalations.accept(
                conn,
                ticket_id,
                site.actor,
                base_revision=base,
                plan_of_action=said.plan_of_action,
                next_update_at=said.next_update_at,
                owner_id=said.owner_id,
                reason_code=said.reason_code,
                analysis=said.analysis,
                leader=said.leader,
                reply=said.reply,
                against_verdict=said.against_verdict,
                language=said.language,
            )
        )

    async def reject(base: int, said: Rejection) -> Change:
        return await db.write(
            lambda conn: escalations.reject(
                conn,
                ticket_id,
                site.actor,
                base_revision=base,
                words=said.words,
                reason_code=said.reason_code,
                analysis=said.analysis,
                reply=said.reply,
                language=said.language,
            )
        )

    async def start_review(base: int) -> Change:
        return await db.write(lambda conn: escalations.start_review(conn, ticket_id, site.actor, base_revision=base))

    async def acceptance_drafts(said: Acceptance) -> tuple[Reply, ...]:
        found = await db.read(
            lambda conn: escalations.reply_draft(
                conn,
                ticket_id,
                "accepted",
                said.plan_of_action,
                said.next_update_at,
                said.language,
                owner_id=said.owner_id,
                leader=said.leader,
                analysis=said.analysis,
            )
        )
        return _replies(found, roles)

    async def rejection_drafts(said: Rejection) -> tuple[Reply, ...]:
        found = await db.read(
            lambda conn: escalations.reply_draft(
                conn,
                ticket_id,
                "rejected",
                said.words,
                language=said.language,
                reason_code=said.reason_code,
                analysis=said.analysis,
            )
        )
        return _replies(found, roles)

    return EscalationActs(
        accept=accept,
        reject=reject,
        start_review=start_review,
        reload=lambda: db.read(partial(escalations.of_ticket, ticket_id=ticket_id)),
        acceptance_drafts=acceptance_drafts,
        rejection_drafts=rejection_drafts,
    )


async def candidates(desk: Desk) -> tuple[Candidate, ...]:
    """Who may own a ticket: those on shift first, each with what they carry."""
    shift = await desk.db.read(desk.shifts.current)
    on_shift = [each.person_id for each in shift.people] if shift is not None else []
    loads = await desk.db.read(partial(desk.people.loads, on_shift=on_shift))
    return tuple(
        Candidate(each.person_id, each.name, each.on_shift, each.load.open, each.load.overdue) for each in loads
    )


def role_names(pack: Pack) -> dict[str, str]:
    """The roles of the pack's audiences by code."""
    return {person.code: pack_text(person.name) for person in pack.people}


def _replies(found: Iterable[MessageDraft], roles: dict[str, str]) -> tuple[Reply, ...]:
    """Those that go to a customer: what goes to the audience is not edited."""
    editable = (each for each in found if each.editable)
    return tuple(Reply(address_words(each.to, roles, each.name), each.subject, each.body) for each in editable)
