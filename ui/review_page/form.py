"""What the lead says of a decision: whether it stands, or blind what they would have decided, and why."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QPushButton, QRadioButton, QVBoxLayout, QWidget

from console.domain.reviews import ACCEPTED, REJECTED
from console.services.reviewing.review import Case
from ui.dialogs.words_edit import WordsEdit
from ui.review_page.words import choice_words, refusal_words
from ui.text_label import TextLabel
from ui.theme import GRID, Theme, Type
from ui.tr import tr

UPHOLD, OVERTURN = "uphold", "overturn"
KEYS: Mapping[str, str] = MappingProxyType({UPHOLD: "U", OVERTURN: "O", ACCEPTED: "A", REJECTED: "R"})


class ReviewForm(QWidget):
    """Emits `asked` with the number of the decision, the choice and the words; `ticketAsked` with the ticket's number.

    Words that were typed stay with their decision until they are recorded.
    """

    asked = Signal(int, str, str)
    ticketAsked = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._case: Case | None = None
        self._refusal: str | None = None
        self._drafts: dict[int, tuple[str, str]] = {}
        self.note = TextLabel(theme, tone="muted", size=Type.SMALL)
        self.group = QButtonGroup(self)
        self._choices: dict[str, QRadioButton] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(4 * GRID)
        self._grid.setVerticalSpacing(GRID)
        self.words = WordsEdit(tr("Why"), tr("Why, in a few words"))
        self.words.setFixedHeight(self.words.minimumHeight())
        self.primary = QPushButton()
        self.primary.setProperty("primary", True)
        self.primary.setToolTip(tr("Ctrl+Return"))
        self.missing = TextLabel(theme, tone="muted", size=Type.SMALL, max_lines=3, right=True)
        self.ticket = QPushButton(tr("Open the ticket"))
        self.group.buttonToggled.connect(lambda *_: self._enable())
        self.words.textChanged.connect(self._enable)
        self.primary.clicked.connect(self.record)
        self.ticket.clicked.connect(self._open)
        self._lay_out()
        self.show_case(None)

    def show_case(self, case: Case | None, read_only: str | None = None) -> None:
        """What can be said of this case; `read_only` says why nothing can."""
        self._keep()
        self._case = case
        codes = [] if case is None else list(case.choices) if case.row.hidden else [UPHOLD, OVERTURN]
        self._offer(codes)
        code, words = self._drafts.get(case.row.seq, ("", "")) if case is not None else ("", "")
        self.choose(code, focus=False)
        self.words.setPlainText(words)
        refusal = None if case is None or case.refusal is None else refusal_words(case.refusal)
        self._refusal = read_only or refusal
        self.note.setText(self._refusal or "")
        self.note.setVisible(self._refusal is not None)
        self.setVisible(case is not None)
        self._enable()

    def choose(self, code: str, *, focus: bool = True) -> bool:
        """Choose by code and go on to the words; False where that is not offered."""
        button = self._choices.get(code)
        if button is None or not button.isEnabled():
            return False
        button.setChecked(True)
        if focus:
            self.words.setFocus()
        return True

    def choose_key(self, key: str) -> bool:
        """Choose by a key: U, O, A, R, or the number of a severity."""
        code = next((code for code, letter in KEYS.items() if letter == key and code in self._choices), None)
        if code is None and key.isdecimal():
            code = next((each for each in self._choices if each.endswith(f":{key}")), None)
        return code is not None and self.choose(code)

    def chosen(self) -> str | None:
        """The code that is chosen."""
        return next((code for code, button in self._choices.items() if button.isChecked()), None)

    def record(self) -> None:
        """Ask for what was said to be recorded; while something is missing, go there and say what."""
        chosen = self.chosen()
        if self._case is not None and chosen is not None and self.primary.isEnabled():
            self.asked.emit(self._case.row.seq, chosen, self.words.words())
        elif self.missing.text():
            self.missing.set_look("overdue")
            (next(iter(self._choices.values())) if chosen is None and self._choices else self.words).setFocus()

    def recorded(self, number: int) -> None:
        """It stands in the journal: nothing is left to keep."""
        self._drafts.pop(number, None)
        if self._case is not None and self._case.row.seq == number:
            self._case = None
            self.words.clear()

    def lock(self, locked: bool) -> None:
        """No input while it is written."""
        for part in (self.words, self.primary, *self._choices.values()):
            part.setEnabled(not locked)
        if not locked:
            self._enable()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Return records, Esc goes back to the list; what was typed stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.record()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        if self._case is None:
            return
        code, words = self.chosen() or "", self.words.toPlainText()
        if code or words:
            self._drafts[self._case.row.seq] = (code, words)
        else:
            self._drafts.pop(self._case.row.seq, None)

    def _offer(self, codes: list[str]) -> None:
        if list(self._choices) == codes:
            self.group.setExclusive(False)
            for button in self._choices.values():
                button.setChecked(False)
            self.group.setExclusive(True)
            return
        for button in self._choices.values():
            self.group.removeButton(button)
            button.hide()
            button.deleteLater()
        self._choices = {}
        for place, code in enumerate(codes):
            button = QRadioButton(self._label(code))
            self._choices[code] = button
            self.group.addButton(button)
            self._grid.addWidget(button, place // 2, place % 2)

    def _label(self, code: str) -> str:
        letter = KEYS.get(code) or code.rpartition(":")[2]
        words = {UPHOLD: tr("It stands"), OVERTURN: tr("It was wrong")}.get(code)
        if words is None and self._case is not None:
            words = choice_words(code, self._case.seen.card.pack)
        return f"{words or code}  {letter}"

    def _enable(self) -> None:
        case, chosen = self._case, self.chosen()
        allowed = case is not None and self._refusal is None
        for part in (self.words, *self._choices.values()):
            part.setEnabled(allowed)
        acts = {UPHOLD: tr("Uphold the decision"), OVERTURN: tr("Overturn the decision")}
        hidden = case is not None and case.row.hidden
        self.primary.setText(tr("Record and reveal") if hidden else acts.get(chosen or "", tr("Record the review")))
        self.primary.setEnabled(allowed and chosen is not None and bool(self.words.words()))
        self._say_missing(allowed, hidden)
        self.ticket.setEnabled(case is not None and not hidden)
        self.ticket.setToolTip(tr("Its history would tell what was decided: say yours first.") if hidden else "")

    def _say_missing(self, allowed: bool, hidden: bool) -> None:
        """Beside the button, what has to come before it can be pressed."""
        said = ""
        if allowed and self.chosen() is None:
            said = tr("Choose what you would decide, and say why") if hidden else tr("Choose, and say why")
        elif allowed and not self.words.words():
            said = tr("Say why in a few words")
        self.missing.set_look("muted")
        self.missing.setText(said)
        self.primary.setAccessibleDescription(said)

    def _open(self) -> None:
        if self._case is not None:
            self.ticketAsked.emit(self._case.row.number)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.ticket)
        buttons.addWidget(self.missing, 1)
        buttons.addWidget(self.primary)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 3 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.note)
        column.addLayout(self._grid)
        column.addWidget(self.words)
        column.addLayout(buttons)
