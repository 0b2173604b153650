"""The page of reviews in the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import tzinfo
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from console.domain.errors import UserError
from console.domain.reviews import DecisionFilter
from console.domain.roles import Act, may
from ui.pages import DeskPage
from ui.review_page.case_view import reason_of
from ui.review_page.charts_tab import ChartsTab
from ui.review_page.consistency_tab import ConsistencyTab
from ui.review_page.decision_table import DecisionTable
from ui.review_page.decisions_tab import DecisionsTab
from ui.review_page.filter_bar import FilterBar
from ui.review_page.form import OVERTURN, UPHOLD
from ui.review_page.words import ReasonNames, agreement_words, reason_names
from ui.slots import Busy, Tasks, slot
from ui.sub_tabs import SubTabs
from ui.text_label import TextLabel
from ui.theme import Theme
from ui.ticket_acts.site import ActSite
from ui.tr import plural, tr
from ui.words.pack_words import pack_text

DECISIONS, CONSISTENCY, CHARTS = range(3)
_STEPS = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
_CHOICES = "UOAR123456789"


class ReviewPage(DeskPage):
    """Three tabs: decisions, consistency, charts. Keys of its own: J and K, U, O, and blind A, R or a severity.

    While a lead reviews blind the other tabs are closed: they name who decided what.
    """

    def __init__(self, theme: Theme, zone: tzinfo, site: ActSite, open_ticket: Callable[[str], None]) -> None:
        """`open_ticket` goes to a ticket by its number."""
        super().__init__()
        self._site = site
        self._zone = zone
        self._reasons: ReasonNames = {}
        names, time = site.desk.names, site.tools.time
        self.tabs = SubTabs((tr("Decisions"), tr("Consistency"), tr("Charts")), self)
        self.filter = FilterBar(theme)
        self.refused = TextLabel(theme, tone="overdue")
        self.refused.hide()
        closed = tr("Blind: Consistency and Charts are closed, they name who decided what.")
        self.closed = TextLabel(theme, closed, tone="muted")
        self.closed.hide()
        self.decisions = DecisionsTab(theme, time, zone)
        self.consistency = ConsistencyTab(theme, time, zone, names)
        self.charts = ChartsTab(theme, time, zone, names)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect(open_ticket)

    @property
    def tasks(self) -> Tasks:
        """Where the slots run."""
        return self._site.tasks

    def shown(self) -> None:
        """The page has come on screen."""
        self.read()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.refused.set_theme(theme)
        self.closed.set_theme(theme)
        for part in (self.filter, self.decisions, self.consistency, self.charts):
            part.set_theme(theme)

    def event(self, event: QEvent) -> bool:
        """Letters that mean something here are not those of the queue."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # Esc leaves the form before it leaves anything else.
            leaves = event.key() == Qt.Key.Key_Escape and self.decisions.form.isAncestorOf(self.focusWidget())
            if leaves or self._mine(event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """J, K: the next and the previous decision; U, O and the others choose what is said of it."""
        if not self._mine(event):
            super().keyPressEvent(event)
        elif event.key() in _STEPS:
            self.decisions.table.step(_STEPS[Qt.Key(event.key())])
        else:
            self.decisions.form.choose_key(event.text().upper())

    def _mine(self, event: QKeyEvent) -> bool:
        if event.modifiers() or self.tabs.currentIndex() != DECISIONS:
            return False
        return event.key() in _STEPS or (bool(event.text()) and event.text().upper() in _CHOICES)

    @slot(busy=Busy.REPLACE)
    async def read(self) -> None:
        """Read what the tab on show shows."""
        desk, wanted = self._site.desk, self._wanted()
        try:
            look = await desk.db.read(partial(desk.review.look, wanted=wanted))
        except UserError as error:
            self.refused.setText(self._site.tools.say(error))
            self.refused.show()
            return
        self.refused.hide()
        self._reasons = reason_names(look.packs)
        self.filter.offer(look.managers, [(pack.code, pack_text(pack.name)) for pack in look.packs])
        self._say_found(len(look.found.numbers), look.found.total)
        self.filter.agreement.setText(agreement_words(look.agreement))
        if self.tabs.currentIndex() == CONSISTENCY:
            parted = await desk.db.read(partial(desk.review.consistency, wanted=wanted))
            self.consistency.show_partings(parted, self._reasons)
        elif self.tabs.currentIndex() == CHARTS:
            found = await desk.db.read(partial(desk.review.charts, wanted=wanted, zone=self._zone))
            self.charts.show_charts(found, self._reasons)
        else:
            self.decisions.show_numbers(look.found.numbers, self._why_empty(look.found.total))

    async def _fetch(self, table: DecisionTable, numbers: list[int]) -> None:
        desk, blind = self._site.desk, self.filter.blind.isChecked()
        read = partial(desk.review.rows, numbers=numbers, viewer=self._site.actor, blind=blind)
        rows = await desk.db.read(read)
        # What was asked for in the open does not come into a blind list.
        if blind == self.filter.blind.isChecked():
            table.decisions.put(rows)

    @slot(busy=Busy.REPLACE)
    async def _show_case(self, number: int) -> None:
        desk, blind = self._site.desk, self.filter.blind.isChecked()
        read = partial(desk.review.case, number=number, viewer=self._site.actor, blind=blind)
        case = await desk.db.read(read)
        if blind != self.filter.blind.isChecked():
            return
        self.decisions.case.show_case(case, reason_of(case))
        self.decisions.form.show_case(case, self._site.panel.actions_bar.read_only)

    @slot()
    async def _record(self, number: int, choice: str, words: str) -> None:
        desk, actor, form = self._site.desk, self._site.actor, self.decisions.form
        acts = {UPHOLD: desk.review.uphold, OVERTURN: desk.review.overturn}
        form.lock(True)
        try:
            if choice in acts:
                await desk.db.write(partial(acts[choice], number=number, actor=actor, words=words))
            else:
                await desk.db.write(partial(desk.review.judge, number=number, actor=actor, own=choice, words=words))
        except UserError as error:
            # What was typed stays.
            self.refused.setText(self._site.tools.say(error))
            self.refused.show()
            return
        finally:
            form.lock(False)
        self.refused.hide()
        form.recorded(number)
        self.decisions.table.setFocus()
        await self._fetch(self.decisions.table, [number])
        look = await desk.db.read(partial(desk.review.look, wanted=self._wanted()))
        self._say_found(len(look.found.numbers), look.found.total)
        self.filter.agreement.setText(agreement_words(look.agreement))
        self._show_case(number)

    def _wanted(self) -> DecisionFilter:
        """What is asked for. To a lead who looks for what to review, their own decisions are not offered."""
        found, actor = self.filter.wanted(self._site.tools.time.now()), self._site.actor
        looks_for = self.filter.unreviewed.isChecked() or self.filter.blind.isChecked()
        return replace(found, reviewer=actor) if looks_for and may(actor.role, Act.REVIEW) else found

    def _say_found(self, found: int, total: int) -> None:
        said = plural("{n} decision", "{n} decisions", found)
        if self.filter.unreviewed.isChecked() and total:
            said = tr("{found} of {total} left to review", found=found, total=total)
        self.filter.found.setText(said)

    def _why_empty(self, total: int) -> str:
        if total:
            return tr("Every decision of this sample has been reviewed")
        return tr("No decision fits: choose a longer period or another sample")

    def _filter_changed(self) -> None:
        blind = self.filter.blind.isChecked()
        for tab in (CONSISTENCY, CHARTS):
            self.tabs.allow(tab, tr("Blind: this names who decided what.") if blind else None)
        self.closed.setVisible(blind)
        if blind and self.tabs.currentIndex() != DECISIONS:
            self.tabs.setCurrentIndex(DECISIONS)
        if blind:
            # What was on show may name who decided.
            self.decisions.table.decisions.show_numbers(())
            self.decisions.case.say("")
            self.decisions.form.show_case(None)
        self.read()

    def _choose_tab(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self.read()

    def _open(self, number: int) -> None:
        """A decision from another tab."""
        self.tabs.setCurrentIndex(DECISIONS)
        if not self.decisions.table.go_to(number):
            self.decisions.table.decisions.show_numbers((number,))
            self.decisions.table.selectRow(0)
        self.decisions.table.setFocus()

    def _lay_out(self) -> None:
        for tab in (self.decisions, self.consistency, self.charts):
            self._stack.addWidget(tab)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.tabs.row(self.closed))
        for part in (self.filter, self.refused):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.decisions)

    def _connect(self, open_ticket: Callable[[str], None]) -> None:
        decisions = self.decisions
        self.tabs.currentChanged.connect(self._choose_tab)
        self.filter.changed.connect(self._filter_changed)
        for number, table in enumerate((decisions.table, *self.consistency.tables, self.charts.table)):
            table.wanted.connect(
                lambda numbers, table=table, number=number: self.tasks.start(
                    f"rows of decisions {number} {numbers[0]}", self._fetch(table, numbers)
                )
            )
        decisions.table.chosen.connect(self._show_case)
        decisions.table.activatedNumber.connect(lambda _number: decisions.case.setFocus())
        decisions.form.asked.connect(self._record)
        decisions.form.left.connect(decisions.table.setFocus)
        decisions.form.ticketAsked.connect(open_ticket)
        self.consistency.opened.connect(self._open)
        self.charts.opened.connect(self._open)
        self._site.actorChanged.connect(self._actor_changed)

    def _actor_changed(self) -> None:
        number = self.decisions.table.number
        if self.isVisible() and number is not None:
            self._show_case(number)
        if self.isVisible() and (self.filter.unreviewed.isChecked() or self.filter.blind.isChecked()):
            # Which decisions are one's own has changed.
            self.read()
