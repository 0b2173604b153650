"""Recording that a customer asks for an escalation: by which channel, who, which level, why (LI-3, LI-7 to LI-9)."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.decisions import Change
from console.domain.errors import ConsoleError
from console.domain.escalation_requests import WAYS, ways
from console.domain.policy import Pack
from console.domain.state import UNDECIDED
from ui.choice_box import ChoiceBox
from ui.dialogs.channel_choices import ChannelChoices
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Draft
from ui.dialogs.form_column import add_fields, field_label
from ui.dialogs.level_choice import LevelOffer, level_offers
from ui.dialogs.reason_box import ReasonBox
from ui.dialogs.request_acts import Asked, RequestActs, RequestSubject
from ui.dialogs.told_words import told_words
from ui.dialogs.words_edit import WordsEdit
from ui.slots import Busy
from ui.text_label import TextLabel
from ui.theme import GRID
from ui.ticket_panel.verdict_words import no_way
from ui.tr import tr

if TYPE_CHECKING:
    from console.services.escalating.escalations import RequestOutcome
    from console.services.tickets import TicketCard

NAME = "request"


class RequestForm(QWidget):
    """`changed` says that what was typed or shown is another."""

    changed = Signal()

    def __init__(
        self,
        subject: RequestSubject,
        acts: RequestActs,
        tools: DialogTools,
        draft: Draft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._card = subject.card
        self._on_duty = subject.on_duty
        self._acts = acts
        self._tools = tools
        self._outcome: RequestOutcome | None = None
        self._offers: list[LevelOffer] = []
        pack, theme = subject.card.pack, tools.theme
        self.no_way = TextLabel(theme, tone="soon", bold=True)
        self.channels = ChannelChoices(theme, tools.zone, pack, _channels(subject.card))
        self.who = ChoiceBox(tr("Who asks"))
        self.who.setEditable(True)
        self.who.addItems(list(subject.askers))
        self.who.setCurrentIndex(-1)
        typed = self.who.lineEdit()
        if typed is not None:
            typed.setPlaceholderText(tr("A name; it gets the reply"))
        self.level = ChoiceBox(tr("Level"))
        self.becomes = TextLabel(theme, tone="muted")
        self.reason = ReasonBox()
        self.reason.offer(pack.reasons_for("escalation_requested"))
        self.words = WordsEdit(tr("Why, in the customer's words"), "")
        self.told = TextLabel(theme)
        self._lay_out()
        self._show_card()
        self._restore(draft)
        self._connect()
        self._say()

    @property
    def outcome(self) -> RequestOutcome | None:
        """What the request became, once it is recorded."""
        return self._outcome

    @property
    def pack(self) -> Pack:
        """The policy of the ticket."""
        return self._card.pack

    def widget(self) -> QWidget:
        """What is shown."""
        return self

    def act(self) -> str:
        """What the primary button names."""
        offer = self._offer()
        if offer is not None and offer.level is None:
            return tr("Record it with the one that waits")
        if offer is not None and offer.level is not None and offer.level > 1:
            return tr("Record the request of level {level}", level=offer.level)
        return tr("Record the request")

    def missing(self) -> str | None:
        """What is still missing before it can be recorded."""
        pack, severity = self._card.pack, self._card.state.severity
        # An outage has its own process (LI-11); what the rules merely do not foresee is recorded all the same.
        if pack.escalating is not None and severity in pack.escalating.superseded_by:
            return tr("Nothing is recorded for an outage.")
        offer = self._offer()
        if self.channels.code() is None:
            return tr("Choose the channel.")
        if offer is None or offer.refusal is not None:
            return offer.refusal if offer is not None else tr("Choose a level.")
        if self.reason.count() and self.reason.code() is None:
            return tr("Choose a reason.")
        if self.words.words():
            return None
        return tr("Explain why it goes one level higher.") if offer.higher else tr("Say why in a few words.")

    def commit(self) -> Coroutine[Any, Any, Change]:
        """Records the request."""
        offer = self._offer()
        asked = Asked(
            channel=self.channels.code() or "",
            who=self.who.currentText().strip(),
            words=self.words.words(),
            level=None if offer is None else offer.level,
            reason_code=self.reason.code(),
        )
        return self._recorded(asked)

    def conflicted(self) -> None:
        """Shows the ticket as it is now."""
        self._tools.tasks.start(self._key(), self._reloaded(), busy=Busy.REPLACE)

    def lock(self, locked: bool) -> None:
        """No input while the request is written."""
        self.setEnabled(not locked)

    def draft(self) -> Draft:
        """What was typed."""
        typed = {
            "channel": self.channels.code() or "",
            "who": self.who.currentText(),
            "level": str(self.level.currentIndex()) if self.level.currentIndex() > 0 else "",
            "reason": self.reason.code() or "",
            "words": self.words.toPlainText(),
        }
        return {name: text for name, text in typed.items() if text}

    def tick(self, now: int) -> None:
        """Moves ages on, and the rules that time turns."""
        self.channels.tick(now)

    def end(self) -> None:
        """Drops what was asked for and has not come."""
        self._tools.tasks.cancel(self._key())

    async def _recorded(self, asked: Asked) -> Change:
        self._outcome = await self._acts.record(asked)
        return self._outcome.change

    async def _reloaded(self) -> None:
        try:
            self._card = await self._acts.reload()
        except ConsoleError as error:
            self.told.setText(self._tools.say(error))
            return
        self._show_card()
        self._say()

    def _show_card(self) -> None:
        now = self._tools.time.now()
        self.channels.show_verdict(self._card.verdict, now)
        why_not = no_way(self._card.pack, self._card.state.severity)
        self.no_way.setText(why_not or "")
        self.no_way.setVisible(why_not is not None)
        self._offers = level_offers(self._card, self._tools.zone, now)
        chosen = max(0, self.level.currentIndex())
        self.level.clear()
        for offer in self._offers:
            self.level.addItem(offer.words)
        self.level.setCurrentIndex(min(chosen, len(self._offers) - 1))
        # With one thing that it can become there is nothing to choose.
        for each in (self.level, self._level_label):
            each.setVisible(len(self._offers) > 1)
        self.becomes.setVisible(len(self._offers) == 1)
        self.becomes.setText(self._offers[0].words)

    def _offer(self) -> LevelOffer | None:
        place = self.level.currentIndex()
        return self._offers[place] if 0 <= place < len(self._offers) else None

    def _say(self) -> None:
        offer = self._offer()
        higher = offer is not None and offer.higher
        self.words.setPlaceholderText(
            tr("Why the present level does not do; it is needed to go higher")
            if higher
            else tr("What the customer says; the manager who decides reads it")
        )
        code = self.channels.code()
        lines = []
        if offer is not None and offer.level is None:
            lines.append(tr("Both are decided together; nobody is told anew."))
        elif code is not None:
            lines = told_words(self._card, code, self._on_duty, self._tools.time.now())
        self.told.setText("\n".join(lines))
        self.told.setVisible(bool(lines))
        self.changed.emit()

    def _typed(self) -> None:
        self._tools.drafts.save(NAME, self._card.identity.ticket_id, self.draft())
        self._say()

    def _restore(self, draft: Draft) -> None:
        self.channels.choose(draft.get("channel"))
        self.who.setCurrentText(draft.get("who", ""))
        level = draft.get("level", "")
        if level.isdecimal() and int(level) < len(self._offers):
            self.level.setCurrentIndex(int(level))
        self.reason.choose(draft.get("reason"))
        self.words.setPlainText(draft.get("words", ""))

    def _connect(self) -> None:
        self.channels.chosen.connect(self._typed)
        self.who.currentTextChanged.connect(self._typed)
        self.level.currentIndexChanged.connect(self._typed)
        self.reason.currentIndexChanged.connect(self._typed)
        self.words.textChanged.connect(self._typed)

    def _key(self) -> str:
        return f"request reload {self._card.identity.ticket_id}"

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.no_way)
        column.addWidget(TextLabel(self._tools.theme, tr("By which channel, and how the rules stand"), tone="muted"))
        column.addWidget(self.channels)
        self._level_label = field_label(tr("&Level"), self.level)
        column.addSpacing(GRID)
        for each in (self._level_label, self.level, self.becomes):
            column.addWidget(each)
        add_fields(column, ((tr("Who as&ks"), self.who),))
        if self.reason.count():
            add_fields(column, ((tr("&Reason"), self.reason),))
        else:
            self.reason.setParent(self)
        add_fields(column, ((tr("&Why, in the customer's words"), self.words),))
        column.addSpacing(GRID)
        column.addWidget(self.told)
        column.addStretch()


def _channels(card: TicketCard) -> list[str]:
    """Those by which a request may come; while one waits also by the back door (LI-8)."""
    pack: Pack = card.pack
    latest = card.state.escalation
    waits = latest is not None and latest.phase in UNDECIDED
    return list(dict.fromkeys((*ways(pack), *WAYS))) if waits else list(ways(pack))
