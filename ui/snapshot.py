"""Draws a page of the window into a picture, with the desk behind it as it is."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QScrollArea

from console.domain.errors import EnvironmentFault, InternalFault, UserError
from console.domain.facts import FactKind
from console.domain.roles import Role
from console.services.reviewing.review_charts import ChartKind
from ui.customer_page.page import COMPARE, RULES, PlansPage
from ui.dialogs.decision_dialog import DecisionDialog
from ui.dialogs.reject_page import RejectPage
from ui.dialogs.void_form import VoidForm
from ui.program import Load, Program
from ui.review_page.charts_tab import ChartsTab
from ui.review_page.form import UPHOLD, ReviewForm
from ui.review_page.page import CHARTS, CONSISTENCY, ReviewPage
from ui.shell import Shell
from ui.theme import GRID, Theme
from ui.ticket_panel.clock_card import ClockCard
from ui.ticket_panel.conversation import ConversationSection
from ui.ticket_panel.verdict import VerdictSection

# A task that is still at work after it is a bug, not patience.
_SETTLE_SECONDS = 30.0
_STEP_SECONDS = 0.02
_SHADE = QColor(0, 0, 0, 90)
_COLOURS = 256


def _nothing(shell: Shell) -> None:
    """The page as it opens."""


def _queue(code: str) -> Callable[[Shell], None]:
    return lambda shell: shell.window.queue_page.sidebar.choose(code)


def _act(code: str) -> Callable[[Shell], None]:
    return lambda shell: shell.window.act(code).trigger()


def _press(key: str) -> Callable[[Shell], None]:
    """A key pressed in the dialog that is open."""

    def press(shell: Shell) -> None:
        for dialog in shell.window.findChildren(DecisionDialog):
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                code = Qt.Key(ord(key))
                shell.app.sendEvent(dialog, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, key))

    return press


def _several(rows: int) -> Callable[[Shell], None]:
    """So many rows chosen from the top, as Shift and the arrow keys do."""

    def choose(shell: Shell) -> None:
        view, model = shell.window.queue_page.view, shell.model
        flags = QItemSelectionModel.SelectionFlag
        last = min(rows, model.rowCount()) - 1
        chosen = QItemSelection(model.index(0, 0), model.index(last, 0))
        view.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)

    return choose


def _plans_tab(place: int) -> Callable[[Shell], None]:
    def go(shell: Shell) -> None:
        for page in shell.window.findChildren(PlansPage):
            page.tabs.setCurrentIndex(place)

    return go


def _two_plans(shell: Shell) -> None:
    """What differs between two of them."""
    for page in shell.window.findChildren(PlansPage):
        page.compare.choose("gold", "platinum")


def _choose(number: str) -> Callable[[Shell], None]:
    """A ticket of the queue by its number."""

    def choose(shell: Shell) -> None:
        model = shell.model
        for row in range(model.rowCount()):
            found = model.rowData(row)
            if found is not None and found.number == number:
                shell.window.queue_page.view.go_to(found.ticket_id)

    return choose


def _rejected(shell: Shell) -> None:
    """A rejection with its words, so that the reply is written."""
    for each in shell.window.findChildren(RejectPage):
        each.reason.setCurrentIndex(each.reason.count() - 1)
        each.words.setPlainText("The engineer has found the cause and the fix is tested now; we write again at noon.")


def _find(words: str) -> Callable[[Shell], None]:
    return lambda shell: shell.window.top_bar.find_box.setText(words)


def _talk(shell: Shell) -> None:
    """What was said, in sight."""
    for each in shell.window.queue_page.panel.findChildren(QScrollArea):
        talk = each.findChild(ConversationSection)
        if talk is not None:
            each.verticalScrollBar().setValue(talk.y() - 2 * GRID)


def _stretches(shell: Shell) -> None:
    """What the clocks have counted, stretch by stretch."""
    for each in shell.window.queue_page.panel.findChildren(ClockCard):
        each.expander.setChecked(True)


def _rules(shell: Shell) -> None:
    """Every rule behind a verdict."""
    for each in shell.window.queue_page.panel.findChildren(VerdictSection):
        each.more.setChecked(True)


def _wrong_reply(shell: Shell) -> None:
    """The newest reply chosen as the entry that is wrong."""
    for each in shell.window.findChildren(VoidForm):
        lines = [each.model.fact(row) for row in range(each.model.rowCount())]
        found = (fact.line.uid for fact in lines if fact is not None and fact.line.kind == FactKind.MESSAGE)
        each.choose(next(found, ""))


def _as(role: Role) -> Callable[[Shell], None]:
    """In another role, where it is held."""
    return lambda shell: shell.window.top_bar.duty.roleChosen.emit(role.value)


def _blind(shell: Shell) -> None:
    """Who decided, and how, is hidden."""
    for page in shell.window.findChildren(ReviewPage):
        page.filter.blind.setChecked(True)


def _uphold(shell: Shell) -> None:
    """What a lead is about to say."""
    for form in shell.window.findChildren(ReviewForm):
        form.choose(UPHOLD)
        form.words.setPlainText("By the definitions, and the customer was told why.")


def _review(tab: int) -> Callable[[Shell], None]:
    def choose(shell: Shell) -> None:
        for page in shell.window.findChildren(ReviewPage):
            page.tabs.setCurrentIndex(tab)

    return choose


def _bar(shell: Shell) -> None:
    """The decisions behind the first bar of the managers."""
    for charts in shell.window.findChildren(ChartsTab):
        charts.lists[ChartKind.BY_MANAGER].setCurrentIndex(charts.lists[ChartKind.BY_MANAGER].bars.index(0))
        charts.open_bar(ChartKind.BY_MANAGER, 0)


# Each page: what a person does to get there, one step after the other has settled.
_STEPS: Mapping[str, tuple[Callable[[Shell], None], ...]] = MappingProxyType(
    {
        "queue": (_nothing,),
        "to-decide": (_queue("decide"),),
        "paused": (_queue("paused"),),
        "ticket": (_queue("under_4h"), _talk),
        "explain": (_stretches,),
        "why": (_queue("decide"), _act("next"), _rules),
        "as-of": (_nothing,),
        "empty": (_nothing,),
        "found": (_find("no such words"),),
        "plans": (_act("plan"),),
        "compare": (_act("plan"), _plans_tab(COMPARE), _two_plans),
        "plans-all": (_act("plan"), _plans_tab(COMPARE)),
        "rules": (_act("plan"), _plans_tab(RULES)),
        "severity": (_queue("under_4h"), _act("severity"), _press("1")),
        "bulk": (_queue("under_4h"), _several(9), _act("severity"), _press("2")),
        "escalation": (_queue("decide"), _act("next"), _act("escalation"), _press("A")),
        "reject": (_queue("decide"), _choose("49833"), _act("escalation"), _press("R"), _rejected),
        "request": (_queue("decide"), _choose("49833"), _act("request")),
        "level-3": (_queue("decide"), _choose("C-10231"), _act("escalation"), _press("A")),
        "outbox": (_act("page:outbox"),),
        "parked": (_queue("parked"),),
        "eta": (_queue("under_4h"), _act("eta")),
        "owner": (_queue("under_4h"), _act("owner")),
        "void": (_queue("paused"), _act("void"), _wrong_reply),
        "call": (_queue("decide"), _act("next"), _act("call")),
        "shift": (_act("page:shift"),),
        "keys": (_act("keys"),),
        "review": (_as(Role.LEAD), _act("page:review"), _uphold),
        "blind": (_as(Role.LEAD), _act("page:review"), _blind),
        "consistency": (_act("page:review"), _review(CONSISTENCY)),
        "charts": (_act("page:review"), _review(CHARTS), _bar),
    }
)
PAGES = tuple(_STEPS)


async def draw_page(shell: Shell, load: Load, page: str, out: Path, size: tuple[int, int]) -> None:
    """Open the desk, go to `page`, write its picture to `out` and close the desk.

    Raises UserError `page_unknown`, EnvironmentFault `picture_unwritable`, and what opening the desk raises.
    """
    if page not in _STEPS:
        raise UserError("page_unknown", page=page, expected=", ".join(PAGES))
    window = shell.window
    window.setMinimumSize(0, 0)
    window.resize(*size)
    window.show()
    program = Program(shell, load)
    life = asyncio.ensure_future(program.run())
    try:
        if not await program.opened():
            raise program.failure or InternalFault("desk_not_opened")
        await _settled(shell)
        for step in _STEPS[page]:
            step(shell)
            await _settled(shell)
        picture = _picture(shell)
    finally:
        program.end()
        await life
    writer = QImageWriter(str(out), b"png")
    # The smallest that zlib can do.
    writer.setQuality(0)
    if not writer.write(_with_palette(picture.toImage(), shell.theme)):
        raise EnvironmentFault("picture_unwritable", path=str(out))


async def _settled(shell: Shell) -> None:
    """Wait until nothing is being read and everything is painted: quiet for several turns."""
    quiet = 0
    for _ in range(int(_SETTLE_SECONDS / _STEP_SECONDS)):
        await asyncio.sleep(_STEP_SECONDS)
        quiet = 0 if shell.tasks.names else quiet + 1
        if quiet > 20:
            return
    raise InternalFault("page_never_settled", tasks=", ".join(shell.tasks.names))


def _picture(shell: Shell) -> QPixmap:
    """The window, with the dialogs over it where they are."""
    window = shell.window
    whole = window.grab()
    painter = QPainter(whole)
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            painter.fillRect(window.rect(), _SHADE)
            # Offscreen no window manager puts it anywhere; beside the ticket is where it belongs.
            place = window.mapFromGlobal(dialog.pos())
            left = min(max(place.x(), 0), max(0, window.width() - dialog.width()))
            top = min(max(place.y(), 0), max(0, window.height() - dialog.height()))
            painter.drawPixmap(left, top, dialog.grab())
    painter.end()
    return whole


def _with_palette(image: QImage, theme: Theme) -> QImage:
    """The picture in few colours, for pictures in a manual should be small: those of the theme, then the most frequent.

    Other shades, of the edges of letters, get the nearest.
    """
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("I"))
    plainly = [value for each in fields(theme) if isinstance(value := getattr(theme, each.name), QColor)]
    # Behind a dialog they are darker, and have to stay what they mean.
    own = [each.rgb() for each in plainly] + [_shaded(each).rgb() for each in plainly]
    # By colour where equally frequent, so that the file is the same each time.
    frequent = sorted(counted, key=lambda colour: (-counted[colour], colour))
    table = list(dict.fromkeys([*own, *frequent]))[:_COLOURS]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)


def _shaded(colour: QColor) -> QColor:
    left = 1 - _SHADE.alphaF()
    return QColor.fromRgbF(colour.redF() * left, colour.greenF() * left, colour.blueF() * left)
