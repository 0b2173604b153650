"""An ETA: what is promised and for when, and what becomes of the verdict; or the owner is asked for one (OD-7)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from console.domain.decisions import Change
from console.domain.errors import ConsoleError, UserError
from console.domain.instants import format_instant
from console.domain.policy import Pack
from ui.dialogs.act_dialog import ActSubject
from ui.dialogs.change_words import change_lines
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Draft
from ui.dialogs.effect_view import EffectView, channel_lines
from ui.dialogs.form_column import add_fields
from ui.dialogs.next_update import NextUpdate
from ui.dialogs.words_edit import WordsEdit
from ui.slots import Busy
from ui.theme import GRID
from ui.tr import tr

if TYPE_CHECKING:
    from console.services.acting.acts import EtaPreview
    from console.services.severities.channel_changes import ChannelChange

NAME = "eta"
RESOLUTION, UPDATE, ASK = "resolution", "update", "ask"


@dataclass(frozen=True)
class EtaActs:
    """What the form asks others to do. `preview` gets the instant and the promise, `commit` these with the base
    revision and words; `ask` sends the question to the owner. `channels` compares the verdicts of a preview."""

    preview: Callable[[int, str], Awaitable[EtaPreview]]
    channels: Callable[[EtaPreview], tuple[ChannelChange, ...]]
    commit: Callable[[int, str, int, str], Coroutine[Any, Any, Change]]
    ask: Callable[[int, str], Coroutine[Any, Any, Change]]


class EtaForm(QWidget):
    """`changed` says that what was typed or shown is another."""

    changed = Signal()

    def __init__(
        self, subject: ActSubject, owner: str | None, pack: Pack, acts: EtaActs, tools: DialogTools, draft: Draft
    ) -> None:
        super().__init__()
        self._subject = subject
        self._pack = pack
        self._acts = acts
        self._tools = tools
        self._base = subject.base_revision
        self._rebase = False
        self._preview: EtaPreview | None = None
        self.choices = {
            RESOLUTION: QRadioButton(tr("Promise a &resolution")),
            UPDATE: QRadioButton(tr("Promise an &update")),
            ASK: QRadioButton(_ask_words(owner)),
        }
        self._owned = owner is not None
        self.choices[ASK].setEnabled(self._owned)
        self._group = QButtonGroup(self)
        for choice in self.choices.values():
            self._group.addButton(choice)
        self.due = NextUpdate(tools.theme, tools.time, tools.zone, name=tr("&Due"))
        self.effect = EffectView(tools.theme)
        self.words = WordsEdit(tr("Words"), tr("What the promise rests on; may be left out"))
        self._lay_out()
        self._restore(draft)
        self._group.buttonToggled.connect(lambda _, on: self._chosen() if on else None)
        self.due.changed.connect(self._chosen)
        self.words.textChanged.connect(self._typed)
        self._chosen()

    @property
    def preview(self) -> EtaPreview | None:
        """What is shown of clocks and verdict, none while it is worked out."""
        return self._preview

    def widget(self) -> QWidget:
        """What is shown."""
        return self

    def choice(self) -> str:
        """`RESOLUTION`, `UPDATE` or `ASK`."""
        return next(code for code, button in self.choices.items() if button.isChecked())

    def act(self) -> str:
        """The act that the primary button names."""
        return tr("Ask for an ETA") if self.choice() == ASK else tr("Set ETA")

    def missing(self) -> str | None:
        """What is still missing before it can be decided."""
        if self.choice() == ASK:
            return None
        if not self.due.is_future():
            return tr("The ETA must lie in the future.")
        if self._preview is None:
            return tr("Wait until its effect is known.")
        return None if self._preview.refusal is None else self._refused(self._preview)

    def commit(self) -> Coroutine[Any, Any, Change]:
        """Writes it."""
        if self.choice() == ASK:
            return self._acts.ask(self._base, self.words.words())
        return self._acts.commit(self.due.instant(), self.choice(), self._base, self.words.words())

    def conflicted(self) -> None:
        """Shows the effect on the ticket as it is now; the next press decides on that."""
        self._rebase = True
        self._ask()

    def lock(self, locked: bool) -> None:
        """No input while it is written."""
        for each in (*self.choices.values(), self.due, self.words):
            each.setDisabled(locked)
        self.choices[ASK].setEnabled(self._owned and not locked)

    def focus_first(self) -> None:
        """The promise."""
        self.choices[self.choice()].setFocus()

    def end(self) -> None:
        """Drops what was asked for."""
        self._tools.tasks.cancel(self._key())

    def _chosen(self) -> None:
        self._preview = None
        asking = self.choice() == ASK
        self.due.setVisible(not asking)
        self.effect.setVisible(not asking)
        if not asking:
            self._ask()
        self._typed()

    def _typed(self) -> None:
        draft = {"choice": self.choice(), "due": str(self.due.instant()), "words": self.words.toPlainText()}
        self._tools.drafts.save(NAME, self._subject.ticket_id, draft)
        self.changed.emit()

    def _ask(self) -> None:
        self._tools.tasks.start(self._key(), self._asked(self.due.instant(), self.choice()), busy=Busy.REPLACE)

    async def _asked(self, due: int, promise: str) -> None:
        try:
            preview = await self._acts.preview(due, promise)
        except ConsoleError as error:
            self.effect.say(self._tools.say(error))
            return
        if (self.due.instant(), self.choice()) != (due, promise):
            return
        if self._rebase:
            self._rebase = False
            self._base = preview.base_revision
        self._preview = preview
        now, zone = self._tools.time.now(), self._tools.zone
        if preview.refusal is not None:
            self.effect.say(self._refused(preview))
        else:
            clocks = [line for line in change_lines(preview.lines, self._pack, zone, now) if line.tone != "muted"]
            channels = channel_lines(self._acts.channels(preview), self._pack, zone, now)
            self.effect.say(tr("What it does"), [*clocks, *channels])
        self.changed.emit()

    def _refused(self, preview: EtaPreview) -> str:
        given, now = format_instant(preview.due_at), format_instant(preview.before.as_of)
        return self._tools.say(UserError(preview.refusal or "", given=given, set_at=now))

    def _restore(self, draft: Draft) -> None:
        wanted = self.choices.get(draft.get("choice", RESOLUTION), self.choices[RESOLUTION])
        (wanted if wanted.isEnabled() else self.choices[RESOLUTION]).setChecked(True)
        due = draft.get("due", "")
        if due.isdecimal() and int(due) > self._tools.time.now():
            self.due.set_instant(int(due))
        self.words.setPlainText(draft.get("words", ""))

    def _key(self) -> str:
        return f"eta preview {self._subject.ticket_id}"

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        column.setSpacing(2 * GRID)
        for choice in self.choices.values():
            column.addWidget(choice)
        column.addWidget(self.due)
        column.addWidget(self.effect)
        add_fields(column, [(tr("&Words"), self.words)])
        column.addStretch(1)


def _ask_words(owner: str | None) -> str:
    # An ampersand in a name would make a shortcut out of it.
    if owner is None:
        return tr("&Ask for an ETA: nobody owns the ticket")
    return tr("&Ask {owner} for an ETA", owner=owner.replace("&", "&&"))
