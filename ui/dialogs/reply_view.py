"""The message that goes to who asked, as it will go: to whom, subject and text, to be edited before it leaves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.domain.errors import ConsoleError
from console.domain.undo import UNDO_WINDOW
from ui.choice_box import ChoiceBox
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.escalation_acts import Reply
from ui.dialogs.words_edit import WordsEdit
from ui.slots import Busy
from ui.text_label import TextLabel
from ui.theme import GRID, Type
from ui.tr import tr
from ui.when import duration_words

SUBJECT = "Subject: "
# Each in its own name: who needs it reads it.
LANGUAGES = (("en", "English"), ("ru", "Русский"))
_LINES = 7
# A pause in typing, after which the template is filled again.
_PAUSE_MS = 250


class ReplyView(QWidget):
    """Follows the template until somebody changes it by hand; then it stays as it is, until it is written anew.

    `ask` gives what would go now; `key` names the task that asks. `changed` says that it was edited.
    """

    changed = Signal()

    def __init__(
        self,
        tools: DialogTools,
        key: str,
        ask: Callable[[], Awaitable[Sequence[Reply]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tools = tools
        self._key = key
        self._ask = ask
        self._edited = False
        self._subject = ""
        self.title = TextLabel(tools.theme, bold=True)
        self.subject = QLineEdit()
        self.subject.setAccessibleName(tr("Subject of the reply"))
        self.body = WordsEdit(tr("Text of the reply"), "", lines=_LINES)
        self.state = TextLabel(tools.theme, tone="muted", size=Type.SMALL)
        self.anew = QPushButton(tr("Write it anew"))
        self.anew.setAutoDefault(False)
        self.anew.hide()
        self.language = ChoiceBox(tr("Language of the messages"), wide=False)
        for code, name in LANGUAGES:
            self.language.addItem(name, code)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._start)
        self._lay_out()
        self.subject.textEdited.connect(self._edit)
        self.body.textChanged.connect(self._edit)
        self.anew.clicked.connect(self._write_anew)
        self.language.currentIndexChanged.connect(self._speak)
        self._wait()

    def follow(self) -> None:
        """What it is made of has changed: fill the template again, once nobody types."""
        self._pause.start()

    def text(self) -> str | None:
        """What was edited, with the subject in the first line; none: as the template says."""
        if not self._edited:
            return None
        subject = self.subject.text().strip() or self._subject
        return f"{SUBJECT}{subject}\n\n{self.body.words()}"

    def spoken(self) -> str:
        """The language of the template, by its code."""
        return str(self.language.currentData())

    def missing(self) -> str | None:
        """A reply that says nothing is none."""
        return tr("The reply is empty: write it, or have it written anew.") if self._empty() else None

    def restore(self, subject: str, body: str, language: str) -> None:
        """Show what was edited and chosen before."""
        with QSignalBlocker(self.language):
            self.language.setCurrentIndex(max(0, self.language.findData(language)))
        if body or subject:
            self._fill(subject, body)
            self._mark(edited=True)

    def draft(self) -> tuple[str, str]:
        """Subject and text as they were edited; blank where nobody did."""
        return (self.subject.text(), self.body.toPlainText()) if self._edited else ("", "")

    def end(self) -> None:
        """Ask no more."""
        self._pause.stop()
        self._tools.tasks.cancel(self._key)

    def _start(self) -> None:
        self._tools.tasks.start(self._key, self._asked(), busy=Busy.REPLACE)

    async def _asked(self) -> None:
        try:
            found = await self._ask()
        except ConsoleError as error:
            self.state.setText(self._tools.say(error))
            self.state.set_look("overdue")
            self.state.setVisible(True)
            return
        self._show(found)
        self.changed.emit()

    def _wait(self) -> None:
        """Nothing is known yet of whom it goes to."""
        self.title.setText(tr("Writing the reply"))
        for each in (self.subject, self.body, self.state, self.language):
            each.setVisible(False)

    def _show(self, found: Sequence[Reply]) -> None:
        for each in (self.subject, self.body, self.state, self.language):
            each.setVisible(bool(found) or self._edited)
        if not found:
            self.title.setText(tr("Nobody is known who could be answered: no reply goes out."))
            return
        wait = duration_words(UNDO_WINDOW)
        names = ", ".join(dict.fromkeys(each.to for each in found))
        self.title.setText(tr("Reply to {names}, leaves {wait} after the decision", names=names, wait=wait))
        self._subject = found[0].subject
        if not self._edited:
            self._fill(found[0].subject, found[0].body)
        self._mark(edited=self._edited)

    def _fill(self, subject: str, body: str) -> None:
        with QSignalBlocker(self.subject), QSignalBlocker(self.body):
            self.subject.setText(subject)
            self.subject.setCursorPosition(0)
            self.body.setPlainText(body.strip())

    def _speak(self) -> None:
        self._start()
        self.changed.emit()

    def _edit(self) -> None:
        self._mark(edited=True)
        self.changed.emit()

    def _write_anew(self) -> None:
        self._mark(edited=False)
        self.body.setFocus()
        self._start()

    def _mark(self, *, edited: bool) -> None:
        self._edited = edited
        self.anew.setVisible(edited)
        said = tr("Changed by hand: it stays as it is.") if edited else tr("Written from the reason and your words.")
        self.state.setText(said)
        self.state.set_look("muted")

    def _empty(self) -> bool:
        return self._edited and not self.body.words()

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(2 * GRID)
        below.addWidget(self.state, 1)
        below.addWidget(self.anew)
        below.addWidget(self.language)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.title)
        column.addWidget(self.subject)
        column.addWidget(self.body)
        column.addLayout(below)
