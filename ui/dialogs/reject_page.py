"""Rejecting an escalation: the reason, words, and the reply that goes to who asked (LI-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.escalation_reasons import rejecting_reasons
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Draft
from ui.dialogs.escalation_acts import EscalationActs, EscalationSubject, Rejection
from ui.dialogs.form_column import add_fields, field_label, form_column
from ui.dialogs.reason_box import ReasonBox
from ui.dialogs.reply_view import ReplyView
from ui.dialogs.words_edit import WordsEdit
from ui.theme import GRID
from ui.tr import tr

if TYPE_CHECKING:
    from console.services.escalating.escalations import EscalationRequest

_ANALYSIS_LINES = 6


class RejectPage(QWidget):
    """`changed` says that something was typed or chosen."""

    changed = Signal()

    def __init__(
        self, subject: EscalationSubject, acts: EscalationActs, tools: DialogTools, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        request = subject.request
        self.needs: frozenset[str] = frozenset()
        self._pack = subject.pack
        self.reason = ReasonBox()
        self.words = WordsEdit(tr("Why, in your words"), tr("What the customer is told; it goes into the journal"))
        self.analysis = WordsEdit(tr("Full analysis"), tr("Why it came to this level"), lines=_ANALYSIS_LINES)
        self.reply = ReplyView(
            tools, f"rejection drafts {request.row.ticket_id}", lambda: acts.rejection_drafts(self.said())
        )
        self._lay_out()
        self.show_request(request)
        self.set_against(False)
        self.reason.currentIndexChanged.connect(self._typed)
        for words in (self.words, self.analysis):
            words.textChanged.connect(self._typed)
        self.reply.changed.connect(self.changed)

    def show_request(self, request: EscalationRequest) -> None:
        """What the level of the request asks for: it may have been raised meanwhile. Nobody takes over what is
        rejected."""
        self.needs = frozenset(request.needs) - {"leader"}
        for each in (self._analysis_label, self.analysis):
            each.setVisible("analysis" in self.needs)

    def set_against(self, against: bool) -> None:
        """Whether rejecting it goes against the rules: reasons that say so are offered then, and none that claims that
        a rule does not hold."""
        self.reason.offer(rejecting_reasons(self._pack, against=against))

    def missing(self) -> str | None:
        """What is still missing, in the order of the fields."""
        if self.reason.count() and self.reason.code() is None:
            return tr("Choose a reason.")
        if not self.words.words():
            return tr("Say why in a few words.")
        if "analysis" in self.needs and not self.analysis.words():
            return tr("Write the full analysis: this level asks for it.")
        return self.reply.missing()

    def said(self) -> Rejection:
        """What is decided as it stands now."""
        return Rejection(
            words=self.words.words(),
            reason_code=self.reason.code(),
            analysis=self.analysis.words() or None if "analysis" in self.needs else None,
            reply=self.reply.text(),
            language=self.reply.spoken(),
        )

    def draft(self) -> dict[str, str]:
        """What was typed."""
        subject, body = self.reply.draft()
        return {
            "reject_reason": self.reason.code() or "",
            "words": self.words.toPlainText(),
            "reject_analysis": self.analysis.toPlainText(),
            "reject_subject": subject,
            "reject_body": body,
            "reject_language": self.reply.spoken(),
        }

    def restore(self, draft: Draft) -> None:
        """What was typed before."""
        self.reason.choose(draft.get("reject_reason"))
        self.words.setPlainText(draft.get("words", ""))
        self.analysis.setPlainText(draft.get("reject_analysis", ""))
        language = draft.get("reject_language", "")
        self.reply.restore(draft.get("reject_subject", ""), draft.get("reject_body", ""), language)

    def _typed(self) -> None:
        self.reply.follow()
        self.changed.emit()

    def _lay_out(self) -> None:
        column = form_column(self)
        add_fields(column, ((tr("&Reason"), self.reason), (tr("&Why, in your words"), self.words)))
        self._analysis_label = field_label(tr("&Full analysis"), self.analysis)
        column.addWidget(self._analysis_label)
        column.addWidget(self.analysis)
        column.addSpacing(GRID)
        column.addWidget(self.reply)
