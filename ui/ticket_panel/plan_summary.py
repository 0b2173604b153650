"""The plan in short: what it promises at this severity and how many incidents are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.customer_page.words import ALARMING, balance_words, notice_words
from ui.text_label import TextLabel
from ui.theme import Theme
from ui.ticket_panel.section import Section
from ui.tr import tr
from ui.when import promise_words
from ui.words.pack_words import clock_name, plan_name

if TYPE_CHECKING:
    from console.services.tickets import TicketCard


class PlanSummary(Section):
    """Two or three lines; the whole plan has a page of its own."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Plan"), parent)
        self.name = TextLabel(theme, bold=True, max_lines=2)
        self.notice = TextLabel(theme, tone="overdue")
        self.targets = TextLabel(theme)
        self.incidents = TextLabel(theme)
        for label in (self.name, self.notice, self.targets, self.incidents):
            self.column.addWidget(label)

    def show_card(self, card: TicketCard) -> None:
        """Shows the plan of a ticket."""
        state = card.state
        self.name.setText(plan_name(card.pack, state.plan) or tr("No plan"))
        notice = card.entitlements.notice
        self.notice.setText("" if notice is None else notice_words(notice))
        self.notice.setVisible(notice is not None)
        plan = card.pack.plan_or_base(state.plan)
        lines = []
        if plan is not None and state.severity is not None:
            for kind, by_severity in card.pack.targets(plan).items():
                promised = by_severity.get(state.severity)
                said = tr("nothing promised") if promised is None else promise_words(promised)
                lines.append(f"{clock_name(card.pack, kind)}: {said}")
        self.targets.setText("\n".join(lines) or tr("Nothing is promised at this severity."))
        balance = card.entitlements.balance
        self.incidents.setText(balance_words(balance))
        self.incidents.set_look("overdue" if balance.standing in ALARMING else "text")
