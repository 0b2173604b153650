"""What was said and decided: decisions, the customer's last message and the last reply first, then the rest, internal
notes apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.domain.facts import SUPPORT, ActorKind, FactKind
from console.domain.rows import Message
from ui.text_label import TextLabel
from ui.theme import Theme, Type
from ui.ticket_panel.decision_words import decision_words, is_decision
from ui.ticket_panel.expander import Expander
from ui.ticket_panel.message_card import MessageCard, MessageItem
from ui.ticket_panel.section import Column, Section
from ui.tr import plural, tr

if TYPE_CHECKING:
    from console.services.tickets import TicketCard

_NOTES_SHOWN = 3

Keyed = tuple[int, Message]


class ConversationSection(Section):
    """Newest first. What is older than the two last messages is made only when it is asked for."""

    def __init__(self, theme: Theme, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Conversation"), parent)
        self._zone = zone
        self._earlier_items: list[tuple[int, MessageItem]] = []
        self.none = TextLabel(theme, tr("Nobody has written anything yet."), tone="muted")
        self.latest: Column[MessageCard, MessageItem] = Column(self._make, MessageCard.show_item)
        self.earlier: Column[MessageCard, MessageItem] = Column(self._make, MessageCard.show_item)
        self.more = Expander(theme)
        self.more.toggled.connect(self._show_earlier)
        self._earlier_box = QWidget()
        self._earlier_box.setLayout(self.earlier)
        self._earlier_box.hide()
        self.notes_title = TextLabel(theme, tr("Internal notes"), tone="muted", size=Type.SMALL, bold=True)
        self._note_items: list[tuple[int, MessageItem]] = []
        self.more_notes = Expander(theme)
        self.more_notes.toggled.connect(self._show_notes)
        self.notes: Column[MessageCard, MessageItem] = Column(self._make, MessageCard.show_item)
        self._new: frozenset[str] = frozenset()
        self.column.addWidget(self.none)
        self.column.addLayout(self.latest)
        self.column.addWidget(self.more)
        self.column.addWidget(self._earlier_box)
        self.column.addWidget(self.notes_title)
        self.column.addLayout(self.notes)
        self.column.addWidget(self.more_notes)

    def show_card(self, card: TicketCard, now: int, *, keep: bool) -> None:
        """Shows the conversation of a ticket; `keep` says that it is the one on show."""
        if not keep:
            for column in (self.latest, self.earlier, self.notes):
                column.clear_all()
            self.more.setChecked(False)
            self.more_notes.setChecked(False)
            self._new = frozenset()
        numbered = list(enumerate(card.conversation))
        public = [each for each in numbered if is_public(each[1])]
        notes = [each for each in numbered if not is_public(each[1]) and not is_decision(each[1])]
        latest = [
            (key, MessageItem(message, now, heading))
            for heading, (key, message) in (
                (tr("Last customer message"), last_of(public, frozenset({ActorKind.CUSTOMER}))),
                (tr("Last reply"), last_of(public, SUPPORT)),
            )
            if message is not None
        ]
        latest += [
            (key, MessageItem(message, now, tr("Decision"), decision_words(message, card.pack, self._zone, now)))
            for key, message in numbered
            if is_decision(message)
        ]
        latest.sort(key=lambda each: each[0], reverse=True)
        shown = {key for key, _ in latest}
        earlier = [each for each in reversed(public) if each[0] not in shown]
        self._earlier_items = [(key, MessageItem(message, now)) for key, message in earlier]
        self._fill(self.latest, latest)
        self.none.setVisible(not public)
        self.more.setVisible(bool(self._earlier_items))
        self.more.set_label(plural("{n} other message", "{n} other messages", len(self._earlier_items)))
        self._show_earlier(self.more.isChecked())
        self.notes_title.setVisible(bool(notes))
        self._note_items = [(key, MessageItem(message, now)) for key, message in reversed(notes)]
        older = len(notes) - _NOTES_SHOWN
        self.more_notes.setVisible(older > 0)
        self.more_notes.set_label(plural("{n} older note", "{n} older notes", older))
        self._show_notes(self.more_notes.isChecked())

    def tick(self, now: int) -> None:
        """Moves the ages on; `now` in microseconds UTC."""
        for each in (*self.latest.shown, *self.earlier.shown, *self.notes.shown):
            each.tick(now)

    def mark_new(self, uids: frozenset[str]) -> None:
        """Marks the messages, notes and decisions with these uids as new."""
        self._new = uids
        for column in (self.latest, self.earlier, self.notes):
            self._mark(column)

    def _fill(self, column: Column[MessageCard, MessageItem], items: Sequence[tuple[int, MessageItem]]) -> None:
        # A voided message leaves the conversation: its place does not tell messages apart, its uid does.
        column.fill([(item.message.uid or place, item) for place, item in items])
        self._mark(column)

    def _mark(self, column: Column[MessageCard, MessageItem]) -> None:
        for card in column.shown:
            card.mark_new(card.uid in self._new)

    def _show_earlier(self, shown: bool) -> None:
        self._fill(self.earlier, self._earlier_items if shown else [])
        self._earlier_box.setVisible(shown)

    def _show_notes(self, every: bool) -> None:
        self._fill(self.notes, self._note_items if every else self._note_items[:_NOTES_SHOWN])

    def _make(self) -> MessageCard:
        return MessageCard(self._theme, self._zone)


def is_public(message: Message) -> bool:
    """Whether the customer sees it."""
    return message.public and message.kind == FactKind.MESSAGE


def last_of(messages: Sequence[Keyed], kinds: frozenset[ActorKind]) -> tuple[int, Message | None]:
    """The newest message of such an author that no machine sent."""
    for key, message in reversed(messages):
        if message.actor_kind in kinds and not message.automatic:
            return key, message
    return -1, None
