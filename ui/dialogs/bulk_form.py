"""Which severity for several tickets, what it would do to each as a table, why, and how far it has come."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from console.domain.decisions import Change
from console.domain.errors import ConsoleError, UserError
from console.domain.policy import Pack, Reason
from console.services.severities.severity import Wish
from console.services.severities.severity_bulk import CHUNK, BulkLine, BulkResult
from models.bulk_model import BulkColumn, BulkModel
from ui.choice_box import ChoiceBox
from ui.dialogs.bulk_words import BulkWords, act_words, counts
from ui.dialogs.choose_table import ChooseTable
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Draft
from ui.dialogs.form_column import field_label
from ui.dialogs.severity_row import SeverityRow
from ui.dialogs.words_edit import WordsEdit
from ui.slots import Busy
from ui.text_label import TextLabel
from ui.theme import GRID
from ui.tr import grouped, tr
from ui.words.pack_words import pack_text

NAME = "severity of several"
_LOOK = "dry run of several severities"
_ROWS = 6


@dataclass(frozen=True)
class BulkActs:
    """What the form asks others to do, a chunk of tickets at a time; `change` answers with what became of each line."""

    dry_run: Callable[[Sequence[int], Wish], Awaitable[tuple[BulkLine, ...]]]
    reasons: Callable[[Sequence[BulkLine]], Awaitable[tuple[Reason, ...]]]
    change: Callable[[Sequence[BulkLine], Wish], Awaitable[tuple[BulkResult, ...]]]


class BulkForm(QWidget):
    """`changed` says that what was typed or shown is another; `recorded` comes once something was written, with the
    lines and their results."""

    changed = Signal()
    recorded = Signal(object, object)

    def __init__(
        self, ids: Sequence[int], packs: Sequence[Pack], acts: BulkActs, tools: DialogTools, draft: Draft
    ) -> None:
        super().__init__()
        self._ids = tuple(ids)
        self._acts = acts
        self._tools = tools
        self._said = BulkWords(packs, tools.zone, tools.time.now, tools.say)
        self._lines: list[BulkLine] = []
        self._results: dict[int, BulkResult] = {}
        self._looked = False
        self._stopping = False
        self._bulk_uid = uuid4().hex
        self.finished = False
        self.severities = SeverityRow(tools.theme, packs)
        self.counts = TextLabel(tools.theme, bold=True)
        self.reason = ChoiceBox(tr("Reason"))
        self.reason.addItem(tr("Each its own: the definition that fits"), None)
        self.words = WordsEdit(
            tr("Why, in your words"), tr("What all of them have in common; it goes into the journal")
        )
        theme = tools.theme
        tones = {"overdue": theme.overdue, "soon": theme.soon, "ok": theme.ok, "muted": theme.muted}
        heads = (tr("Ticket"), tr("Subject"), tr("Severity"), tr("What happens"))
        self.model = BulkModel(heads, tones)
        self.table = ChooseTable(
            tr("What happens to each ticket"), self.model, BulkColumn.SUBJECT, _ROWS, (BulkColumn.NOTE,)
        )
        self.progress = QProgressBar()
        self.progress.setAccessibleName(tr("Progress"))
        self.progress.setTextVisible(False)
        self.progress.hide()
        self._lay_out()
        self.severities.chosen.connect(self._asked)
        self.reason.currentIndexChanged.connect(self._asked)
        self.words.textChanged.connect(self._typed)
        self._restore(draft)

    @property
    def lines(self) -> tuple[BulkLine, ...]:
        """The dry run as far as it has come."""
        return tuple(self._lines)

    @property
    def results(self) -> tuple[BulkResult, ...]:
        """What became of those that were come to, in their order."""
        return tuple(self._results[line.ticket_id] for line in self._lines if line.ticket_id in self._results)

    def widget(self) -> QWidget:
        """What is shown."""
        return self

    def act(self) -> str:
        """`Raise 11 tickets to severity 1`."""
        if self.finished:
            return tr("Close")
        return act_words(self._to_do(), self.severities.severity())

    def missing(self) -> str | None:
        """What is still missing before it can be decided."""
        if self.finished:
            return None
        if self.severities.severity() is None:
            return tr("Choose a severity: keys 1 to {last}.", last=self.severities.last)
        if not self._looked:
            return tr("Wait until every ticket was looked at.")
        if not self._to_do():
            return tr("Nothing would change.")
        return None if self.words.words() else tr("Say why in a few words.")

    def commit(self) -> Coroutine[Any, Any, Change]:
        """Writes one decision a ticket, chunk after chunk, until all are done or it is stopped."""
        to = self.severities.severity()
        if to is None:
            raise UserError("severity_missing")
        return self._write(Wish(to, self.words.words(), self._code(), bulk_uid=self._bulk_uid))

    def conflicted(self) -> None:
        """A ticket that somebody changed has it in its line; nothing else is to be looked at again."""

    def lock(self, locked: bool) -> None:
        """No input while it is written, nor after."""
        for each in (self.severities, self.reason, self.words):
            each.setEnabled(not locked and not self.finished)

    def stop(self) -> None:
        """End after the chunk that is being written."""
        self._stopping = True

    def to_read(self) -> bool:
        """Whether something came otherwise than the dry run had said."""
        return self._stopping or any(result.refusal is not None for result in self._results.values())

    def finish(self) -> None:
        """Say of each ticket what has become of it; nothing more can be decided here."""
        self.finished = True
        left = self._to_do()
        self.model.replace_rows([self._said.untouched(line) for line in left])
        done = sum(result.refusal is None for result in self._results.values())
        parts = [tr("{n} changed", n=grouped(done))]
        refused = len(self._results) - done
        if refused:
            parts.append(tr("{n} not changed: somebody was there before", n=grouped(refused)))
        known = sum(line.refusal is not None for line in self._lines)
        if known:
            parts.append(tr("{n} refused", n=grouped(known)))
        if left:
            parts.append(tr("stopped, {n} untouched", n=grouped(len(left))))
        self.counts.setText(" · ".join(parts))
        self.progress.hide()

    def end(self) -> None:
        """Drops what was asked for and has not come."""
        self._tools.tasks.cancel(_LOOK)

    def _to_do(self) -> list[BulkLine]:
        return [line for line in self._lines if line.refusal is None and line.ticket_id not in self._results]

    def _code(self) -> str | None:
        found = self.reason.currentData()
        return found if isinstance(found, str) else None

    def _asked(self) -> None:
        to = self.severities.severity()
        if to is not None:
            self._looked = False
            self._tools.tasks.start(_LOOK, self._look(Wish(to, "", self._code())), busy=Busy.REPLACE)
        self._typed()

    def _typed(self) -> None:
        to = self.severities.severity()
        typed = {"to": "" if to is None else str(to), "words": self.words.toPlainText()}
        self._tools.drafts.save(NAME, 0, {name: text for name, text in typed.items() if text})
        self.changed.emit()

    async def _look(self, wish: Wish) -> None:
        self._lines = []
        self.model.clear()
        try:
            for start in range(0, len(self._ids), CHUNK):
                seen, count = grouped(start), grouped(len(self._ids))
                self.counts.setText(tr("Looking: {seen} of {count}", seen=seen, count=count))
                found = await self._acts.dry_run(self._ids[start : start + CHUNK], wish)
                self._lines += found
                self.model.add_rows([self._said.tried(line) for line in found])
            self._offer(await self._acts.reasons(self._lines))
        except ConsoleError as error:
            self.counts.setText(self._tools.say(error))
            return
        self._looked = True
        self.counts.setText(counts(self._lines))
        self.changed.emit()

    def _offer(self, reasons: Sequence[Reason]) -> None:
        """Other reasons; the chosen one stays where it is offered, for the lines were tried with it."""
        chosen = self._code()
        known = [reason.code for reason in reasons]
        self.reason.blockSignals(True)
        for place in range(self.reason.count() - 1, 0, -1):
            if self.reason.itemData(place) != chosen:
                self.reason.removeItem(place)
        for reason in reasons:
            if reason.code != chosen:
                self.reason.addItem(pack_text(reason.name), reason.code)
        self.reason.blockSignals(False)
        if chosen is not None and chosen not in known:
            self.reason.setCurrentIndex(0)

    async def _write(self, wish: Wish) -> Change:
        lines = self._to_do()
        self._stopping = False
        self.progress.setRange(0, len(lines))
        self.progress.setValue(0)
        self.progress.show()
        try:
            for start in range(0, len(lines), CHUNK):
                if self._stopping:
                    break
                chunk = lines[start : start + CHUNK]
                for line, result in zip(chunk, await self._acts.change(chunk, wish), strict=True):
                    self._results[line.ticket_id] = result
                    self.model.replace_rows([self._said.became(line, result)])
                self.progress.setValue(start + len(chunk))
                done = grouped(min(start + len(chunk), len(lines)))
                self.counts.setText(tr("Writing: {done} of {count}", done=done, count=grouped(len(lines))))
        finally:
            if self._results:
                self.recorded.emit(self.lines, self.results)
        self._stopping = self._stopping and bool(self._to_do())
        written = [result for result in self.results if result.revision is not None]
        newest = max((result.revision or 0 for result in written), default=lines[0].base_revision)
        return Change(newest, tuple(result.ticket_id for result in written), len(written))

    def _restore(self, draft: Draft) -> None:
        self.words.setPlainText(draft.get("words", ""))
        to = draft.get("to", "")
        if to.isdecimal():
            self.severities.choose(int(to))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.severities)
        column.addWidget(self.counts)
        column.addWidget(self.table, 1)
        column.addWidget(self.progress)
        column.addWidget(field_label(tr("&Reason"), self.reason))
        column.addWidget(self.reason)
        column.addWidget(field_label(tr("&Why, in your words"), self.words))
        column.addWidget(self.words)
