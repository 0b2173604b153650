"""Accepting an escalation: the plan of action, who owns it, the next update, and what its level asks for besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Draft
from ui.dialogs.escalation_acts import Acceptance, EscalationActs, EscalationSubject
from ui.dialogs.form_column import add_fields, field_label, form_column
from ui.dialogs.next_update import NextUpdate
from ui.dialogs.owner_box import OwnerBox
from ui.dialogs.reason_box import ReasonBox
from ui.dialogs.reply_view import ReplyView
from ui.dialogs.words_edit import WordsEdit
from ui.text_label import TextLabel
from ui.theme import GRID
from ui.ticket_panel.escalation_life import audience_names
from ui.ticket_panel.expander import Expander
from ui.tr import tr

if TYPE_CHECKING:
    from console.services.escalating.escalations import EscalationRequest

_ANALYSIS_LINES = 6


class AcceptPage(QWidget):
    """`changed` says that something was typed or chosen."""

    changed = Signal()

    def __init__(
        self, subject: EscalationSubject, acts: EscalationActs, tools: DialogTools, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tools = tools
        self._against = False
        self._pack = subject.pack
        pack, request, theme = subject.pack, subject.request, tools.theme
        self._reasons = pack.reasons_for("escalation_accepted")
        self.reason = ReasonBox()
        self.against_why = QLineEdit()
        self.against_why.setAccessibleName(tr("Why against the rules"))
        self.against_why.setPlaceholderText(tr("What makes it right all the same; it goes into the journal"))
        self.plan_of_action = WordsEdit(tr("Plan of action"), tr("What happens now; the customer is told"))
        self.analysis = WordsEdit(tr("Full analysis"), tr("Why it came to this level"), lines=_ANALYSIS_LINES)
        self.leader = QLineEdit()
        self.leader.setAccessibleName(tr("Leader who takes it over"))
        self.leader.setPlaceholderText(tr("Name; answers for it until it is completed"))
        self.owner = OwnerBox(subject.owner, subject.people)
        self.next_update = NextUpdate(theme, tools.time, tools.zone, narrow=True)
        self.audience = TextLabel(theme, tone="muted")
        self.needs: frozenset[str] = frozenset()
        self.show_reply = Expander(theme)
        self.show_reply.set_label(tr("the reply to who asked"))
        self.reply = ReplyView(
            tools, f"acceptance drafts {request.row.ticket_id}", lambda: acts.acceptance_drafts(self.said())
        )
        self._lay_out()
        self.show_request(request)
        self._connect()

    def show_request(self, request: EscalationRequest) -> None:
        """What the level of the request asks for, and who is told of it: it may have been raised meanwhile."""
        self.needs = frozenset(request.needs)
        for need, parts in self._of_level.items():
            for each in parts:
                each.setVisible(need in self.needs)
        asked_at, level = request.escalation.requested_at, request.escalation.level
        names = audience_names(self._pack, request.state, level, asked_at)
        self.audience.setText(tr("Level {level} tells: {who}", level=level, who=names) if names else "")
        self.audience.setVisible(bool(names))

    def set_against(self, against: bool) -> None:
        """Whether accepting it goes against the rules, so that a reason has to say so."""
        self._against = against
        self.reason.offer([each for each in self._reasons if against or not each.against_verdict])
        for each in (self.against_why, self._against_label):
            each.setVisible(against)

    def missing(self) -> str | None:
        """What is still missing, in the order of the fields."""
        if self.reason.count() and self.reason.code() is None:
            return tr("Choose a reason.")
        reason = self.reason.reason()
        explained = reason is not None and reason.against_verdict
        if self._against and not explained and not self.against_why.text().strip():
            return tr("Say why it is accepted against the rules.")
        if not self.plan_of_action.words():
            return tr("Write the plan of action.")
        if "analysis" in self.needs and not self.analysis.words():
            return tr("Write the full analysis: this level asks for it.")
        if "leader" in self.needs and not self.leader.text().strip():
            return tr("Name the leader who takes it over.")
        if not self.next_update.is_future():
            return tr("The next update must be in the future.")
        return self.reply.missing()

    def said(self) -> Acceptance:
        """What is decided as it stands now."""
        return Acceptance(
            plan_of_action=self.plan_of_action.words(),
            next_update_at=self.next_update.instant(),
            reason_code=self.reason.code(),
            owner_id=self.owner.person_id(),
            analysis=self.analysis.words() or None if "analysis" in self.needs else None,
            leader=self.leader.text().strip() or None if "leader" in self.needs else None,
            reply=self.reply.text(),
            language=self.reply.spoken(),
            against_verdict=self.against_why.text().strip() or None if self._against else None,
        )

    def draft(self) -> dict[str, str]:
        """What was typed."""
        subject, body = self.reply.draft()
        return {
            "accept_reason": self.reason.code() or "",
            "against_why": self.against_why.text(),
            "plan": self.plan_of_action.toPlainText(),
            "analysis": self.analysis.toPlainText(),
            "leader": self.leader.text(),
            "owner": str(self.owner.person_id() or ""),
            "next_update": str(self.next_update.instant()),
            "accept_subject": subject,
            "accept_body": body,
            "accept_language": self.reply.spoken(),
        }

    def restore(self, draft: Draft) -> None:
        """What was typed before."""
        self.reason.choose(draft.get("accept_reason"))
        self.against_why.setText(draft.get("against_why", ""))
        self.plan_of_action.setPlainText(draft.get("plan", ""))
        self.analysis.setPlainText(draft.get("analysis", ""))
        self.leader.setText(draft.get("leader", ""))
        owner = draft.get("owner", "")
        self.owner.choose(int(owner) if owner.isdecimal() else None)
        promised = draft.get("next_update", "")
        # A promise that time has overtaken is none: the usual one stands in.
        if promised.isdecimal() and int(promised) > self._tools.time.now():
            self.next_update.set_instant(int(promised))
        language = draft.get("accept_language", "")
        self.reply.restore(draft.get("accept_subject", ""), draft.get("accept_body", ""), language)

    def _typed(self) -> None:
        if self.show_reply.isChecked():
            self.reply.follow()
        self.changed.emit()

    def _unfold(self, shown: bool) -> None:
        self.reply.setVisible(shown)
        if shown:
            self.reply.follow()

    def _connect(self) -> None:
        self.reason.currentIndexChanged.connect(self._typed)
        self.owner.currentIndexChanged.connect(self._typed)
        for words in (self.plan_of_action, self.analysis):
            words.textChanged.connect(self._typed)
        for line in (self.against_why, self.leader):
            line.textChanged.connect(self._typed)
        self.next_update.changed.connect(self._typed)
        self.reply.changed.connect(self.changed)
        self.show_reply.toggled.connect(self._unfold)

    def _lay_out(self) -> None:
        column = form_column(self)
        add_fields(column, ((tr("&Reason"), self.reason),))
        self._against_label = field_label(tr("Why against the r&ules"), self.against_why)
        column.addWidget(self._against_label)
        column.addWidget(self.against_why)
        add_fields(column, ((tr("&Plan of action"), self.plan_of_action),))
        analysis, leader = field_label(tr("&Full analysis"), self.analysis), field_label(tr("&Leader"), self.leader)
        self._of_level = {"analysis": (analysis, self.analysis), "leader": (leader, self.leader)}
        for each in (analysis, self.analysis, leader, self.leader):
            column.addWidget(each)
        add_fields(column, ((tr("&Owner"), self.owner),))
        column.addWidget(self.next_update)
        column.addSpacing(GRID)
        column.addWidget(self.audience)
        column.addWidget(self.show_reply)
        self.reply.hide()
        column.addWidget(self.reply)
        self.set_against(False)
