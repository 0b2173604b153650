"""Voiding a wrong entry: choose it, see the clocks without it, say why."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.decisions import Change
from console.domain.errors import ConsoleError, UserError
from console.domain.fact_line import FactLine, VoidableFact
from console.domain.policy import Pack
from models.fact_model import FactColumn, FactListWords, FactModel
from ui.dialogs.act_dialog import ActSubject
from ui.dialogs.change_words import change_lines
from ui.dialogs.choose_table import ChooseTable
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Draft
from ui.dialogs.effect_view import EffectView, channel_lines
from ui.dialogs.form_column import add_fields
from ui.dialogs.words_edit import WordsEdit
from ui.slots import Busy
from ui.theme import GRID
from ui.tr import tr
from ui.when import clock_time
from ui.words.fact_words import fact_words, who_words

if TYPE_CHECKING:
    from console.services.acting.voids import VoidPreview
    from console.services.severities.channel_changes import ChannelChange

NAME = "void"
_ROWS = 6


@dataclass(frozen=True)
class VoidActs:
    """What the form asks others to do. `commit` gets the fact's uid, the base revision and the reason."""

    preview: Callable[[str], Awaitable[VoidPreview]]
    channels: Callable[[VoidPreview], tuple[ChannelChange, ...]]
    commit: Callable[[str, int, str], Coroutine[Any, Any, Change]]


class VoidForm(QWidget):
    """`changed` says that what was typed or shown is another."""

    changed = Signal()

    def __init__(
        self,
        subject: ActSubject,
        facts: Sequence[VoidableFact],
        pack: Pack,
        acts: VoidActs,
        tools: DialogTools,
        draft: Draft,
    ) -> None:
        super().__init__()
        self._subject = subject
        self._pack = pack
        self._acts = acts
        self._tools = tools
        self._base = subject.base_revision
        self._rebase = False
        self._preview: VoidPreview | None = None
        self.model = FactModel(self._list_words(), parent=self)
        self.model.show_facts(facts)
        self.table = ChooseTable(tr("Entries of the ticket"), self.model, FactColumn.WHAT, _ROWS)
        self.effect = EffectView(tools.theme)
        self.words = WordsEdit(tr("Reason"), tr("Why it is wrong; it goes into the journal"))
        self._lay_out()
        self.words.setPlainText(draft.get("words", ""))
        self.table.selectionModel().selectionChanged.connect(lambda: self._chosen())
        self.words.textChanged.connect(self._typed)
        self.effect.say(tr("Choose the entry that is wrong: it stays to be read and does not count any more"))
        self.choose(draft.get("fact", ""))

    @property
    def preview(self) -> VoidPreview | None:
        """What is shown for the entry that is chosen, none while it is worked out."""
        return self._preview

    def widget(self) -> QWidget:
        """What is shown."""
        return self

    def fact(self) -> FactLine | None:
        """The entry that is chosen."""
        found = self.model.fact(self.table.row())
        return None if found is None else found.line

    def choose(self, uid: str) -> None:
        """Choose an entry; nothing where it cannot be chosen."""
        row = self.model.row_of(uid)
        found = self.model.fact(row)
        if found is not None and found.refusal is None:
            kind = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().setCurrentIndex(self.model.index(row, 0), kind.ClearAndSelect | kind.Rows)

    def act(self) -> str:
        """The act that the primary button names."""
        return tr("Void this entry")

    def missing(self) -> str | None:
        """What is still missing."""
        if self.fact() is None:
            return tr("Choose an entry.")
        if self._preview is None:
            return tr("Wait until its effect is known.")
        if self._preview.refusal is not None:
            return self._tools.say(UserError(self._preview.refusal))
        return None if self.words.words() else tr("Say why in a few words.")

    def commit(self) -> Coroutine[Any, Any, Change]:
        """Writes it."""
        fact = self.fact()
        return self._acts.commit("" if fact is None else fact.uid, self._base, self.words.words())

    def conflicted(self) -> None:
        """Shows the effect on the ticket as it is now; the next press decides on that."""
        self._rebase = True
        self._ask()

    def lock(self, locked: bool) -> None:
        """No input while it is written."""
        self.table.setDisabled(locked)
        self.words.setDisabled(locked)

    def focus_first(self) -> None:
        """The list."""
        self.table.setFocus()

    def end(self) -> None:
        """Drops what was asked for."""
        self._tools.tasks.cancel(self._key())

    def _chosen(self) -> None:
        self._preview = None
        self._ask()
        self._typed()

    def _typed(self) -> None:
        fact = self.fact()
        draft = {"fact": "" if fact is None else fact.uid, "words": self.words.toPlainText()}
        self._tools.drafts.save(NAME, self._subject.ticket_id, draft)
        self.changed.emit()

    def _ask(self) -> None:
        fact = self.fact()
        if fact is not None:
            self._tools.tasks.start(self._key(), self._asked(fact), busy=Busy.REPLACE)

    async def _asked(self, fact: FactLine) -> None:
        try:
            preview = await self._acts.preview(fact.uid)
        except ConsoleError as error:
            self.effect.say(self._tools.say(error))
            return
        if self.fact() != fact:
            return
        if self._rebase:
            self._rebase = False
            self._base = preview.base_revision
        self._preview = preview
        now, zone = self._tools.time.now(), self._tools.zone
        if preview.refusal is not None:
            self.effect.say(self._tools.say(UserError(preview.refusal)))
        else:
            clocks = change_lines(preview.lines, self._pack, zone, now)
            channels = channel_lines(self._acts.channels(preview), self._pack, zone, now)
            moved = [line for line in (*clocks, *channels) if line.tone != "muted"]
            self.effect.say(tr("Without it") if moved else tr("Without it no clock and no escalation changes"), moved)
        self.changed.emit()

    def _list_words(self) -> FactListWords:
        zone, now = self._tools.zone, self._tools.time.now()
        return FactListWords(
            headers=(tr("When"), tr("Entry"), tr("By")),
            when=lambda at: clock_time(at, zone, now),
            what=lambda line: fact_words(line, self._pack, zone, now),
            who=who_words,
            refused=lambda code: self._tools.say(UserError(code)),
        )

    def _key(self) -> str:
        return f"void preview {self._subject.ticket_id}"

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.table, 1)
        column.addWidget(self.effect)
        add_fields(column, [(tr("&Reason"), self.words)])
