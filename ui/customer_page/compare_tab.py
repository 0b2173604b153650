"""All plans of a pack side by side, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QVBoxLayout, QWidget

from console.domain.plan_compare import PlanComparison, side_by_side, two_of
from console.domain.policy import Pack
from models.text_table import TextTable
from ui.choice_box import ChoiceBox
from ui.customer_page.compare_words import compare_heads, compare_lines
from ui.customer_page.sections import caption
from ui.tables import ToneDelegate, end_with_rows, fit_wrapped, quiet_table
from ui.text_label import TextLabel
from ui.theme import GRID, PAGE_MARGIN, Theme
from ui.tr import tr
from ui.words.pack_words import pack_text

_NAME_LETTERS = 31
_WIDE_NAME_LETTERS = 40
_FEW = 3
_PLAN_LETTERS = 12
_WIDEST_LETTERS = 30


class CompareTab(QWidget):
    """Plans are columns. With two chosen, only the rows in which they differ are left, each with a sign."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Plans side by side"))
        self._packs: tuple[Pack, ...] = ()
        self._whole: PlanComparison | None = None
        self.pack = _box(tr("Policy pack"))
        self.one = _box(tr("First plan"))
        self.other = _box(tr("Second plan"))
        self.all = QPushButton(tr("All plans  Alt+A"))
        self.all.setShortcut("Alt+A")
        self.all.setAccessibleName(tr("All plans"))
        self.said = TextLabel(theme, tone="muted")
        self.model = TextTable()
        self.model.setParent(self)
        self.view = quiet_table(tr("Plans side by side"), wraps=True)
        self.view.setModel(self.model)
        self.view.resized.connect(self._fit)
        self._delegate = ToneDelegate(theme, self)
        self.view.setItemDelegate(self._delegate)
        self._lay_out()
        self.pack.activated.connect(self._pack_chosen)
        self.one.activated.connect(self._fill)
        self.other.activated.connect(self._fill)
        self.all.clicked.connect(self._show_all)

    def show_packs(self, packs: Sequence[Pack], first: str) -> None:
        """Offers these packs; the one on show stays, at first it is `first`."""
        keep = self.pack.currentData() or first
        self._packs = tuple(packs)
        self.pack.clear()
        for each in self._packs:
            self.pack.addItem(pack_text(each.name), each.code)
        self.pack.setCurrentIndex(max(0, self.pack.findData(keep)))
        self._choose_pack(keep_plans=True)

    def chosen(self) -> tuple[str | None, str | None]:
        """The two plans by code; none where none is chosen."""
        return self.one.currentData(), self.other.currentData()

    def choose(self, one: str | None, other: str | None) -> None:
        """Chooses two plans by code, or none."""
        self.one.setCurrentIndex(max(0, self.one.findData(one)))
        self.other.setCurrentIndex(max(0, self.other.findData(other)))
        self._fill()

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self.said.set_theme(theme)
        self._delegate.set_theme(theme)
        self.view.viewport().update()

    def _pack_chosen(self) -> None:
        self._choose_pack(keep_plans=False)

    def _choose_pack(self, *, keep_plans: bool) -> None:
        place = self.pack.currentIndex()
        if place < 0:
            return
        pack = self._packs[place]
        keep = self.chosen() if keep_plans else (None, None)
        self._whole = side_by_side(pack)
        for box in (self.one, self.other):
            box.clear()
            box.addItem(tr("All plans"), None)
            for plan in pack.plans:
                name = pack_text(plan.name)
                box.addItem(tr("{plan}, archived", plan=name) if plan.archived else name, plan.code)
        self.choose(*keep)

    def _show_all(self) -> None:
        self.choose(None, None)

    def _fill(self) -> None:
        if self._whole is None:
            return
        one, other = self.chosen()
        two = one is not None and other is not None and one != other
        shown = two_of(self._whole, one, other) if two and one and other else self._whole
        self.model.show_lines(compare_lines(shown, marked=two), compare_heads(shown))
        self.said.setText(self._words(shown, two))
        self.all.setEnabled(one is not None or other is not None)
        self._fit()

    def _words(self, shown: PlanComparison, two: bool) -> str:
        if two:
            count = len(shown.rows)
            if not count:
                return tr("These two plans promise the same.")
            return tr("These two plans differ in {count} rows; what is the same is left out.", count=count)
        return tr("Choose two plans to see what differs. What is not promised says none.")

    def _fit(self) -> None:
        """Columns of one width, wide enough to be read; rows as high as their words."""
        header = self.view.horizontalHeader()
        columns = self.model.columnCount() - 1
        if columns < 1:
            return
        letter = self.view.fontMetrics().averageCharWidth()
        # With few plans there is room for bold names with a sign.
        first = letter * (_NAME_LETTERS if columns > _FEW else _WIDE_NAME_LETTERS)
        room = (self.view.viewport().width() - first) // columns
        width = min(max(room, letter * _PLAN_LETTERS), letter * _WIDEST_LETTERS)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.resizeSection(0, first)
        for place in range(columns):
            header.resizeSection(place + 1, width)
        fit_wrapped(self.view)
        end_with_rows(self.view)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        for words, box in ((tr("Pack"), self.pack), (tr("Compare"), self.one), (tr("with"), self.other)):
            row.addWidget(caption(words, box))
            row.addWidget(box)
        row.addWidget(self.all)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 2 * GRID, PAGE_MARGIN, 3 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(row)
        column.addWidget(self.said)
        column.addWidget(self.view, 1)
        column.addStretch(0)
        self.setFocusProxy(self.pack)


def _box(name: str) -> ChoiceBox:
    box = ChoiceBox(name, wide=False)
    box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(16)
    return box
