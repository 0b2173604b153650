"""Every entry of a pack with the rules it follows, searchable: what decides nothing can be read here too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLineEdit, QVBoxLayout, QWidget

from console.domain.policy import Pack
from console.domain.policy_text import PackLine, lines
from models.text_table import Cell, Head, Line, TextTable
from ui.choice_box import ChoiceBox
from ui.customer_page.sections import caption
from ui.tables import fit_wrapped, quiet_table
from ui.text_label import TextLabel
from ui.theme import GRID, PAGE_MARGIN, Theme
from ui.tr import grouped, tr
from ui.words.pack_words import pack_language, pack_text

_PART_LETTERS = 20
_ENTRY_LETTERS = 24
_RULE_LETTERS = 18
_SAYS_LETTERS = 40
# What a manager looks for stands first; numbers of promises have a tab of their own.
_FIRST = ("notices", "severities", "statuses", "reasons", "people", "paths", "closing", "on_call")


class RulesTab(QWidget):
    """One line for each entry. The search finds words of any column, all of them, and ids such as OD-13."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Rules of the pack"))
        self._packs: tuple[Pack, ...] = ()
        self._lines: tuple[PackLine, ...] = ()
        self.pack = ChoiceBox(tr("Policy pack"), wide=False)
        self.find_box = QLineEdit()
        self.find_box.setClearButtonEnabled(True)
        self.find_box.setAccessibleName(tr("Find in the rules"))
        self.find_box.setPlaceholderText(tr("Find words or a rule such as OD-13"))
        self.said = TextLabel(theme, tone="muted")
        self.model = TextTable((Head(tr("Part")), Head(tr("Entry")), Head(tr("What it says")), Head(tr("Rules"))))
        self.model.setParent(self)
        self.view = quiet_table(tr("Rules of the pack"), wraps=True)
        self.view.setModel(self.model)
        self.view.resized.connect(self._fit)
        self._lay_out()
        self.pack.activated.connect(self._choose)
        self.find_box.textChanged.connect(self._fill)

    def show_packs(self, packs: Sequence[Pack], first: str) -> None:
        """Offers these packs; the one on show stays, at first it is `first`."""
        keep = self.pack.currentData() or first
        self._packs = tuple(packs)
        self.pack.clear()
        for each in self._packs:
            self.pack.addItem(pack_text(each.name), each.code)
        self.pack.setCurrentIndex(max(0, self.pack.findData(keep)))
        self._choose()

    def rules(self) -> frozenset[str]:
        """The ids of the rules that are on show."""
        return frozenset(each for line in self.model.lines() for each in line.key.split())

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self.said.set_theme(theme)

    def _choose(self) -> None:
        place = self.pack.currentIndex()
        if place >= 0:
            found = list(lines(self._packs[place], pack_language()))
            found.sort(key=lambda line: _FIRST.index(line.part) if line.part in _FIRST else len(_FIRST))
            self._lines = tuple(found)
            self._fill()

    def _fill(self) -> None:
        words = self.find_box.text().casefold().split()
        fitting = [line for line in self._lines if _fits(line, words)]
        self.model.show_lines([_line(line) for line in fitting])
        whole, count = grouped(len(self._lines)), grouped(len(fitting))
        if words and not fitting:
            self.said.setText(tr("Nothing in this pack has these words."))
        else:
            self.said.setText(tr("{count} of {whole} entries", count=count, whole=whole))
        self._fit()

    def _fit(self) -> None:
        header = self.view.horizontalHeader()
        letter = self.view.fontMetrics().averageCharWidth()
        widths = {0: _PART_LETTERS * letter, 1: _ENTRY_LETTERS * letter, 3: _RULE_LETTERS * letter}
        # A section that stretches is as wide as before until the table is laid out, and rows are measured by it.
        widths[2] = max(_SAYS_LETTERS * letter, self.view.viewport().width() - sum(widths.values()))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place, width in widths.items():
            header.resizeSection(place, width)
        fit_wrapped(self.view)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(caption(tr("Pack"), self.pack))
        row.addWidget(self.pack)
        row.addWidget(self.find_box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 2 * GRID, PAGE_MARGIN, 3 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(row)
        column.addWidget(self.said)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.find_box)


def part_name(part: str) -> str:
    """A part of a pack in words."""
    names = {
        "notices": tr("Good to know"),
        "severities": tr("Severity"),
        "statuses": tr("Status"),
        "reasons": tr("Reason"),
        "people": tr("Role"),
        "paths": tr("Escalation path"),
        "closing": tr("Ground for closing"),
        "calendars": tr("Calendar"),
        "clocks": tr("Clock"),
        "plans": tr("Plan"),
        "severity_changes": tr("Severity change"),
        "channels": tr("Escalation channel"),
        "eligibility": tr("Escalation rule"),
        "contacts": tr("Way to reach support"),
        "customer_priorities": tr("Customer's priority"),
        "credentials": tr("Credentials"),
        "products": tr("Product"),
        "on_call": tr("On call"),
        "on_customer_message": tr("Customer's message"),
        "on_support_message": tr("Support's message"),
        "escalating": tr("Escalating"),
        "entitling": tr("Contract ended"),
        "order": tr("Order of rows"),
        "lifecycle": tr("Lifecycle"),
        "updates": tr("Update service"),
        "survey": tr("Survey"),
        "support_code": tr("Support code"),
        "incidents": tr("Incidents"),
        "parked": tr("Parked tickets"),
    }
    return names.get(part, part.replace("_", " ").capitalize())


def _fits(line: PackLine, words: Sequence[str]) -> bool:
    whole = " ".join((part_name(line.part), line.entry, line.says, *line.source)).casefold()
    return all(word in whole for word in words)


def _line(line: PackLine) -> Line:
    cells = (
        Cell(part_name(line.part)),
        Cell(line.entry.replace("_", " ")),
        Cell(line.says),
        Cell(", ".join(line.source)),
    )
    return Line(cells, " ".join(line.source))
