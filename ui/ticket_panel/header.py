"""Which ticket it is: number, severity, subject, who the customer is and what time it is there."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.facts import ActorKind
from console.domain.quota import ASKING
from console.domain.zones import zone as zone_of
from ui.customer_page.customer_words import mark_words
from ui.text_label import TextLabel, Tone
from ui.theme import GRID, Theme, Type
from ui.tr import tr
from ui.when import clock_time
from ui.words.pack_words import plan_name, severity_name, status_name
from ui.words.parked_words import parked_words
from ui.words.severity_words import severity_text

if TYPE_CHECKING:
    from console.services.tickets import TicketCard

_SUBJECT_LINES = 3


class HeaderSection(QWidget):
    """The top of the panel; it does not scroll away."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: TicketCard | None = None
        self.number = TextLabel(theme, size=Type.TITLE, bold=True)
        self.severity = TextLabel(theme, size=Type.TITLE, bold=True, max_lines=2, right=True)
        self.subject = TextLabel(theme, bold=True, max_lines=_SUBJECT_LINES)
        self.customer = TextLabel(theme, max_lines=2)
        self.local_time = TextLabel(theme, tone="muted", max_lines=2)
        self.status = TextLabel(theme, tone="muted", max_lines=2)
        self.parked = TextLabel(theme, tone="near", max_lines=3)
        self.quota = TextLabel(theme, tone="overdue", max_lines=3)
        top = QHBoxLayout()
        self.pinned = TextLabel(theme, tr("★ Pinned"), tone="muted", size=Type.SMALL)
        self.pinned.hide()
        top.addWidget(self.number)
        top.addWidget(self.pinned)
        top.addStretch(1)
        top.addWidget(self.severity)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(top)
        for label in (self.subject, self.customer, self.local_time, self.status, self.parked, self.quota):
            column.addWidget(label)

    def set_theme(self, theme: Theme) -> None:
        """Labels are told by the panel."""

    def show_card(self, card: TicketCard, now: int) -> None:
        """Shows a ticket at the instant `now`, microseconds UTC."""
        self._card = card
        identity, state = card.identity, card.state
        self.number.setText(identity.number)
        name = severity_name(card.pack, state.severity)
        self.severity.setText(severity_text(state.severity, name))
        self.severity.set_look(_tone(state.severity))
        self.subject.setText(identity.subject or tr("The subject was erased"))
        self.subject.set_look("text" if identity.subject else "muted")
        customer = identity.customer
        name = customer.name if customer else tr("Unknown customer")
        who = (name, plan_name(card.pack, state.plan) or tr("No plan"), contact(card))
        self.customer.setText(" · ".join(each for each in who if each))
        held = (status_name(card.pack, state.status), card.owner or tr("Nobody owns it"), card.support_group)
        self.status.setText(" · ".join(each for each in held if each))
        mark = card.entitlements.mark
        self.quota.setText(mark_words(mark))
        self.quota.set_look("overdue" if mark in ASKING else "muted")
        self.quota.setVisible(mark is not None)
        self.tick(now)

    def show_pinned(self, pinned: bool) -> None:
        """Whether whoever sits here has pinned the ticket on show."""
        self.pinned.setVisible(pinned)

    def tick(self, now: int) -> None:
        """Moves the customer's clock on, and says from its instant on that the ticket is parked."""
        if self._card is None:
            return
        parked = parked_words(self._card.parked, self._card.pack, now)
        self.parked.setText(parked or "")
        self.parked.setVisible(parked is not None)
        customer = self._card.identity.customer
        zone = _zone(customer.zone if customer else None)
        if zone is None:
            self.local_time.setText(tr("The customer's time zone is not known"))
        else:
            there = clock_time(now, zone, now, offset=True)
            self.local_time.setText(tr("Customer's time {there}", there=there))


def contact(card: TicketCard) -> str | None:
    """Who wrote for the customer last."""
    wrote = (each.actor for each in reversed(card.conversation) if each.actor_kind == ActorKind.CUSTOMER)
    return next((name for name in wrote if name), None)


def _zone(name: str | None) -> tzinfo | None:
    """Zones come from imports: a name that nobody knows is no zone."""
    if not name:
        return None
    try:
        return zone_of(name)
    except ValueError:
        return None


def _tone(severity: int | None) -> Tone:
    return cast(Tone, f"severity{severity}") if severity in (1, 2, 3, 4) else "muted"
