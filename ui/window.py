"""The window: what stands where. What it shows is brought by a session, which knows the desk."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from console.domain.instants import SECOND, TimeSource
from models.queue_model import QueueModel
from ui.banner import Banner
from ui.indicator import Health
from ui.keys import PAGE, QUEUE, key_acts, sheet_keys
from ui.keys_sheet import KeysSheet
from ui.pages import QUEUE_PAGE, DeskPage, page_entries
from ui.queue_page import QueuePage
from ui.queue_view.notices import ViewState
from ui.queue_view.painted_table import Density
from ui.settings import DENSITY, THEME, WindowSettings
from ui.theme import Theme
from ui.top_bar import TopBar
from ui.tr import tr

MINIMUM = (1024, 640)
# All columns fit into it; more would only spread them.
USUAL = (1760, 1040)
# What a window manager adds above and below; nobody says how much before the window is shown.
_FRAME = 40
# What is done with the queue or the ticket on show, and only while they are.
_IN_SIGHT = frozenset({"next", "previous", "columns", "open", "more"})


class Window(QMainWindow):
    """Top bar, banners and pages.

    `acted` carries the code of what a key asked for and the window does not do by itself; `ticked` comes each full
    second while the window is seen; `closeAsked` when it should close, which it does only when `let_close` was called.
    """

    acted = Signal(str)
    ticked = Signal()
    closeAsked = Signal()

    def __init__(
        self, theme: Theme, time: TimeSource, zone: tzinfo, model: QueueModel, settings: WindowSettings
    ) -> None:
        super().__init__()
        self._time = time
        self._settings = settings
        self._may_close = False
        self._acts: dict[str, QAction] = {}
        self.setWindowTitle(tr("Shift Console"))
        self.setObjectName("window")
        entries = page_entries()
        self.top_bar = TopBar([(page.code, page.words, page.key) for page in entries], theme, zone, self)
        self.state_banner = Banner(theme, self)
        self.banner = Banner(theme, self)
        self.reminder_banner = Banner(theme, self)
        self.queue_page = QueuePage(theme, zone, model, settings, self)
        self._pages = QStackedWidget(self)
        # Until a session brings them, pages are empty.
        self._by_code: dict[str, QWidget] = {page.code: DeskPage(self) for page in entries if page.code != QUEUE_PAGE}
        self._by_code[QUEUE_PAGE] = self.queue_page
        for page in self._by_code.values():
            self._pages.addWidget(page)
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.timeout.connect(self._ticked)
        self._build()
        self._make_acts()
        self.top_bar.pageChosen.connect(self.show_page)
        self.top_bar.find_box.done.connect(self._to_queue)
        self.show_page(QUEUE_PAGE)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours from now on; pages brought by a session are told by it."""
        for part in (self.top_bar, self.state_banner, self.banner, self.reminder_banner, self.queue_page):
            part.set_theme(theme)

    def keep_theme(self, theme: Theme) -> None:
        """Remember the theme that was chosen."""
        self._settings.keep_text(THEME, theme.name)

    def set_page(self, code: str, page: DeskPage) -> None:
        """Put a page into its place; the one that was there is deleted."""
        before = self._by_code[code]
        was_shown = self._pages.currentWidget() is before
        self._pages.removeWidget(before)
        before.deleteLater()
        self._by_code[code] = page
        self._pages.addWidget(page)
        if was_shown:
            self.show_page(code)

    def show_page(self, code: str) -> None:
        """Show a page of `page_entries`."""
        page = self._by_code[code]
        self._pages.setCurrentWidget(page)
        self.top_bar.show_page(code)
        if isinstance(page, DeskPage):
            page.setFocus()
            page.shown()
        else:
            self.queue_page.view.setFocus()

    def page(self) -> str:
        """The code of the page on screen."""
        shown = self._pages.currentWidget()
        return next(code for code, page in self._by_code.items() if page is shown)

    def act(self, code: str) -> QAction:
        """The action behind a key: to press it from elsewhere or to say why it cannot be done."""
        return self._acts[code]

    def forbid(self, reason: str) -> None:
        """Grey everything that changes something, for this reason."""
        for each in key_acts():
            if each.changes:
                self._acts[each.code].setEnabled(False)
                self._acts[each.code].setToolTip(reason)

    def show_opening(self) -> None:
        """Say that the desk is on its way."""
        self.top_bar.indicator.show_health(Health.OPENING)
        self.queue_page.view.set_state(ViewState.LOADING)

    def show_not_open(self) -> None:
        """Say that there is no desk; the banner has the reason."""
        self.state_banner.say(None)
        self.top_bar.indicator.show_health(Health.STALE)
        hints = (
            tr("The line above says why; nothing was changed."),
            tr("Another desk: --db sqlite:///FILE. An earlier state: main.py restore"),
        )
        self.queue_page.view.set_empty(tr("The desk is not open"), "\n".join(hints))
        self.queue_page.view.set_state(ViewState.READY)

    def let_close(self) -> None:
        """Close for good: what had to end has ended."""
        self._may_close = True
        self._tick.stop()
        self.close()

    def keep_layout(self) -> None:
        """Remember size and widths."""
        self._settings.keep_state("window", self.saveGeometry())
        self.queue_page.keep_layout()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first: writes may be under way."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closeAsked.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to tick."""
        super().showEvent(event)
        self._ticked()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees it: no tick."""
        self._tick.stop()
        super().hideEvent(event)

    def _build(self) -> None:
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.top_bar, self.state_banner, self.banner, self.reminder_banner):
            column.addWidget(part)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(whole)
        self.setMinimumSize(*MINIMUM)
        room = self.screen().availableGeometry().size() - QSize(0, _FRAME)
        self.resize(QSize(*USUAL).boundedTo(room))
        geometry = self._settings.state("window")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)

    def _make_acts(self) -> None:
        for each in key_acts():
            act = QAction(each.words, self)
            act.setShortcuts([QKeySequence(key) for key in each.keys])
            act.triggered.connect(lambda _=False, code=each.code: self._act(code))
            self.addAction(act)
            self._acts[each.code] = act

    def _act(self, code: str) -> None:
        if code in _IN_SIGHT and self.page() != QUEUE_PAGE:
            # Nobody would see what it does.
            return
        simple = {
            "next": lambda: self.queue_page.step(1),
            "previous": lambda: self.queue_page.step(-1),
            "find": self._find,
            "find_end": self._end_find,
            "columns": self.queue_page.view.choose_columns,
            "density": self._next_density,
            "keys": lambda: KeysSheet(sheet_keys(), self).open(),
            "quit": self.close,
        }
        if code in simple:
            simple[code]()
        elif code.startswith(PAGE):
            self.show_page(code.removeprefix(PAGE))
        elif code.startswith(QUEUE):
            self.show_page("queue")
            self.queue_page.pick(code.removeprefix(QUEUE))
        else:
            self.acted.emit(code)

    def _find(self) -> None:
        self.show_page("queue")
        self.top_bar.find_box.start()

    def _end_find(self) -> None:
        if self.top_bar.find_box.text():
            self.top_bar.find_box.clear()
            self.show_page("queue")
        elif self.page() == "queue":
            self._to_queue()

    def _to_queue(self) -> None:
        self.queue_page.view.setFocus()

    def _next_density(self) -> None:
        order = (Density.NORMAL, Density.COMPACT, Density.COMFORTABLE)
        following = order[(order.index(self.queue_page.density) + 1) % len(order)]
        self._settings.keep_text(DENSITY, following.name.lower())
        self.queue_page.set_density(following)

    def _ticked(self) -> None:
        now = self._time.now()
        self.top_bar.indicator.show_time(now)
        self.ticked.emit()
        # A moment after the full second, so that the clock never shows the one before it.
        self._tick.start((SECOND - now % SECOND) // 1000 + 5)
