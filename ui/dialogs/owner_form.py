"""Another owner for a ticket, chosen by who is on shift and what each carries."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from console.domain.decisions import Change
from console.domain.people import PersonLoad
from models.people_model import PeopleColumn, PeopleModel
from ui.dialogs.act_dialog import ActSubject
from ui.dialogs.choose_table import ChooseTable
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Draft
from ui.dialogs.form_column import add_fields
from ui.dialogs.words_edit import WordsEdit
from ui.theme import GRID
from ui.tr import tr
from ui.words.people_words import people_words

NAME = "owner"
_ROWS = 7

Commit = Callable[[int | None, int, str], Coroutine[Any, Any, Change]]


class OwnerForm(QWidget):
    """`commit` gets the person's id (none: nobody), the base revision and words; `look_again` the newest revision."""

    changed = Signal()

    def __init__(
        self,
        subject: ActSubject,
        owner_id: int | None,
        people: Sequence[PersonLoad],
        commit: Commit,
        newest: Callable[[], int],
        tools: DialogTools,
        draft: Draft,
    ) -> None:
        super().__init__()
        self._subject = subject
        self._owner_id = owner_id
        self._commit = commit
        self._newest = newest
        self._base = subject.base_revision
        self._tools = tools
        self.model = PeopleModel(people_words(tools.zone, tools.time.now), parent=self)
        self.model.show_people(people)
        self.name_part = QLineEdit()
        self.name_part.setPlaceholderText(tr("Part of a name"))
        self.name_part.setClearButtonEnabled(True)
        self.name_part.setAccessibleName(tr("Find a person"))
        self.table = ChooseTable(tr("People"), self.model, PeopleColumn.NAME, _ROWS)
        self.nobody = QCheckBox(tr("N&obody owns it for now"))
        self.words = WordsEdit(tr("Words"), tr("What the new owner should know; may be left out"))
        self._lay_out()
        self._restore(draft)
        self.name_part.textChanged.connect(self._filtered)
        self.table.selectionModel().selectionChanged.connect(lambda: self._chosen())
        self.nobody.toggled.connect(lambda: self._typed())
        self.words.textChanged.connect(self._typed)

    def widget(self) -> QWidget:
        """What is shown."""
        return self

    def person(self) -> PersonLoad | None:
        """Who is chosen; none where nobody is."""
        return None if self.nobody.isChecked() else self.model.person(self.table.row())

    def act(self) -> str:
        """The act that the primary button names."""
        if self.nobody.isChecked():
            return tr("Take the owner off")
        person = self.person()
        return tr("Change the owner") if person is None else tr("Give it to {name}", name=person.name)

    def missing(self) -> str | None:
        """What is still missing."""
        person = self.person()
        if person is None and not self.nobody.isChecked():
            return tr("Choose a person.")
        chosen = None if person is None else person.person_id
        if chosen != self._owner_id:
            return None
        return tr("Nobody owns the ticket already.") if chosen is None else tr("This person owns the ticket already.")

    def commit(self) -> Coroutine[Any, Any, Change]:
        """Writes it."""
        person = self.person()
        return self._commit(None if person is None else person.person_id, self._base, self.words.words())

    def conflicted(self) -> None:
        """Who owns it now was said; the next press decides on that."""
        self._base = self._newest()

    def lock(self, locked: bool) -> None:
        """No input while it is written."""
        for each in (self.name_part, self.table, self.nobody, self.words):
            each.setDisabled(locked)

    def focus_first(self) -> None:
        """The list, where the arrow keys choose."""
        self.table.setFocus()

    def end(self) -> None:
        """Nothing is asked for."""

    def choose(self, person_id: int) -> None:
        """Choose a person in the list."""
        row = self.model.row_of(person_id)
        if row >= 0:
            kind = QItemSelectionModel.SelectionFlag
            index = self.model.index(row, 0)
            self.table.selectionModel().setCurrentIndex(index, kind.ClearAndSelect | kind.Rows)

    def _filtered(self, text: str) -> None:
        person = self.model.person(self.table.row())
        self.model.set_filter(text)
        if person is not None:
            self.choose(person.person_id)
        if self.table.row() < 0 and self.model.rowCount() == 1:
            first = self.model.person(0)
            if first is not None:
                self.choose(first.person_id)
        self._typed()

    def _chosen(self) -> None:
        if self.table.row() >= 0:
            self.nobody.setChecked(False)
        self._typed()

    def _typed(self) -> None:
        person = self.person()
        draft = {"words": self.words.toPlainText(), "person": "" if person is None else str(person.person_id)}
        self._tools.drafts.save(NAME, self._subject.ticket_id, draft)
        self.changed.emit()

    def _restore(self, draft: Draft) -> None:
        self.words.setPlainText(draft.get("words", ""))
        chosen = draft.get("person", "")
        if chosen.isdecimal():
            self.choose(int(chosen))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        column.setSpacing(2 * GRID)
        add_fields(column, [(tr("&Find"), self.name_part)])
        column.addWidget(self.table, 1)
        column.addWidget(self.nobody)
        add_fields(column, [(tr("&Words"), self.words)])
