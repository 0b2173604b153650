"""The request, how the rules stand, and the decision: accept with a plan of action, or reject with a reason."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from console.domain.decisions import Change
from console.domain.errors import ConsoleError
from ui.dialogs.accept_page import AcceptPage
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Draft
from ui.dialogs.escalation_acts import ACCEPT, REJECT, EscalationActs, EscalationSubject
from ui.dialogs.reject_page import RejectPage
from ui.dialogs.request_view import RequestView
from ui.slots import Busy
from ui.text_label import TextLabel
from ui.theme import GRID
from ui.ticket_panel.verdict_words import is_available
from ui.tr import tr

if TYPE_CHECKING:
    from console.services.escalating.escalations import EscalationRequest

# From here on the rules and the decision are seen without scrolling; device-independent pixels.
TWO_COLUMNS = 156 * GRID


class EscalationForm(QWidget):
    """`changed` says that what was typed or shown is another; `failed` carries what went wrong beside deciding."""

    changed = Signal()
    failed = Signal(str)

    def __init__(
        self,
        subject: EscalationSubject,
        acts: EscalationActs,
        tools: DialogTools,
        draft: Draft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._request = subject.request
        self._acts = acts
        self._tools = tools
        self._gone: str | None = None
        self.request_view = RequestView(tools.theme, tools.zone, subject.pack)
        self.accept_choice = QRadioButton(tr("&Accept"))
        self.reject_choice = QRadioButton(tr("Re&ject"))
        self.against = TextLabel(tools.theme, tone="soon", bold=True)
        self.accepting = AcceptPage(subject, acts, tools)
        self.rejecting = RejectPage(subject, acts, tools)
        self._group = QButtonGroup(self)
        self._group.addButton(self.accept_choice)
        self._group.addButton(self.reject_choice)
        self._lay_out()
        # Which reasons are offered depends on the rules.
        self._show_request()
        self._restore(draft)
        self._show_choice()
        self._connect()

    @property
    def request(self) -> EscalationRequest:
        """What is decided upon, as it was read last."""
        return self._request

    def widget(self) -> QWidget:
        """What is shown."""
        return self

    def chosen(self) -> str | None:
        """`accept`, `reject` or none yet."""
        if self.accept_choice.isChecked():
            return ACCEPT
        return REJECT if self.reject_choice.isChecked() else None

    def act(self) -> str:
        """What the primary button names."""
        names = {ACCEPT: tr("Accept escalation"), REJECT: tr("Reject escalation"), None: tr("Decide escalation")}
        return names[self.chosen()]

    def missing(self) -> str | None:
        """What is still missing before it can be decided."""
        if self._gone is not None:
            return self._gone
        if self.chosen() is None:
            return tr("Choose: accept or reject.")
        return self.accepting.missing() if self.chosen() == ACCEPT else self.rejecting.missing()

    def commit(self) -> Coroutine[Any, Any, Change]:
        """Writes the decision."""
        base = self._request.base_revision
        if self.chosen() == ACCEPT:
            return self._acts.accept(base, self.accepting.said())
        return self._acts.reject(base, self.rejecting.said())

    def conflicted(self) -> None:
        """Shows the request as it is now."""
        self._tools.tasks.start(self._key(), self._reloaded(), busy=Busy.REPLACE)

    def lock(self, locked: bool) -> None:
        """No input while the decision is written."""
        self.setEnabled(not locked)

    def focus_first(self) -> None:
        """Puts the keyboard on the choice."""
        (self.reject_choice if self.reject_choice.isChecked() else self.accept_choice).setFocus()

    def draft(self) -> Draft:
        """What was typed."""
        typed = {"chosen": self.chosen() or "", **self.accepting.draft(), **self.rejecting.draft()}
        return {name: text for name, text in typed.items() if text}

    def tick(self, now: int) -> None:
        """Moves ages on, and the rules that time turns."""
        self.request_view.tick(now)
        self._say_against()

    def end(self) -> None:
        """Drops what was asked for and has not come."""
        self._tools.tasks.cancel(self._key())
        self.accepting.reply.end()
        self.rejecting.reply.end()

    async def _reloaded(self) -> None:
        try:
            self._request = await self._acts.reload()
        except ConsoleError as error:
            self._gone = self._tools.say(error)
        self._show_request()
        self.changed.emit()

    def _start_review(self) -> None:
        self._tools.tasks.start(f"start review {self._request.row.ticket_id}", self._review_started())

    async def _review_started(self) -> None:
        try:
            await self._acts.start_review(self._request.base_revision)
        except ConsoleError as error:
            self.failed.emit(self._tools.say(error))
        await self._reloaded()

    def _show_request(self) -> None:
        self.request_view.show_request(self._request, self._tools.time.now())
        self.accepting.show_request(self._request)
        self.rejecting.show_request(self._request)
        self._say_against()

    def _say_against(self) -> None:
        """Deciding against the verdict is allowed; it has to be said, and why."""
        now = self._tools.time.now()
        channel = self._request.verdict.channel(self._request.escalation.channel)
        by_rules = channel is not None and is_available(channel, now)
        early = channel is not None and not by_rules
        text = ""
        if early and self.chosen() == ACCEPT:
            text = tr("The rules do not allow it yet: accepting it goes against them, and the journal says so.")
        elif by_rules and self.chosen() == REJECT:
            text = tr("The rules allow this request: say why it is rejected all the same.")
        self.accepting.set_against(early)
        self.rejecting.set_against(by_rules)
        self.against.setText(text)
        self.against.setVisible(bool(text))

    def _show_choice(self) -> None:
        self.accepting.setVisible(self.chosen() == ACCEPT)
        self.rejecting.setVisible(self.chosen() == REJECT)
        if self.chosen() == REJECT:
            self.rejecting.reply.follow()
        self._say_against()

    def _chose(self) -> None:
        self._show_choice()
        self._typed()

    def _typed(self) -> None:
        self._tools.drafts.save("escalation", self._request.row.ticket_id, self.draft())
        self.changed.emit()

    def _restore(self, draft: Draft) -> None:
        self.accepting.restore(draft)
        self.rejecting.restore(draft)
        self.accept_choice.setChecked(draft.get("chosen") == ACCEPT)
        self.reject_choice.setChecked(draft.get("chosen") == REJECT)

    def _connect(self) -> None:
        self.accept_choice.toggled.connect(self._chose)
        self.reject_choice.toggled.connect(self._chose)
        self.accepting.changed.connect(self._typed)
        self.rejecting.changed.connect(self._typed)
        self.request_view.reviewStarted.connect(self._start_review)

    def _key(self) -> str:
        return f"escalation reload {self._request.row.ticket_id}"

    def arrange(self, width: int) -> None:
        """Request and decision beside each other where both have room, else below each other."""
        beside = width >= TWO_COLUMNS
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(way)
        self._columns.setSpacing(6 * GRID if beside else 3 * GRID)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange(self.width())

    def _lay_out(self) -> None:
        choice = QHBoxLayout()
        choice.setSpacing(6 * GRID)
        choice.addWidget(self.accept_choice)
        choice.addWidget(self.reject_choice)
        choice.addStretch(1)
        asked, decision = QVBoxLayout(), QVBoxLayout()
        asked.addWidget(self.request_view)
        asked.addStretch(1)
        decision.setSpacing(2 * GRID)
        decision.addLayout(choice)
        decision.addWidget(self.against)
        for page in (self.accepting, self.rejecting):
            page.hide()
            decision.addWidget(page)
        decision.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._columns.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        self._columns.addLayout(asked, 1)
        self._columns.addLayout(decision, 1)
        self.arrange(self.width())
