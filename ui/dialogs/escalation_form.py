"""The request, how the rules stand, and the decision: accept with a plan of action, or reject with a reason."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from console.domain.decisions import Change
from console.domain.errors import ConsoleError
from console.domain.policy import Pack
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Draft
from ui.dialogs.next_update import NextUpdate
from ui.dialogs.reason_box import ReasonBox
from ui.dialogs.request_view import RequestView
from ui.dialogs.words_edit import WordsEdit
from ui.slots import Busy
from ui.text_label import TextLabel
from ui.theme import GRID
from ui.ticket_panel.verdict_words import is_available
from ui.tr import tr

if TYPE_CHECKING:
    from console.services.escalations import EscalationRequest

ACCEPT = "accept"
REJECT = "reject"


@dataclass(frozen=True)
class EscalationActs:
    """What the form asks others to do. `accept` gets base revision, plan of action, the instant of the next update and
    a reason code; `reject` base revision, reason code and words; `reload` raises UserError when nothing waits."""

    accept: Callable[[int, str, int, str | None], Coroutine[Any, Any, Change]]
    reject: Callable[[int, str | None, str], Coroutine[Any, Any, Change]]
    reload: Callable[[], Awaitable[EscalationRequest]]


@dataclass(frozen=True)
class EscalationSubject:
    """The request as it was when the dialog was opened; `owner` is who works on the ticket."""

    request: EscalationRequest
    pack: Pack
    owner: str | None


class EscalationForm(QWidget):
    """`changed` says that what was typed or shown is another."""

    changed = Signal()

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
        pack, theme = subject.pack, tools.theme
        self.request_view = RequestView(theme, tools.zone, pack)
        self.accept_choice = QRadioButton(tr("&Accept"))
        self.reject_choice = QRadioButton(tr("Re&ject"))
        self.against = TextLabel(theme, tone="soon", bold=True)
        self.accept_reason, self.reject_reason = ReasonBox(), ReasonBox()
        self.accept_reason.offer(pack.reasons_for("escalation_accepted"))
        self.reject_reason.offer(pack.reasons_for("escalation_rejected"))
        self.plan_of_action = WordsEdit(tr("Plan of action"), tr("What happens now; the customer is told"))
        self.next_update = NextUpdate(theme, tools.time, tools.zone)
        self.owner = TextLabel(theme, tr("Owner: {owner}", owner=subject.owner or tr("nobody yet")))
        self.words = WordsEdit(tr("Why, in your words"), tr("What the customer is told; it goes into the journal"))
        self._group = QButtonGroup(self)
        self._group.addButton(self.accept_choice)
        self._group.addButton(self.reject_choice)
        self._lay_out()
        self._connect()
        self._show_request()
        self._restore(draft)

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
        reason = self.accept_reason if self.chosen() == ACCEPT else self.reject_reason
        if reason.count() and reason.code() is None:
            return tr("Choose a reason.")
        if self.chosen() == ACCEPT:
            if not self.plan_of_action.words():
                return tr("Write the plan of action.")
            return None if self.next_update.is_future() else tr("The next update must be in the future.")
        return None if self.words.words() else tr("Say why in a few words.")

    def commit(self) -> Coroutine[Any, Any, Change]:
        """Writes the decision."""
        base = self._request.base_revision
        if self.chosen() == ACCEPT:
            plan, at = self.plan_of_action.words(), self.next_update.instant()
            return self._acts.accept(base, plan, at, self.accept_reason.code())
        return self._acts.reject(base, self.reject_reason.code(), self.words.words())

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
        typed = {
            "chosen": self.chosen() or "",
            "accept_reason": self.accept_reason.code() or "",
            "reject_reason": self.reject_reason.code() or "",
            "plan": self.plan_of_action.toPlainText(),
            "words": self.words.toPlainText(),
            "next_update": str(self.next_update.instant()),
        }
        return {name: text for name, text in typed.items() if text}

    def end(self) -> None:
        """Drops what was asked for and has not come."""
        self._tools.tasks.cancel(self._key())

    async def _reloaded(self) -> None:
        try:
            self._request = await self._acts.reload()
        except ConsoleError as error:
            self._gone = self._tools.say(error)
        self._show_request()
        self.changed.emit()

    def _show_request(self) -> None:
        self.request_view.show_request(self._request, self._tools.time.now())
        self._say_against()

    def _say_against(self) -> None:
        """Deciding against the verdict is allowed; it has to be said, and why."""
        now = self._tools.time.now()
        channel = self._request.verdict.channel(self._request.escalation.channel)
        by_rules = channel is not None and is_available(channel, now)
        text = ""
        if channel is not None and self.chosen() == ACCEPT and not by_rules:
            text = tr("The rules do not allow it yet: say in the plan of action why it is accepted.")
        elif self.chosen() == REJECT and by_rules:
            text = tr("The rules allow this request: say why it is rejected all the same.")
        self.against.setText(text)
        self.against.setVisible(bool(text))

    def _chose(self) -> None:
        self._accepting.setVisible(self.chosen() == ACCEPT)
        self._rejecting.setVisible(self.chosen() == REJECT)
        self._say_against()
        self._typed()

    def _typed(self) -> None:
        self._tools.drafts.save("escalation", self._request.row.ticket_id, self.draft())
        self.changed.emit()

    def _restore(self, draft: Draft) -> None:
        if draft:
            self.accept_reason.choose(draft.get("accept_reason"))
            self.reject_reason.choose(draft.get("reject_reason"))
            self.plan_of_action.setPlainText(draft.get("plan", ""))
            self.words.setPlainText(draft.get("words", ""))
            promised = draft.get("next_update", "")
            # A promise that time has overtaken is none: the usual one stands in.
            if promised.isdecimal() and int(promised) > self._tools.time.now():
                self.next_update.set_instant(int(promised))
        self.accept_choice.setChecked(draft.get("chosen") == ACCEPT)
        self.reject_choice.setChecked(draft.get("chosen") == REJECT)

    def _connect(self) -> None:
        self.accept_choice.toggled.connect(self._chose)
        self.reject_choice.toggled.connect(self._chose)
        for box in (self.accept_reason, self.reject_reason):
            box.currentIndexChanged.connect(self._typed)
        for words in (self.plan_of_action, self.words):
            words.textChanged.connect(self._typed)
        self.next_update.changed.connect(self._typed)

    def _key(self) -> str:
        return f"escalation reload {self._request.row.ticket_id}"

    def _lay_out(self) -> None:
        choice = QHBoxLayout()
        choice.setSpacing(6 * GRID)
        choice.addWidget(self.accept_choice)
        choice.addWidget(self.reject_choice)
        choice.addStretch(1)
        self._accepting, self._rejecting = QWidget(), QWidget()
        accepting = _form(
            self._accepting, ((tr("&Reason"), self.accept_reason), (tr("&Plan of action"), self.plan_of_action))
        )
        accepting.addWidget(self.owner)
        accepting.addWidget(self.next_update)
        _form(self._rejecting, ((tr("&Reason"), self.reject_reason), (tr("&Why, in your words"), self.words)))
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(self.request_view)
        column.addLayout(choice)
        column.addWidget(self.against)
        for page in (self._accepting, self._rejecting):
            page.hide()
            column.addWidget(page, 1)
        column.addStretch()


def _form(page: QWidget, fields: tuple[tuple[str, QWidget], ...]) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID)
    for text, field in fields:
        label = QLabel(text)
        label.setBuddy(field)
        column.addWidget(label)
        column.addWidget(field)
    return column
