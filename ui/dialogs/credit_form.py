"""Crediting an incident for a bug, or proposing it (OD-6)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from console.domain.decisions import Change
from console.domain.errors import UserError
from console.services.entitling.credits import CreditCase
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Draft
from ui.dialogs.reason_box import ReasonBox
from ui.dialogs.words_edit import WordsEdit
from ui.text_label import TextLabel
from ui.theme import GRID
from ui.tr import tr

NAME = "credit"


@dataclass(frozen=True)
class CreditActs:
    """What the form does: `credit` (base revision, reason code, bug, words), `propose` (base revision, bug, words), and
    `reload` the case after a conflict."""

    credit: Callable[[int, str, str, str], Coroutine[Any, Any, Change]]
    propose: Callable[[int, str, str], Coroutine[Any, Any, Change]]
    reload: Callable[[], Awaitable[CreditCase]]


class CreditForm(QWidget):
    """A manager enters the credit; who may not proposes it. What is refused is said before anything is written."""

    changed = Signal()

    def __init__(self, case: CreditCase, acts: CreditActs, tools: DialogTools, draft: Draft, *, enters: bool) -> None:
        super().__init__()
        self._case, self._acts, self._tools, self._enters = case, acts, tools, enters
        self._base = case.base_revision
        self.note = TextLabel(tools.theme, _note(case, enters), tone="muted")
        self.bug = QLineEdit(draft.get("bug", case.bug or ""))
        self.bug.setAccessibleName(tr("Bug's id"))
        self.bug.setPlaceholderText(tr("Bug's id, such as PPA-1234"))
        self.reason = ReasonBox()
        self.reason.offer(case.reasons)
        self.reason.choose(draft.get("reason") or next(iter(_credited(case)), None))
        self.reason.setVisible(enters and bool(case.reasons))
        self.words = WordsEdit(tr("Why, in your words"), tr("What was confirmed and by whom; it goes into the journal"))
        self.words.setPlainText(draft.get("words", ""))
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        column.setSpacing(2 * GRID)
        for each in (self.note, self.bug, self.reason, self.words):
            column.addWidget(each)
        column.addStretch(1)
        self.bug.textChanged.connect(self._typed)
        self.reason.currentIndexChanged.connect(self._typed)
        self.words.textChanged.connect(self._typed)

    def widget(self) -> QWidget:
        """What is shown."""
        return self

    def act(self) -> str:
        """`Credit one incident`, or `Propose the credit`."""
        return tr("Credit one incident") if self._enters else tr("Propose the credit")

    def missing(self) -> str | None:
        """What is still missing, or why it cannot be credited."""
        if self._enters and self._case.refusal is not None:
            return self._tools.say(UserError(self._case.refusal))
        if not self.bug.text().strip():
            return tr("Name the bug.")
        if self._enters and self.reason.code() is None:
            return tr("Choose a reason.")
        if self._enters and self.reason.code() not in _credited(self._case):
            return self._tools.say(UserError("credit_reason"))
        return None if self.words.words() else tr("Say why in a few words.")

    def commit(self) -> Coroutine[Any, Any, Change]:
        """Writes the credit or the proposal."""
        bug, words = self.bug.text().strip(), self.words.words()
        if self._enters:
            return self._acts.credit(self._base, self.reason.code() or "", bug, words)
        return self._acts.propose(self._base, bug, words)

    def conflicted(self) -> None:
        """Somebody changed the ticket: what was typed stays, the case is read again."""
        self._tools.tasks.start("credit again", self._again())

    def lock(self, locked: bool) -> None:
        """No input while it is written."""
        for each in (self.bug, self.reason, self.words):
            each.setEnabled(not locked)

    async def _again(self) -> None:
        self._case = await self._acts.reload()
        self._base = self._case.base_revision
        self.changed.emit()

    def _typed(self) -> None:
        draft = {"bug": self.bug.text(), "reason": self.reason.code() or "", "words": self.words.toPlainText()}
        self._tools.drafts.save(NAME, self._case.ticket_id, draft)
        self.changed.emit()


def _credited(case: CreditCase) -> tuple[str, ...]:
    rules = case.pack.incidents
    known = [reason.code for reason in case.reasons]
    return () if rules is None else tuple(code for code in known if code in rules.credited)


def _note(case: CreditCase, enters: bool) -> str:
    if enters:
        return tr("An incident is given back once, and only for a bug that no release has fixed (OD-6).")
    return tr("You propose it with a note; the shift manager enters the credit (OD-6).")
