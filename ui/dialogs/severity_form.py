"""Which severity, what it does to every clock, and why."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from console.domain.decisions import Change
from console.domain.errors import ConsoleError, UserError
from console.domain.policy import Pack
from ui.dialogs.change_words import change_lines
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Draft
from ui.dialogs.reason_box import ReasonBox
from ui.dialogs.severity_choices import SeverityChoices
from ui.dialogs.words_edit import WordsEdit
from ui.slots import Busy
from ui.text_label import TextLabel
from ui.theme import GRID
from ui.tr import tr

if TYPE_CHECKING:
    from console.services.severity_preview import SeverityPreview


@dataclass(frozen=True)
class SeverityActs:
    """What the form asks others to do. `commit` gets severity, base revision, reason code (none: the pack's own) and
    words; it raises ConflictError when somebody changed the ticket since the base revision."""

    preview: Callable[[int], Awaitable[SeverityPreview]]
    commit: Callable[[int, int, str | None, str], Coroutine[Any, Any, Change]]


@dataclass(frozen=True)
class SeveritySubject:
    """The ticket as the manager saw it when the dialog was opened. `role` is the one that acts."""

    ticket_id: int
    number: str
    subject: str
    severity: int | None
    pack: Pack
    base_revision: int
    role: str


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
        self.preview_title = TextLabel(tools.theme, bold=True)
        self.lines = QGridLayout()
        self.shown: list[tuple[TextLabel, TextLabel]] = []
        self.reason = ReasonBox()
        self.words = WordsEdit(tr("Why, in your words"), tr("What makes it this severity; it goes into the journal"))
        self._lay_out()
        self.choices.chosen.connect(self._chosen)
        self.reason.currentIndexChanged.connect(self._typed)
        self.words.textChanged.connect(self._typed)
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
        if self._preview.refusal is not None:
            return self._refused(self._preview)
        if self.reason.count() and self.reason.code() is None:
            return tr("Choose a reason.")
        return None if self.words.words() else tr("Say why in a few words.")

    def commit(self) -> Coroutine[Any, Any, Change]:
        """Writes the change."""
        to = self.choices.severity()
        if to is None:
            raise UserError("severity_unknown", severity=None, expected="1, 2, 3, 4")
        return self._acts.commit(to, self._base, self.reason.code(), self.words.words())

    def conflicted(self) -> None:
        """Shows the effect on the ticket as it is now; the next press decides on that."""
        self._rebase = True
        self._ask()

    def lock(self, locked: bool) -> None:
        """No input while the decision is written."""
        for each in (self.choices, self.reason, self.words):
            each.setEnabled(not locked)

    def draft(self) -> Draft:
        """What was typed."""
        to = self.choices.severity()
        typed = {
            "to": "" if to is None else str(to),
            "reason": self.reason.code() or "",
            "words": self.words.toPlainText(),
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

    def _typed(self) -> None:
        self._tools.drafts.save("severity", self._subject.ticket_id, self.draft())
        self.changed.emit()

    def _offer(self) -> None:
        to = self.choices.severity()
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
            self.preview_title.setText(tr("Working out what it does to the clocks"))
            self.preview_title.show()
            self._show_lines(None)
        self._tools.tasks.start(self._key(), self._asked(to), busy=Busy.REPLACE)

    async def _asked(self, to: int) -> None:
        try:
            preview = await self._acts.preview(to)
        except ConsoleError as error:
            self.preview_title.setText(self._tools.say(error))
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
        self.preview_title.setText(self._refused(preview) if preview.refusal else tr("What it does to the clocks"))
        self._show_lines(preview)
        self.changed.emit()

    def _refused(self, preview: SeverityPreview) -> str:
        before = preview.before.severity
        return self._tools.say(
            UserError(preview.refusal or "", severity=preview.to, before=before, role=self._subject.role)
        )

    def _show_lines(self, preview: SeverityPreview | None) -> None:
        for name, change in self.shown:
            for label in (name, change):
                self.lines.removeWidget(label)
                label.hide()
                label.deleteLater()
        self.shown = []
        if preview is None:
            return
        now = self._tools.time.now()
        for row, line in enumerate(change_lines(preview.lines, self._subject.pack, self._tools.zone, now)):
            name = TextLabel(self._tools.theme, line.name)
            change = TextLabel(self._tools.theme, line.change, tone=line.tone, bold=line.tone != "muted")
            self.lines.addWidget(name, row, 0)
            self.lines.addWidget(change, row, 1)
            self.shown.append((name, change))
        if not self.shown:
            self.preview_title.setText(tr("No clock counts before or after."))

    def _restore(self, draft: Draft) -> None:
        self.words.setPlainText(draft.get("words", ""))
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
        self.preview_title.hide()
        column.addWidget(self.preview_title)
        self.lines.setColumnStretch(0, 2)
        self.lines.setColumnStretch(1, 3)
        column.addLayout(self.lines)
        for text, field in ((tr("&Reason"), self.reason), (tr("&Why, in your words"), self.words)):
            label = QLabel(text)
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field, 1 if field is self.words else 0)
