"""One decision to judge: what was decided and why, the ticket as it was seen then, and what came of it."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from console.domain.instants import TimeSource
from console.services.reviewing.review import Case
from ui.dialogs.change_words import change_lines
from ui.review_page.seen_words import after_lines, difference_lines, later_facts_words, seen_title, stood_on
from ui.review_page.words import decision_said, review_line, rules_words, took_words
from ui.text_label import TextLabel
from ui.theme import GRID, Theme, Type
from ui.ticket_panel.clocks import ClocksSection
from ui.ticket_panel.conversation import ConversationSection
from ui.ticket_panel.expander import Expander
from ui.ticket_panel.section import Section
from ui.ticket_panel.verdict import VerdictSection
from ui.tr import tr
from ui.when import clock_time
from ui.words.pack_words import pack_text, plan_name, severity_name
from ui.words.role_words import role_name
from ui.words.severity_words import severity_text


class LinesSection(Section):
    """A heading with plain lines; hidden without any."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title)
        self.lines = TextLabel(theme)
        self.column.addWidget(self.lines)

    def show_lines(self, lines: list[str]) -> None:
        """Show these lines."""
        self.lines.setText("\n".join(lines))
        self.setVisible(bool(lines))


class CaseView(QWidget):
    """Shows one case at a time. What the sections say is said of the instant of the decision."""

    def __init__(self, theme: Theme, time: TimeSource, zone: tzinfo) -> None:
        super().__init__()
        self._theme = theme
        self._time = time
        self._zone = zone
        self.case: Case | None = None
        self.setAccessibleName(tr("The decision"))
        self.message = TextLabel(theme, tone="muted")
        self.title = TextLabel(theme, size=Type.TITLE, bold=True, max_lines=2)
        self.subject = TextLabel(theme, bold=True, max_lines=2)
        self.who = TextLabel(theme, tone="muted", max_lines=2)
        self.why = TextLabel(theme)
        self.parted = LinesSection(theme, tr("Computed otherwise today: what was kept stands"))
        self.parted.lines.set_look("soon")
        self.then = TextLabel(theme, size=Type.BODY, bold=True)
        self.stood = TextLabel(theme, tone="muted", size=Type.SMALL)
        self.facts = LinesSection(theme, tr("The request"))
        self.clocks = ClocksSection(theme, zone)
        self.verdict = VerdictSection(theme, zone)
        self.preview = LinesSection(theme, tr("What the decision did to each clock"))
        self.conversation = ConversationSection(theme, zone)
        self.after = LinesSection(theme, tr("What happened afterwards"))
        self.until_review = QCheckBox(tr("Only until the review"))
        self.after.column.addWidget(self.until_review)
        self.reviews = LinesSection(theme, tr("Reviews"))
        self._pages = QStackedWidget()
        self._lay_out()
        self.until_review.toggled.connect(lambda _on: self._show_after())
        self.say(tr("Choose a decision"))

    def say(self, words: str) -> None:
        """Show a sentence instead of a case."""
        self.case = None
        self.message.setText(words)
        self._pages.setCurrentIndex(0)

    def show_case(self, case: Case, reason: str | None) -> None:
        """Show a case; `reason` is the name of its reason code."""
        same = self.case is not None and self.case.row.seq == case.row.seq
        self.case = case
        card, row, then = case.seen.card, case.row, case.row.at
        self.title.setText(f"{row.number} · {decision_said(row)}")
        name = severity_text(card.state.severity, severity_name(card.pack, card.state.severity))
        plan = plan_name(card.pack, card.state.plan) or tr("No plan")
        self.subject.setText(card.identity.subject or tr("No subject"))
        customer = row.customer or tr("Unknown customer")
        self._show_who(case, reason)
        self.parted.show_lines(difference_lines(case.seen, self._zone, then))
        self.then.setText(seen_title(case, self._zone))
        self.stood.setText(f"{customer} · {name} · {plan}\n{stood_on(case.seen, self._zone)}")
        said = (took_words(row, self._zone), rules_words(row), later_facts_words(case.seen))
        self.facts.show_lines([each for each in said if each])
        self.clocks.show_card(card, then, keep=same)
        self.verdict.show_card(card, then)
        lines = change_lines(case.seen.preview, card.pack, self._zone, then)
        self.preview.show_lines([f"{each.name}: {each.change}" for each in lines])
        self.conversation.show_card(card, then, keep=same)
        self._show_after()
        self._show_reviews(case)
        self._pages.setCurrentIndex(1)
        if not same:
            self.area.verticalScrollBar().setValue(0)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        for label in self.findChildren(TextLabel):
            label.set_theme(theme)
        for expander in self.findChildren(Expander):
            expander.set_theme(theme)
        for section in (self.clocks, self.verdict, self.conversation):
            section.set_theme(theme)

    def _show_who(self, case: Case, reason: str | None) -> None:
        entry = case.entry
        if entry is None:
            self.who.setText(tr("Blind: who decided, how and why is hidden until you have said what you would do."))
            self.why.setText("")
            self.why.hide()
            return
        at = clock_time(entry.at, self._zone, self._time.now())
        self.who.setText(tr("{who}, {role}, {at}", who=entry.actor, role=role_name(entry.role), at=at))
        words = entry.words if entry.words is not None or entry.text_id is None else tr("This text was erased")
        said = [each for each in (reason, words) if each]
        self.why.setText("\n".join(said))
        self.why.setVisible(bool(said))

    def _show_after(self) -> None:
        case = self.case
        if case is None or case.afterwards is None:
            self.after.setVisible(False)
            return
        then = case.afterwards_then
        self.until_review.setVisible(then is not None)
        after = then if then is not None and self.until_review.isChecked() else case.afterwards
        self.after.show_lines(after_lines(after, case.seen.card.pack, self._zone))

    def _show_reviews(self, case: Case) -> None:
        now, lines = self._time.now(), []
        for each in case.reviews:
            lines.append(review_line(each, self._zone, now, case.seen.card.pack))
            lines.append(each.entry.words or tr("This text was erased"))
        self.reviews.show_lines(lines)

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        column.setSpacing(3 * GRID)
        head = QVBoxLayout()
        head.setSpacing(GRID)
        for label in (self.title, self.subject, self.who, self.why):
            head.addWidget(label)
        column.addLayout(head)
        column.addWidget(self.reviews)
        column.addWidget(self.after)
        column.addWidget(self.parted)
        times = QVBoxLayout()
        times.setSpacing(GRID)
        for label in (self.then, self.stood):
            times.addWidget(label)
        column.addLayout(times)
        for section in (self.facts, self.preview, self.clocks, self.verdict, self.conversation):
            column.addWidget(section)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(tr("The decision as it was seen"))
        self.area.setWidget(content)
        empty = QWidget()
        said = QVBoxLayout(empty)
        said.setContentsMargins(4 * GRID, 8 * GRID, 4 * GRID, 4 * GRID)
        said.addWidget(self.message)
        said.addStretch(1)
        self._pages.addWidget(empty)
        self._pages.addWidget(self.area)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self.setFocusProxy(self.area)


def reason_of(case: Case) -> str | None:
    """The name of the reason in the pack of then; its code where that has none, none where nothing was given."""
    code = case.row.reason_code
    known = (pack_text(each.name) for each in case.seen.card.pack.reasons if each.code == code)
    return next(known, code)
