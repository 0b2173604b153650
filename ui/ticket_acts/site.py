"""Where acts take place: the desk, the ticket on show, and how a decision is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.domain.decisions import Actor, Change
from console.services.desk import Desk
from console.services.tickets import TicketCard
from ui.dialogs.act_dialog import ActSubject
from ui.dialogs.decision_dialog import DecisionDialog, DialogTools
from ui.my_marks import MyMarks
from ui.slots import Tasks
from ui.theme import Theme
from ui.ticket_panel.panel import TicketPanel


class ActSite(QObject):
    """What every act works with; `tools` are those of its dialogs.

    `decided` comes after a decision was recorded: the ticket's id, a sentence, and the Change; `decidedMany` after
    those of a bulk: a sentence, the results, and what did not change and why. `stale` asks to read the card of a
    ticket again. `pageAsked` asks for a page of the window, `ticketPlanAsked` for the plan that serves a ticket.
    `actorChanged`: another role was chosen; what is greyed for a role is greyed anew. `said` is what came of an act
    that is no decision. `shiftChanged`: a shift was taken, handed over, or its people changed.
    `warned` is what came of an act and has to be seen: a banner says it.
    """

    decided = Signal(int, str, object)
    decidedMany = Signal(str, object, str)
    stale = Signal(int)
    pageAsked = Signal(str)
    ticketPlanAsked = Signal(int)
    actorChanged = Signal()
    said = Signal(str)
    shiftChanged = Signal()
    warned = Signal(str)

    def __init__(self, desk: Desk, panel: TicketPanel, tools: DialogTools, window: QWidget | None) -> None:
        super().__init__(window)
        self.desk = desk
        self.panel = panel
        self.tools = tools
        self.window = window
        self.my_marks = MyMarks(desk, self)

    def set_theme(self, theme: Theme) -> None:
        """Dress the dialogs that open from now on."""
        self.tools = replace(self.tools, theme=theme)

    @property
    def actor(self) -> Actor:
        """Who acts, in the role that is chosen now."""
        return self.desk.actor

    @property
    def tasks(self) -> Tasks:
        """Where slots run."""
        return self.tools.tasks

    def card(self, ticket_id: int) -> TicketCard | None:
        """The card on show where it is that of this ticket."""
        card = self.panel.card
        return card if card is not None and card.identity.ticket_id == ticket_id else None

    def subject(self, card: TicketCard) -> ActSubject:
        """The ticket as a dialog names it."""
        identity = card.identity
        return ActSubject(identity.ticket_id, identity.number, identity.subject, card.base_revision)

    async def read_card(self, ticket_id: int) -> TicketCard:
        """The ticket as it is now."""
        return await self.desk.db.read(partial(self.desk.tickets.card, ticket_id=ticket_id))

    def open(self, dialog: DecisionDialog, said: Callable[[], str]) -> None:
        """Open a dialog beside the ticket; `said` is the sentence for what was decided."""
        dialog.decided.connect(lambda change: self.tell(dialog.ticket_id, said(), change))
        dialog.open_beside(self.panel)

    def tell(self, ticket_id: int, sentence: str, change: Change) -> None:
        """Say what was decided."""
        self.decided.emit(ticket_id, sentence, change)


class TicketAct(Protocol):
    """One thing to do with a ticket."""

    def open(self, ticket_id: int) -> None:
        """Begin: a dialog opens, or it is done at once."""
        ...


class ManyTicketsAct(Protocol):
    """One thing to do with several tickets at once."""

    def open_many(self, ticket_ids: Sequence[int]) -> None:
        """Begin with these tickets, in the order of the queue."""
        ...
