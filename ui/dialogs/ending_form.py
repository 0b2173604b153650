"""Ending an escalation: the customer takes the request back, or what was accepted is closed with an outcome."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.decisions import Change
from console.domain.errors import ConsoleError
from console.domain.policy import Pack
from console.domain.state import UNDECIDED
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Draft
from ui.dialogs.form_column import add_fields
from ui.dialogs.reason_box import ReasonBox
from ui.dialogs.words_edit import WordsEdit
from ui.slots import Busy
from ui.text_label import TextLabel
from ui.theme import GRID
from ui.ticket_panel.escalation_life import phase_name
from ui.ticket_panel.verdict_words import channel_name
from ui.tr import tr
from ui.when import clock_time

if TYPE_CHECKING:
    from console.services.escalating.escalations import EscalationRequest

NAME = "ending"


@dataclass(frozen=True)
class EndingActs:
    """`withdraw` and `close` get the base revision, the code of a reason or an outcome, and words; `reload` raises
    UserError when nothing is open."""

    withdraw: Callable[[int, str | None, str], Coroutine[Any, Any, Change]]
    close: Callable[[int, str | None, str], Coroutine[Any, Any, Change]]
    reload: Callable[[], Awaitable[EscalationRequest]]


class EndingForm(QWidget):
    """`changed` says that what was typed or shown is another."""

    changed = Signal()

    def __init__(
        self,
        request: EscalationRequest,
        pack: Pack,
        acts: EndingActs,
        tools: DialogTools,
        draft: Draft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._request = request
        self._pack = pack
        self._acts = acts
        self._tools = tools
        self._gone: str | None = None
        self.escalation = TextLabel(tools.theme, bold=True)
        self.asked = TextLabel(tools.theme, max_lines=4)
        self.outcome = ReasonBox()
        self.words = WordsEdit(tr("Words"), "")
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.escalation)
        column.addWidget(self.asked)
        column.addSpacing(GRID)
        column.addWidget(self.outcome)
        add_fields(column, ((tr("In your &words"), self.words),))
        column.addStretch()
        self._show()
        self.outcome.choose(draft.get("outcome"))
        self.words.setPlainText(draft.get("words", ""))
        self.outcome.currentIndexChanged.connect(self._typed)
        self.words.textChanged.connect(self._typed)

    @property
    def withdraws(self) -> bool:
        """Whether the request is taken back; else what was accepted is closed."""
        return self._request.escalation.phase in UNDECIDED

    def widget(self) -> QWidget:
        """What is shown."""
        return self

    def act(self) -> str:
        """What the primary button names."""
        return tr("Withdraw the request") if self.withdraws else tr("Close the escalation")

    def missing(self) -> str | None:
        """What is still missing."""
        if self._gone is not None:
            return self._gone
        if self.outcome.count() and self.outcome.code() is None:
            return tr("Choose a reason.") if self.withdraws else tr("Choose the outcome.")
        return None if self.words.words() else tr("Say in a few words how it ends.")

    def commit(self) -> Coroutine[Any, Any, Change]:
        """Writes the end."""
        act = self._acts.withdraw if self.withdraws else self._acts.close
        return act(self._request.base_revision, self.outcome.code(), self.words.words())

    def conflicted(self) -> None:
        """Shows the escalation as it is now."""
        self._tools.tasks.start(self._key(), self._reloaded(), busy=Busy.REPLACE)

    def lock(self, locked: bool) -> None:
        """No input while it is written."""
        self.setEnabled(not locked)

    def focus_first(self) -> None:
        """Puts the keyboard on what is missing first."""
        (self.outcome if self.outcome.count() and self.outcome.code() is None else self.words).setFocus()

    def draft(self) -> Draft:
        """What was typed."""
        typed = {"outcome": self.outcome.code() or "", "words": self.words.toPlainText()}
        return {name: text for name, text in typed.items() if text}

    def end(self) -> None:
        """Drops what was asked for and has not come."""
        self._tools.tasks.cancel(self._key())

    async def _reloaded(self) -> None:
        try:
            self._request = await self._acts.reload()
        except ConsoleError as error:
            self._gone = self._tools.say(error)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        escalation, now = self._request.escalation, self._tools.time.now()
        self.escalation.setText(said_of(self._request, self._pack, self._tools.zone, now))
        self.asked.setText(self._request.words or "")
        self.asked.setVisible(bool(self._request.words))
        withdraws = escalation.phase in UNDECIDED
        self.outcome.setAccessibleName(tr("Reason") if withdraws else tr("Outcome"))
        self.outcome.setPlaceholderText(tr("Choose a reason") if withdraws else tr("Choose the outcome"))
        self.outcome.offer(self._pack.reasons_for("escalation_withdrawn" if withdraws else "escalation_closed"))
        self.words.setPlaceholderText(
            tr("Who takes it back, and why") if withdraws else tr("What came of it; it goes into the journal")
        )

    def _typed(self) -> None:
        self._tools.drafts.save(NAME, self._request.row.ticket_id, self.draft())
        self.changed.emit()

    def _key(self) -> str:
        return f"ending reload {self._request.row.ticket_id}"


def said_of(request: EscalationRequest, pack: Pack, zone: tzinfo, now: int) -> str:
    """`Level 2 by Phone since 12:35, under review`."""
    escalation = request.escalation
    return tr(
        "Level {level} by {channel} since {at}, {phase}",
        level=escalation.level,
        channel=channel_name(pack, escalation.channel),
        at=clock_time(escalation.requested_at, zone, now),
        phase=phase_name(escalation.phase),
    )
