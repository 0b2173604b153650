"""Which severity, what it does to every clock, and why."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.decisions import Change
from console.domain.errors import ConsoleError, UserError
from console.domain.policy import Pack
from console.domain.rows import Message
from ui.dialogs.confirmation_box import ConfirmationBox
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Draft
from ui.dialogs.form_column import field_label
from ui.dialogs.reason_box import ReasonBox
from ui.dialogs.severity_choices import SeverityChoices
from ui.dialogs.severity_effects import SeverityEffects
from ui.dialogs.words_edit import WordsEdit
from ui.slots import Busy
from ui.theme import GRID
from ui.tr import tr

if TYPE_CHECKING:
    from console.services.severities.severity_confirmation import Confirmation
    from console.services.severities.severity_preview import SeverityPreview


@dataclass(frozen=True)
class SeverityActs:
    """What the form asks others to do. `commit` gets severity, base revision, reason code (none: the pack's own), words
    and the customer's confirmation where one is attached; it raises ConflictError when somebody changed the ticket
    since the base revision."""

    preview: Callable[[int, Confirmation | None], Awaitable[SeverityPreview]]
    commit: Callable[[int, int, str | None, str, Confirmation | None], Coroutine[Any, Any, Change]]


@dataclass(frozen=True)
class SeveritySubject:
    """The ticket as the manager saw it when the dialog was opened. `role` is the one that acts, `messages` are those of
    the customer, the latest first."""

    ticket_id: int
    number: str
    subject: str
    severity: int | None
    pack: Pack
    base_revision: int
    role: str
    messages: tuple[Message, ...] = ()

    def needs_confirmation(self, present: int | None, to: int | None) -> bool:
        """Whether this role attaches the customer's confirmation to such a change (OD-2)."""
        if present is None or to is None or to <= present:
            return False
        rules = (each for each in self.pack.severity_changes if each.role == self.role)
        return any(each.needs_confirmation and "down" in each.directions for each in rules)


class SeverityForm(QWidget):
    """`changed` says that what was typed or shown is another. The base of a decision stays the revision at which the
    dialog was opened, until a conflict was shown."""

    changed = Signal()

    def __init__(
        self,
        subject: SeveritySubject,
        acts: SeverityActs,
        tools: DialogTools,
        draft: Draft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._subject = subject
        self._acts = acts
        self._tools = tools
        self._present = subject.severity
        self._base = subject.base_revision
        self._rebase = False
        self._preview: SeverityPreview | None = None
        self.choices = SeverityChoices(tools.theme, subject.pack, subject.severity)
        self.effects = SeverityEffects(tools, subject.pack)
        self.confirmation = ConfirmationBox(subject.messages, tools)
        self.confirmation.hide()
        self.reason = ReasonBox()
        self.words = WordsEdit(tr("Why, in your words"), tr("What makes it this severity; it goes into the journal"))
        self._lay_out()
        self.choices.chosen.connect(self._chosen)
        self.reason.currentIndexChanged.connect(self._typed)
        self.words.textChanged.connect(self._typed)
        self.confirmation.changed.connect(self._confirmed)
        self._restore(draft)

    def widget(self) -> QWidget:
        """What is shown."""
        return self

    @property
    def preview(self) -> SeverityPreview | None:
        """What is shown of the clocks, for the severity that is chosen."""
        return self._preview

    def act(self) -> str:
        """`Raise to severity 1`, `Reduce to severity 3`."""
        to = self.choices.severity()
        if to is None:
            return tr("Change severity")
        raised = self._present is None or to < self._present
        return tr("Raise to severity {to}", to=to) if raised else tr("Reduce to severity {to}", to=to)

    def missing(self) -> str | None:
        """What is still missing before it can be decided."""
        if self.choices.severity() is None:
            return tr("Choose a severity: keys 1 to {last}.", last=self._subject.pack.severities[-1].level)
        if self._preview is None:
            return tr("Wait until its effect on the clocks is known.")
        refused = self._refused(self._preview)
        if refused is not None:
            return refused
        if self.reason.count() and self.reason.code() is None:
            return tr("Choose a reason.")
        if self._needs_confirmation() and self.confirmation.confirmation() is None:
            return tr("Attach the customer's confirmation: a message of theirs, or who said what.")
        return None if self.words.words() else tr("Say why in a few words.")

    def commit(self) -> Coroutine[Any, Any, Change]:
        """Writes the change."""
        to = self.choices.severity()
        if to is None:
            raise UserError("severity_unknown", severity=None, expected="1, 2, 3, 4")
        return self._acts.commit(to, self._base, self.reason.code(), self.words.words(), self._attached())

    def conflicted(self) -> None:
        """Shows the effect on the ticket as it is now; the next press decides on that."""
        self._rebase = True
        self._ask()

    def lock(self, locked: bool) -> None:
        """No input while the decision is written."""
        for each in (self.choices, self.reason, self.words, self.confirmation):
            each.setEnabled(not locked)

    def draft(self) -> Draft:
        """What was typed."""
        to = self.choices.severity()
        typed = {
            "to": "" if to is None else str(to),
            "reason": self.reason.code() or "",
            "words": self.words.toPlainText(),
            **self.confirmation.draft(),
        }
        return {name: text for name, text in typed.items() if text}

    def look_again(self) -> None:
        """Works the clocks out anew: time has passed."""
        if self._preview is not None:
            self._ask()

    def end(self) -> None:
        """Drops what was asked for and has not come."""
        self._tools.tasks.cancel(self._key())

    def _chosen(self, severity: int) -> None:
        self._preview = None
        self._offer()
        self._ask()
        self._typed()

    def _confirmed(self) -> None:
        if self._needs_confirmation():
            self._ask()
        self._typed()

    def _needs_confirmation(self) -> bool:
        return self._subject.needs_confirmation(self._present, self.choices.severity())

    def _attached(self) -> Confirmation | None:
        return self.confirmation.confirmation() if self._needs_confirmation() else None

    def _typed(self) -> None:
        self._tools.drafts.save("severity", self._subject.ticket_id, self.draft())
        self.changed.emit()

    def _offer(self) -> None:
        to = self.choices.severity()
        self.confirmation.setVisible(self._needs_confirmation())
        if to is None:
            return
        raised = self._present is None or to < self._present
        offered = self._subject.pack.reasons_for("severity_up" if raised else "severity_down")
        # A reduction names the definition that is not met (OD-2): that of the present severity.
        self.reason.offer([each for each in offered if each.denies in (None, self._present)])

    def _ask(self) -> None:
        to = self.choices.severity()
        if to is None:
            return
        if self._preview is None:
            self.effects.wait()
        self._tools.tasks.start(self._key(), self._asked(to), busy=Busy.REPLACE)

    async def _asked(self, to: int) -> None:
        try:
            preview = await self._acts.preview(to, self._attached())
        except ConsoleError as error:
            self.effects.say(self._tools.say(error))
            return
        # The latest choice wins, also over an answer that was already on its way.
        if self.choices.severity() != to:
            return
        if self._rebase:
            self._rebase = False
            self._base = preview.base_revision
            self._present = preview.before.severity
            self.choices.set_present(self._present)
            self._offer()
        self._preview = preview
        self.effects.show_preview(preview, self._refused(preview))
        self.changed.emit()

    def _refused(self, preview: SeverityPreview) -> str | None:
        """Why it would be refused. A confirmation that is not attached yet is only missing."""
        if preview.refusal is None or (preview.refusal == "severity_needs_confirmation" and self._needs_confirmation()):
            return None
        before = preview.before.severity
        return self._tools.say(UserError(preview.refusal, severity=preview.to, before=before, role=self._subject.role))

    def _restore(self, draft: Draft) -> None:
        self.words.setPlainText(draft.get("words", ""))
        self.confirmation.restore(draft)
        to, code = draft.get("to", ""), draft.get("reason")
        if to.isdecimal() and self.choices.choose(int(to)):
            self.reason.choose(code)

    def _key(self) -> str:
        return f"severity preview {self._subject.ticket_id}"

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.choices)
        column.addWidget(self.effects)
        for text, field in ((tr("&Reason"), self.reason), (tr("&Why, in your words"), self.words)):
            column.addWidget(field_label(text, field))
            column.addWidget(field)
        column.addWidget(self.confirmation)
        # What room is left stays below the fields, not between them and their names.
        column.addStretch(1)
